import { type AnyDraft, LIVE } from '@keng/model';
import { describe, expect, it } from 'vitest';
import { transaction } from '../platform/index.ts';
import { signalDraft } from '../testing/drafts.ts';
import { asAdministrator } from '../testing/index.ts';
import { type BatchRead, type CursorLane, URGENT_FIRST } from './consumer.ts';
import { createCursors, moveCursor, readNext } from './consumer-store.ts';
import { appendEntries } from './index.ts';
import { useLog } from './log.fixture.ts';
import { nextBatch } from './next-batch.ts';

const log = useLog();
const KINDS = ['storage.failed', 'storage.recovered'];

function storageDraft(kind: 'storage.failed' | 'storage.recovered', lane: 0 | 1 | 2): AnyDraft {
  const since = '2026-11-22T00:00:00.000Z';
  const told = {
    world: LIVE,
    lane,
    subject: 'centre',
    organisation: null,
    facility: null,
    revision: null,
    at: new Date(),
    actor: { kind: 'system', id: 'test' },
  } as const;
  return kind === 'storage.failed'
    ? { ...told, kind, body: { since, error: 'disk full' } }
    : { ...told, kind, body: { since, refused: 0 } };
}

/** Each draft in a transaction of its own, numbered before the next: positions follow the order here. */
async function write(drafts: readonly AnyDraft[]): Promise<void> {
  for (const [index, draft] of drafts.entries()) {
    await transaction(log.database.pool('keng_core'), (client) => appendEntries(client, [draft], new Date()));
    await log.numbered(index + 1);
  }
}

function take(lane: CursorLane, limit: number, kinds: readonly string[] = KINDS): Promise<BatchRead> {
  return transaction(log.database.pool('keng_core'), async (client) => {
    await createCursors(client, LIVE, 'reader', [lane]);
    const batch = await readNext(client, LIVE, 'reader', lane, limit, kinds);
    if (batch.upto !== null) await moveCursor(client, LIVE, 'reader', lane, batch.upto);
    return batch;
  });
}

function positions({ entries }: BatchRead): number[] {
  return entries.map((entry) => entry.position);
}

describe('the next batch of who wants rare kinds', () => {
  it('comes in order, whatever the kinds, and the last one goes to the end of the log', async () => {
    await write([
      signalDraft(1),
      storageDraft('storage.recovered', 0),
      storageDraft('storage.failed', 0),
      signalDraft(2),
      storageDraft('storage.recovered', 0),
      signalDraft(3),
    ]);
    const first = await take(3, 2);
    expect([positions(first), first.upto, first.more]).toEqual([[2, 3], 3, true]);
    const second = await take(3, 2);
    expect([positions(second), second.upto, second.more]).toEqual([[5], 6, false]);
    expect(await take(3, 2)).toEqual({ entries: [], upto: null, more: false });
  });

  it.each(URGENT_FIRST)('holds what is in lane %i, and no other', async (lane) => {
    const lanes = [0, 1, 2] as const;
    await write([
      ...lanes.map((one) => storageDraft('storage.failed', one)),
      ...lanes.map((one) => signalDraft(one, { lane: one })),
    ]);
    const batch = await take(lane, 10);
    expect(positions(batch)).toEqual([lane + 1]);
    // Of the routine lane no index tells the last position: it goes to the end of the log.
    expect(batch.upto).toBe(lane === 2 ? 6 : lane + 4);
  });

  it('is the same as that of who wants the common kind, too, and throws it away', async () => {
    const drafts = Array.from({ length: 60 }, (_, index) =>
      index % 7 === 0
        ? storageDraft(index % 2 === 0 ? 'storage.failed' : 'storage.recovered', index % 3 === 0 ? 0 : 1)
        : signalDraft(index, { lane: index % 3 === 0 ? 0 : 1 }),
    );
    await write(drafts);
    const all = await take(3, 100, [...KINDS, 'signal.received']);
    const wanted = all.entries.filter((entry) => entry.kind !== 'signal.received');
    await asAdministrator(log.database.address, `update consumer_cursor set position = 0`);
    expect((await take(3, 100)).entries).toEqual(wanted);
  });

  it.each([
    { statistics: 'without statistics', analyze: '' },
    { statistics: 'with statistics', analyze: 'analyze log_order' },
  ])('never walks over the entries of others $statistics', async ({ analyze }) => {
    await asAdministrator(
      log.database.address,
      `alter table log_order set (autovacuum_enabled = off);
       insert into log_order (world, position, entry_id, lane, kind, origin, epoch, seq)
         select 'live', n, n, n % 2, case when n % 100 = 0 then 'storage.failed' else 'signal.received' end, 'test', 1, n
         from generate_series(1, 20000) n;
       ${analyze}`,
    );
    for (const lane of [3, ...URGENT_FIRST] as const) {
      const { rows } = await log.database
        .pool('keng_core')
        .query<{ 'QUERY PLAN': string }>(`explain (generic_plan) ${nextBatch(lane, KINDS).text}`);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toMatch(
        /Scan using log_order_kind on log_order.*\n +Index Cond: .*kind = one\.kind.*position" > cursor/,
      );
      expect(plan).not.toMatch(/Seq Scan on log_order|Scan using log_order_pkey on log_order/);
    }
  });
});
