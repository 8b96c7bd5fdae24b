import { type AnyEntry, type FacilityId, LIVE, type World } from '@keng/model';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openClient, systemClock, transaction, withDatabase } from '../platform/index.ts';
import { sequenceOf, signalDraft } from '../testing/drafts.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import {
  appendEntries,
  type Consumer,
  Courtesy,
  GroupCommit,
  headPosition,
  LogFeed,
  readAfter,
  retrySetAside,
  Sequencer,
  startConsumer,
  verifyLog,
  Wake,
} from './index.ts';

let database: TestDatabase;
let sequencer: Sequencer;
let wake: Wake;
const problems: unknown[] = [];

const note = (message: string, error?: unknown): void => {
  problems.push({ message, error });
};

function newSequencer(): Sequencer {
  return new Sequencer({ pool: database.pool('keng_sequencer'), origin: 'test', epoch: 1, log: note });
}

beforeEach(async () => {
  database = await createTestDatabase();
  sequencer = newSequencer();
  wake = new Wake(() => openClient(database.address, 'keng_core', 'test-wake'), 100);
  await wake.start();
  sequencer.start();
  problems.length = 0;
});

afterEach(async () => {
  await wake.stop();
  await sequencer.stop();
  await database.drop();
});

/** Waits for a condition that a background worker brings about; the test's own time-out ends it. */
async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function numbered(count: number, world: World = LIVE): Promise<AnyEntry[]> {
  const pool = database.pool('keng_auditor');
  await until(async () => (await headPosition(pool, world)) >= count);
  return readAfter(pool, world, 0, 10_000);
}

const append = (...sequences: number[]): Promise<void> =>
  transaction(database.pool('keng_core'), (client) =>
    appendEntries(
      client,
      sequences.map((sequence) => signalDraft(sequence)),
      new Date(),
    ),
  );

describe('group commit', () => {
  const groupCommit = (): GroupCommit => new GroupCommit({ pool: database.pool('keng_receiver') });
  const key = (last: number): Uint8Array =>
    Uint8Array.from({ length: 16 }, (_, index) => (index === 15 ? last : 7));

  it('stores what arrives together and tells each sender', async () => {
    const log = groupCommit();
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, index) => log.append(signalDraft(index))),
    );
    expect(new Set(answers)).toEqual(new Set(['stored']));
    expect(await numbered(500)).toHaveLength(500);
  });

  it('acknowledges a retry again and stores it once, in the same batch, later, and after a restart', async () => {
    const duplicate = { key: key(1), windowSeconds: 300 };
    const log = groupCommit();
    const together = await Promise.all([
      log.append(signalDraft(1), duplicate),
      log.append(signalDraft(1), duplicate),
    ]);
    const later = await log.append(signalDraft(1), duplicate);
    const restarted = await groupCommit().append(signalDraft(1), duplicate);
    expect([...together, later, restarted]).toEqual(['stored', 'duplicate', 'duplicate', 'duplicate']);
    expect(await numbered(1)).toHaveLength(1);
  });

  it('takes the same key again when its window is over, because sequence numbers come round', async () => {
    let now = Date.now();
    const log = new GroupCommit({ pool: database.pool('keng_receiver'), now: () => now });
    const duplicate = { key: key(2), windowSeconds: 300 };
    await log.append(signalDraft(1), duplicate);
    now += 300_000;
    expect(await log.append(signalDraft(1), duplicate)).toBe('stored');
    now += 299_000;
    expect(await log.append(signalDraft(1), duplicate)).toBe('duplicate');
  });

  it('keeps the order of one sender', async () => {
    const log = groupCommit();
    await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        log.append(signalDraft(index), { key: key(index), windowSeconds: 300 }),
      ),
    );
    expect((await numbered(200)).map(sequenceOf)).toEqual(Array.from({ length: 200 }, (_, index) => index));
  });

  it.each(['plain', 'with keys'])('refuses only the entry that the database refuses: %s', async (sort) => {
    const log = groupCommit();
    const bad = { ...signalDraft(3), facility: 'no uuid' as FacilityId };
    const drafts = [signalDraft(1), signalDraft(2), bad, signalDraft(4), signalDraft(5)];
    const results = await Promise.allSettled(
      drafts.map((draft, index) =>
        log.append(draft, sort === 'plain' ? null : { key: key(index), windowSeconds: 300 }),
      ),
    );
    expect(results.map((result) => result.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect((await numbered(4)).map(sequenceOf).toSorted()).toEqual([1, 2, 4, 5]);
  });

  it('tells every sender of a batch that could not be stored', async () => {
    const pool = database.pool('keng_auditor');
    const log = new GroupCommit({ pool });
    const results = await Promise.allSettled([log.append(signalDraft(1)), log.append(signalDraft(2))]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
  });

  it('refuses rather than grows when more waits than it may hold', async () => {
    const log = new GroupCommit({ pool: database.pool('keng_receiver'), maximumWaiting: 10 });
    const results = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => log.append(signalDraft(index))),
    );
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(2);
    expect(refused[0]?.reason).toMatchObject({ code: 'log.overloaded', status: 503 });
  });
});

