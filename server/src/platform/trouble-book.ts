/** A trouble that goes on is told again after this time, with how often it came. */
const AGAIN_MS = 60_000;
/** Of something whose reasons never end only the first ones are told apart. */
const MOST_REASONS = 20;
const OTHER_REASONS = '…';

interface Told {
  atMs: number;
  /** Since it was told last. */
  times: number;
}

interface Trouble {
  times: number;
  readonly reasons: Map<string, Told>;
}

/**
 * What has been said of troubles that go on: each reason at once, then once a minute how often it came. An outage of an hour is some
 * lines in the log and not thousands, among which nobody would find the next one.
 */
export class TroubleBook {
  readonly #troubles = new Map<string, Trouble>();

  /**
   * Notes that something has failed.
   * @param what the line, service or store that fails; the caller names only so many
   * @param nowMs monotonic milliseconds
   * @returns how often it came since it was told last, this time included; null: it need not be told now
   */
  failed(what: string, reason: string, nowMs: number): number | null {
    const trouble = this.#troubles.get(what) ?? { times: 0, reasons: new Map<string, Told>() };
    this.#troubles.set(what, trouble);
    trouble.times += 1;
    const { reasons } = trouble;
    const name = reasons.has(reason) || reasons.size < MOST_REASONS ? reason : OTHER_REASONS;
    const told = reasons.get(name);
    if (told === undefined) {
      reasons.set(name, { atMs: nowMs, times: 0 });
      return 1;
    }
    told.times += 1;
    if (nowMs - told.atMs < AGAIN_MS) return null;
    const { times } = told;
    reasons.set(name, { atMs: nowMs, times: 0 });
    return times;
  }

  /** It works: its next trouble is a new one. @returns how often it had failed; 0 when it had not */
  passed(what: string): number {
    const times = this.#troubles.get(what)?.times ?? 0;
    this.#troubles.delete(what);
    return times;
  }
}

/** A message of the log, with how often it came where that is more than once. */
export function timesText(message: string, times: number): string {
  return times > 1 ? `${message} (${times} times since it was last told)` : message;
}
