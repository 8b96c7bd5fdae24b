import type { AnyEntry, EntryKind } from '@keng/model';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, request, trusted } from './client.ts';

export interface LogPage {
  readonly entries: readonly AnyEntry[];
  readonly head: number;
  /** Up to here entries have left the database for archive files; null: none has. */
  readonly archived: { readonly position: number; readonly at: string } | null;
  readonly next: number | null;
}

export interface LogQuery {
  /** The first position of the first page; null: the newest there is. */
  readonly from: number | null;
  /** Another number asks again for what may have come meanwhile. */
  readonly asked: number;
  readonly kind: EntryKind | null;
}

const PAGE = 100;

/** The log, the newest first. Reading it is an entry, so it is asked for only when somebody asks. */
export function useLog({ from, asked, kind }: LogQuery) {
  return useInfiniteQuery({
    queryKey: ['log', from, asked, kind],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ before: String(pageParam), limit: String(PAGE) });
      if (kind !== null) query.set('kind', kind);
      return get(`/log?${query}`, trusted<LogPage>(), signal);
    },
    initialPageParam: from === null ? Number.MAX_SAFE_INTEGER : from + 1,
    getNextPageParam: (last) => last.next,
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export interface Verification {
  readonly entries: number;
  readonly seals: number;
  readonly erased: number;
  readonly head: string;
  readonly archived: { readonly upto: number; readonly kept: number } | null;
  readonly faults: readonly { readonly position: number; readonly code: string; readonly detail: string }[];
}

export function useVerifyLog() {
  return useMutation({
    mutationFn: () => request('POST', '/log/verify', trusted<Verification>(), { body: {}, patient: true }),
  });
}

export interface SetAsideEntry {
  readonly consumer: string;
  readonly position: number;
  readonly kind: string;
  readonly error: string;
  readonly setAsideAt: string;
  readonly retriedAt: string | null;
}

const SET_ASIDE = ['set-aside'] as const;

export function useSetAside() {
  return useQuery({
    queryKey: SET_ASIDE,
    queryFn: ({ signal }) =>
      get(
        '/system/set-aside',
        (json) => trusted<{ entries: readonly SetAsideEntry[] }>()(json).entries,
        signal,
      ),
    refetchInterval: 15_000,
  });
}

export function useRetrySetAside() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ consumer, position }: SetAsideEntry) =>
      post(`/system/set-aside/${encodeURIComponent(consumer)}/${position}/retry`, {}, () => undefined),
    onSettled: () => queries.invalidateQueries({ queryKey: SET_ASIDE }),
  });
}

export const JOB_STATES = ['queued', 'sending', 'accepted', 'delivered', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];
export type NotifyChannel = 'voice' | 'sms' | 'push' | 'email' | 'webhook';

export interface OutboxJob {
  readonly id: string;
  readonly incident: string | null;
  readonly works: string | null;
  readonly name: string;
  readonly channel: NotifyChannel;
  readonly purpose: string;
  /** Of a telephone number only the last digits. */
  readonly address: string;
  readonly status: JobState;
  readonly phase: string | null;
  readonly attempts: number;
  readonly round: number;
  readonly dueAt: string;
  readonly changedAt: string;
  readonly error: string | null;
}

export interface OutboxView {
  readonly telephone: 'configured' | 'not-configured';
  readonly mail: 'configured' | 'not-configured';
  /** That are told by web push. */
  readonly browsers: number;
  readonly waiting: readonly {
    readonly channel: NotifyChannel;
    readonly status: JobState;
    readonly count: number;
  }[];
  readonly jobs: readonly OutboxJob[];
  readonly failed: readonly OutboxJob[];
}

export function useOutbox() {
  return useQuery({
    queryKey: ['outbox'],
    queryFn: ({ signal }) => get('/system/outbox', trusted<OutboxView>(), signal),
    refetchInterval: 10_000,
  });
}

export interface Health {
  readonly storage: 'ok' | 'failing';
  readonly since: string | null;
  readonly now: string;
  readonly position: number;
}

export function useHealth() {
  return useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => get('/health', trusted<Health>(), signal),
    refetchInterval: 5_000,
  });
}
