import { expect, it } from 'vitest';
import { everyDay } from './every-day.ts';

it('a day on which nothing rang has its place, across the end of a month', () => {
  const alarms = { days: [{ day: '2026-03-01', incidents: 3, false: 2 }] };
  // Only the days of it are looked at.
  const numbers = { from: '2026-02-27', to: '2026-03-02', alarms } as unknown as Parameters<
    typeof everyDay
  >[0];
  expect(everyDay(numbers).map((one) => [one.day, one.incidents])).toEqual([
    ['2026-02-27', 0],
    ['2026-02-28', 0],
    ['2026-03-01', 3],
    ['2026-03-02', 0],
  ]);
});
