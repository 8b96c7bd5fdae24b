import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTogether, worthWaitingMs } from './launch-rule.ts';

const first = {
  waiting: 1,
  lastBatch: 0,
  lastTookMs: 0,
  sinceLaunchMs: Number.POSITIVE_INFINITY,
};

describe('the next transaction of the intake', () => {
  it.each([
    ['the first entry ever goes at once', first, 0],
    ['an entry of a quiet centre goes at once', { ...first, lastBatch: 1, sinceLaunchMs: 60_000 }, 0],
    [
      'right behind another one it waits for the rest of eight milliseconds',
      { ...first, sinceLaunchMs: 3 },
      5,
    ],
    ['few of a busy centre wait as long as the last one took', { ...first, lastBatch: 64, lastTookMs: 3 }, 3],
    ['but never more than five', { ...first, lastBatch: 64, lastTookMs: 200 }, 5],
    ['as many as the last time go at once', { ...first, waiting: 64, lastBatch: 64, lastTookMs: 200 }, 0],
  ])('%s', (_what, facts, waitMs) => {
    expect(Math.max(0, worthWaitingMs(facts))).toBe(waitMs);
  });

  it('waits at most eight milliseconds, whatever was before', () => {
    const count = fc.nat({ max: 1_000 });
    const facts = fc.record({
      waiting: count,
      lastBatch: count,
      lastTookMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
      sinceLaunchMs: fc.double({ min: 0, noNaN: true }),
    });
    fc.assert(
      fc.property(facts, (one) => {
        expect(worthWaitingMs(one)).toBeLessThanOrEqual(8);
        if (isTogether(one.waiting, one.lastBatch)) expect(worthWaitingMs(one)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
