import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimingWheel } from './timing-wheel.ts';

describe('the timing wheel', () => {
  it('gives each member at the tick at which it is due, whatever was put off, brought forward or removed before', () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('set' as const),
        member: fc.nat(20),
        left: fc.integer({ min: 1, max: 9_000 }),
      }),
      fc.record({ kind: fc.constant('remove' as const), member: fc.nat(20), left: fc.constant(0) }),
      fc.record({
        kind: fc.constant('advance' as const),
        member: fc.constant(0),
        left: fc.integer({ min: 1, max: 3_000 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const wheel = new TimingWheel();
        const due = new Map<number, number>();
        const advance = (ticks: number): void => {
          for (let count = 0; count < ticks; count += 1) {
            const given = wheel.advance();
            const expected = [...due].flatMap(([member, at]) => (at === wheel.tick ? [member] : []));
            // Tens of thousands of ticks, nearly all of them empty.
            if (given.length + expected.length > 0) expect(new Set(given)).toEqual(new Set(expected));
            for (const member of given) due.delete(member);
          }
        };
        for (const { kind, member, left } of steps) {
          if (kind === 'advance') advance(left);
          else if (kind === 'remove') {
            wheel.remove(member);
            due.delete(member);
          } else {
            wheel.set(member, wheel.tick + left);
            due.set(member, wheel.tick + left);
          }
        }
        advance(9_001);
        expect(due.size).toBe(0);
      }),
      { numRuns: 30 },
    );
  });
});
