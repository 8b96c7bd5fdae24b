import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimingWheel } from './timing-wheel.ts';

describe('the timing wheel', () => {
  it.each([
    ['over several turns', { members: 20, left: 9_000, advance: 3_000, steps: 30, numRuns: 30 }],
    ['crowded in a few slots', { members: 8, left: 6, advance: 2, steps: 60, numRuns: 100 }],
  ])(
    '%s gives each member at the tick at which it is due, whatever was put off, brought forward or removed before',
    (_, most) => {
      const step = fc.oneof(
        fc.record({
          kind: fc.constant('set' as const),
          member: fc.nat(most.members),
          left: fc.integer({ min: 1, max: most.left }),
        }),
        fc.record({
          kind: fc.constant('remove' as const),
          member: fc.nat(most.members),
          left: fc.constant(0),
        }),
        fc.record({
          kind: fc.constant('advance' as const),
          member: fc.constant(0),
          left: fc.integer({ min: 1, max: most.advance }),
        }),
      );
      fc.assert(
        fc.property(fc.array(step, { maxLength: most.steps, size: 'max' }), (steps) => {
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
          advance(most.left + 1);
          expect(due.size).toBe(0);
        }),
        { numRuns: most.numRuns },
      );
    },
  );

  it('grows with its members, and forgets none of them', () => {
    const wheel = new TimingWheel();
    const waiting = new Set<number>();
    for (let member = 0; member < 5_000; member += 1) {
      wheel.set(member, 1 + (member % 10));
      waiting.add(member);
    }
    // Those in the midst of a slot are brought forward, past members that came before the wheel grew.
    for (let member = 9; member < 5_000; member += 70) wheel.set(member, 2);
    for (let tick = 1; tick <= 10; tick += 1) {
      for (const member of wheel.advance()) {
        expect(wheel.due(member)).toBe(tick);
        expect(waiting.delete(member)).toBe(true);
      }
    }
    expect(waiting.size).toBe(0);
  });

  it('takes a member that is due already at the next tick', () => {
    const wheel = new TimingWheel(100);
    wheel.set(0, 7);
    expect([wheel.advance(), wheel.tick]).toEqual([[0], 101]);
  });
});
