import type { WorksState } from '@keng/model';

/** What works do at this moment: they wait for the call-back, for their time, mute, or are over. */
export type WorksPhase = 'not-confirmed' | 'to-come' | 'silent' | 'over';

export function worksPhase(works: WorksState, now: number): WorksPhase {
  if (works.ended !== null || now >= Date.parse(works.until)) return 'over';
  if (works.calledBack === null) return 'not-confirmed';
  return now < Date.parse(works.from) ? 'to-come' : 'silent';
}

const HOUR_MS = 3_600_000;
const STEP_MS = 5 * 60_000;

/** What a form begins with: from now, rounded down so that it begins at once, for two hours. */
export function usualTimes(now: number): { readonly from: string; readonly until: string } {
  const from = Math.floor(now / STEP_MS) * STEP_MS;
  return { from: toLocal(from), until: toLocal(from + 2 * HOUR_MS) };
}

/** Milliseconds as an input of type `datetime-local` wants them, in the time of this desk. */
export function toLocal(at: number): string {
  const moment = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** And back; null for what is no time. */
export function fromLocal(text: string): string | null {
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
