import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restFromOthersMs, untilNextLookMs } from './numbering-rule.ts';

const quiet = { others: 1, tookMs: 2, sinceMs: 10, alarming: false };

describe('faults and tests after a batch of them', () => {
  it.each([
    ['a single fault makes nobody rest', quiet, 0],
    ['while alarms come, three quarters of the time are theirs', { ...quiet, alarming: true }, 6],
    ['of 5,000 a second a thousand are gathered', { ...quiet, others: 50 }, 200],
    ['of few a second not more than a quarter of a second', { ...quiet, others: 20 }, 250],
    ['of very many nobody waits for a thousand', { ...quiet, others: 2_000, tookMs: 40, sinceMs: 40 }, 20],
    ['but for alarms they do', { ...quiet, others: 2_000, tookMs: 40, sinceMs: 40, alarming: true }, 120],
    ['the first batch of a start', { ...quiet, others: 2_000, sinceMs: Number.POSITIVE_INFINITY }, 250],
  ])('%s', (_what, facts, restMs) => {
    expect(restFromOthersMs(facts)).toBe(restMs);
  });

  it('never wait longer than a quarter of a second where no alarms come', () => {
    const facts = fc.record({
      others: fc.integer({ min: 1, max: 10_000 }),
      tookMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
      sinceMs: fc.double({ min: 0, noNaN: true }),
    });
    fc.assert(
      fc.property(facts, (one) => {
        const restMs = restFromOthersMs({ ...one, alarming: false });
        expect(restMs).toBeGreaterThanOrEqual(0);
        expect(restMs).toBeLessThanOrEqual(250);
      }),
    );
  });
});

describe('the next look', () => {
  it.each([
    ['a centre with little to do looks a hundred times a second', 1, false, 0, 10],
    ['a quiet night half as often', 0, false, 201, 20],
    ['a busy one gathers', 20, false, 0, 25],
    ['also while faults and tests rest', 1, true, 0, 25],
  ])('%s', (_what, numbered, othersRest, emptyLooks, ms) => {
    expect(untilNextLookMs(numbered, othersRest, emptyLooks)).toBe(ms);
  });
});
