import { type IntakeCase, intakeBench } from './intake-bench.ts';

const CASES: readonly IntakeCase[] = [
  {
    row: 'TCP, 64 connections',
    mode: 'tcp',
    connections: 64,
    encrypted: false,
    limit: { ratioAtLeast: 0.25 },
    p99Limit: { atMost: 25 },
  },
  {
    row: 'TCP, 256 connections',
    mode: 'tcp',
    connections: 256,
    encrypted: false,
    limit: { ratioAtLeast: 0.25 },
    p99Limit: null,
  },
];

export const gb26875Bench = intakeBench('gb26875', 'GB/T 26875.3', CASES);
