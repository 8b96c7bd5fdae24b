import { LIVE } from '@keng/model';
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
  const start = (consumer: Consumer, courtesy = new Courtesy()) =>
    startConsumer({
      pool: log.database.pool('keng_core'),
      world: LIVE,
      consumer,
      wake: log.wake,
      clock: systemClock,
      courtesy,
      log: ignore,
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
    expect((await log.numbered(41)).map((entry) => entry.kind)).toContain('entry.set-aside');
  });
});
