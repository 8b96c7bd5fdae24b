import type { ListedIncident, ListedLoss, Numbers } from '@keng/model';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get, trusted } from './client.ts';

/** What all numbers of the page are narrowed to; absent: the last thirty days, everywhere, every cause. */
export interface NumbersFilter {
  readonly from: string | null;
  readonly to: string | null;
  readonly area: string | null;
  readonly cause: string | null;
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
