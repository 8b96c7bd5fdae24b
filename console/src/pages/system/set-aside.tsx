import { useTranslation } from 'react-i18next';
import { type SetAsideEntry, useRetrySetAside, useSetAside } from '../../api/record.ts';
import { AsyncState } from '../../components/async-state.tsx';
import { type Column, DataTable, Mono } from '../../components/data-table.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { When } from '../../components/when.tsx';
import { useSession } from '../../session/session-context.tsx';
import styles from './page.module.css';

/** Entries that broke their handler stand here until somebody hands them to it again; nothing of them is lost. */
export function SetAside() {
  const { t } = useTranslation();
  const { can } = useSession();
  const query = useSetAside();
  const retrying = useRetrySetAside();
  const columns: readonly Column<SetAsideEntry>[] = [
    {
      key: 'position',
      title: t('log.position'),
      align: 'narrow',
      cell: (one) => <strong>{one.position}</strong>,
    },
    { key: 'kind', title: t('log.kind'), align: 'narrow', cell: (one) => <Mono>{one.kind}</Mono> },
    { key: 'consumer', title: t('system.consumer'), align: 'narrow', cell: (one) => one.consumer },
    {
      key: 'error',
      title: t('system.error'),
      cell: (one) => <span className={styles.error}>{one.error.split('\n')[0]}</span>,
    },
    {
      key: 'at',
      title: t('system.set-aside-at'),
      align: 'narrow',
      cell: (one) => <When at={one.setAsideAt} />,
    },
    {
      key: 'retry',
      title: t('system.retried'),
      align: 'narrow',
      cell: (one) =>
        one.retriedAt !== null ? (
          <When at={one.retriedAt} />
        ) : can('system.write') ? (
          <SendButton
            variant="default"
            h={40}
            loading={retrying.isPending && retrying.variables === one}
            onClick={() => retrying.mutate(one)}
          >
            {t('system.retry')}
            <span className="k-visually-hidden"> {one.position}</span>
          </SendButton>
        ) : (
          t('system.not-retried')
        ),
    },
  ];
  return (
    <Section title={t('system.set-aside')} beside={t('system.set-aside-help')} flush>
      {retrying.error !== null && (
        <div className={styles.padded}>
          <ProblemNote error={retrying.error} />
        </div>
      )}
      <AsyncState
        query={query}
        isEmpty={(entries) => entries.length === 0}
        empty={<p className={styles.padded}>{t('system.no-set-aside')}</p>}
      >
        {(entries) => (
          <DataTable
            label={t('system.set-aside')}
            columns={columns}
            rows={entries}
            keyOf={(one) => `${one.consumer} ${one.position}`}
          />
        )}
      </AsyncState>
    </Section>
  );
}
