import type { OrganisationCode, ReviewOutcome, Role } from '@keng/model';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, trusted } from './client.ts';

export interface RaisedItem {
  readonly id: string;
  readonly user: { readonly id: string; readonly name: string };
  readonly target: string;
  readonly role: Role | null;
  readonly reason: string;
  readonly from: string;
  readonly until: string;
  readonly endedAt: string | null;
  readonly review: { readonly outcome: ReviewOutcome; readonly note: string; readonly by: string } | null;
}

export const RAISED = ['raised-rights'] as const;
/** Told at once by the live feed (rights-banner.tsx); this is for whom its line is lost. */
const LOOK_EVERY_MS = 30_000;

export function useRaisedRights(enabled = true) {
  return useQuery({
    queryKey: RAISED,
    queryFn: ({ signal }) => get('/raised-rights', trusted<{ raised: readonly RaisedItem[] }>(), signal),
    refetchInterval: LOOK_EVERY_MS,
    enabled,
  });
}

export interface Raise {
  readonly target: OrganisationCode;
  readonly role: 'call-taker' | 'dispatcher' | 'station-officer' | null;
  readonly reason: string;
  readonly minutes: number;
}

/** Everything on the screen was read with other rights: it is loaded anew. */
const startAnew = () => window.location.reload();

export const useRaise = () =>
  useMutation({
    mutationFn: (raise: Raise) => post('/raised-rights', raise, () => undefined),
    onSuccess: startAnew,
  });

export const useGiveBack = () =>
  useMutation({
    mutationFn: (id: string) => post(`/raised-rights/${id}/end`, undefined, () => undefined),
    onSuccess: startAnew,
  });

function useRaisedChange<Asked>(change: (asked: Asked) => Promise<undefined>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queries.invalidateQueries({ queryKey: RAISED }),
  });
}

export const useEndRaised = () =>
  useRaisedChange((id: string) => post(`/raised-rights/${id}/end`, undefined, () => undefined));

export const useReviewRaised = () =>
  useRaisedChange(
    ({ id, ...review }: { readonly id: string; readonly outcome: ReviewOutcome; readonly note: string }) =>
      post(`/raised-rights/${id}/review`, review, () => undefined),
  );

export interface ReadItem {
  readonly at: string;
  readonly user: { readonly id: string; readonly name: string };
  readonly what: string;
  readonly subject: string | null;
  readonly subjectName: string | null;
  readonly remote: string;
  readonly times: number;
}

interface ReadPage {
  readonly reads: readonly ReadItem[];
  readonly next: string | null;
}

export function useReads(user: string, what: string | null) {
  return useInfiniteQuery({
    queryKey: ['reads', user, what],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: '100' });
      if (user.trim() !== '') query.set('user', user.trim());
      if (what !== null) query.set('what', what);
      if (pageParam !== null) query.set('before', pageParam);
      return get(`/reads?${query}`, trusted<ReadPage>(), signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
    // Each look is an entry of the log.
    refetchOnWindowFocus: false,
  });
}

export interface ErasureItem {
  readonly id: string;
  readonly facility: string;
  readonly facilityName: string;
  readonly contact: string;
  /** null: decided, and nobody's any more. */
  readonly contactName: string | null;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedAt: string;
  readonly own: boolean;
  readonly status: 'asked' | 'refused' | 'done';
  readonly decidedBy: string | null;
  readonly entries: number | null;
}

const ERASURES = ['erasures'] as const;

export function useErasures() {
  return useQuery({
    queryKey: ERASURES,
    queryFn: ({ signal }) => get('/erasures', trusted<{ erasures: readonly ErasureItem[] }>(), signal),
  });
}

export interface FormerContact {
  readonly id: string;
  readonly name: string;
  readonly telephone: string;
}

/** Who once was a contact of this facility and is no more. */
export function useFormerContacts(facility: string | null) {
  return useQuery({
    queryKey: [...ERASURES, 'people', facility],
    queryFn: ({ signal }) =>
      get(
        `/erasures/people?facility=${facility}`,
        (json) => trusted<{ people: readonly FormerContact[] }>()(json).people,
        signal,
      ),
    enabled: facility !== null,
  });
}

export function useErasureChange<Asked>(change: (asked: Asked) => Promise<undefined>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queries.invalidateQueries({ queryKey: ERASURES }),
  });
}

export const useAskErasure = () =>
  useErasureChange(
    (asked: { readonly facility: string; readonly contact: string; readonly reason: string }) =>
      post('/erasures', asked, () => undefined),
  );

export const useDecideErasure = () =>
  useErasureChange(({ id, erase }: { readonly id: string; readonly erase: boolean }) =>
    post(`/erasures/${id}/decide`, { erase }, () => undefined),
  );
