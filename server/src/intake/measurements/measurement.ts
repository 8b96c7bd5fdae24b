/** One value that a device measured. */
export interface Measurement {
  /** As the device names the part: `1-10-2`; empty: the device itself. At most 32 characters. */
  readonly part: string;
  /** `pressure`, `software-version`; at most 32 characters. */
  readonly kind: string;
  /** At most 16 characters; empty: a count, or words. */
  readonly unit: string;
  /** A number, or words such as a version. */
  readonly value: number | string;
  /** When it was measured, by the clock that is believed. */
  readonly at: Date;
}

/** A device may have been cut off for a day, and its clock may be ahead by as much as a signed request may. */
const MOST_OLD_MS = 86_400_000;
const MOST_AHEAD_MS = 300_000;

/**
 * The time of a measurement: the first of those that the device says which may be true; else when it was heard. The time of the
 * device makes a repeat recognisable, and gives values that were kept during an outage their place.
 */
export function measuredAt(said: readonly (string | null)[], now: Date): Date {
  const nowMs = now.getTime();
  for (const one of said) {
    const ms = one === null ? Number.NaN : Date.parse(one);
    if (ms >= nowMs - MOST_OLD_MS && ms <= nowMs + MOST_AHEAD_MS) return new Date(ms);
  }
  return now;
}

/** A number of whole steps without the dust of binary fractions: 45 steps of 0.01 are 0.45. */
export function inUnits(steps: number, step: number): number {
  return Math.round(steps * step * 1e6) / 1e6;
}
