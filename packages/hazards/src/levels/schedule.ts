const dayMs = 86_400_000;
const minuteMs = 60_000;
/** The next time is looked for this far ahead: longer than any month. */
const daysAhead = 40;

/** When a bulletin leaves. Times are local, `HH:MM`. */
export interface Schedule {
  readonly times?: readonly string[];
  /** Only every so many days, counted from the last one. */
  readonly everyDays?: number;
  /** Only on these days of the month. */
  readonly monthDays?: readonly (number | 'last')[];
  /** Again after so many minutes. */
  readonly everyMinutes?: number;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Days of the local calendar, counted from 1 January 1970. */
function localDay(ms: number, offsetMinutes: number): number {
  return Math.floor((ms + offsetMinutes * minuteMs) / dayMs);
}

function isOn(day: number, monthDays: Schedule['monthDays']): boolean {
  if (!monthDays) return true;
  const date = new Date(day * dayMs);
  const last = new Date((day + 1) * dayMs).getUTCDate() === 1;
  return monthDays.some((wanted) => (wanted === 'last' ? last : wanted === date.getUTCDate()));
}

/** The instants of the schedule in a span, both ends included, in order. */
export function instantsBetween(
  { times, monthDays }: Schedule,
  fromMs: number,
  toMs: number,
  offsetMinutes: number,
): readonly number[] {
  const found: number[] = [];
  for (let day = localDay(fromMs, offsetMinutes); day <= localDay(toMs, offsetMinutes); day += 1) {
    if (!isOn(day, monthDays)) continue;
    for (const time of times ?? []) {
      const at = day * dayMs + (minutesOf(time) - offsetMinutes) * minuteMs;
      if (at >= fromMs && at <= toMs) found.push(at);
    }
  }
  return found.sort((a, b) => a - b);
}

/** The first instant after `afterMs`; undefined where the schedule has none. */
export function nextInstant(
  schedule: Schedule,
  afterMs: number,
  lastMs: number | undefined,
  offsetMinutes: number,
): number | undefined {
  if (schedule.everyMinutes !== undefined) {
    const step = schedule.everyMinutes * minuteMs;
    if (lastMs === undefined) return afterMs;
    return lastMs + Math.max(1, Math.floor((afterMs - lastMs) / step) + 1) * step;
  }
  if (!schedule.times) return undefined;
  // "Every second day" counts from the day of the last one.
  const earliest =
    schedule.everyDays !== undefined && lastMs !== undefined
      ? (localDay(lastMs, offsetMinutes) + schedule.everyDays) * dayMs - offsetMinutes * minuteMs
      : afterMs;
  const start = Math.max(afterMs + 1, earliest);
  return instantsBetween(schedule, start, start + daysAhead * dayMs, offsetMinutes)[0];
}

/** The latest instant at or before `untilMs` that is later than the last bulletin: that one should have come. */
export function lastInstant(
  schedule: Schedule,
  lastMs: number,
  untilMs: number,
  offsetMinutes: number,
): number | undefined {
  if (schedule.everyMinutes !== undefined) {
    const step = schedule.everyMinutes * minuteMs;
    const passed = Math.floor((untilMs - lastMs) / step);
    return passed >= 1 ? lastMs + passed * step : undefined;
  }
  const since = Math.max(lastMs + 1, untilMs - daysAhead * dayMs);
  const due = instantsBetween(schedule, since, untilMs, offsetMinutes);
  if (schedule.everyDays === undefined) return due.at(-1);
  const next = nextInstant(schedule, lastMs, lastMs, offsetMinutes);
  return next !== undefined && next <= untilMs ? next : undefined;
}
