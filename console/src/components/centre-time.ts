import { useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { centreNow } from './now.ts';

/**
 * Everybody who speaks of one alarm says the same time: that of the centre's country, whatever the clock of the desk is set to. Until the
 * country pack is here, and on pages without one, it is the time of the browser.
 */
let zone: string | undefined;
const listeners = new Set<() => void>();

/** @param timeZone as the country pack names it, `Asia/Ho_Chi_Minh`. */
export function setCentreZone(timeZone: string): void {
  if (timeZone === zone) return;
  zone = timeZone;
  for (const listener of listeners) listener();
}

export interface TimeFormat {
  /** `14:03:07` */
  readonly time: (at: string | number | Date) => string;
  /** Day and time; the year only where it is not this one. */
  readonly moment: (at: string | number | Date, now: number) => string;
  /** Everything, with the zone: for tooltips. */
  readonly full: (at: string | number | Date) => string;
  /** To the millisecond, as the log keeps it. */
  readonly exact: (at: string | number | Date) => string;
}

const TIME = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
const MOMENT = {
  day: '2-digit',
  month: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;
const WITH_YEAR = { ...MOMENT, year: 'numeric' } as const;
const FULL = { ...TIME, day: '2-digit', month: '2-digit', year: 'numeric', timeZoneName: 'short' } as const;
const EXACT = { ...FULL, fractionalSecondDigits: 3 } as const;
const YEAR = { year: 'numeric' } as const;

/** English is read by people who put the day first and by those who do not: 03/04 is two days, `3 Apr` one. */
const ENGLISH = { locale: 'en-GB', style: { day: 'numeric', month: 'short' } } as const;

function dateTimeFormat(language: string, style: Intl.DateTimeFormatOptions): (at: Date) => string {
  if (language === 'en') {
    const english = style.month ? { ...style, ...ENGLISH.style } : style;
    const format = new Intl.DateTimeFormat(ENGLISH.locale, english);
    return (at) => format.format(at);
  }
  const format = new Intl.DateTimeFormat(language, style);
  if (language !== 'vi') return (at) => format.format(at);
  // The browser's Vietnamese has 16-01 beside 16/01/2026; forms and people in Viet Nam have the second.
  return (at) =>
    format
      .formatToParts(at)
      .map(({ type, value }) => (type === 'literal' ? value.replace('-', '/') : value))
      .join('');
}

/** One formatter a language and zone: making one takes longer than a queue has between two ticks. */
export function timeFormat(language: string, timeZone: string | undefined): TimeFormat {
  const made = (style: Intl.DateTimeFormatOptions) => {
    const format = dateTimeFormat(language, { ...style, timeZone });
    return (at: string | number | Date) => format(new Date(at));
  };
  const [time, moment, withYear, year] = [made(TIME), made(MOMENT), made(WITH_YEAR), made(YEAR)];
  return {
    time,
    moment: (at, now) => (year(at) === year(now) ? moment(at) : withYear(at)),
    full: made(FULL),
    exact: made(EXACT),
  };
}

const known = new Map<string, TimeFormat>();
function knownFormat(language: string, timeZone: string | undefined): TimeFormat {
  const name = `${language} ${timeZone ?? ''}`;
  const found = known.get(name) ?? timeFormat(language, timeZone);
  known.set(name, found);
  return found;
}

const DAY = { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' } as const;

/** A day of the calendar (`2026-01-15`) as people of this language write it: it has no zone. */
export const dayText = (language: string, day: string): string =>
  dateTimeFormat(language, DAY)(new Date(`${day}T00:00:00Z`));

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Times as every part of the console writes them, in the language of the desk. */
export function useTimeFormat(): TimeFormat {
  const { i18n } = useTranslation();
  const timeZone = useSyncExternalStore(subscribe, () => zone);
  return useMemo(() => knownFormat(i18n.language, timeZone), [i18n.language, timeZone]);
}

/** Milliseconds as an input of type `datetime-local` wants them, in the time of the centre. */
export function toLocalInput(at: number, timeZone = zone): string {
  const format = new Intl.DateTimeFormat('en-CA', {
    ...WITH_YEAR,
    timeZone,
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

/** The day at the centre, as an input of type `date` wants it. */
export const localDay = (at: number, timeZone = zone): string => toLocalInput(at, timeZone).slice(0, 10);

export const today = (): string => localDay(centreNow());

/** The other way from `toLocalInput`; null for what is no time. A time that a change of the clocks leaves out is the one after it. */
export function fromLocalInput(text: string, timeZone = zone): number | null {
  const asIfUtc = Date.parse(`${text}Z`);
  if (Number.isNaN(asIfUtc)) return null;
  // The offset at the place it lands on; where the clocks change in between, once more.
  let at = asIfUtc;
  for (let round = 0; round < 2; round += 1)
    at = asIfUtc - (Date.parse(`${toLocalInput(at, timeZone)}Z`) - Math.floor(at / 60_000) * 60_000);
  return at;
}
