import { fromLocalInput, toLocalInput } from '../../components/centre-time.ts';

/** What works do at this moment: they wait for the call-back, for their time, mute, or are over. */
export type WorksPhase = 'not-confirmed' | 'to-come' | 'silent' | 'over';

interface Times {
  readonly from: string;
  readonly until: string;
  readonly calledBack: object | null;
  readonly ended: object | null;
}

export function worksPhase(works: Times, now: number): WorksPhase {
  if (works.ended !== null || now >= Date.parse(works.until)) return 'over';
  if (works.calledBack === null) return 'not-confirmed';
  return now < Date.parse(works.from) ? 'to-come' : 'silent';
}

const HOUR_MS = 3_600_000;
const STEP_MS = 5 * 60_000;

/** What a form begins with: from now, rounded down so that it begins at once, for two hours. */
export function usualTimes(now: number): { readonly from: string; readonly until: string } {
  const from = Math.floor(now / STEP_MS) * STEP_MS;
  return { from: toLocalInput(from), until: toLocalInput(from + 2 * HOUR_MS) };
}

/** What was typed into an input of type `datetime-local`, in the time of the centre; null: no time. */
export function fromLocal(text: string): string | null {
  const at = fromLocalInput(text);
  return at === null ? null : new Date(at).toISOString();
}
