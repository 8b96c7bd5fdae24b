import type { TimeNumbers } from '@keng/model';

/** How many of those that were done took no longer than this; exact for limits on the edges of the buckets (each 5 s). */
export function doneWithin({ buckets }: Pick<TimeNumbers, 'buckets'>, seconds: number): number {
  return buckets.reduce((count, one) => (one.seconds <= seconds ? count + one.incidents : count), 0);
}

/** A share in whole percent, rounded down: 99.6 % within a limit is not "all"; null of nothing. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((part * 100) / whole);
}
