const FORM = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[-+]\d\d:\d\d)?$/;

/**
 * A time of a message in milliseconds since 1970; null where it cannot be read. Without an offset it is taken for UTC, as nothing
 * else is known.
 */
export function instantOf(text: string | null): number | null {
  if (text === null || !FORM.test(text)) return null;
  const ms = Date.parse(/(?:Z|[-+]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(ms) ? null : ms;
}

/**
 * A time as CAP 1.2 wants it: whole seconds and an offset, UTC as `-00:00` (CAP 1.2, 3.3.2).
 * @param offsetMinutes minutes east of Greenwich; Viet Nam 420
 * @throws RangeError for no time, or an offset of more than 14 hours
 */
export function capTime(instant: Date, offsetMinutes = 0): string {
  if (Number.isNaN(instant.getTime())) throw new RangeError('not a time');
  if (!Number.isInteger(offsetMinutes) || Math.abs(offsetMinutes) > 840)
    throw new RangeError(`an offset of ${offsetMinutes} minutes`);
  const local = new Date(instant.getTime() + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const sign = offsetMinutes > 0 ? '+' : '-';
  const minutes = Math.abs(offsetMinutes);
  return `${local}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const two = (value: number): string => String(value).padStart(2, '0');
