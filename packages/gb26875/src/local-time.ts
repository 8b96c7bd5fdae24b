/**
 * Times of this protocol are six plain binary bytes: second, minute, hour, day, month, year - 2000, in the local time of the
 * device (not BCD). A local time is kept as text, `2012-09-26T09:58:32`: what instant it is depends on where the device stands.
 */
export const timeBytes = 6;

const firstYear = 2_000;
const lastYear = firstYear + 255;
const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The local time at an offset; null when the bytes are no date (month 00 of a clock that was never set). */
export function readTime(bytes: Uint8Array, at: number): string | null {
  const [second = 0, minute = 0, hour = 0, day = 0, month = 0, year = 0] = bytes.subarray(at, at + timeBytes);
  if (second > 59 || minute > 59 || hour > 23) return null;
  if (day < 1 || day > daysIn(month, year)) return null;
  return `${firstYear + year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
}

/** Writes a local time; null writes zeros, as a device without a clock does. Returns false when the text is no such time. */
export function writeTime(bytes: Uint8Array, at: number, time: string | null): boolean {
  if (time === null) {
    bytes.fill(0, at, at + timeBytes);
    return true;
  }
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(time);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  if (year < firstYear || year > lastYear) return false;
  bytes.set([second, minute, hour, day, month, year - firstYear], at);
  return readTime(bytes, at) === time;
}

/** The local time of an instant, to the second. `offsetMinutes`: how far local time is ahead of UTC, 420 for Viet Nam. */
export function localTime(epochMs: number, offsetMinutes: number): string {
  return new Date(epochMs + offsetMinutes * 60_000).toISOString().slice(0, 19);
}

/** The instant of a local time, in milliseconds since 1970. */
export function instantOf(time: string, offsetMinutes: number): number {
  return Date.parse(`${time}Z`) - offsetMinutes * 60_000;
}

function daysIn(month: number, year: number): number {
  // 2000 to 2255: 2100 and 2200 are no leap years.
  const leap = month === 2 && year % 4 === 0 && year !== 100 && year !== 200;
  return (daysOfMonth[month - 1] ?? 0) + (leap ? 1 : 0);
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
