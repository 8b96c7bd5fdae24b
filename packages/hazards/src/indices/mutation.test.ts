import { describe, expect, it } from 'vitest';
import { constants, mutate } from './testing/mutation.ts';
import { secondRouteFailures } from './testing/second-route.ts';

describe('constants', () => {
  it('the second route agrees in every question', () => {
    expect(secondRouteFailures()).toEqual([]);
  });

  it('a change of any by 1 per cent is seen', () => {
    const report = mutate(constants(), 0.01);
    expect(report.constants).toBeGreaterThan(250);
    // The floor is what issue 4 asks of its sister package; the list says what has slipped.
    expect(report.missed).toEqual([]);
    expect(report.caught / report.constants).toBeGreaterThanOrEqual(0.95);
  });
});
