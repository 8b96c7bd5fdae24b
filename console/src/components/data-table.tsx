import type { ReactNode } from 'react';
import styles from './data-table.module.css';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** `desk`: not on a phone. */
  readonly align?: 'number' | 'narrow' | 'wide' | 'desk';
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly selected?: string | null;
}

/** A dense table; on a phone its rows become cards. The first column names the row. */
export function DataTable<Row>({ label, columns, rows, keyOf, selected }: DataTableProps<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <div className={styles.scroll} tabIndex={0}>
      <table className={styles.table} data-cards="true" aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ key, title, align }) => (
              <th key={key} scope="col" {...dataOf(align)}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} data-selected={selected === keyOf(row)}>
              {columns.map(({ key, title, cell, align }, index) => (
                <td key={key} data-label={index === 0 ? undefined : title} {...dataOf(align)}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const dataOf = (align: Column<unknown>['align']) => (align === undefined ? {} : { [`data-${align}`]: true });

/** The name of a row and what stands under it. */
export function Lead({ children, under }: { readonly children: ReactNode; readonly under?: ReactNode }) {
  return (
    <span>
      <span className={styles.lead}>{children}</span>
      {under !== undefined && under !== '' && <span className={styles.under}>{under}</span>}
    </span>
  );
}

export function Mono({ children }: { readonly children: ReactNode }) {
  return <span className={styles.mono}>{children}</span>;
}