describe('sequencer', () => {
  it('numbers from 1 without gaps, fire before faults that came first', async () => {
    await sequencer.stop();
    await transaction(database.pool('keng_core'), async (client) => {
      await appendEntries(
        client,
        Array.from({ length: 5_000 }, (_, index) => signalDraft(index, { lane: 1 })),
        new Date(),
      );
      await appendEntries(client, [signalDraft(7_777, { lane: 0 })], new Date());
    });
    sequencer = newSequencer();
    sequencer.start();
    const entries = await numbered(5_001);
    expect(entries.map((entry) => entry.position)).toEqual(
      Array.from({ length: 5_001 }, (_, index) => index + 1),
    );
    expect(sequenceOf(entries[0] ?? signalDraft(-1))).toBe(7_777);
  });

  it('numbers alarms before faults that were stored first, resting from faults or not, and no fault is left', async () => {
    const pool = database.pool('keng_core');
    const fault = (index: number) => signalDraft(index, { lane: 1 });
    // So many in one statement that a rest from them follows.
    const many = Array.from({ length: 600 }, (_, index) => fault(index));
    await append(1);
    await numbered(1);
    await transaction(pool, (client) => appendEntries(client, many, new Date()));
    await numbered(601);
    const behind = [fault(601), fault(602), signalDraft(2)];
    await transaction(pool, (client) => appendEntries(client, behind, new Date()));
    expect((await numbered(604)).slice(601).map(({ lane }) => lane)).toEqual([0, 1, 1]);
  });

  it('shows what commits late after what committed first, and hides nothing behind an idle transaction', async () => {
    const idle = await database.pool('keng_core').connect();
    const elsewhere = await openClient(withDatabase(database.address, 'postgres'), 'administrator', 'idle');
    await elsewhere.query('begin; select pg_current_xact_id()');
    await idle.query('begin');
    await appendEntries(idle, [signalDraft(1)], new Date());
    await append(2, 3);
    expect((await numbered(2)).map(sequenceOf)).toEqual([2, 3]);
    await idle.query('commit');
    idle.release();
    expect((await numbered(3)).map(sequenceOf)).toEqual([2, 3, 1]);
    await elsewhere.end();
  });

  it('numbers what committed while no sequencer ran, also when a later id was numbered before', async () => {
    const late = await database.pool('keng_core').connect();
    await late.query('begin');
    await appendEntries(late, [signalDraft(1)], new Date());
    await append(2);
    await numbered(1);
    await sequencer.stop();
    await late.query('commit');
    late.release();
    await append(3);
    sequencer = newSequencer();
    sequencer.start();
    expect((await numbered(3)).map(sequenceOf).sort()).toEqual([1, 2, 3]);
  });

  it('lets a second sequencer take over, and the chain verifies', async () => {
    await until(() => sequencer.metrics().leads);
    const second = newSequencer();
    second.start();
    await append(1);
    await numbered(1);
    expect(second.metrics().leads).toBe(false);
    await sequencer.stop();
    await append(2);
    await numbered(2);
    expect(second.metrics().leads).toBe(true);
    await second.stop();
    const check = await verifyLog({ pool: database.pool('keng_auditor'), world: LIVE });
    expect(check).toMatchObject({ entries: 2, faults: [] });
  });

  it('numbers each committed entry once whatever the order of begin, commit and rollback', async () => {
    let expected = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ commit: fc.boolean(), hold: fc.integer({ min: 0, max: 3 }) }), { maxLength: 8 }),
        async (plans) => {
          const clients = await Promise.all(plans.map(() => database.pool('keng_core').connect()));
          for (const client of clients) {
            await client.query('begin');
            await appendEntries(client, [signalDraft(1)], new Date());
          }
          const ordered = plans
            .map((plan, index) => ({ plan, client: clients[index] }))
            .sort((a, b) => a.plan.hold - b.plan.hold);
          for (const { plan, client } of ordered) {
            await client?.query(plan.commit ? 'commit' : 'rollback');
            client?.release();
          }
          expected += plans.filter((plan) => plan.commit).length;
          const entries = await numbered(expected);
          expect(entries.map((entry) => entry.position)).toEqual(
            Array.from({ length: expected }, (_, index) => index + 1),
          );
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('consumers', () => {
  const collect = (seen: number[], refuse: (sequence: number) => boolean = () => false): Consumer => ({
    name: 'collector',
    kinds: ['signal.received'],
    async handle(_client, entries) {
      for (const entry of entries)
        if (refuse(sequenceOf(entry))) throw new Error(`cannot bear ${sequenceOf(entry)}`);
      seen.push(...entries.map(sequenceOf));
    },
  });
  const start = (consumer: Consumer, courtesy = new Courtesy()) =>
    startConsumer({
      pool: database.pool('keng_core'),
      world: LIVE,
      consumer,
      wake,
      clock: systemClock,
      courtesy,
      log: note,
    });

  it.each([
    { name: 'urgency first', inOrder: {}, lanes: [0, 1, 2] },
    { name: 'in order', inOrder: { inOrder: true } as const, lanes: [3] },
  ])('has no cursor that it never moves: $name', async ({ inOrder, lanes }) => {
    const running = await start({ ...collect([]), ...inOrder });
    const { rows } = await database
      .pool('keng_core')
      .query<{ lane: number }>('select lane from consumer_cursor order by lane');
    await running.stop();
    expect(rows.map((row) => row.lane)).toEqual(lanes);
  });

  it('hands over each entry once, also across a restart', async () => {
    const seen: number[] = [];
    const first = await start(collect(seen));
    await append(1, 2);
    await until(() => seen.length === 2);
    await first.stop();
    await append(3);
    const second = await start(collect(seen));
    await until(() => seen.length === 3);
    await second.stop();
    expect(seen).toEqual([1, 2, 3]);
  });

  it('lets 3,000 waiting faults delay no fire alarm', async () => {
    await transaction(database.pool('keng_core'), (client) =>
      appendEntries(
        client,
        Array.from({ length: 3_000 }, (_, index) => signalDraft(index, { lane: 1 })),
        new Date(),
      ),
    );
    await numbered(3_000);
    await append(9_999);
    await numbered(3_001);
    const seen: number[] = [];
    const running = await start(collect(seen));
    await until(() => seen.length === 3_001);
    await running.stop();
    expect(seen[0]).toBe(9_999);
  });

  it('takes an alarm while the faults behind it rest', async () => {
    await transaction(database.pool('keng_core'), (client) =>
      appendEntries(
        client,
        Array.from({ length: 30 }, (_, index) => signalDraft(index, { lane: 1 })),
        new Date(),
      ),
    );
    await numbered(30);
    const restless = new Courtesy();
    let turns = 0;
    restless.begin = () => (turns++ === 0 ? 0 : 3_600_000);
    const seen: number[] = [];
    const running = await start({ ...collect(seen), batch: 10 }, restless);
    await until(() => seen.length === 10);
    await append(9_999);
    await until(() => seen.length === 11);
    await running.stop();
    expect(seen.at(-1)).toBe(9_999);
  });

  it('hands a set-aside entry over again once, when a person says so', async () => {
    const seen: number[] = [];
    let broken = true;
    const consumer = collect(seen, (sequence) => broken && sequence === 13);
    const running = await start(consumer);
    await append(13, 14);
    await until(() => seen.includes(14));
    await running.stop();
    broken = false;
    const [entry] = await readAfter(database.pool('keng_auditor'), LIVE, 0, 1);
    if (!entry) throw new Error('the entry is gone');
    const retry = () =>
      retrySetAside(
        {
          pool: database.pool('keng_core'),
          world: LIVE,
          consumer,
          clock: systemClock,
          actor: { kind: 'system', id: 'test' },
        },
        entry,
      );
    await retry();
    await expect(retry()).rejects.toMatchObject({ code: 'set-aside.not-waiting' });
    expect(seen).toEqual([14, 13]);
  });

  it('sets the entry aside that breaks the handler, tells the desk, and goes on', async () => {
    const seen: number[] = [];
    const running = await start(collect(seen, (sequence) => sequence === 13));
    await append(...Array.from({ length: 40 }, (_, index) => index));
    await until(() => seen.includes(39));
    await running.stop();
    expect([...new Set(seen)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 40 }, (_, index) => index).filter((one) => one !== 13),
    );
    const { rows } = await database.pool('keng_auditor').query('select consumer, kind, error from set_aside');
    expect(rows).toEqual([
      { consumer: 'collector', kind: 'signal.received', error: 'Error: cannot bear 13' },
    ]);
    expect((await numbered(41)).map((entry) => entry.kind)).toContain('entry.set-aside');
  });
});

describe('live feed', () => {
  it('gives every subscriber everything after its position, in order, once', async () => {
    const feed = new LogFeed({
      pool: database.pool('keng_auditor'),
      world: LIVE,
      kinds: ['signal.received'],
      wake,
      log: note,
    });
    await append(1, 2, 3);
    await numbered(3);
    await feed.start();
    const seen: number[] = [];
    const positions: number[] = [];
    const subscribe = (after: number) =>
      feed.subscribe(after, {
        accept: (entry) => sequenceOf(entry) !== 5,
        send: async (entries, position) => {
          seen.push(...entries.map(sequenceOf));
          positions.push(position);
        },
      });
    const before = subscribe(1);
    await until(() => seen.length === 2);
    await append(4, 5, 6);
    await until(() => positions.at(-1) === 6);
    await before.stop();
    await append(7);
    await numbered(7);
    const resumed = subscribe(positions.at(-1) ?? 0);
    await until(() => positions.at(-1) === 7);
    await resumed.stop();
    await feed.stop();
    expect(seen).toEqual([2, 3, 4, 6, 7]);
  });
});

describe('verification', () => {
  const asOwner = async (sql: string): Promise<void> => {
    const client = await openClient(database.address, 'administrator', 'tamper');
    // Whoever owns the server switches the guard off first; the chain is what tells.
    await client.query('set session_replication_role = replica');
    await client.query(sql);
    await client.end();
  };
  const verify = () => verifyLog({ pool: database.pool('keng_auditor'), world: LIVE });

  it.each([
    [
      'an edited body',
      `update entry set body = '{"forged":true}' where subject = (select min(subject) from entry)`,
      'entry-changed',
    ],
    [
      'an edited time',
      `update entry set at = at + interval '1 second' where subject = (select min(subject) from entry)`,
      'entry-changed',
    ],
    ['a deleted entry', 'delete from entry where id = (select min(id) from entry)', 'entry-missing'],
    ['a deleted position', 'delete from log_order where position = 2', 'position-missing'],
    [
      'two entries swapped',
      `update log_order set entry_id = -entry_id where position in (2, 3);
       update log_order set entry_id = (select -entry_id from log_order o where o.position = 5 - log_order.position) where position in (2, 3)`,
      'seal-broken',
    ],
    [
      'a tail cut off',
      'delete from seal where last_position = (select max(last_position) from seal)',
      'tail-cut',
    ],
  ])('finds %s', async (_what, sql, code) => {
    await append(1, 2);
    await numbered(2);
    await append(3, 4);
    await numbered(4);
    expect((await verify()).faults).toEqual([]);
    await sequencer.stop();
    await asOwner(sql);
    expect((await verify()).faults.map((fault) => fault.code)).toContain(code);
  });

  it('finds a chain rewritten as a whole by a checkpoint noted elsewhere', async () => {
    await append(1, 2);
    await numbered(2);
    const checkpoint = { position: 2, hash: 'ab'.repeat(32) };
    const check = await verifyLog({ pool: database.pool('keng_auditor'), world: LIVE, checkpoint });
    expect(check.faults.map((fault) => fault.code)).toEqual(['seal-broken']);
  });

  it('still verifies after personal data were erased', async () => {
    await append(1, 2);
    await numbered(2);
    await asOwner('update entry set body = null, salt = null where id = 1');
    expect(await verify()).toMatchObject({ erased: 1, faults: [] });
  });
});

describe('worlds', () => {
  const exercise = 'exercise-a' as World;

  it('an exercise role can neither read nor write live rows, whatever it sets', async () => {
    await append(1);
    await numbered(1);
    const client = await database.pool('keng_exercise').connect();
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
    const owner = await openClient(database.address, 'administrator', 'world');
    await owner.query(`insert into world (world, name) values ('${exercise}', 'A')`);
    await owner.end();
    await append(1, 2);
    await transaction(database.pool('keng_exercise'), (client) =>
      appendEntries(client, [signalDraft(3, { world: exercise })], new Date()),
    );
    await numbered(2);
    const pool = database.pool('keng_exercise');
    await until(async () => (await headPosition(pool, exercise)) === 1);
    expect(
      (await readAfter(pool, exercise, 0, 10)).map((entry) => [entry.position, sequenceOf(entry)]),
    ).toEqual([[1, 3]]);
    expect((await verifyLog({ pool, world: exercise })).faults).toEqual([]);
  });

  it('nobody who serves may change or remove what is written', async () => {
    await append(1);
    for (const role of [
      'keng_core',
      'keng_web',
      'keng_receiver',
      'keng_sender',
      'keng_sequencer',
      'keng_auditor',
      'keng_exercise',
    ] as const) {
      const pool = database.pool(role);
      await expect(pool.query(`update entry set kind = 'forged'`), role).rejects.toThrow(/permission denied/);
      await expect(pool.query('delete from entry'), role).rejects.toThrow(/permission denied/);
      await expect(pool.query('truncate entry'), role).rejects.toThrow(/permission denied/);
    }
    await expect(database.pool('keng_sequencer').query('select body from entry')).rejects.toThrow(
      /permission denied/,
    );
  });
});
