import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type DutyCheckItem, useAbsenceAction, useAbsences } from '../../api/duty-checks.ts';
import { Age } from '../../components/age.tsx';
import { Mono } from '../../components/data-table.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { Tag } from '../../components/tag.tsx';
import { When } from '../../components/when.tsx';
import { useSession } from '../../session/session-context.tsx';
import styles from './outage-list.module.css';

/** Control rooms where nobody answered, until a person has claimed each and said what came of it. */
export function AbsenceList() {
  const { t } = useTranslation();
  const { data } = useAbsences();
  if (data === undefined || data.dutyChecks.length === 0) return null;
  return (
    <section className={styles.outages} aria-labelledby="control-rooms-absent">
      <h2 id="control-rooms-absent" className={styles.title}>
        {t('duty-check.unattended')}
      </h2>
      {data.dutyChecks.map((one) => (
        <Absence key={one.id} of={one} />
      ))}
    </section>
  );
}

function Absence({ of: one }: { readonly of: DutyCheckItem }) {
  const { t } = useTranslation();
  const { can, session } = useSession();
  const action = useAbsenceAction();
  const [note, type] = useState('');
  return (
    <article className={styles.outage} data-testid="absence">
      <header className={styles.head}>
        <strong>
          <Link href={`/facilities/${one.facilityId}`}>{one.facilityName}</Link>
        </strong>
        <Mono>{one.account ?? '–'}</Mono>
        <Tag tone="warn">{t(`duty-check.${one.unanswered}`)}</Tag>
        <span className="k-dim">
          <Age at={one.endedAt ?? one.dueAt} />
        </span>
        {one.raised !== undefined && (
          <Tag tone="fire">
            {t('duty-check.raised')} <When at={one.raised.at} />
          </Tag>
        )}
        {one.claimedBy !== undefined && (
          <span className="k-dim">{t('duty-check.claimed-by', { name: one.claimedBy.name })}</span>
        )}
      </header>
      {can('incident.accept') && (
        <form
          className={styles.actions}
          onSubmit={(event) => {
            event.preventDefault();
            action.mutate({ name: 'settle', id: one.id, note: note.trim() });
          }}
        >
          {one.claimedBy === undefined && (
            <SendButton
              h={44}
              loading={action.isPending}
              onClick={() => action.mutate({ name: 'claim', id: one.id })}
            >
              {t('duty-check.claim')}
            </SendButton>
          )}
          <TextInput
            className={styles.note}
            aria-label={t('duty-check.note')}
            placeholder={t('duty-check.note')}
            value={note}
            onChange={(event) => type(event.currentTarget.value)}
            maxLength={500}
            required
            size="md"
          />
          <SendButton
            h={44}
            type="submit"
            variant={one.claimedBy?.id === session.user.id ? 'filled' : 'default'}
            loading={action.isPending}
          >
            {t('duty-check.settle')}
          </SendButton>
        </form>
      )}
      <ProblemNote error={action.error} />
    </article>
  );
}
