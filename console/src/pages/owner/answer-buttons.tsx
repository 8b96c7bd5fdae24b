import type { OwnerAnswer } from '@keng/model';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TimeOfDay } from '../../components/age.tsx';
import styles from './alarm.module.css';
import type { KeptAnswer } from './answer-outbox.ts';

interface AnswerButtonsProps {
  readonly kept: KeptAnswer | null;
  /** What the centre already has from this contact. */
  readonly known: OwnerAnswer | null;
  readonly closed: boolean;
  readonly onAnswer: (answer: OwnerAnswer) => void;
  readonly level?: 1 | 2;
}

/** Three answers. Only "false" is asked again: a wrong "real" costs a journey, a wrong "false" may cost lives. */
export function AnswerButtons({ kept, known, closed, onAnswer, level = 1 }: AnswerButtonsProps) {
  const { t } = useTranslation();
  const id = useId();
  const Title = level === 1 ? 'h2' : 'h3';
  const [asking, ask] = useState(false);
  const said = kept?.answer ?? known;
  const give = (answer: OwnerAnswer) => {
    ask(false);
    onAnswer(answer);
  };
  return (
    <section className={styles.answers} aria-labelledby={id}>
      <Title id={id}>{closed ? t('owner-page.question-closed') : t('owner-page.question')}</Title>
      <button type="button" data-answer="real" aria-pressed={said === 'real'} onClick={() => give('real')}>
        {t('owner-page.answer-real')}
      </button>
      {!closed && (
        <>
          <button
            type="button"
            data-answer="checking"
            aria-pressed={said === 'checking'}
            onClick={() => give('checking')}
          >
            {t('owner-page.answer-checking')}
          </button>
          {asking ? (
            <div className={styles.sure} role="alertdialog" aria-labelledby={`${id}-sure`}>
              <p id={`${id}-sure`}>{t('owner-page.sure')}</p>
              <button type="button" data-answer="false" onClick={() => give('false')}>
                {t('owner-page.sure-yes')}
              </button>
              {/* biome-ignore lint/a11y/noAutofocus: the safe way out is what a hurried thumb or Enter finds first */}
              <button type="button" data-answer="checking" autoFocus onClick={() => ask(false)}>
                {t('owner-page.sure-no')}
              </button>
            </div>
          ) : (
            <button
              type="button"
              data-answer="false"
              aria-pressed={said === 'false'}
              onClick={() => ask(true)}
            >
              {t('owner-page.answer-false')}
            </button>
          )}
        </>
      )}
      <Receipt kept={kept} />
    </section>
  );
}

/** Where the answer is: on its way, at the centre, or refused. */
function Receipt({ kept }: { readonly kept: KeptAnswer | null }) {
  const { t } = useTranslation();
  if (kept === null) return null;
  const word = t(`owner-page.answer-${kept.answer}`);
  if (kept.refused !== null)
    return (
      <p className={styles.receipt} data-tone="warn" role="alert">
        {t('owner-page.refused')} ({kept.refused})
      </p>
    );
  return (
    <p className={styles.receipt} data-tone={kept.sent ? 'good' : 'warn'} role="status">
      {kept.sent ? t('owner-page.sent', { answer: word }) : t('owner-page.sending', { answer: word })}{' '}
      {kept.sent && <TimeOfDay at={kept.at} />}
    </p>
  );
}
