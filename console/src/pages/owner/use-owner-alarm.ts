import type { OwnerAnswer } from '@keng/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { loadOwnerPage, sendOwnerAnswer, tellMeasuresShown } from '../../api/owner.ts';
import { isRefusal, type KeptAnswer, keepAnswer, readAnswer } from './answer-outbox.ts';

/** The centre allows three telephones behind one address to look every two seconds (its owner routes). */
const LOOK_EVERY_MS = 4_000;
const SEND_AGAIN_MS = 3_000;

/** The alarm of this link, looked at again and again; and the answer, sent until the centre has it. */
export function useOwnerAlarm(token: string) {
  const queries = useQueryClient();
  const key = ['owner', token];
  const page = useQuery({
    queryKey: key,
    queryFn: () => loadOwnerPage(token),
    refetchInterval: (query) => (isRefusal(query.state.error) ? false : LOOK_EVERY_MS),
    retry: false,
    // Our own count of what is old: a browser that calls itself offline may be wrong.
    networkMode: 'always',
    structuralSharing: true,
  });
  const [kept, setKept] = useState<KeptAnswer | null>(() => readAnswer(globalThis.localStorage, token));

  const keep = useCallback(
    (next: KeptAnswer) => {
      keepAnswer(globalThis.localStorage, token, next);
      setKept(next);
    },
    [token],
  );
  const answer = (given: OwnerAnswer) =>
    keep({ answer: given, at: new Date().toISOString(), sent: false, refused: null });

  const send = useCallback(async () => {
    if (kept === null || kept.sent || kept.refused !== null) return;
    try {
      const next = await sendOwnerAnswer(token, kept.answer);
      queries.setQueryData(['owner', token], next);
      keep({ ...kept, sent: true });
    } catch (error) {
      // The line: the repetition below tries again, and the page says that it waits.
      if (isRefusal(error)) keep({ ...kept, refused: error.code });
    }
  }, [kept, token, queries, keep]);
  useRepeated(send, kept !== null && !kept.sent && kept.refused === null);

  return { page, kept, answer };
}

/** Tells the centre once that the first measures stand on this screen; tried until it knows. */
export function useMeasuresShown(token: string, shown: boolean): void {
  const [told, setTold] = useState(false);
  const tell = useCallback(async () => {
    try {
      await tellMeasuresShown(token);
      setTold(true);
    } catch (error) {
      if (isRefusal(error)) setTold(true);
    }
  }, [token]);
  useRepeated(tell, shown && !told);
}

/** Runs at once, when the line comes back, and every few seconds, one at a time, while there is something to do. */
function useRepeated(work: () => Promise<void>, wanted: boolean): void {
  const running = useRef(false);
  useEffect(() => {
    if (!wanted) return;
    const run = async () => {
      if (running.current) return;
      running.current = true;
      await work().finally(() => {
        running.current = false;
      });
    };
    void run();
    const timer = setInterval(() => void run(), SEND_AGAIN_MS);
    const back = () => void run();
    globalThis.addEventListener('online', back);
    return () => {
      clearInterval(timer);
      globalThis.removeEventListener('online', back);
    };
  }, [work, wanted]);
}
