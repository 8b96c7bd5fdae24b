import { localDay } from '../../components/centre-time.ts';
import { centreNow } from '../../components/now.ts';

/** The duty day that is on now, `YYYY-MM-DD`: before the change of the morning it is still yesterday's. */
export function dutyDay(now = centreNow(), dayStarts = '07:30'): string {
  const [hours = 0, minutes = 0] = dayStarts.split(':').map(Number);
  return localDay(now - (hours * 60 + minutes) * 60_000);
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A day from an address; the duty day where it names none. */
export function dayOf(text: string | undefined): string {
  return text !== undefined && DATE.test(text) ? text : dutyDay();
}
