import { useTranslation } from 'react-i18next';
import { type ProbePath, useProbes } from '../../api/supervision.ts';
import { Age } from '../../components/age.tsx';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { type Column, DataTable, Lead } from '../../components/data-table.tsx';
import { Section } from '../../components/page.tsx';
import { Tag } from '../../components/tag.tsx';

/** The synthetic alarm of every minute: how far it came last by each listener. */
export function Probes() {
  const { t } = useTranslation();
  const query = useProbes();
  return (
    <Section title={t('probe.title')} flush>
      <AsyncState
        query={query}
        isEmpty={(paths) => paths.length === 0}
        empty={<Empty title={t('probe.none')} help={t('probe.help')} />}
      >
        {(paths) => <Table paths={paths} />}
      </AsyncState>
    </Section>
  );
}

function Table({ paths }: { readonly paths: readonly ProbePath[] }) {
  const { t } = useTranslation();
  const stage = (key: 'storedAt' | 'fedAt' | 'shownAt'): Column<ProbePath> => ({
    key,
    title: t(`probe.${key}`),
    align: 'narrow',
    cell: (row) => (row[key] === null ? t('probe.never') : <Age at={row[key]} />),
  });
  const columns: readonly Column<ProbePath>[] = [
    {
      key: 'listener',
      title: t('probe.listener'),
      cell: (row) => <Lead under={row.receiver}>{row.listener}</Lead>,
    },
    {
      key: 'state',
      title: t('system.state'),
      align: 'narrow',
      cell: (row) =>
        row.missingStage === null ? (
          <Tag tone="good">{t('probe.through')}</Tag>
        ) : (
          <Tag tone="fire">{t(`probe.not-${row.missingStage}`)}</Tag>
        ),
    },
    { key: 'sent', title: t('probe.sentAt'), align: 'narrow', cell: (row) => <Age at={row.sentAt} /> },
    stage('storedAt'),
    stage('fedAt'),
    stage('shownAt'),
  ];
  return (
    <DataTable
      label={t('probe.title')}
      columns={columns}
      rows={paths}
      keyOf={(row) => `${row.receiver}/${row.listener}`}
    />
  );
}
