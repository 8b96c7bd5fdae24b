import { createHash } from 'node:crypto';
import type { HeardSignal } from './message.ts';
import { REPLAY_WINDOW_SECONDS } from './verify-signature.ts';

/** How a retry is recognised: 16 bytes and how long they count. */
export interface SignalKey {
  readonly key: Uint8Array;
  readonly windowSeconds: number;
}

/** A device may be cut off for hours with a signal whose answer was lost. */
const WINDOW_SECONDS = 86_400;
/** Without an id only the same bytes soon after one another are a retry: as long as their signature may hold (twice the window). */
const NAMELESS_WINDOW_SECONDS = 2 * REPLAY_WINDOW_SECONDS;

/**
 * Key of a signal: its device, its id and what it says. What it says is in it because a device whose counter starts again after a
 * restart sends an old id with a new fire: stored twice is a nuisance, swallowed is a death.
 */
export function signalKey(
  protocol: string,
  account: string,
  signal: HeardSignal,
  body: Uint8Array,
): SignalKey {
  const hash = createHash('sha256').update(`${protocol}\n${account}\n`);
  if (signal.id === null) hash.update('bytes\n').update(body);
  else {
    hash.update(`${signal.id}\n${signal.at ?? ''}\n`);
    for (const { family, class: kind, zone, area, code } of signal.events)
      hash.update(JSON.stringify([family, kind, zone, area, code]));
  }
  return {
    key: hash.digest().subarray(0, 16),
    windowSeconds: signal.id === null ? NAMELESS_WINDOW_SECONDS : WINDOW_SECONDS,
  };
}
