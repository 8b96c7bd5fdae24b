/** One measured row. `ratio` is value / beside, where there is something beside it that was measured in the same run. */
export interface BenchRow {
  readonly bench: string;
  readonly row: string;
  readonly value: number;
  readonly unit: string;
  readonly beside: number | null;
  readonly ratio: number | null;
  /** The limit in words, `ratio >= 0.20`; null: shown only. */
  readonly must: string | null;
  readonly holds: boolean | null;
}

export interface BenchContext {
  /** Seconds of each measurement. */
  readonly seconds: number;
  /** How often each measurement is repeated, peer and Keng in turn; the median counts. */
  readonly rounds: number;
  /** Options of this bench: `--name value`. */
  readonly options: Readonly<Record<string, string>>;
  /** Progress, on standard error. */
  say(text: string): void;
  /** Shows a finished row. */
  row(row: Omit<BenchRow, 'bench'>): void;
}

export interface Bench {
  readonly name: string;
  readonly title: string;
  /** Options of its own, by name: what each does. */
  readonly options?: Readonly<Record<string, string>>;
  run(context: BenchContext): Promise<void>;
}

export type Limit =
  | { readonly ratioAtLeast: number }
  | { readonly ratioAtMost: number }
  | { readonly atMost: number }
  | { readonly atLeast: number };

/** A row with its limit: the words and whether it holds. */
export function rowOf(
  row: string,
  value: number,
  unit: string,
  limit: Limit | null,
  beside: number | null = null,
): Omit<BenchRow, 'bench'> {
  const ratio = beside === null || beside === 0 ? null : value / beside;
  if (limit === null) return { row, value, unit, beside, ratio, must: null, holds: null };
  if ('ratioAtLeast' in limit) {
    const must = `ratio >= ${limit.ratioAtLeast.toFixed(2)}`;
    return { row, value, unit, beside, ratio, must, holds: ratio !== null && ratio >= limit.ratioAtLeast };
  }
  if ('ratioAtMost' in limit) {
    const must = `ratio <= ${limit.ratioAtMost.toFixed(2)}`;
    return { row, value, unit, beside, ratio, must, holds: ratio !== null && ratio <= limit.ratioAtMost };
  }
  if ('atMost' in limit)
    return { row, value, unit, beside, ratio, must: `<= ${limit.atMost}`, holds: value <= limit.atMost };
  return { row, value, unit, beside, ratio, must: `>= ${limit.atLeast}`, holds: value >= limit.atLeast };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
