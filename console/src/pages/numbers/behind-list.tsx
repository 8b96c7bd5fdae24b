import { type ListedIncident, type ListedLoss, MEASURES } from '@keng/model';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Behind, type NumbersFilter, useIncidentsBehind, useLossesBehind } from '../../api/numbers.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { type Column, DataTable, Lead, Mono } from '../../components/data-table.tsx';
import { clockFace } from '../../components/duration.ts';
import { LoadMore } from '../../components/load-more.tsx';
import { Section } from '../../components/page.tsx';
import { When } from '../../components/when.tsx';
import { addressOf, type Shown } from './address.ts';
import { CsvLink } from './behind-link.tsx';
import styles from './page.module.css';

interface BehindListProps {
  readonly filter: NumbersFilter;
  readonly list: NonNullable<Shown['list']>;
}

/** The list behind a number, the newest first, and the way back. */
export function BehindList({ filter, list }: BehindListProps) {
  const { t } = useTranslation();
  return (
    <Section
      title={t(`numbers.list-${list.of}`)}
      beside={<Narrowed behind={list.behind} />}
      actions={
        <span className={styles.actions}>
          <Link href={`/numbers?${addressOf({ filter, list: null })}`} className={styles.csv}>
            {t('numbers.back')}
          </Link>
          <CsvLink filter={filter} table={list.of} behind={list.behind} />
        </span>
      }
      flush
    >
      {list.of === 'incidents' ? (
        <Incidents filter={filter} behind={list.behind} />
      ) : (
        <Losses filter={filter} behind={list.behind} />
      )}
    </Section>
  );
}

/** What the list is narrowed to, in words. */
function Narrowed({ behind }: { readonly behind: Behind }) {
  const { t } = useTranslation();
  const { outcome, model, family, measure, met, over } = behind;
  const words = [
    outcome !== undefined && t(`outcome.${outcome}`),
    model !== undefined && (model || t('numbers.unnamed')),
    family !== undefined && t(`family.${family}`),
    measure !== undefined && t(`numbers.measure-${measure}`),
    met !== undefined && t(`numbers.met-${met}`),
    over !== undefined && `> ${clockFace(Number(over))}`,
  ];
  return words.filter((one) => one !== false).join(' · ');
}

function Incidents({ filter, behind }: { readonly filter: NumbersFilter; readonly behind: Behind }) {
  const { t } = useTranslation();
  const query = useIncidentsBehind(filter, behind);
  const columns: readonly Column<ListedIncident>[] = [
    facilityColumn(t),
    { key: 'number', title: t('numbers.number'), align: 'narrow', cell: (row) => <Mono>{row.number}</Mono> },
    {
      key: 'opened',
      title: t('numbers.opened'),
      align: 'narrow',
      cell: (row) => <When at={row.openedAt} />,
    },
    {
      key: 'outcome',
      title: t('numbers.outcome'),
      cell: (row) =>
        row.outcome === '' ? (
          t('register.open')
        ) : (
          <>
            {t(`outcome.${row.outcome}`)}
            {row.cause !== '' && ` · ${t(`cause.${row.cause}`)}`}
          </>
        ),
    },
    ...MEASURES.map(
      (measure): Column<ListedIncident> => ({
        key: measure,
        title: t(`numbers.measure-${measure}`),
        align: 'number',
        cell: (row) => {
          const seconds = row.seconds[measure];
          return seconds === null ? '–' : clockFace(seconds);
        },
      }),
    ),
  ];
  return (
    <Rows
      query={query}
      rowsOf={(page) => page.incidents}
      columns={columns}
      keyOf={(row) => row.id}
      label={t('numbers.list-incidents')}
      none={t('numbers.none')}
    />
  );
}

function Losses({ filter, behind }: { readonly filter: NumbersFilter; readonly behind: Behind }) {
  const { t } = useTranslation();
  const query = useLossesBehind(filter, behind);
  const columns: readonly Column<ListedLoss>[] = [
    facilityColumn(t),
    {
      key: 'account',
      title: t('register.account'),
      align: 'narrow',
      cell: (row) => <Mono>{row.account ?? '–'}</Mono>,
    },
    { key: 'lost', title: t('numbers.lost-at'), align: 'narrow', cell: (row) => <When at={row.lostAt} /> },
    {
      key: 'restored',
      title: t('numbers.restored-at'),
      align: 'narrow',
      cell: (row) => (row.restoredAt === null ? t('numbers.still-lost') : <When at={row.restoredAt} />),
    },
  ];
  return (
    <Rows
      query={query}
      rowsOf={(page) => page.losses}
      columns={columns}
      keyOf={(row) => `${row.transmitter} ${row.lostAt}`}
      label={t('numbers.list-links')}
      none={t('numbers.no-links')}
    />
  );
}

/** The facility that a row is about, and the way to it; one that was removed since has no name. */
function facilityColumn<Row extends ListedIncident | ListedLoss>(t: TFunction): Column<Row> {
  return {
    key: 'facility',
    title: t('register.name'),
    align: 'wide',
    cell: (row) => (
      <Link href={`/facilities/${row.facility}`} className={styles.number}>
        <Lead under={row.model || null}>{row.facilityName ?? t('numbers.removed')}</Lead>
      </Link>
    ),
  };
}

interface RowsProps<Page, Row> extends Omit<ComponentProps<typeof DataTable<Row>>, 'rows'> {
  readonly query: UseInfiniteQueryResult<InfiniteData<Page>>;
  readonly rowsOf: (page: Page) => readonly Row[];
  readonly none: string;
}

/** Rows that come page by page. */
function Rows<Page, Row>({ query, rowsOf, none, ...table }: RowsProps<Page, Row>) {
  return (
    <AsyncState
      query={query}
      isEmpty={({ pages }) => pages.every((page) => rowsOf(page).length === 0)}
      empty={<Empty title={none} />}
    >
      {({ pages }) => {
        const rows = pages.flatMap(rowsOf);
        return (
          <>
            <DataTable {...table} rows={rows} />
            <LoadMore query={query} shown={rows.length} />
          </>
        );
      }}
    </AsyncState>
  );
}
