import { OWNER_ANSWERS, type OwnerAnswer, Problem } from '@keng/model';

/** An answer that somebody gave and the centre may not have yet. It outlives a reload of the page and a flat battery. */
export interface KeptAnswer {
  readonly answer: OwnerAnswer;
  /** When it was given, by this telephone's clock. */
  readonly at: string;
  readonly sent: boolean;
  /** Code of the refusal: sending it again would not help. */
  readonly refused: string | null;
}

type Keep = Pick<Storage, 'getItem' | 'setItem'>;

/** Only the end of the token: whoever gets the telephone's storage finds no link in it. */
export const keyOfLink = (token: string): string => `keng.owner.${token.slice(-8)}`;

/** The next person at the same screen sends nothing in the name of the one before. */
export const keyOfAccount = (user: string, incident: string): string => `keng.owner.${user}.${incident}`;

export function readAnswer(storage: Keep, key: string): KeptAnswer | null {
  const text = storage.getItem(key);
  if (text === null) return null;
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof found !== 'object' || found === null || !('answer' in found) || !('at' in found)) return null;
  const answer = OWNER_ANSWERS.find((one) => one === found.answer);
  if (answer === undefined || typeof found.at !== 'string') return null;
  const refused = 'refused' in found && typeof found.refused === 'string' ? found.refused : null;
  return { answer, at: found.at, sent: 'sent' in found && found.sent === true, refused };
}

export function keepAnswer(storage: Keep, key: string, kept: KeptAnswer): void {
  storage.setItem(key, JSON.stringify(kept));
}

/** A refusal stands (the alarm was closed, the link is over); anything else may be the line, and is tried again. */
export function isRefusal(error: unknown): error is Problem {
  return error instanceof Problem && error.status >= 400 && error.status < 500 && !AGAIN.has(error.status);
}

/** Log in again first; request time-out; too many requests. */
const AGAIN: ReadonlySet<number> = new Set([401, 408, 429]);

/** Does the page show what to do first? At once with "real" and "checking", whether or not the answer has arrived. */
export function showsMeasures(kept: KeptAnswer | null, known: OwnerAnswer | null): boolean {
  const answer = kept?.answer ?? known;
  return answer === 'real' || answer === 'checking';
}
