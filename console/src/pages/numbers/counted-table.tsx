import type { Counted } from '@keng/model';
import { useTranslation } from 'react-i18next';
import type { Behind, NumbersFilter } from '../../api/numbers.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Section } from '../../components/page.tsx';
import { BehindLink, CsvLink } from './behind-link.tsx';
import styles from './page.module.css';

export interface CountedRow extends Counted {
  readonly name: string;
}

interface CountedTableProps {
  readonly title: string;
  /** Heading of the first column. */
  readonly what: string;
  readonly table: string;
  readonly rows: readonly CountedRow[];
  readonly filter: NumbersFilter;
  readonly behind: (code: string) => Behind;
  /** The area is a filter and no property of the list. */
  readonly narrow?: (filter: NumbersFilter, code: string) => NumbersFilter;
  /** A cause is a cause of false alarms only: there is no other number. */
  readonly onlyFalse?: boolean;
}

/** False alarms by one of their properties, with a bar for the eye and a list behind each number. */
export function CountedTable(props: CountedTableProps) {
  const { title, what, table, rows, filter, behind, narrow = (same) => same, onlyFalse = false } = props;
  const { t } = useTranslation();
  const most = Math.max(1, ...rows.map((row) => row.false));
  const falseOf = (row: CountedRow) => (
    <span className={styles.barCell}>
      <span className={styles.bar} aria-hidden="true">
        <span style={{ inlineSize: `${(row.false * 100) / most}%` }} />
      </span>
      <BehindLink
        filter={narrow(filter, row.code)}
        behind={{ ...behind(row.code), outcome: 'false' }}
        label={`${row.name}, ${t('outcome.false')}`}
      >
        {row.false}
      </BehindLink>
    </span>
  );
  const columns: readonly Column<CountedRow>[] = [
    { key: 'name', title: what, cell: (row) => row.name },
    { key: 'false', title: t('outcome.false'), align: 'number', cell: falseOf },
    ...(onlyFalse
      ? []
      : [
          {
            key: 'all',
            title: t('numbers.alarms'),
            align: 'number',
            cell: (row) => (
              <BehindLink
                filter={narrow(filter, row.code)}
                behind={behind(row.code)}
                label={`${row.name}, ${t('numbers.alarms')}`}
              >
                {row.incidents}
              </BehindLink>
            ),
          } satisfies Column<CountedRow>,
        ]),
  ];
  return (
    <Section title={title} actions={<CsvLink filter={filter} table={table} />} flush>
      {rows.length === 0 ? (
        <p className={styles.none}>{t(onlyFalse ? 'numbers.none-false' : 'numbers.none')}</p>
      ) : (
        <DataTable label={title} columns={columns} rows={rows} keyOf={(row) => row.code} />
      )}
    </Section>
  );
}
