/** How many alarms somebody knew of, and from when on (Unix milliseconds). */
export interface CountSeen {
  readonly count: number;
  readonly atMs: number;
}

/**
 * Milliseconds from each frame into its socket to whoever counts them: the n-th is known from the moment that n more than `before` are.
 * Shorter than `sentAtMs` when some never were.
 */
export function delaysOf(sentAtMs: Float64Array, seen: readonly CountSeen[], before = 0): number[] {
  const delays: number[] = [];
  let at = 0;
  for (const [index, sent] of sentAtMs.entries()) {
    while (at < seen.length && (seen[at]?.count ?? 0) < before + index + 1) at += 1;
    const known = seen[at];
    if (known) delays.push(known.atMs - sent);
  }
  return delays;
}
