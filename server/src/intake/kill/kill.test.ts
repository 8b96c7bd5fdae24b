import { describe, expect, it } from 'vitest';
import { runKillCycles } from './kill-cycles.ts';

describe('kill -9 while frames arrive', () => {
  it('20 kills of receiver and PostgreSQL: no acknowledged alarm is lost, none is doubled', async () => {
    const result = await runKillCycles({
      cycles: 20,
      victims: ['receiver', 'PostgreSQL', 'receiver', 'PostgreSQL', 'both'],
      synchronousCommit: 'on',
    });
    expect(result).toMatchObject({ cycles: 20, lost: 0, doubled: 0 });
    expect(result.acknowledged).toBeGreaterThan(400);
    expect(result.retries).toBeGreaterThan(0);
  }, 300_000);

  it('the control, synchronous_commit off, loses: the comparison can see a loss', async () => {
    const result = await runKillCycles({ cycles: 4, victims: ['PostgreSQL'], synchronousCommit: 'off' });
    expect(result.lost).toBeGreaterThan(0);
  }, 180_000);
});
