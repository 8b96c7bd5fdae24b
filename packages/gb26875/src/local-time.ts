/**
 * Times of this protocol are six plain binary bytes: second, minute, hour, day, month, year - 2000, in the local time of the
 * device (not BCD). A local time is kept as text, `2012-09-26T09:58:32`: what instant it is depends on where the device stands.
 */
export const timeBytes = 6;

const firstYear = 2_000;
const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The local time at an offset; null when the bytes are no date (month 00 of a clock that was never set). */
export function readTime(bytes: Uint8Array, at: number): string | null {
  const second = bytes[at] ?? 0;
  const minute = bytes[at + 1] ?? 0;
  const hour = bytes[at + 2] ?? 0;
  const day = bytes[at + 3] ?? 0;
  const month = bytes[at + 4] ?? 0;
  const year = bytes[at + 5] ?? 0;
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
  if (!hasForm(time)) return false;
  const year = twoDigits(time, 0) * 100 + twoDigits(time, 2) - firstYear;
  if (year < 0 || year > 255) return false;
  bytes[at] = twoDigits(time, 17);
  bytes[at + 1] = twoDigits(time, 14);
  bytes[at + 2] = twoDigits(time, 11);
  bytes[at + 3] = twoDigits(time, 8);
  bytes[at + 4] = twoDigits(time, 5);
  bytes[at + 5] = year;
  return readTime(bytes, at) !== null;
}

/** Where the digits stand in `2012-09-26T09:58:32`; the other places are the marks. */
const marks = '    -  -  T  :  :  ';

function hasForm(time: string): boolean {
  if (time.length !== marks.length) return false;
  for (let index = 0; index < marks.length; index++) {
    const mark = marks.charCodeAt(index);
    const code = time.charCodeAt(index);
    if (mark === 0x20 ? code < 0x30 || code > 0x39 : code !== mark) return false;
  }
  return true;
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 0x30) * 10 + text.charCodeAt(at + 1) - 0x30;
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
