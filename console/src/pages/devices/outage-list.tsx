import type { OutageState } from '@keng/model';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useOutageAction, useOutages } from '../../api/supervision.ts';
import { Age } from '../../components/age.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { Tag } from '../../components/tag.tsx';
import { useOutageTitle } from '../../frame/supervision-banner.tsx';
import { useSession } from '../../session/session-context.tsx';
import styles from './outage-list.module.css';

/** Areas and carriers of which many lines were lost at once: one thing each, with its counts, and the desk's hand to end it. */
export function OutageList() {
  const { t } = useTranslation();
  const { data } = useOutages();
  if (data === undefined || data.open.length + data.closed.length === 0) return null;
  return (
    <section className={styles.outages} aria-label={t('outage.title')}>
      {data.open.map((one) => (
        <OpenOutage key={one.id} outage={one} />
      ))}
      {data.closed.map((one) => (
        <ClosedOutage key={one.id} outage={one} />
      ))}
    </section>
  );
}

function OpenOutage({ outage }: { readonly outage: OutageState }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const action = useOutageAction();
  const [note, type] = useState('');
  const over = outage.endProposedAt !== null;
  return (
    <article className={styles.outage} data-over={over}>
      <Head outage={outage} />
      <div className={styles.head}>
        <Counts outage={outage} />
        <Link href={`/devices?outage=${outage.id}`} className={styles.look}>
          {t('outage.look')}
        </Link>
      </div>
      {can('incident.accept') && (
        <form
          className={styles.actions}
          onSubmit={(event) => {
            event.preventDefault();
            action.mutate({ name: 'close', id: outage.id, note: note.trim() });
          }}
        >
          {outage.acceptedBy === null && (
            <SendButton
              h={44}
              variant="default"
              loading={action.isPending}
              onClick={() => action.mutate({ name: 'accept', id: outage.id })}
            >
              {t('outage.accept')}
            </SendButton>
          )}
          <TextInput
            className={styles.note}
            aria-label={t('outage.note')}
            placeholder={over ? t('outage.note') : t('outage.note-needed')}
            value={note}
            onChange={(event) => type(event.currentTarget.value)}
            maxLength={500}
            required={!over}
            size="md"
          />
          <SendButton h={44} type="submit" variant={over ? 'filled' : 'default'} loading={action.isPending}>
            {t('outage.close')}
          </SendButton>
        </form>
      )}
      {action.error !== null && <ProblemNote error={action.error} />}
    </article>
  );
}

function ClosedOutage({ outage }: { readonly outage: OutageState }) {
  return (
    <article className={styles.outage} data-closed="true">
      <Head outage={outage} />
      <Counts outage={outage} />
    </article>
  );
}

function Head({ outage }: { readonly outage: OutageState }) {
  const { t } = useTranslation();
  const title = useOutageTitle();
  const state = outage.status === 'closed' ? 'closed' : outage.endProposedAt === null ? 'open' : 'over';
  return (
    <header className={styles.head}>
      <strong>{title(outage)}</strong>
      <Tag tone={state === 'open' ? 'warn' : state === 'over' ? 'good' : 'plain'}>
        {t(`outage.state-${state}`)}
      </Tag>
      <span className="k-dim">
        <Age at={outage.openedAt} />
      </span>
      {outage.acceptedBy !== null && (
        <span className="k-dim">{t('outage.accepted-by', { name: outage.acceptedBy.name })}</span>
      )}
      {outage.closedBy !== null && (
        <span className="k-dim">
          {t('outage.closed-by', { name: outage.closedBy.name })}
          {outage.closedBy.note !== '' && ` · ${outage.closedBy.note}`}
        </span>
      )}
    </header>
  );
}

function Counts({ outage }: { readonly outage: OutageState }) {
  const { t, i18n } = useTranslation();
  const number = (count: number): string => count.toLocaleString(i18n.language);
  return (
    <p className={styles.counts}>
      {t('outage.counts', {
        lost: number(outage.lost),
        supervised: number(outage.supervised),
        back: number(outage.back),
      })}
    </p>
  );
}
