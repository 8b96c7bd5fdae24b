import { Problem } from '@keng/model';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { tellMeasuresShown } from '../../api/owner.ts';
import { setCentreZone } from '../../components/centre-time.ts';
import { setCentreTime } from '../../components/now.ts';
import { changeLanguage, rememberedLanguage } from '../../i18n.ts';
import type { PageProps } from '../../routes.tsx';
import { AnswerButtons } from './answer-buttons.tsx';
import { showsMeasures } from './answer-outbox.ts';
import { CallBar } from './call-bar.tsx';
import { LanguageBar } from './language-bar.tsx';
import { LineState } from './line-state.tsx';
import { LinkSettings } from './link-settings.tsx';
import { Measures } from './measures.tsx';
import { ownAnswer } from './own-answer.ts';
import { OwnerAlarm } from './owner-alarm.tsx';
import { OwnerWorksList } from './owner-works.tsx';
import styles from './page.module.css';
import { useOwnerAlarm } from './use-owner-alarm.ts';
import { WhoKnows } from './who-knows.tsx';

/** For a contact with a telephone in the hand: what alarms, three answers, what to do first. No log-in: the link is the proof. */
export function Page({ params }: PageProps) {
  const { t } = useTranslation();
  const token = params.token ?? '';
  const { page, kept, answer } = useOwnerAlarm(token);
  const { data, error } = page;
  const over = error instanceof Problem && error.status === 404;
  const own = data?.contact.language;
  useEffect(() => {
    if (own !== undefined && rememberedLanguage() === null) void changeLanguage(own, false);
  }, [own]);
  useEffect(() => {
    if (data) setCentreTime(Date.parse(data.now));
  }, [data]);
  const timeZone = data?.timeZone;
  useEffect(() => {
    if (timeZone !== undefined) setCentreZone(timeZone);
  }, [timeZone]);

  const known = data ? ownAnswer(data) : null;
  const onShown = useCallback(() => tellMeasuresShown(token), [token]);
  return (
    <div className={styles.page}>
      <LanguageBar />
      <main className={styles.main}>
        {!over && <LineState updatedAt={page.dataUpdatedAt} failing={error !== null} />}
        {over && (
          <section className={styles.over}>
            <h1>{t('owner-page.over')}</h1>
            <p>{t('owner-page.over-help')}</p>
          </section>
        )}
        {!over && data === undefined && <p className={styles.waiting}>{t('owner-page.loading')}</p>}
        {!over && data !== undefined && (
          <>
            <OwnerAlarm page={data} />
            <AnswerButtons
              kept={kept}
              known={known}
              closed={data.incident.status === 'closed'}
              onAnswer={answer}
            />
            {showsMeasures(kept, known) && (
              <Measures measures={data.firstMeasures} onShown={onShown} scroll />
            )}
            <WhoKnows page={data} />
            <OwnerWorksList works={data.works} />
            <LinkSettings token={token} />
          </>
        )}
      </main>
      <CallBar number={data?.emergencyNumber ?? null} />
    </div>
  );
}
