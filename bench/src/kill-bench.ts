import type { Bench } from './bench.ts';

/** Placeholder removed once the kill cycles are in. */
export const killBench: Bench = { name: 'kill', title: 'kill -9', run: async () => undefined };
