import type { OwnerAnswer } from '@keng/model';
import { useCallback, useEffect, useRef, useState } from 'react';
import { isRefusal, type KeptAnswer, keepAnswer, readAnswer } from './answer-outbox.ts';

const SEND_AGAIN_MS = 3_000;

/**
 * An answer, sent until the centre has it.
 * @param key under which it outlives a reload
 * @param locked nothing is sent now (the log-in has expired); the answer waits
 */
export function useKeptAnswer(
  key: string,
  send: (answer: OwnerAnswer) => Promise<void>,
  locked = false,
): { readonly kept: KeptAnswer | null; readonly answer: (given: OwnerAnswer) => void } {
  const [kept, setKept] = useState<KeptAnswer | null>(() => readAnswer(globalThis.localStorage, key));
  const keep = useCallback(
    (next: KeptAnswer) => {
      keepAnswer(globalThis.localStorage, key, next);
      setKept(next);
    },
    [key],
  );
  const answer = (given: OwnerAnswer) =>
    keep({ answer: given, at: new Date().toISOString(), sent: false, refused: null });

  const trySend = useCallback(async () => {
    if (kept === null || kept.sent || kept.refused !== null) return;
    try {
      await send(kept.answer);
      keep({ ...kept, sent: true });
    } catch (error) {
      // The line: the repetition below tries again, and the page says that it waits.
      if (isRefusal(error)) keep({ ...kept, refused: error.code });
    }
  }, [kept, send, keep]);
  useRepeated(trySend, !locked && kept !== null && !kept.sent && kept.refused === null);

  return { kept, answer };
}

/** Tells the centre once that the first measures stand on this screen; tried until it knows. */
export function useMeasuresShown(tell: () => Promise<unknown>, shown: boolean): void {
  const [told, setTold] = useState(false);
  const tryTell = useCallback(async () => {
    try {
      await tell();
      setTold(true);
    } catch (error) {
      if (isRefusal(error)) setTold(true);
    }
  }, [tell]);
  useRepeated(tryTell, shown && !told);
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
