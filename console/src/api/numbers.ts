import type { FalseCause, Outcome, SignalFamily } from '@keng/model';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get, trusted } from './client.ts';
import type { Names } from './queries.ts';

export const MEASURES = ['owner', 'desk', 'station', 'turnout', 'arrival'] as const;
export type Measure = (typeof MEASURES)[number];

/** What all numbers of the page are narrowed to; absent: the last thirty days, everywhere, every cause. */
export interface NumbersFilter {
  readonly from: string | null;
  readonly to: string | null;
  readonly area: string | null;
  readonly cause: string | null;
}

export interface Counted {
  readonly code: string;
  readonly incidents: number;
  readonly false: number;
}

export interface Standard {
  readonly code: string;
  readonly seconds: number;
  readonly names: Names;
  readonly source: Names;
  readonly sourceUrl: string | null;
  readonly official: boolean;
  readonly note: string | null;
}

export interface TimeNumbers {
  readonly measure: Measure;
  readonly done: number;
  readonly never: number;
  readonly within: number;
  readonly meanSeconds: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p98: number | null;
  readonly buckets: readonly { readonly seconds: number; readonly incidents: number }[];
  readonly standards: readonly Standard[];
}

export interface Numbers {
  readonly from: string;
  readonly to: string;
  readonly counted: { readonly at: string | null; readonly behind: number };
  readonly alarms: {
    readonly outcomes: readonly { readonly outcome: Outcome | ''; readonly incidents: number }[];
    readonly days: readonly { readonly day: string; readonly incidents: number; readonly false: number }[];
    readonly causes: readonly Counted[];
    readonly models: readonly Counted[];
    readonly families: readonly Counted[];
    readonly areas: readonly Counted[];
  };
  readonly facilities: readonly {
    readonly facility: string;
    readonly name: string | null;
    readonly false: number;
  }[];
  readonly times: readonly TimeNumbers[];
  readonly links: {
    readonly lost: number;
    readonly restored: number;
    readonly meanSeconds: number | null;
    readonly models: readonly {
      readonly code: string;
      readonly lost: number;
      readonly meanSeconds: number | null;
    }[];
    readonly days: readonly { readonly day: string; readonly lost: number }[];
  };
}

/** The question of a filter, as the centre wants it. */
export function numbersQuery(
  filter: NumbersFilter,
  more: Readonly<Record<string, string>> = {},
): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== null) query.set(name, value);
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return query;
}

export function useNumbers(filter: NumbersFilter) {
  return useQuery({
    queryKey: ['numbers', filter],
    queryFn: ({ signal }) => get(`/numbers?${numbersQuery(filter)}`, trusted<Numbers>(), signal),
    // The last numbers stay while the next are asked for.
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

export interface ListedIncident {
  readonly id: string;
  readonly number: number;
  readonly openedAt: string;
  readonly facility: string;
  readonly facilityName: string | null;
  readonly areaCode: string;
  readonly model: string;
  readonly family: SignalFamily | '';
  readonly outcome: Outcome | '';
  readonly cause: FalseCause | '';
  readonly seconds: Readonly<Record<Measure, number | null>>;
}

export interface ListedLoss {
  readonly transmitter: string;
  readonly account: string | null;
  readonly facility: string;
  readonly facilityName: string | null;
  readonly model: string;
  readonly lostAt: string;
  readonly restoredAt: string | null;
}

/** What one number is of, beyond the filter: see the query of /numbers/incidents. */
export type Behind = Readonly<Record<string, string>>;

export function useIncidentsBehind(filter: NumbersFilter, behind: Behind) {
  return usePages<{ readonly incidents: readonly ListedIncident[]; readonly next: string | null }>(
    'incidents',
    filter,
    behind,
  );
}

export function useLossesBehind(filter: NumbersFilter, behind: Behind) {
  return usePages<{ readonly losses: readonly ListedLoss[]; readonly next: string | null }>(
    'links',
    filter,
    behind,
  );
}

function usePages<Page extends { readonly next: string | null }>(
  list: string,
  filter: NumbersFilter,
  behind: Behind,
) {
  return useInfiniteQuery({
    queryKey: ['numbers', list, filter, behind],
    queryFn: ({ pageParam, signal }) => {
      const query = numbersQuery(filter, behind);
      if (pageParam !== null) query.set('cursor', pageParam);
      return get(`/numbers/${list}?${query}`, trusted<Page>(), signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}
