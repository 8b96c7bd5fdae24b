import type { Alert, Info } from '../model.ts';
import { instantOf } from '../time.ts';

/** What became of a message. */
export type Standing = 'in-force' | 'not-yet' | 'expired' | 'updated' | 'cancelled';

/** When an info is over: `expires`, or the reader's own time after `sent`, for the standard leaves it to the reader. */
export function endOf(info: Info, alert: Alert, withoutExpiryMs: number): number {
  const expires = instantOf(info.expires);
  return expires ?? (instantOf(alert.sent) ?? Number.NEGATIVE_INFINITY) + withoutExpiryMs;
}

export interface StandingOptions {
  /** How long a message without `expires` holds, in milliseconds; default 24 hours. Unofficial: CAP names no time. */
  readonly withoutExpiryMs?: number;
}

const DAY_MS = 86_400_000;

/**
 * What became of each message at a time, by what other messages say of it. Whoever cancels or updates must be the same sender, and
 * later; a message that only came out of order changes nothing for those that it does not name.
 * @returns the standing of each, in the order of `alerts`
 */
export function standings(alerts: readonly Alert[], atMs: number, options: StandingOptions = {}): Standing[] {
  const withoutExpiryMs = options.withoutExpiryMs ?? DAY_MS;
  const replaced = new Map<string, Standing>();
  for (const alert of alerts) {
    if (alert.msgType !== 'Update' && alert.msgType !== 'Cancel') continue;
    const sent = instantOf(alert.sent);
    if (sent === null || sent > atMs) continue;
    for (const reference of alert.references) {
      if (reference.sender !== alert.sender || reference.identifier === alert.identifier) continue;
      const before = instantOf(reference.sent);
      if (before !== null && before > sent) continue;
      const key = keyOf(reference.sender, reference.identifier);
      if (alert.msgType === 'Cancel') replaced.set(key, 'cancelled');
      else if (!replaced.has(key)) replaced.set(key, 'updated');
    }
  }
  return alerts.map((alert) => {
    const known = replaced.get(keyOf(alert.sender, alert.identifier));
    if (known) return known;
    const sent = instantOf(alert.sent);
    if (sent === null || sent > atMs) return 'not-yet';
    if (alert.info.length > 0 && alert.info.every((info) => endOf(info, alert, withoutExpiryMs) <= atMs))
      return 'expired';
    return 'in-force';
  });
}

const keyOf = (sender: string, identifier: string): string => `${sender} ${identifier}`;
