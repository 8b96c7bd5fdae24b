import { type AnyDraft, type EntryKind, LIVE } from '@keng/model';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { openClient, openPool, type Pool, systemClock, transaction } from '../platform/index.ts';
import { signalDraft } from '../testing/drafts.ts';
import { asAdministrator, createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { until } from '../testing/until.ts';
import { appendEntries, type Consumer, headPosition, Sequencer, startConsumer } from './index.ts';
import { News, Wake } from './wake.ts';

const fail = (message: string, error?: unknown): void => {
  throw new Error(message, { cause: error });
};
/** Nobody looks because time has passed: only what is said wakes. */
const noBeatMs = 3_600_000;

function collector(seen: number[], more: Partial<Consumer> = {}): Consumer {
  return {
    name: 'collector',
    kinds: ['signal.received'],
    handle: async (_client, entries) => {
      seen.push(...entries.map((entry) => entry.position));
    },
    ...more,
  };
}

/** What a desk is told of an entry that nobody handled: of lane 0 like a fire alarm, and of another kind. */
function setAsideDraft(position: number): AnyDraft {
  return {
    world: LIVE,
    kind: 'entry.set-aside',
    lane: 0,
    subject: `test/${position}`,
    organisation: null,
    facility: null,
    revision: null,
    at: new Date(),
    actor: { kind: 'system', id: 'test' },
    body: { consumer: 'test', position, entryKind: 'signal.received', error: 'a test' },
  };
}

test.each<{ payload: string; lane: 0 | 1 | 2 | 3; kinds: readonly EntryKind[]; wakes: boolean }>([
  { payload: '0:signal.received', lane: 0, kinds: ['signal.received'], wakes: true },
  { payload: '0:signal.received', lane: 0, kinds: ['entry.set-aside', 'signal.received'], wakes: true },
  { payload: '0:signal.received', lane: 0, kinds: ['entry.set-aside'], wakes: false },
  { payload: '0:signal.received', lane: 1, kinds: ['signal.received'], wakes: false },
  { payload: '0:entry.set-aside,1:signal.received', lane: 0, kinds: ['signal.received'], wakes: false },
  { payload: '0:entry.set-aside,1:signal.received', lane: 1, kinds: ['signal.received'], wakes: true },
  { payload: '1:link.lost,1:signal.received', lane: 1, kinds: ['link.lost'], wakes: true },
  { payload: '2:signal.received', lane: 3, kinds: ['signal.received'], wakes: true },
  { payload: '2:signal.received', lane: 3, kinds: ['entry.set-aside'], wakes: false },
])('the news $payload wakes who reads $kinds of lane $lane: $wakes', ({ payload, lane, kinds, wakes }) => {
  expect(new News(payload).has(lane, kinds)).toBe(wakes);
});

describe('a consumer', () => {
  let database: TestDatabase;
  let sequencer: Sequencer;

  beforeEach(async () => {
    database = await createTestDatabase();
    sequencer = new Sequencer({ pool: database.pool('keng_sequencer'), origin: 'test', epoch: 1, log: fail });
    sequencer.start();
  });

  afterEach(async () => {
    await sequencer.stop();
    await database.drop();
  });

  const append = (...drafts: AnyDraft[]): Promise<void> =>
    transaction(database.pool('keng_core'), (client) => appendEntries(client, drafts, new Date()));

  const start = (consumer: Consumer, wake: Wake, pool: Pool = database.pool('keng_core')) =>
    startConsumer({ pool, world: LIVE, consumer, wake, clock: systemClock, log: fail });

  it.each([
    { who: 'of its kind', more: { kinds: ['entry.set-aside'] } as const, looksAtFirst: 3 },
    { who: 'of its lane', more: { lanes: [0] } as const, looksAtFirst: 1 },
    {
      who: 'of its kind and reads in the order of positions',
      more: { kinds: ['entry.set-aside'], inOrder: true } as const,
      looksAtFirst: 1,
    },
  ])('does not look for a fault when it wants nothing $who', async ({ more, looksAtFirst }) => {
    const wake = new Wake(() => openClient(database.address, 'keng_core', 'test-wake'), noBeatMs);
    await wake.start();
    // A pool of its own: each look is a transaction.
    const pool = openPool({ address: database.address, role: 'keng_core', applicationName: 'test-looks' });
    let transactions = 0;
    pool.on('acquire', () => {
      transactions += 1;
    });
    const seen: number[] = [];
    const choosy = await start(collector(seen, { ...more, name: 'choosy' }), wake, pool);
    // It makes its cursors, and looks at each of its lanes once.
    const atFirst = 1 + looksAtFirst;
    await until(() => transactions === atFirst);
    const seenByOther: number[] = [];
    const other = await start(collector(seenByOther), wake);

    await append(signalDraft(1, { lane: 1 }));
    await until(() => seenByOther.length === 1);
    await append('lanes' in more ? signalDraft(2) : setAsideDraft(2));
    await until(() => seen.length === 1);
    expect(seen).toEqual([2]);
    expect(transactions - atFirst).toBe(1);

    await choosy.stop();
    await other.stop();
    await pool.end();
    await wake.stop();
  });

  /** Where the wanted ones stand: at the end of a look of 2,000, one behind it, behind a gap, behind what others want. */
  const wanted = [1, 2_001, 4_002, 4_003, 9_000, 14_000, 19_000, 23_001];
  /** Positions of other kinds, in this lane and in the next. Between 4,003 and 9,000 there is nothing at all. */
  const unwanted = [
    { from: 9_001, to: 13_999, lane: 0 },
    { from: 14_001, to: 18_999, lane: 1 },
    { from: 19_001, to: 23_000, lane: 0 },
    { from: 23_002, to: 26_000, lane: 0 },
  ];

  it.each([
    { order: 'urgency first', more: { lanes: [0] } as const, batch: 500 },
    { order: 'urgency first', more: { lanes: [0] } as const, batch: 1 },
    { order: 'in order', more: { inOrder: true } as const, batch: 500 },
    { order: 'in order', more: { inOrder: true } as const, batch: 2 },
  ])(
    'that wants few of many gets each of them once, $order, $batch at a time, without being woken again',
    async ({ more, batch }) => {
      await append(...wanted.map((_, index) => signalDraft(index)));
      const auditor = database.pool('keng_auditor');
      await until(async () => (await headPosition(auditor, LIVE)) === wanted.length);
      await sequencer.stop();
      await asAdministrator(
        database.address,
        `set session_replication_role = replica;
       update log_order set position = -position;
       update log_order set position = ('{${wanted.join(',')}}'::bigint[])[-position];
       ${unwanted
         .map(
           // Of an entry that is not wanted nobody reads more than this row.
           ({ from, to, lane }) =>
             `insert into log_order (world, position, entry_id, lane, kind, origin, epoch, seq)
              select 'live', n, -n, ${lane}, 'entry.set-aside', 'test', 1, n from generate_series(${from}, ${to}) n;`,
         )
         .join('\n')}`,
      );
      const seen: number[] = [];
      const wake = new Wake(null, noBeatMs);
      const running = await start(collector(seen, { ...more, batch }), wake);
      await until(async () => (await cursor()) === 26_000);
      await running.stop();
      await wake.stop();
      expect(seen).toEqual(wanted);
    },
  );

  it.each([
    { order: 'urgency first', more: { lanes: [0] } as const },
    { order: 'in order', more: { inOrder: true } as const },
  ])('that wants a rare kind gets all of it, fewer at a time than wait: $order', async ({ more }) => {
    await append(...[1, 2, 3, 4, 5].map(setAsideDraft), signalDraft(6));
    await until(async () => (await headPosition(database.pool('keng_auditor'), LIVE)) === 6);
    const seen: number[] = [];
    const wake = new Wake(null, noBeatMs);
    const running = await start(collector(seen, { ...more, kinds: ['entry.set-aside'], batch: 2 }), wake);
    await until(async () => (await cursor()) === 6);
    await running.stop();
    await wake.stop();
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  async function cursor(): Promise<number> {
    const { rows } = await database
      .pool('keng_core')
      .query<{ position: number }>(`select position from consumer_cursor where consumer = 'collector'`);
    return rows[0]?.position ?? 0;
  }
});
