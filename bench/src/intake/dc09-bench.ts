import { type IntakeCase, intakeBench } from './intake-bench.ts';

const CASES: readonly IntakeCase[] = [
  {
    row: 'TCP, 64 connections, plain',
    mode: 'tcp',
    connections: 64,
    encrypted: false,
    limit: { ratioAtLeast: 0.2 },
    p99Limit: { atMost: 25 },
  },
  {
    row: 'TCP, 256 connections, plain',
    mode: 'tcp',
    connections: 256,
    encrypted: false,
    limit: { ratioAtLeast: 0.3 },
    p99Limit: null,
  },
  {
    row: 'TCP, 64 connections, AES-128',
    mode: 'tcp',
    connections: 64,
    encrypted: true,
    limit: { ratioAtLeast: 0.16 },
    p99Limit: { atMost: 25 },
  },
  {
    row: 'TCP, 256 connections, AES-128',
    mode: 'tcp',
    connections: 256,
    encrypted: true,
    limit: { ratioAtLeast: 0.25 },
    p99Limit: null,
  },
  {
    row: 'UDP, 64 in flight, plain',
    mode: 'udp',
    connections: 64,
    encrypted: false,
    limit: { ratioAtLeast: 0.2 },
    p99Limit: null,
  },
  {
    row: 'TCP, one connection a message, 64',
    mode: 'tcp-each',
    connections: 64,
    encrypted: false,
    limit: { ratioAtLeast: 0.5 },
    p99Limit: null,
  },
];

export const dc09Bench = intakeBench('dc09', 'DC-09', CASES);
