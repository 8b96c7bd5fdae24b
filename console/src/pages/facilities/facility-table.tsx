import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useProvinceName } from '../../api/country-facts.ts';
import type { FacilityListItem } from '../../api/facilities.ts';
import { useNameOf, useOrganisationName } from '../../api/queries.ts';
import { type Column, DataTable, Lead } from '../../components/data-table.tsx';
import { Tag } from '../../components/tag.tsx';
import styles from './page.module.css';

const ROW = 'data-facility-row';

export function FacilityTable({ rows }: { readonly rows: readonly FacilityListItem[] }) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move between the links inside, which are what is operated
    <div onKeyDown={moveBetweenRows}>
      <DataTable label={t('place.facilities')} columns={useColumns()} rows={rows} keyOf={(row) => row.id} />
    </div>
  );
}

function useColumns(): readonly Column<FacilityListItem>[] {
  const { t } = useTranslation();
  const categoryName = useNameOf('categories');
  const provinceName = useProvinceName();
  const organisationName = useOrganisationName();
  return [
    {
      key: 'name',
      title: t('register.name'),
      align: 'wide',
      cell: (row) => (
        <Link href={`/facilities/${row.id}`} className={styles.row} {...{ [ROW]: true }}>
          <Lead under={row.address}>{row.name}</Lead>
        </Link>
      ),
    },
    { key: 'category', title: t('register.category'), cell: (row) => categoryName(row.category) },
    {
      key: 'area',
      title: t('register.area'),
      cell: (row) => <Two lead={provinceName(row.areaCode)} under={row.communeName} />,
    },
    {
      key: 'organisation',
      title: t('register.organisation'),
      align: 'desk',
      cell: (row) => organisationName(row.organisation),
    },
    { key: 'contacts', title: t('register.contacts-count'), align: 'number', cell: (row) => row.contacts },
    {
      key: 'transmitters',
      title: t('register.transmitters-count'),
      align: 'number',
      cell: (row) => row.transmitters,
    },
    {
      key: 'reference',
      title: t('register.reference'),
      align: 'narrow',
      cell: (row) => (
        <span className="k-dim">
          {row.reference} {row.synthetic && <Tag title={t('tag.synthetic-help')}>{t('tag.synthetic')}</Tag>}
        </span>
      ),
    },
  ];
}

function Two({ lead, under }: { readonly lead: string; readonly under: string | null }) {
  return (
    <span>
      {lead}
      {under !== null && <span className={styles.under}>{under}</span>}
    </span>
  );
}

const rowsOnScreen = (): HTMLElement[] => [...globalThis.document.querySelectorAll<HTMLElement>(`[${ROW}]`)];

export function focusFirstRow(): void {
  rowsOnScreen()[0]?.focus();
}

function moveBetweenRows(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const rows = rowsOnScreen();
  const here = rows.indexOf(globalThis.document.activeElement as HTMLElement);
  const next = here === -1 ? undefined : rows[here + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
