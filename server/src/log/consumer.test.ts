import { LIVE, newId } from '@keng/model';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../platform/index.ts';
import { sequenceOf } from '../testing/drafts.ts';
import { until } from '../testing/until.ts';
import { type Consumer, Courtesy, readAfter, retrySetAside, startConsumer } from './index.ts';
import { ignore, useLog } from './log.fixture.ts';

const log = useLog();

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
  const start = (consumer: Consumer, courtesy = new Courtesy(), told: (message: string) => void = ignore) =>
    startConsumer({
      pool: log.database.pool('keng_core'),
      world: LIVE,
      consumer,
      wake: log.wake,
      clock: systemClock,
      courtesy,
      log: told,
    });

  it.each([
    { name: 'urgency first', inOrder: {}, lanes: [0, 1, 2] },
    { name: 'in order', inOrder: { inOrder: true } as const, lanes: [3] },
  ])('has no cursor that it never moves: $name', async ({ inOrder, lanes }) => {
    const running = await start({ ...collect([]), ...inOrder });
    const { rows } = await log.database
      .pool('keng_core')
      .query<{ lane: number }>('select lane from consumer_cursor order by lane');
    await running.stop();
    expect(rows.map((row) => row.lane)).toEqual(lanes);
  });

  it('hands over each entry once, also across a restart', async () => {
    const seen: number[] = [];
    const first = await start(collect(seen));
    await log.append(1, 2);
    await until(() => seen.length === 2);
    await first.stop();
    await log.append(3);
    const second = await start(collect(seen));
    await until(() => seen.length === 3);
    await second.stop();
    expect(seen).toEqual([1, 2, 3]);
  });

  it('lets 3,000 waiting faults delay no fire alarm', async () => {
    await log.appendFaults(3_000);
    await log.numbered(3_000);
    await log.append(9_999);
    await log.numbered(3_001);
    const seen: number[] = [];
    const running = await start(collect(seen));
    await until(() => seen.length === 3_001);
    await running.stop();
    expect(seen[0]).toBe(9_999);
  });

  it('takes an alarm while the faults behind it rest', async () => {
    await log.appendFaults(30);
    await log.numbered(30);
    const restless = new Courtesy();
    let turns = 0;
    restless.begin = () => (turns++ === 0 ? 0 : 3_600_000);
    const seen: number[] = [];
    const running = await start({ ...collect(seen), batch: 10 }, restless);
    await until(() => seen.length === 10);
    await log.append(9_999);
    await until(() => seen.length === 11);
    await running.stop();
    expect(seen.at(-1)).toBe(9_999);
  });

  it('of two processes one hands an entry over, and the other leaves it to that one', async () => {
    let release: () => void = ignore;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let entered = false;
    const seen: number[] = [];
    const first = collect(seen);
    const one = await start({
      ...first,
      handle: async (...given) => {
        entered = true;
        await held;
        await first.handle(...given);
      },
    });
    await log.append(1);
    await until(() => entered);
    let looks = 0;
    log.database.pool('keng_core').on('acquire', () => {
      looks += 1;
    });
    const twice: number[] = [];
    const other = await start(collect(twice));
    // It has made its cursors, and looked at each of its lanes.
    await until(() => looks > 3);
    release();
    await until(() => seen.length === 1);
    await one.stop();
    await other.stop();
    expect(twice).toEqual([]);
  });

  it('goes on from its own cursor, however far another one is', async () => {
    const late: number[] = [];
    await (await start({ ...collect(late), name: 'late' })).stop();
    const seen: number[] = [];
    const running = await start(collect(seen));
    await log.append(1, 2);
    await until(() => seen.length === 2);
    await running.stop();
    const behind = await start({ ...collect(late), name: 'late' });
    await until(() => late.length === 2);
    await behind.stop();
    expect(late).toEqual([1, 2]);
  });

  it('that finds nothing, or fails, leaves its turn to the others while alarms come', async () => {
    const courtesy = new Courtesy();
    courtesy.alarmed(Number.POSITIVE_INFINITY);
    const begin = courtesy.begin.bind(courtesy);
    let turns = 0;
    courtesy.begin = (who, nowMs) => {
      const waitMs = begin(who, nowMs);
      if (waitMs === 0) turns += 1;
      return waitMs;
    };
    const running = await start({ ...collect([]), lanes: [1] }, courtesy);
    await until(() => turns > 0);
    const another = {};
    await until(() => begin(another, performance.now()) === 0);
    courtesy.leave(another);
    await running.stop();
  });

  it('blames no entry when the database goes away while it is handled', async () => {
    const told: string[] = [];
    const seen: number[] = [];
    let away = true;
    const { handle } = collect(seen);
    const consumer: Consumer = {
      ...collect(seen),
      batch: 1,
      handle: async (...given) => {
        if (away) throw Object.assign(new Error('the database went away'), { code: '57P01' });
        await handle(...given);
      },
    };
    await log.append(1);
    await log.numbered(1);
    const running = await start(consumer, new Courtesy(), (message) => {
      told.push(message);
      away = false;
    });
    await until(() => seen.length === 1);
    await running.stop();
    expect(told).toEqual(['the consumer collector stopped for a second']);
    expect((await log.database.pool('keng_auditor').query('select from set_aside')).rowCount).toBe(0);
  });

  it('hands a set-aside entry over again once, when a person says so', async () => {
    const seen: number[] = [];
    let broken = true;
    const consumer = collect(seen, (sequence) => broken && sequence === 13);
    const running = await start(consumer);
    await log.append(13, 14);
    await until(() => seen.includes(14));
    await running.stop();
    broken = false;
    const [entry] = await readAfter(log.database.pool('keng_auditor'), LIVE, 0, 1);
    if (!entry) throw new Error('the entry is gone');
    const retry = () =>
      retrySetAside(
        {
          pool: log.database.pool('keng_core'),
          world: LIVE,
          consumer,
          clock: systemClock,
          actor: { kind: 'user', id: newId(), name: 'An operator' },
        },
        entry,
      );
    await retry();
    await expect(retry()).rejects.toMatchObject({ code: 'set-aside.not-waiting' });
    expect(seen).toEqual([14, 13]);
    const entries = await log.numbered(4);
    expect(entries.find((one) => one.kind === 'entry.retried')).toMatchObject({
      actor: { kind: 'user', name: 'An operator' },
      body: { consumer: 'collector', position: 1 },
    });
  });

  it('sets the entry aside that breaks the handler, tells the desk, and goes on', async () => {
    const seen: number[] = [];
    const running = await start(collect(seen, (sequence) => sequence === 13));
    await log.append(...Array.from({ length: 40 }, (_, index) => index));
    await until(() => seen.includes(39));
    await running.stop();
    expect([...new Set(seen)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 40 }, (_, index) => index).filter((one) => one !== 13),
    );
    const { rows } = await log.database
      .pool('keng_auditor')
      .query('select consumer, kind, error from set_aside');
    expect(rows).toEqual([
      { consumer: 'collector', kind: 'signal.received', error: 'Error: cannot bear 13' },
    ]);
    // Before faults, like an alarm: it may be one.
    expect((await log.numbered(41)).find((entry) => entry.kind === 'entry.set-aside')).toMatchObject({
      lane: 0,
      body: { consumer: 'collector', entryKind: 'signal.received' },
    });
  });
});
