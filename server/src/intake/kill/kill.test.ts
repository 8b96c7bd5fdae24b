import { describe, expect, it } from 'vitest';
import { runKillCycles } from './kill-cycles.ts';

describe('kill -9 while frames arrive', () => {
  it.each([
    ['dc09', 20],
    ['gb26875', 4],
    ['device-api', 4],
    ['mqtt', 4],
  ] as const)(
    '%s, %i kills of receiver and PostgreSQL: no acknowledged alarm is lost, none is doubled',
    async (protocol, cycles) => {
      const result = await runKillCycles({
        protocol,
        cycles,
        victims: ['receiver', 'PostgreSQL', 'receiver', 'PostgreSQL', 'both'],
        synchronousCommit: 'on',
      });
      expect(result).toMatchObject({ cycles, lost: 0, doubled: 0 });
      // Twenty are waited for before each kill.
      expect(result.acknowledged).toBeGreaterThanOrEqual(20 * cycles);
      expect(result.retries).toBeGreaterThan(0);
    },
    300_000,
  );

  it('the control, synchronous_commit off, loses: the comparison can see a loss', async () => {
    const result = await runKillCycles({ cycles: 4, victims: ['PostgreSQL'], synchronousCommit: 'off' });
    expect(result.lost).toBeGreaterThan(0);
  }, 180_000);
});
