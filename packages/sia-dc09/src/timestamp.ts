import { isDigit } from './ascii.ts';

/** Characters of `_HH:MM:SS,MM-DD-YYYY`, the underscore included. */
export const timestampLength = 20;

export interface Timestamp {
  /** As sent, without the underscore. */
  readonly text: string;
  /** Milliseconds of the Unix epoch; null when the text has the form but is no date (month 00). */
  readonly ms: number | null;
}

const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const dayMs = 86_400_000;

/** Where the digits stand in `_HH:MM:SS,MM-DD-YYYY`; the other places are the marks below. */
const marks = '_  :  :  ,  -  -    ';

/** Reads a timestamp at `at`; null when there is none of exactly this form. */
export function timestampAt(text: string, at: number): Timestamp | null {
  if (at < 0 || text.length - at < timestampLength) return null;
  for (let index = 0; index < timestampLength; index++) {
    const mark = marks.charCodeAt(index);
    const code = text.charCodeAt(at + index);
    if (mark === 0x20 ? !isDigit(code) : code !== mark) return null;
  }
  return { text: text.slice(at + 1, at + timestampLength), ms: epochMs(text, at) };
}

function epochMs(text: string, at: number): number | null {
  const hour = twoDigits(text, at + 1);
  const minute = twoDigits(text, at + 4);
  const second = twoDigits(text, at + 7);
  const month = twoDigits(text, at + 10);
  const day = twoDigits(text, at + 13);
  const year = twoDigits(text, at + 16) * 100 + twoDigits(text, at + 18);
  if (hour > 23 || minute > 59 || second > 59 || year < 1970) return null;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = (daysOfMonth[month - 1] ?? 0) + (leap && month === 2 ? 1 : 0);
  if (day < 1 || day > days) return null;
  const years = year - 1;
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400) - 477;
  const dayOfYear = (daysBeforeMonth[month - 1] ?? 0) + (leap && month > 2 ? 1 : 0) + day - 1;
  const dayNumber = (year - 1970) * 365 + leapDays + dayOfYear;
  return dayNumber * dayMs + ((hour * 60 + minute) * 60 + second) * 1_000;
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 0x30) * 10 + text.charCodeAt(at + 1) - 0x30;
}

/** ISO 8601 of a timestamp text `HH:MM:SS,MM-DD-YYYY` that is a date. */
export function isoTime(text: string): string {
  return `${text.slice(15, 19)}-${text.slice(9, 11)}-${text.slice(12, 14)}T${text.slice(0, 8)}Z`;
}

let lastSecond = Number.NaN;
let lastText = '';

/** `_HH:MM:SS,MM-DD-YYYY` in UTC. The last second is remembered: answers come in thousands a second. */
export function formatTimestamp(ms: number): string {
  const second = Math.floor(ms / 1_000);
  if (second !== lastSecond) {
    const iso = new Date(second * 1_000).toISOString();
    lastText = `_${iso.slice(11, 19)},${iso.slice(5, 7)}-${iso.slice(8, 10)}-${iso.slice(0, 4)}`;
    lastSecond = second;
  }
  return lastText;
}
