import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnerAlarmView } from '../../api/owner.ts';
import { Age } from '../../components/age.tsx';
import styles from './alarm.module.css';
import { isOwn } from './own-answer.ts';

/** Who has it: the desk, the station, and what the others of the building answered. */
export function WhoKnows({ page, level = 1 }: { readonly page: OwnerAlarmView; readonly level?: 1 | 2 }) {
  const { t } = useTranslation();
  const { desk, stationAccepted, stationState, dispatch, owner } = page.incident;
  const id = useId();
  const Title = level === 1 ? 'h2' : 'h3';
  const others = owner.answers.filter((one) => !isOwn(page, one));
  return (
    <section className={styles.who} aria-labelledby={id}>
      <Title id={id}>{t('owner-page.who')}</Title>
      <ul>
        <Line
          done={desk !== null}
          word={desk === null ? t('owner-page.desk-waits') : t('owner-page.desk-has')}
          at={desk?.at}
        />
        <Line
          done={stationAccepted !== null}
          word={
            stationState
              ? `${t('owner-page.station')}: ${t(`station-state.${stationState.state}`)}`
              : t('owner-page.station-waits')
          }
          at={stationState?.at}
        />
        {dispatch.status === 'confirmed' && <Line done word={t('owner-page.dispatched')} at={undefined} />}
        {others.map((one) => (
          <Line
            key={`${one.name} ${one.at}`}
            done
            word={`${one.name}: ${t(`answer.${one.answer}`)}`}
            at={one.at}
          />
        ))}
      </ul>
    </section>
  );
}

interface LineProps {
  readonly done: boolean;
  readonly word: string;
  readonly at: string | undefined;
}

function Line({ done, word, at }: LineProps) {
  return (
    <li data-done={done}>
      <span aria-hidden="true">{done ? '✓' : '…'}</span>
      <span>{word}</span>
      {at !== undefined && <Age at={at} />}
    </li>
  );
}
