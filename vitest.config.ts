import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/longest-first.ts';

/** Where the tests are that start processes, databases or browsers of their own, and take those of others away. */
const CENTRES = [
  'e2e/**/*.test.ts',
  'server/src/commands/**/*.test.ts',
  'server/src/platform/**/*.test.ts',
  'server/src/**/kill/*.test.ts',
  'server/src/**/*kill*.test.ts',
  'server/src/**/disk-full.test.ts',
];

const shared = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  pool: 'forks',
} as const;

export default defineConfig({
  test: {
    globalSetup: ['server/src/testing/test-server.ts'],
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      // A process for each file. What is waited for comes from several processes that share two cores with another file: vitest's
      // second for `expect.poll` would tell how busy the machine is.
      { test: { ...shared, name: 'centre', include: CENTRES, expect: { poll: { timeout: 45_000 } } } },
      // Files one after the other in the same two processes, which read the program once: tests leave nothing behind.
      {
        test: {
          ...shared,
          name: 'server',
          include: ['server/src/**/*.test.ts'],
          exclude: CENTRES,
          isolate: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'pure',
          include: [
            'packages/*/src/**/*.test.ts',
            'countries/*/src/**/*.test.ts',
            'countries/*/hazards/**/*.test.ts',
            'console/src/**/*.test.{ts,tsx}',
            'simulator/src/**/*.test.ts',
            'bench/src/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          isolate: false,
        },
      },
    ],
  },
});
