import { type IntakeCase, intakeBench } from './intake-bench.ts';

const CASES: readonly IntakeCase[] = [64, 256].map((connections) => ({
  row: `TCP, ${connections} connections`,
  mode: 'tcp',
  connections,
  encrypted: true,
  limit: { ratioAtLeast: 0.25 },
  p99Limit: null,
}));

export const mqttBench = intakeBench('mqtt', 'MQTT 3.1.1, QoS 1,', CASES);
