const DAY_MS = 86_400_000;

/** The moment at which a wall clock of this time zone shows a date and a time of day. */
export function instantAt(date: string, timeOfDay: string, timeZone: string): Date {
  const asUtc = Date.parse(`${date}T${timeOfDay}:00.000Z`);
  // Twice: beside a change of clocks the first guess stands on the wrong side of it.
  let instant = asUtc - offsetMs(asUtc, timeZone);
  instant = asUtc - offsetMs(instant, timeZone);
  return new Date(instant);
}

/** The 24 hours of a duty day. */
export function dutyDay(date: string, dayStarts: string, timeZone: string): { from: Date; to: Date } {
  const from = instantAt(date, dayStarts, timeZone);
  const next = new Date(Date.parse(`${date}T00:00:00.000Z`) + DAY_MS).toISOString().slice(0, 10);
  return { from, to: instantAt(next, dayStarts, timeZone) };
}

function offsetMs(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(instant / 1000) * 1000;
}
