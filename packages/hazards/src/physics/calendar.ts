const dayMs = 86_400_000;
const form = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The number of a day since 1970-01-01 of a date `YYYY-MM-DD`; undefined when there is no such day. */
export function dayNumber(date: unknown): number | undefined {
  if (typeof date !== 'string') return undefined;
  const found = form.exec(date);
  if (!found) return undefined;
  const ms = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(ms) || dateOf(ms / dayMs) !== date) return undefined;
  return ms / dayMs;
}

/** `YYYY-MM-DD` of a day number. */
export function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** The month 1 to 12 of a date that was checked before. */
export function monthOf(date: string): number {
  return Number(date.slice(5, 7));
}
