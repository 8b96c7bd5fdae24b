import { LIVE } from '@keng/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openClient, transaction, withDatabase } from '../platform/index.ts';
import { sequenceOf, signalDraft } from '../testing/drafts.ts';
import { until } from '../testing/until.ts';
import { appendEntries, GroupCommit, verifyLog } from './index.ts';
import { useLog } from './log.fixture.ts';

const log = useLog();

describe('sequencer', () => {
  it('numbers from 1 without gaps, fire before faults that came first', async () => {
    await log.sequencer.stop();
    await transaction(log.database.pool('keng_core'), async (client) => {
      await appendEntries(
        client,
        Array.from({ length: 5_000 }, (_, index) => signalDraft(index, { lane: 1 })),
        new Date(),
      );
      await appendEntries(client, [signalDraft(7_777, { lane: 0 })], new Date());
    });
    log.sequencer = log.newSequencer();
    log.sequencer.start();
    const entries = await log.numbered(5_001);
    expect(entries.map((entry) => entry.position)).toEqual(
      Array.from({ length: 5_001 }, (_, index) => index + 1),
    );
    expect(sequenceOf(entries[0] ?? signalDraft(-1))).toBe(7_777);
  });

  it('numbers alarms before faults that were stored first, resting from faults or not, and no fault is left', async () => {
    const pool = log.database.pool('keng_core');
    const fault = (index: number) => signalDraft(index, { lane: 1 });
    await log.append(1);
    await log.numbered(1);
    // So many in one statement that a rest from them follows.
    await log.appendFaults(600);
    await log.numbered(601);
    const behind = [fault(601), fault(602), signalDraft(2)];
    await transaction(pool, (client) => appendEntries(client, behind, new Date()));
    expect((await log.numbered(604)).slice(601).map(({ lane }) => lane)).toEqual([0, 1, 1]);
  });

  it('shows what commits late after what committed first, and hides nothing behind an idle transaction', async () => {
    const idle = await log.database.pool('keng_core').connect();
    const elsewhere = await openClient(
      withDatabase(log.database.address, 'postgres'),
      'administrator',
      'idle',
    );
    await elsewhere.query('begin; select pg_current_xact_id()');
    await idle.query('begin');
    await appendEntries(idle, [signalDraft(1)], new Date());
    await log.append(2, 3);
    expect((await log.numbered(2)).map(sequenceOf)).toEqual([2, 3]);
    await idle.query('commit');
    idle.release();
    expect((await log.numbered(3)).map(sequenceOf)).toEqual([2, 3, 1]);
    await elsewhere.end();
  });

  it('numbers what committed while no sequencer ran, also when a later id was numbered before', async () => {
    const late = await log.database.pool('keng_core').connect();
    await late.query('begin');
    await appendEntries(late, [signalDraft(1)], new Date());
    await log.append(2);
    await log.numbered(1);
    await log.sequencer.stop();
    await late.query('commit');
    late.release();
    await log.append(3);
    log.sequencer = log.newSequencer();
    log.sequencer.start();
    expect((await log.numbered(3)).map(sequenceOf).sort()).toEqual([1, 2, 3]);
  });

  it('keeps house without forgetting what is still open, or a retry that may still come', async () => {
    await log.sequencer.stop();
    let nowMs = Date.now();
    const now = (): number => nowMs;
    const commit = new GroupCommit({ pool: log.database.pool('keng_receiver'), now });
    const key = (byte: number) => ({ key: new Uint8Array(16).fill(byte), windowSeconds: 300 });
    const remembered = async (): Promise<number | null> =>
      (await log.database.pool('keng_receiver').query('select from signal_seen')).rowCount;
    log.sequencer = log.newSequencer(now);
    log.sequencer.start();
    await commit.append(signalDraft(1), key(1));
    const open = await log.database.pool('keng_core').connect();
    await open.query('begin');
    await appendEntries(open, [signalDraft(2)], new Date());
    nowMs += 3_400_000;
    await commit.append(signalDraft(3), key(3));
    await until(() => log.sequencer.metrics().gaps === 1);
    // It keeps house every five seconds, and knows a key for an hour.
    nowMs += 201_000;
    await until(async () => (await remembered()) === 1);
    await log.sequencer.stop();
    await open.query('commit');
    open.release();
    log.sequencer = log.newSequencer(now);
    log.sequencer.start();
    expect((await log.numbered(3)).map(sequenceOf)).toEqual([1, 3, 2]);
    expect(await commit.append(signalDraft(3), key(3))).toBe('duplicate');
  });

  it('lets a second sequencer take over, and the chain verifies', async () => {
    await until(() => log.sequencer.metrics().leads);
    const second = log.newSequencer();
    second.start();
    await log.append(1);
    await log.numbered(1);
    expect(second.metrics().leads).toBe(false);
    await log.sequencer.stop();
    await log.append(2);
    await log.numbered(2);
    expect(second.metrics().leads).toBe(true);
    await second.stop();
    const check = await verifyLog({ pool: log.database.pool('keng_auditor'), world: LIVE });
    expect(check).toMatchObject({ entries: 2, faults: [] });
  });

  it('numbers each committed entry once whatever the order of begin, commit and rollback', async () => {
    let expected = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ commit: fc.boolean(), hold: fc.integer({ min: 0, max: 3 }) }), { maxLength: 8 }),
        async (plans) => {
          const clients = await Promise.all(plans.map(() => log.database.pool('keng_core').connect()));
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
          const entries = await log.numbered(expected);
          expect(entries.map((entry) => entry.position)).toEqual(
            Array.from({ length: expected }, (_, index) => index + 1),
          );
        },
      ),
      { numRuns: 25 },
    );
  });
});
