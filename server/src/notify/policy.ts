import { type CountryPack, limitOf, timerFor } from '@keng/country-vn';

/** How often and how patiently a notification is tried. */
export interface RetryPolicy {
  /** Pause after the first failure, in seconds; each later one doubles. */
  readonly firstPauseSeconds: number;
  readonly longestPauseSeconds: number;
  /** Attempts of one notification before it is reported as not delivered. */
  readonly attempts: number;
}

/** @throws UnknownCode when the pack lacks one of them: at the start, not at an alarm */
export function retryPolicy(pack: Pick<CountryPack, 'timers' | 'limits'>): RetryPolicy {
  return {
    firstPauseSeconds: timerFor(pack, 'notify.retry').seconds,
    longestPauseSeconds: timerFor(pack, 'notify.retry-maximum').seconds,
    attempts: limitOf(pack, 'notify.attempts'),
  };
}

/**
 * When a notification that was tried `attempts` times and failed is tried again; null: it is given up.
 * @param wantedSeconds what the receiver asked for (Retry-After), never longer than the longest pause
 */
export function nextTry(
  policy: RetryPolicy,
  attempts: number,
  now: Date,
  wantedSeconds: number | null = null,
): Date | null {
  if (attempts >= policy.attempts) return null;
  const growing = policy.firstPauseSeconds * 2 ** Math.max(0, attempts - 1);
  const pause = Math.min(policy.longestPauseSeconds, Math.max(growing, wantedSeconds ?? 0));
  return new Date(now.getTime() + pause * 1000);
}
