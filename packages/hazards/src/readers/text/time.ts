/** A time that was read. */
export interface ReadTime {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number;
  /** false: the text had no zone, and the offset given to the parser was used. */
  readonly zoned: boolean;
  /** Only the day was written. */
  readonly dayOnly: boolean;
}

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?(Z|[+-]\d{2}(?::?\d{2})?))?)?(Z)?$/;
const RFC_822 =
  /^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? (GMT|UTC|UT|Z|[+-]\d{4})$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAYS_OF_FOUR_CENTURIES = 146_097;
const MINUTE_MS = 60_000;
/** The farthest zones of the world are +14:00 and -12:00. */
const MOST_OFFSET_MINUTES = 14 * 60;

/**
 * Time of the calendar in UTC, or null where there is no such day or hour. 24:00 and second 60 are not taken: a feed that
 * writes them is asked by its finding.
 * @param month from 1
 */
export function utc(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
  millisecond = 0,
): number | null {
  if (hour > 23 || minute > 59 || second > 59 || month < 1 || month > 12) return null;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  if (day < 1 || day > (DAYS[month - 1] ?? 0) + leap) return null;
  // Date.UTC reads years below 100 as 19xx; four centuries have the same days.
  const shift = year < 100 ? 400 : 0;
  const at = Date.UTC(year + shift, month - 1, day, hour, minute, second, millisecond);
  return shift === 0 ? at : at - DAYS_OF_FOUR_CENTURIES * 86_400_000;
}

/**
 * ISO 8601 as feeds write it: with `T` or a space, with or without seconds, fraction and zone.
 * @param assumedOffsetMinutes east of Greenwich, for a text without a zone
 */
export function isoTime(text: string, assumedOffsetMinutes = 0): ReadTime | null {
  const plain = plainTime(text, assumedOffsetMinutes);
  if (plain !== null) return plain;
  const found = ISO.exec(text.trim());
  if (!found) return null;
  const [, year, month, day, hour, minute, second, fraction, zone, lateZone] = found;
  // "2020-01-01Z" is a day of xs:date; with an hour the zone has its own place.
  if (lateZone !== undefined && hour !== undefined) return null;
  const milliseconds = fraction === undefined ? 0 : Math.trunc(Number(`0.${fraction}`) * 1_000);
  const local = utc(
    Number(year),
    Number(month),
    Number(day),
    Number(hour ?? 0),
    Number(minute ?? 0),
    Number(second ?? 0),
    milliseconds,
  );
  const offset = offsetMinutes(zone ?? lateZone, assumedOffsetMinutes);
  if (local === null || offset === null) return null;
  return {
    at: local - offset * MINUTE_MS,
    zoned: (zone ?? lateZone) !== undefined,
    dayOnly: hour === undefined,
  };
}

/**
 * `2026-09-07 06:00`, with seconds or without, with `Z` or without: what nearly all rows have, without the cost of the
 * pattern. null: it is something else, or no time at all, and the pattern decides.
 */
function plainTime(text: string, assumedOffsetMinutes: number): ReadTime | null {
  const zoned = text.endsWith('Z');
  const length = zoned ? text.length - 1 : text.length;
  if (length !== 16 && length !== 19) return null;
  const separator = text.charCodeAt(10);
  if (separator !== 0x20 && separator !== 0x54) return null;
  if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || (length === 19 && text[16] !== ':'))
    return null;
  const at = utc(
    two(text, 0) * 100 + two(text, 2),
    two(text, 5),
    two(text, 8),
    two(text, 11),
    two(text, 14),
    length === 19 ? two(text, 17) : 0,
  );
  return at === null || Number.isNaN(at)
    ? null
    : { at: at - (zoned ? 0 : assumedOffsetMinutes * MINUTE_MS), zoned, dayOnly: false };
}

/** Two digits; a number that no part of a time can be where they are none. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30;
  const ones = text.charCodeAt(at + 1) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 1_000_000;
}

function offsetMinutes(zone: string | undefined, assumed: number): number | null {
  if (zone === undefined) return assumed;
  if (zone === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  if (minutes > MOST_OFFSET_MINUTES || Number(digits.slice(2)) > 59) return null;
  return zone.startsWith('-') ? -minutes : minutes;
}

/** `Mon, 30 Dec 2019 00:22:19 GMT` of RSS, with a zone always. */
export function rssTime(text: string): number | null {
  const found = RFC_822.exec(text.trim());
  if (!found) return null;
  const [, day, month, year, hour, minute, second, zone] = found;
  const at = utc(
    Number(year),
    MONTHS.indexOf(month ?? '') + 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second ?? 0),
  );
  if (at === null || zone === undefined) return null;
  const offset = /^[+-]/.test(zone) ? offsetMinutes(zone, 0) : 0;
  return offset === null ? null : at - offset * MINUTE_MS;
}

const DAY_MS = 86_400_000;
const TWO = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
let lastDay = Number.NaN;
let lastDate = '';

/** `2026-09-07T06:00:00.000Z`. The rows of a feed share their days, so the last one is kept. */
export function instantOf(time: number): string {
  // Feeds have fractions. Cut off only below, one just before a midnight would count to neither day.
  const at = Math.floor(time);
  const day = Math.floor(at / DAY_MS);
  if (day !== lastDay) {
    lastDate = new Date(day * DAY_MS).toISOString().slice(0, -'00:00:00.000Z'.length);
    lastDay = day;
  }
  const milliseconds = at - day * DAY_MS;
  const seconds = Math.floor(milliseconds / 1_000);
  const minutes = Math.floor(seconds / 60);
  const rest = milliseconds - seconds * 1_000;
  const fraction = rest === 0 ? '000' : String(rest).padStart(3, '0');
  return `${lastDate}${TWO[Math.floor(minutes / 60)]}:${TWO[minutes % 60]}:${TWO[seconds % 60]}.${fraction}Z`;
}

/** The widest time that a Date can hold, and that a feed may mean. */
export function isTime(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) <= 8.64e15;
}
