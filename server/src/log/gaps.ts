/** Ids that were skipped: their transactions run still, or were rolled back. From and to are included. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  /** Wall clock when it was noticed, in milliseconds. */
  readonly noticedMs: number;
  /** A transaction id that none of the transactions which may own these ids can exceed; null until the gap is old enough. */
  readonly xmax: number | null;
}

export interface Horizon {
  /** Oldest transaction still running, anywhere in the server. */
  readonly xmin: number;
  /** First transaction id not yet given out. */
  readonly xmax: number;
}

/**
 * An id is drawn a moment before its transaction gets a number of its own. Only a transaction id read this long after the
 * gap was noticed is sure to lie above that of the gap's owner.
 */
const SETTLE_MS = 10_000;

/** The gaps that new ids leave behind `mark`, and the mark after them. */
export function noticeGaps(
  mark: number,
  ids: readonly number[],
  nowMs: number,
): { gaps: Gap[]; mark: number } {
  const gaps: Gap[] = [];
  let last = mark;
  for (const id of ids) {
    if (id > last + 1) gaps.push({ from: last + 1, to: id - 1, noticedMs: nowMs, xmax: null });
    last = Math.max(last, id);
  }
  return { gaps, mark: last };
}

/** What is left of the gaps when some of their ids appeared after all. */
export function fillGaps(gaps: readonly Gap[], found: readonly number[]): Gap[] {
  let rest = [...gaps];
  for (const id of found) {
    rest = rest.flatMap((gap) => {
      if (id < gap.from || id > gap.to) return [gap];
      const parts: Gap[] = [];
      if (gap.from < id) parts.push({ ...gap, to: id - 1 });
      if (id < gap.to) parts.push({ ...gap, from: id + 1 });
      return parts;
    });
  }
  return rest;
}

/**
 * Forgets gaps whose owners are all over: rolled back, for what committed was found before. The horizon decides this and
 * nothing else, so an idle transaction only makes us remember longer; it never hides an entry.
 * Call it with a horizon read before the last look for late ids.
 */
export function forgetGaps(gaps: readonly Gap[], horizon: Horizon, nowMs: number): Gap[] {
  return gaps.flatMap((gap) => {
    if (gap.xmax !== null) return horizon.xmin >= gap.xmax ? [] : [gap];
    return nowMs - gap.noticedMs >= SETTLE_MS ? [{ ...gap, xmax: horizon.xmax }] : [gap];
  });
}
