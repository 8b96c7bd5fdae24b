import { beforeAll, describe, expect, it } from 'vitest';
import { constants, type MutationReport, mutate } from './testing/mutation.ts';
import { referencePresent } from './testing/reference.ts';
import { secondRouteFailures } from './testing/second-route.ts';

describe('constants', () => {
  it('the second route agrees in every question', () => {
    expect(secondRouteFailures()).toEqual([]);
  });

  describe('a change of any by 1 per cent', () => {
    let withoutReference: MutationReport;
    beforeAll(() => {
      withoutReference = mutate(constants(), 0.01, []);
    });

    it('is seen in 95 of 100 without the reference data', () => {
      const { caught, constants: all } = withoutReference;
      expect(all).toBeGreaterThan(600);
      expect(caught / all).toBeGreaterThanOrEqual(0.95);
    });

    it.skipIf(!referencePresent)('is seen by some check', () => {
      // Rows of reference only add to the checks: what is seen without them is seen with them.
      const rest = constants().filter(({ path }) => withoutReference.missed.includes(path));
      // Every one is caught today; the list says what has slipped.
      expect(mutate(rest, 0.01).missed).toEqual([]);
    });
  });
});
