import type { AnyEntry, ContactId, WorksId, WorksItem, WorksState } from '@keng/model';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, trusted } from './client.ts';

const KEY = ['works'] as const;

/** Planned works that have not ended. @param allowed false for who may not see them: nothing is asked */
export function useWorks(allowed = true) {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) =>
      get('/works', (json) => trusted<{ works: readonly WorksItem[] }>()(json).works, signal),
    refetchInterval: 30_000,
    enabled: allowed,
  });
}

interface EndedPage {
  readonly works: readonly WorksItem[];
  readonly next: string | null;
}

/** What is over, those that were planned last first. */
export function useEndedWorks(wanted: boolean) {
  return useInfiniteQuery({
    queryKey: [...KEY, 'ended'],
    queryFn: ({ pageParam, signal }) =>
      get(
        `/works/ended?limit=20${pageParam === null ? '' : `&before=${pageParam}`}`,
        trusted<EndedPage>(),
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    enabled: wanted,
  });
}

/** The entries of these works in order. What becomes of the reminder changes no state of theirs: while open it is asked again. */
export function useWorksChronology({ id, entries }: Pick<WorksState, 'id' | 'entries'>, wanted: boolean) {
  return useQuery({
    queryKey: [...KEY, id, 'chronology', entries],
    queryFn: ({ signal }) =>
      get(
        `/works/${id}/chronology`,
        (json) => trusted<{ entries: readonly AnyEntry[] }>()(json).entries,
        signal,
      ),
    refetchInterval: 30_000,
    enabled: wanted,
  });
}

export interface WorksPlan {
  readonly facilityId: string;
  readonly transmitterId: string;
  readonly zones: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly reason: string;
  readonly requestedBy: string | null;
}

export type WorksAction =
  | { readonly name: 'plan'; readonly plan: WorksPlan }
  | { readonly name: 'call-back'; readonly id: WorksId; readonly contactId: ContactId }
  | { readonly name: 'end'; readonly id: WorksId; readonly reason: 'person' | 'call-back-refused' };

function send(action: WorksAction): Promise<WorksState> {
  switch (action.name) {
    case 'plan':
      return post('/works', action.plan, trusted<WorksState>());
    case 'call-back':
      return post(`/works/${action.id}/call-back`, { contactId: action.contactId }, trusted<WorksState>());
    case 'end':
      return post(`/works/${action.id}/end`, { reason: action.reason }, trusted<WorksState>());
  }
}

export function useWorksAction() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
