import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Behind, type NumbersFilter, numbersQuery } from '../../api/numbers.ts';
import { addressOf } from './address.ts';
import styles from './page.module.css';

interface BehindLinkProps {
  readonly filter: NumbersFilter;
  readonly of?: 'incidents' | 'links';
  readonly behind: Behind;
  /** What it is a number of, for a screen reader. */
  readonly label: string;
  readonly children: number;
}

/** A number that opens the list behind it. Nothing is behind nought. */
export function BehindLink({ filter, of = 'incidents', behind, label, children }: BehindLinkProps) {
  const { i18n } = useTranslation();
  const text = children.toLocaleString(i18n.language);
  if (children === 0) return text;
  return (
    <Link
      href={`/numbers?${addressOf({ filter, list: { of, behind } })}`}
      className={styles.number}
      aria-label={`${label}: ${text}`}
    >
      {text}
    </Link>
  );
}

/** The table beside it as a file. */
export function CsvLink({
  filter,
  table,
  behind = {},
  children,
}: {
  readonly filter: NumbersFilter;
  readonly table: string;
  readonly behind?: Behind;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <a
      className={styles.csv}
      href={`/api/numbers/csv?${numbersQuery(filter, { ...behind, table })}`}
      download
    >
      {children ?? t('numbers.csv')}
    </a>
  );
}
