import { useSyncExternalStore } from 'react';

/**
 * World time as the centre counts it, once a second for all who show ages and countdowns. The desk's own clock may be
 * wrong: the ticks of the live feed set the difference.
 */
let offsetMs = 0;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;
const listeners = new Set<() => void>();

function tell(): void {
  now = Date.now() + offsetMs;
  for (const listener of listeners) listener();
}

/** @param centreNowMs what the centre's clock said when this call was made. */
export function setCentreTime(centreNowMs: number): void {
  const next = centreNowMs - Date.now();
  // Transport takes some milliseconds: only a real difference moves the hands.
  if (Math.abs(next - offsetMs) > 250) offsetMs = next;
}

export function centreNow(): number {
  return Date.now() + offsetMs;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tell, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/** Milliseconds of world time, moving once a second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
