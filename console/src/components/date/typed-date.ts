/** English month names by their first three letters: the console writes `3 Apr 2026`. */
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TIME = /(?:^|\D)([01]?\d|2[0-3])[:h]([0-5]\d)(?!\d)/;

/**
 * A day as somebody types it: `23/11/2026`, `23.11.2026`, `23 Nov 2026`, `2026-11-23`, `2026年11月23日`. The day comes before the month
 * unless the year is first, and the year has four digits: half of what is being typed must not be a day of its own.
 * @returns `2026-11-23`; null for what is no day
 */
export function readDay(text: string): string | null {
  const parts = text.trim().split(/[^\p{L}\p{N}]+|(?<=\p{N})(?=\p{L})|(?<=\p{L})(?=\p{N})/u);
  const words = parts.filter((part) => part !== '' && !/^[年月日]$/.test(part));
  const [first = '', second = '', third = '', more] = words;
  if (more !== undefined) return null;
  const [year, month, day] = /^\d{4}$/.test(first) ? [first, second, third] : [third, second, first];
  const named = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  const isDay = /^\d{4}$/.test(year) && /^\d{1,2}$/.test(day) && (named > 0 || /^\d{1,2}$/.test(month));
  if (!isDay) return null;
  const found = `${year}-${String(named || Number(month)).padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${found}T00:00:00Z`);
  // 31 April is a day to the browser, the first of May.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== found ? null : found;
}

/**
 * A day and a time of it, in either order: `23/11/2026 14:30`, `14h30 23/11/2026`, `2026-11-23T14:30`.
 * @returns `2026-11-23T14:30`; null for what is no such thing
 */
export function readMoment(text: string): string | null {
  const time = TIME.exec(text.replace('T', ' '));
  if (time === null) return null;
  const [found, hour = '', minute = ''] = time;
  const day = readDay(text.replace('T', ' ').replace(found, ' '));
  return day === null ? null : `${day}T${hour.padStart(2, '0')}:${minute}`;
}
