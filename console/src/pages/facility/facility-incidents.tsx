import type { IncidentState } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFacilityIncidents } from '../../api/facilities.ts';
import { AsyncState } from '../../components/async-state.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Section } from '../../components/page.tsx';
import { Tag } from '../../components/tag.tsx';
import { When } from '../../components/when.tsx';
import styles from './page.module.css';

/** What happened there before, newest first. */
export function FacilityIncidents({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const query = useFacilityIncidents(id);
  const columns: readonly Column<IncidentState>[] = [
    {
      key: 'number',
      title: t('register.incident'),
      align: 'narrow',
      cell: (one) => (
        <Link className={styles.link} href={`/desk/${one.number}`}>
          {one.number}
        </Link>
      ),
    },
    { key: 'at', title: t('register.opened'), align: 'narrow', cell: (one) => <When at={one.openedAt} /> },
    {
      key: 'zones',
      title: t('register.zones'),
      cell: (one) =>
        one.zones
          .map((zone) => zone.label ?? zone.zone)
          .slice(0, 3)
          .join(' · '),
    },
    { key: 'signals', title: t('register.signals-count'), align: 'number', cell: (one) => one.signalCount },
    { key: 'outcome', title: t('register.outcome'), cell: (one) => <Outcome incident={one} /> },
  ];
  return (
    <Section title={t('register.incidents')} flush>
      <AsyncState
        query={query}
        isEmpty={({ pages }) => pages[0]?.incidents.length === 0}
        empty={<p className={styles.padded}>{t('register.no-incident')}</p>}
      >
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.incidents);
          return (
            <>
              <DataTable
                label={t('register.incidents')}
                columns={columns}
                rows={rows}
                keyOf={(one) => one.id}
              />
              {query.hasNextPage && <LoadMore query={query} shown={rows.length} />}
            </>
          );
        }}
      </AsyncState>
    </Section>
  );
}

function Outcome({ incident }: { readonly incident: IncidentState }) {
  const { t } = useTranslation();
  const { outcome } = incident;
  if (outcome === null) return <Tag tone="fire">{t('register.open')}</Tag>;
  return (
    <span>
      <Tag tone={outcome.outcome === 'fire' ? 'fire' : 'plain'}>{t(`outcome.${outcome.outcome}`)}</Tag>
      {outcome.cause !== null && <span className="k-dim"> {t(`cause.${outcome.cause}`)}</span>}
    </span>
  );
}
