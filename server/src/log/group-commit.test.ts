import type { FacilityId } from '@keng/model';
import { describe, expect, it } from 'vitest';
import { openClient } from '../platform/index.ts';
import { sequenceOf, signalDraft } from '../testing/drafts.ts';
import { until } from '../testing/until.ts';
import { GroupCommit } from './index.ts';
import { useLog } from './log.fixture.ts';

const log = useLog();

describe('group commit', () => {
  const groupCommit = (): GroupCommit => new GroupCommit({ pool: log.database.pool('keng_receiver') });
  const key = (last: number): Uint8Array =>
    Uint8Array.from({ length: 16 }, (_, index) => (index === 15 ? last : 7));

  it('stores what arrives together and tells each sender', async () => {
    const commit = groupCommit();
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, index) => commit.append(signalDraft(index))),
    );
    expect(new Set(answers)).toEqual(new Set(['stored']));
    expect(await log.numbered(500)).toHaveLength(500);
  });

  it('acknowledges a retry again and stores it once, in the same batch, later, and after a restart', async () => {
    const duplicate = { key: key(1), windowSeconds: 300 };
    const commit = groupCommit();
    const together = await Promise.all([
      commit.append(signalDraft(1), duplicate),
      commit.append(signalDraft(1), duplicate),
    ]);
    const later = await commit.append(signalDraft(1), duplicate);
    const restarted = await groupCommit().append(signalDraft(1), duplicate);
    expect([...together, later, restarted]).toEqual(['stored', 'duplicate', 'duplicate', 'duplicate']);
    expect(await log.numbered(1)).toHaveLength(1);
  });

  it('takes the same key again when its window is over, because sequence numbers come round', async () => {
    let now = Date.now();
    const commit = new GroupCommit({ pool: log.database.pool('keng_receiver'), now: () => now });
    const duplicate = { key: key(2), windowSeconds: 300 };
    await commit.append(signalDraft(1), duplicate);
    now += 300_000;
    expect(await commit.append(signalDraft(1), duplicate)).toBe('stored');
    now += 299_000;
    expect(await commit.append(signalDraft(1), duplicate)).toBe('duplicate');
  });

  it('keeps the order of one sender', async () => {
    const commit = groupCommit();
    await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        commit.append(signalDraft(index), { key: key(index), windowSeconds: 300 }),
      ),
    );
    expect((await log.numbered(200)).map(sequenceOf)).toEqual(
      Array.from({ length: 200 }, (_, index) => index),
    );
  });

  it.each([
    ['a value', 'plain', { facility: 'no uuid' as FacilityId }],
    ['a value', 'with keys', { facility: 'no uuid' as FacilityId }],
    ['a rule', 'plain', { lane: 9 as 0 }],
    ['a rule', 'with keys', { lane: 9 as 0 }],
  ])('refuses only the entry that the database refuses for %s: %s', async (_, sort, fault) => {
    const commit = groupCommit();
    const bad = { ...signalDraft(3), ...fault };
    const drafts = [signalDraft(1), signalDraft(2), bad, signalDraft(4), signalDraft(5)];
    const results = await Promise.allSettled(
      drafts.map((draft, index) =>
        commit.append(draft, sort === 'plain' ? null : { key: key(index), windowSeconds: 300 }),
      ),
    );
    expect(results.map((result) => result.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect((await log.numbered(4)).map(sequenceOf).toSorted()).toEqual([1, 2, 4, 5]);
  });

  it('tells every sender of a batch that could not be stored', async () => {
    const pool = log.database.pool('keng_auditor');
    let asked = 0;
    pool.on('acquire', () => {
      asked += 1;
    });
    const commit = new GroupCommit({ pool });
    const results = await Promise.allSettled([commit.append(signalDraft(1)), commit.append(signalDraft(2))]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
    // The fault of no entry: it is not looked for among them.
    expect(asked).toBe(1);
  });

  it('knows the repeats among what arrives together with entries that have no key', async () => {
    const commit = groupCommit();
    const duplicate = { key: key(1), windowSeconds: 300 };
    const answers = await Promise.all([
      commit.append(signalDraft(1)),
      commit.append(signalDraft(2), duplicate),
      commit.append(signalDraft(3)),
      commit.append(signalDraft(2), duplicate),
    ]);
    expect(answers).toEqual(['stored', 'stored', 'stored', 'duplicate']);
    expect((await log.numbered(3)).map(sequenceOf).toSorted()).toEqual([1, 2, 3]);
  });

  it('acknowledges the same retries to two receivers, whatever their order', async () => {
    const pool = log.database.pool('keng_receiver');
    const administrator = await openClient(log.database.address, 'administrator', 'test-locks');
    const retry = (last: number) => [signalDraft(last), { key: key(last), windowSeconds: 300 }] as const;
    const send = (...keys: number[]) => {
      const commit = groupCommit();
      return Promise.all(keys.map((last) => commit.append(...retry(last))));
    };
    await send(1, 2, 3);
    // Whoever has its first key waits here for the second.
    await administrator.query('begin');
    await administrator.query('select from signal_seen where key = $1 for update', [key(2)]);
    const blocked = async (): Promise<number> => {
      const { rows } = await pool.query<{ count: number }>(
        `select count(*)::int from pg_locks where not granted and pid in (select pid from pg_stat_activity where datname = current_database())`,
      );
      return rows[0]?.count ?? 0;
    };
    const receivers = [send(1, 2, 3), send(3, 2, 1)];
    await until(async () => (await blocked()) === 2);
    await administrator.query('commit');
    await administrator.end();
    expect(await Promise.all(receivers)).toEqual(Array(2).fill(Array(3).fill('duplicate')));
  });

  it('takes at most so many at once, tells of each transaction, and is drained when the last is stored', async () => {
    const batches: number[] = [];
    const told: number[] = [];
    const commit = new GroupCommit({
      pool: log.database.pool('keng_receiver'),
      maximumBatch: 10,
      onCommit: (entries) => told.push(entries),
      observer: { batch: (entries) => batches.push(entries), stored: () => undefined },
    });
    let stored = 0;
    for (let sequence = 0; sequence < 25; sequence += 1) {
      void commit.append(signalDraft(sequence)).then(() => {
        stored += 1;
      });
    }
    await commit.drain();
    expect(stored).toBe(25);
    expect(batches).toEqual([10, 10, 5]);
    expect(told).toEqual([10, 10, 5]);
  });

  it('refuses rather than grows when more waits than it may hold', async () => {
    const commit = new GroupCommit({ pool: log.database.pool('keng_receiver'), maximumWaiting: 10 });
    const results = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => commit.append(signalDraft(index))),
    );
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(2);
    expect(refused[0]?.reason).toMatchObject({ code: 'log.overloaded', status: 503 });
  });
});
