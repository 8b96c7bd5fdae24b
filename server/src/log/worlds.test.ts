import type { World } from '@keng/model';
import { describe, expect, it } from 'vitest';
import { openClient, transaction } from '../platform/index.ts';
import { sequenceOf, signalDraft } from '../testing/drafts.ts';
import { until } from '../testing/until.ts';
import { appendEntries, headPosition, readAfter, verifyLog } from './index.ts';
import { useLog } from './log.fixture.ts';

const log = useLog();

describe('worlds', () => {
  const exercise = 'exercise-a' as World;

  it('an exercise role can neither read nor write live rows, whatever it sets', async () => {
    await log.append(1);
    await log.numbered(1);
    const client = await log.database.pool('keng_exercise').connect();
    await client.query(`set keng.scope = '*'; set row_security = on`);
    for (const table of [
      'entry',
      'log_order',
      'seal',
      'log_head',
      'consumer_cursor',
      'organisation',
      'world',
    ]) {
      expect((await client.query(`select count(*)::int as seen from ${table}`)).rows, table).toEqual([
        { seen: 0 },
      ]);
    }
    await expect(appendEntries(client, [signalDraft(2)], new Date())).rejects.toThrow(/row-level security/);
    await expect(client.query('set role keng_core')).rejects.toThrow(/permission denied/);
    await expect(client.query('set row_security = off; select count(*) from entry')).rejects.toThrow(
      /row-level security/,
    );
    client.release();
  });

  it('numbers and seals each world for itself', async () => {
    const owner = await openClient(log.database.address, 'administrator', 'world');
    await owner.query(`insert into world (world, name) values ('${exercise}', 'A')`);
    await owner.end();
    await log.append(1, 2);
    await transaction(log.database.pool('keng_exercise'), (client) =>
      appendEntries(client, [signalDraft(3, { world: exercise })], new Date()),
    );
    await log.numbered(2);
    const pool = log.database.pool('keng_exercise');
    await until(async () => (await headPosition(pool, exercise)) === 1);
    expect(
      (await readAfter(pool, exercise, 0, 10)).map((entry) => [entry.position, sequenceOf(entry)]),
    ).toEqual([[1, 3]]);
    expect((await verifyLog({ pool, world: exercise })).faults).toEqual([]);
  });

  it('nobody who serves may change or remove what is written', async () => {
    await log.append(1);
    for (const role of [
      'keng_core',
      'keng_web',
      'keng_receiver',
      'keng_sender',
      'keng_sequencer',
      'keng_auditor',
      'keng_exercise',
    ] as const) {
      const pool = log.database.pool(role);
      await expect(pool.query(`update entry set kind = 'forged'`), role).rejects.toThrow(/permission denied/);
      await expect(pool.query('delete from entry'), role).rejects.toThrow(/permission denied/);
      await expect(pool.query('truncate entry'), role).rejects.toThrow(/permission denied/);
    }
    await expect(log.database.pool('keng_sequencer').query('select body from entry')).rejects.toThrow(
      /permission denied/,
    );
  });
});
