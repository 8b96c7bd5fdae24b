import { type IntakeCase, intakeBench } from './intake-bench.ts';

const CASES: readonly IntakeCase[] = [64, 256].map((connections) => ({
  row: `TCP, ${connections} connections`,
  mode: 'tcp',
  connections,
  encrypted: true,
  limit: { ratioAtLeast: 0.3 },
  p99Limit: null,
}));

export const deviceApiBench = intakeBench('device-api', 'Device API', CASES);
