import type { Behind, NumbersFilter } from '../../api/numbers.ts';

/** What the page shows stands in its address: back goes back, and a number can be sent to somebody. */
export interface Shown {
  readonly filter: NumbersFilter;
  /** The list behind a number; null: the numbers themselves. */
  readonly list: { readonly of: 'incidents' | 'links'; readonly behind: Behind } | null;
}

const FILTERS = ['from', 'to', 'area', 'cause'] as const;
const BEHIND = ['outcome', 'model', 'family', 'facility', 'measure', 'met', 'over'] as const;

export function shownBy(address: URLSearchParams): Shown {
  const [from = null, to = null, area = null, cause = null] = FILTERS.map((name) => address.get(name));
  const of = address.get('list');
  const filter = { from, to, area, cause };
  if (of !== 'incidents' && of !== 'links') return { filter, list: null };
  const behind = BEHIND.flatMap((name) => {
    const value = address.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { filter, list: { of, behind: Object.fromEntries(behind) } };
}

export function addressOf({ filter, list }: Shown): URLSearchParams {
  const address = new URLSearchParams();
  for (const name of FILTERS) {
    const value = filter[name];
    if (value !== null) address.set(name, value);
  }
  if (list !== null) {
    address.set('list', list.of);
    for (const [name, value] of Object.entries(list.behind)) address.set(name, value);
  }
  return address;
}

const DAY_MS = 86_400_000;

/** The last so many days up to this one, both as the date inputs write them. */
export function lastDays(days: number, today: string): Pick<NumbersFilter, 'from' | 'to'> {
  return { from: new Date(Date.parse(today) - (days - 1) * DAY_MS).toISOString().slice(0, 10), to: today };
}
