import { LIVE } from '@keng/model';
import { describe, expect, it } from 'vitest';
import { sequenceOf } from '../testing/drafts.ts';
import { until } from '../testing/until.ts';
import { LogFeed, Wake } from './index.ts';
import { ignore, useLog } from './log.fixture.ts';

const log = useLog();

describe('live feed', () => {
  it('gives every subscriber everything after its position, in order, once', async () => {
    const feed = new LogFeed({
      pool: log.database.pool('keng_auditor'),
      world: LIVE,
      kinds: ['signal.received'],
      wake: log.wake,
      log: ignore,
    });
    await log.append(1, 2, 3);
    await log.numbered(3);
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
    await log.append(4, 5, 6);
    await until(() => positions.at(-1) === 6);
    await before.stop();
    await log.append(7);
    await log.numbered(7);
    const resumed = subscribe(positions.at(-1) ?? 0);
    await until(() => positions.at(-1) === 7);
    await resumed.stop();
    await feed.stop();
    expect(seen).toEqual([2, 3, 4, 6, 7]);
  });

  it('gives whoever comes back after a long time everything once, from the table and from memory', async () => {
    const count = 10_500;
    const wake = new Wake(null, 3_600_000);
    const feed = new LogFeed({
      pool: log.database.pool('keng_auditor'),
      world: LIVE,
      kinds: ['signal.received'],
      wake,
      log: ignore,
    });
    await feed.start();
    await log.appendFaults(count);
    await log.numbered(count);
    // Woken once: it reads on by itself, and keeps the last 10,000.
    wake.now();
    await until(() => feed.position === count);
    const seen: number[] = [];
    const late = feed.subscribe(0, {
      accept: () => true,
      send: async (entries) => void seen.push(...entries.map((entry) => entry.position)),
    });
    await until(() => seen.length >= count);
    await late.stop();
    await feed.stop();
    await wake.stop();
    expect(seen).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  });
});
