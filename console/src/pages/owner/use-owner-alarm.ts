import type { OwnerAnswer } from '@keng/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { loadOwnerPage, sendOwnerAnswer } from '../../api/owner.ts';
import { isRefusal, keyOfLink } from './answer-outbox.ts';
import { useKeptAnswer } from './use-kept-answer.ts';

/** The centre allows three telephones behind one address to look every two seconds (its owner routes). */
const LOOK_EVERY_MS = 4_000;

/** The alarm of this link, looked at again and again; and the answer, sent until the centre has it. */
export function useOwnerAlarm(token: string) {
  const queries = useQueryClient();
  const page = useQuery({
    queryKey: ['owner', token],
    queryFn: () => loadOwnerPage(token),
    refetchInterval: (query) => (isRefusal(query.state.error) ? false : LOOK_EVERY_MS),
    retry: false,
    // Our own count of what is old: a browser that calls itself offline may be wrong.
    networkMode: 'always',
    structuralSharing: true,
  });
  const send = useCallback(
    async (answer: OwnerAnswer) => {
      queries.setQueryData(['owner', token], await sendOwnerAnswer(token, answer));
    },
    [queries, token],
  );
  return { page, ...useKeptAnswer(keyOfLink(token), send) };
}
