import { useInfiniteQuery } from '@tanstack/react-query';
import { get, trusted } from './client.ts';

/** A contact who was called in several alarms in a row and answered none, or whose e-mail address gives mail back. */
export interface SilentContact {
  readonly contact: string;
  readonly name: string;
  readonly facility: string;
  readonly facilityName: string;
  readonly organisation: string;
  readonly inARow: number;
  readonly lastAnsweredAt: string | null;
  readonly lastUnansweredAt: string | null;
  readonly reportedAt: string;
  /** Mail came back from their address. */
  readonly email: { readonly at: string; readonly status: string | null; readonly text: string } | null;
}

interface SilentPage {
  readonly contacts: readonly SilentContact[];
  readonly next: string | null;
}

export function useSilentContacts() {
  return useInfiniteQuery({
    queryKey: ['silent-contacts'],
    queryFn: ({ pageParam, signal }) =>
      get(
        `/contacts/silent${pageParam === null ? '' : `?cursor=${pageParam}`}`,
        trusted<SilentPage>(),
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: 60_000,
  });
}
