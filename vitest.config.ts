import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'countries/*/src/**/*.test.ts',
      'countries/*/hazards/**/*.test.ts',
      'server/src/**/*.test.ts',
      'console/src/**/*.test.{ts,tsx}',
      'simulator/src/**/*.test.ts',
      'bench/src/**/*.test.ts',
      'e2e/**/*.test.ts',
      'scripts/**/*.test.ts',
    ],
    globalSetup: ['server/src/testing/test-server.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
