import fc from 'fast-check';
import { expect, it } from 'vitest';
import { periodOf } from './period.ts';

it('a period is its whole months and the days beside them', () => {
  expect(periodOf({ from: '2025-05-22', to: '2026-11-22' })).toEqual({
    months: { from: '2025-06-01', until: '2026-11-01' },
    rests: [
      { from: '2025-05-22', to: '2025-05-31' },
      { from: '2026-11-01', to: '2026-11-22' },
    ],
  });
  expect(periodOf({ from: '2024-02-01', to: '2024-02-29' })).toEqual({
    months: { from: '2024-02-01', until: '2024-03-01' },
    rests: [],
  });
  expect(periodOf({ from: '2026-01-31', to: '2026-02-27' })).toEqual({
    months: { from: '2026-02-01', until: '2026-02-01' },
    rests: [{ from: '2026-01-31', to: '2026-02-27' }],
  });
  expect(periodOf({ from: '2026-01-03', to: '2026-01-02' }).rests).toEqual([]);
});

const days = (from: string, until: string): string[] => {
  const found: string[] = [];
  for (let at = Date.parse(from); at < Date.parse(until); at += 86_400_000)
    found.push(new Date(at).toISOString().slice(0, 10));
  return found;
};
const next = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

it('has every day once, and no whole month among the rests', () => {
  const day = fc.integer({ min: 0, max: 1_500 }).map((n) => days('2023-01-01', '2027-12-31')[n] ?? '');
  fc.assert(
    fc.property(day, day, (from, to) => {
      const { months, rests } = periodOf({ from, to });
      const own = [
        ...days(months.from, months.until),
        ...rests.flatMap((one) => days(one.from, next(one.to))),
      ];
      expect(own.sort()).toEqual(from <= to ? days(from, next(to)) : []);
      for (const one of rests) expect(days(one.from, next(one.to)).length).toBeLessThan(60);
    }),
  );
});
