import { createHash } from 'node:crypto';
import type { DecodedFrame } from './decode.ts';

/** The device repeats for so long; then its numbers may come round. */
const WINDOW_SECONDS = 300;

/** 16 bytes over what is the same in a retry and different in a new event; null: a link test, of which none is a repeat. */
export function duplicateKey(
  frame: DecodedFrame,
): { readonly key: Uint8Array; readonly windowSeconds: number } | null {
  if (frame.events.length === 0) return null;
  const same = [frame.account, frame.sequence, frame.code, frame.zone ?? ''].join('\n');
  return { key: createHash('sha256').update(same).digest().subarray(0, 16), windowSeconds: WINDOW_SECONDS };
}
