import type { Numbers } from '@keng/model';

type Day = Numbers['alarms']['days'][number];

const DAY_MS = 86_400_000;

/** Each day of the period, also those on which nothing rang: a gap is a number, too. */
export function everyDay({ from, to, alarms }: Pick<Numbers, 'from' | 'to' | 'alarms'>): readonly Day[] {
  const known = new Map(alarms.days.map((one) => [one.day, one]));
  const count = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)) + 1;
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.parse(from) + index * DAY_MS).toISOString().slice(0, 10);
    return known.get(day) ?? { day, incidents: 0, false: 0 };
  });
}
