import type { OutageState, ProbeStage } from '@keng/model';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, trusted } from './client.ts';

const OUTAGES = ['outages'] as const;

export interface Outages {
  readonly open: readonly OutageState[];
  readonly closed: readonly OutageState[];
}

/** Areas and carriers of which many links were lost at once. @param allowed false for who may not see them: nothing is asked */
export function useOutages(allowed = true) {
  return useQuery({
    queryKey: OUTAGES,
    queryFn: ({ signal }) => get('/outages', trusted<Outages>(), signal),
    refetchInterval: 5_000,
    enabled: allowed,
  });
}

export type OutageAction =
  | { readonly name: 'accept'; readonly id: string }
  | { readonly name: 'close'; readonly id: string; readonly note: string };

export function useOutageAction() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (action: OutageAction) =>
      post(
        `/outages/${action.id}/${action.name}`,
        action.name === 'close' ? { note: action.note } : {},
        trusted<OutageState>(),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: OUTAGES }),
  });
}

/** How far the synthetic alarm came last by a listener. */
export interface ProbePath {
  readonly receiver: string;
  readonly listener: string;
  readonly sentAt: string;
  readonly storedAt: string | null;
  readonly fedAt: string | null;
  readonly shownAt: string | null;
  readonly missingStage: ProbeStage | null;
  readonly missingSince: string | null;
}

/** Asked by HTTP and not heard by the feed: the feed may be what is broken. */
export function useProbes() {
  return useQuery({
    queryKey: ['probes'],
    queryFn: ({ signal }) =>
      get('/probes', (json) => trusted<{ paths: readonly ProbePath[] }>()(json).paths, signal),
    refetchInterval: 15_000,
  });
}
