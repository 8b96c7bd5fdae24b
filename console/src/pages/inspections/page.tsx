import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { nameAmong, useCountryFacts } from '../../api/country-facts.ts';
import {
  OVERDUE_KINDS,
  type OverdueFilter,
  type OverdueItem,
  type OverdueKind,
  overdueQuery,
  useDuties,
  useOverdue,
} from '../../api/facility-safety.ts';
import { localName, useOrganisationName } from '../../api/queries.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { type Column, DataTable, Lead } from '../../components/data-table.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { PageFrame } from '../../components/page.tsx';
import { Tag } from '../../components/tag.tsx';
import { useSession } from '../../session/session-context.tsx';
import { Day } from '../facility/safety/inspections-section.tsx';
import { DeclarationReview } from './declaration-review.tsx';
import { DuplicateReview } from './duplicate-review.tsx';
import styles from './page.module.css';

type View = OverdueKind | 'declarations' | 'duplicates';

/** What inspectors work through: what is overdue, what owners declared, what stands in the register twice. */
export function Page() {
  const { t } = useTranslation();
  const { can } = useSession();
  const [view, show] = useState<View>('finding');
  const views: readonly View[] = [
    ...OVERDUE_KINDS,
    ...(can('facility.review') ? (['declarations', 'duplicates'] as const) : []),
  ];
  return (
    <PageFrame title={t('place.inspections')}>
      <div className={styles.views}>
        <SegmentedControl
          aria-label={t('review.view')}
          size="md"
          withItemsBorders={false}
          value={view}
          onChange={(value) => {
            const chosen = views.find((one) => one === value);
            if (chosen) show(chosen);
          }}
          data={views.map((one) => ({ value: one, label: t(`review.${one}`) }))}
        />
      </div>
      {view === 'declarations' && <DeclarationReview />}
      {view === 'duplicates' && <DuplicateReview />}
      {view !== 'declarations' && view !== 'duplicates' && <Overdue key={view} kind={view} />}
    </PageFrame>
  );
}

function Overdue({ kind }: { readonly kind: OverdueKind }) {
  const { t } = useTranslation();
  const { data: facts } = useCountryFacts();
  const [area, setArea] = useState('');
  const [category, setCategory] = useState('');
  const filter: OverdueFilter = { kind, area: area || null, category: category || null };
  const query = useOverdue(filter);
  const columns = useColumns(kind);
  return (
    <>
      <div className={styles.filters}>
        <NativeSelect
          label={t('review.area')}
          value={area}
          onChange={(event) => setArea(event.currentTarget.value)}
          data={[
            { value: '', label: t('review.all') },
            ...(facts?.provinces ?? []).map(({ code, names }) => ({ value: code, label: localName(names) })),
          ]}
          size="md"
        />
        <NativeSelect
          label={t('review.category')}
          value={category}
          onChange={(event) => setCategory(event.currentTarget.value)}
          data={[
            { value: '', label: t('review.all') },
            ...(facts?.categories ?? []).map(({ code, names }) => ({ value: code, label: localName(names) })),
          ]}
          size="md"
        />
        <Button
          component="a"
          href={`/api/inspections/overdue.csv?${overdueQuery(filter)}`}
          download
          variant="default"
          h={44}
        >
          {t('review.csv')}
        </Button>
      </div>
      <AsyncState
        query={query}
        isEmpty={({ pages }) => pages[0]?.items.length === 0}
        empty={<Empty title={t('review.nothing-overdue')} help={t('review.nothing-overdue-help')} />}
      >
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          return (
            <div className={styles.list}>
              <DataTable label={t(`review.${kind}`)} columns={columns} rows={rows} keyOf={(one) => one.id} />
              <LoadMore query={query} shown={rows.length} />
            </div>
          );
        }}
      </AsyncState>
    </>
  );
}

function useColumns(kind: OverdueKind): readonly Column<OverdueItem>[] {
  const { t } = useTranslation();
  const { data: facts } = useCountryFacts();
  const duties = useDuties();
  const organisationName = useOrganisationName();
  const facility: Column<OverdueItem> = {
    key: 'facility',
    title: t('review.facility'),
    align: 'wide',
    cell: (one) => (
      <Lead under={nameAmong(facts?.categories, one.category)}>
        <Link className={styles.link} href={`/facilities/${one.facilityId}`}>
          {one.facilityName}
        </Link>
      </Lead>
    ),
  };
  const rest: readonly Column<OverdueItem>[] = [
    { key: 'due', title: t('review.due'), align: 'narrow', cell: (one) => <Day of={one.dueOn} /> },
    {
      key: 'days',
      title: t('review.overdue-for'),
      align: 'narrow',
      cell: (one) => <Tag tone="warn">{t('review.days', { count: one.daysOverdue })}</Tag>,
    },
    {
      key: 'organisation',
      title: t('review.organisation'),
      cell: (one) => organisationName(one.organisation as Parameters<typeof organisationName>[0]),
    },
  ];
  if (kind !== 'finding') return [facility, ...rest];
  return [
    facility,
    {
      key: 'finding',
      title: t('review.finding-text'),
      cell: (one) => (
        <Lead under={one.article === null ? undefined : nameAmong(duties?.articles, one.article)}>
          {one.finding}
        </Lead>
      ),
    },
    ...rest,
  ];
}
