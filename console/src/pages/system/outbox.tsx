import { useTranslation } from 'react-i18next';
import { type OutboxJob, type OutboxView, useOutbox } from '../../api/record.ts';
import { Age } from '../../components/age.tsx';
import { AsyncState } from '../../components/async-state.tsx';
import { type Column, DataTable, Lead } from '../../components/data-table.tsx';
import { Section } from '../../components/page.tsx';
import { Tag } from '../../components/tag.tsx';
import styles from './page.module.css';

/** Notifications that were given up, and those that wait to go out: in a storm hundreds, and no reason to look. */
export function Outbox() {
  const { t } = useTranslation();
  const query = useOutbox();
  return (
    <>
      <Section title={t('system.failed')} beside={query.data?.failed.length} flush>
        <AsyncState query={query}>
          {({ failed }) => (
            <Jobs jobs={failed} label={t('system.failed')} empty={t('system.nothing-failed')} />
          )}
        </AsyncState>
      </Section>
      <Section title={t('system.outbox')} beside={query.data && <Waiting view={query.data} />} flush>
        <AsyncState query={query}>
          {(view) => (
            <>
              {view.telephone === 'not-configured' && (
                <p className={styles.warning} role="status">
                  {t('system.no-gateway')}
                </p>
              )}
              {view.mail === 'not-configured' && (
                <p className={styles.warning} role="status">
                  {t('system.no-mail')}
                </p>
              )}
              {view.browsers > 0 && (
                <p className={styles.padded}>{t('system.browsers', { count: view.browsers })}</p>
              )}
              <Jobs jobs={view.jobs} label={t('system.outbox')} empty={t('system.nothing-waits')} />
            </>
          )}
        </AsyncState>
      </Section>
    </>
  );
}

function Waiting({ view }: { readonly view: OutboxView }) {
  const { t } = useTranslation();
  return view.waiting
    .map(
      ({ channel, status, count }) =>
        `${t(`system.channel-${channel}`)} ${t(`system.job-${status}`)}: ${count}`,
    )
    .join(' · ');
}

/** What contacts are told; a webhook's purpose is the kind of entry that it carries. */
const PURPOSES = [
  'alarm',
  'recall',
  'works-reminder',
  'works-ended',
  'dispatched',
  'closed',
  'contact-silent',
  'contact-returned',
] as const;

/** What the telephone gateway calls an error; all else is what another machine said. */
const OUTCOMES = ['no-answer', 'hung-up', 'failed'] as const;

interface JobsProps {
  readonly jobs: readonly OutboxJob[];
  readonly label: string;
  readonly empty: string;
}

function Jobs({ jobs, label, empty }: JobsProps) {
  const { t } = useTranslation();
  if (jobs.length === 0) return <p className={styles.padded}>{empty}</p>;
  const columns: readonly Column<OutboxJob>[] = [
    { key: 'name', title: t('system.to'), cell: (job) => <Lead under={job.address}>{job.name}</Lead> },
    {
      key: 'channel',
      title: t('system.channel'),
      align: 'narrow',
      cell: (job) => t(`system.channel-${job.channel}`),
    },
    {
      key: 'purpose',
      title: t('system.purpose'),
      align: 'narrow',
      cell: ({ purpose }) => {
        const known = PURPOSES.find((one) => one === purpose.split('#')[0]);
        return known ? t(`system.purpose-${known}`) : purpose;
      },
    },
    {
      key: 'status',
      title: t('system.state'),
      align: 'narrow',
      cell: (job) => (
        <Tag tone={job.status === 'failed' ? 'warn' : 'plain'}>
          {t(`system.job-${job.status}`)}
          {job.phase !== null && ` · ${t(`system.phase-${job.phase}`)}`}
        </Tag>
      ),
    },
    { key: 'attempts', title: t('system.attempts'), align: 'number', cell: (job) => job.attempts },
    {
      key: 'error',
      title: t('system.error'),
      cell: ({ error }) =>
        OUTCOMES.some((one) => one === error) ? (
          t(`system.phase-${error}`)
        ) : (
          <span className={styles.error}>{error}</span>
        ),
    },
    {
      key: 'changed',
      title: t('system.changed'),
      align: 'narrow',
      cell: (job) => <Age at={job.changedAt} />,
    },
  ];
  return <DataTable label={label} columns={columns} rows={jobs} keyOf={(job) => job.id} />;
}
