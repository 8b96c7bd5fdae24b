/** Days, both of which count. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** A period as its whole months and the days before and after them. */
export interface Period {
  /** First days of the first whole month and of the month after the last; equal where there is none. */
  readonly months: { readonly from: string; readonly until: string };
  /** At most two, each shorter than a month. */
  readonly rests: readonly Days[];
}

const dayOf = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** Takes a period apart: sums by month serve the middle of it, sums by day its ends. */
export function periodOf({ from, to }: Days): Period {
  const [year = 0, month = 1, day = 1] = from.split('-').map(Number);
  const [lastYear = 0, lastMonth = 1, lastDay = 1] = to.split('-').map(Number);
  const first = day === 1 ? from : dayOf(year, month, 1);
  const until = dayOf(lastYear, lastMonth - 1, lastDay + 1);
  const end = until.endsWith('-01') ? until : dayOf(lastYear, lastMonth - 1, 1);
  if (first >= end) return { months: { from: first, until: first }, rests: from <= to ? [{ from, to }] : [] };
  const rests: Days[] = [];
  if (from < first) rests.push({ from, to: before(first) });
  if (end <= to) rests.push({ from: end, to });
  return { months: { from: first, until: end }, rests };
}

function before(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
