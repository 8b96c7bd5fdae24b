import type { OwnerAnswer } from '@keng/model';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { MY_ALARMS, type MyAlarms, sendMyAnswer, tellMyMeasuresShown } from '../../api/mine.ts';
import type { OwnerAlarmView } from '../../api/owner.ts';
import { useSession } from '../../session/session-context.tsx';
import { AnswerButtons } from '../owner/answer-buttons.tsx';
import { keyOfAccount, showsMeasures } from '../owner/answer-outbox.ts';
import { Measures } from '../owner/measures.tsx';
import { ownAnswer } from '../owner/own-answer.ts';
import { OwnerAlarm } from '../owner/owner-alarm.tsx';
import { useKeptAnswer } from '../owner/use-kept-answer.ts';
import { WhoKnows } from '../owner/who-knows.tsx';
import styles from './page.module.css';

/** One alarm with its three answers, as the page behind a link shows it; the answer is this account's. */
export function MyAlarm({ alarm }: { readonly alarm: OwnerAlarmView }) {
  const { id, status } = alarm.incident;
  const { session, expired } = useSession();
  const send = useSend(id);
  const { kept, answer } = useKeptAnswer(keyOfAccount(session.user.id, id), send, expired);
  const [answeredHere, markAnswered] = useState(false);
  const known = ownAnswer(alarm);
  const onShown = useCallback(() => tellMyMeasuresShown(id), [id]);
  return (
    <article className={styles.alarm} data-incident={id}>
      <div className={styles.part}>
        <OwnerAlarm page={alarm} level={2} />
        <AnswerButtons
          kept={kept}
          known={known}
          closed={status === 'closed'}
          level={2}
          onAnswer={(given) => {
            markAnswered(true);
            answer(given);
          }}
        />
      </div>
      <div className={styles.part}>
        {showsMeasures(kept, known) && (
          <Measures measures={alarm.firstMeasures} onShown={onShown} scroll={answeredHere} level={2} />
        )}
        <WhoKnows page={alarm} level={2} />
      </div>
    </article>
  );
}

function useSend(id: string): (answer: OwnerAnswer) => Promise<void> {
  const queries = useQueryClient();
  return useCallback(
    async (given) => {
      const next = await sendMyAnswer(id, given);
      // A look that was on its way before the answer would take it off the screen again.
      await queries.cancelQueries({ queryKey: MY_ALARMS });
      queries.setQueryData<MyAlarms>(
        MY_ALARMS,
        (mine) =>
          mine && { ...mine, alarms: mine.alarms.map((one) => (one.incident.id === id ? next : one)) },
      );
    },
    [id, queries],
  );
}
