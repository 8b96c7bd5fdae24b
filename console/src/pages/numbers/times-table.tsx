import type { Standard, TimeNumbers } from '@keng/model';
import { useTranslation } from 'react-i18next';
import type { NumbersFilter } from '../../api/numbers.ts';
import { localName } from '../../api/queries.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { clockFace } from '../../components/duration.ts';
import { Section } from '../../components/page.tsx';
import { Tag } from '../../components/tag.tsx';
import { BehindLink, CsvLink } from './behind-link.tsx';
import styles from './page.module.css';
import { doneWithin, percentOf } from './standard-share.ts';

interface TimesTableProps {
  readonly times: readonly TimeNumbers[];
  readonly filter: NumbersFilter;
}

/** How long each step took, and each standard it is held against, with where that standard comes from. */
export function TimesTable({ times, filter }: TimesTableProps) {
  const { t } = useTranslation();
  const edge = (seconds: number | null) => (seconds === null ? '–' : `≤ ${clockFace(seconds)}`);
  const columns: readonly Column<TimeNumbers>[] = [
    { key: 'measure', title: t('numbers.step'), cell: (row) => t(`numbers.measure-${row.measure}`) },
    {
      key: 'done',
      title: t('numbers.done'),
      align: 'number',
      cell: (row) => (
        <BehindLink
          filter={filter}
          behind={{ measure: row.measure, met: 'done' }}
          label={`${t(`numbers.measure-${row.measure}`)}, ${t('numbers.done')}`}
        >
          {row.done}
        </BehindLink>
      ),
    },
    {
      key: 'never',
      title: t('numbers.never'),
      align: 'number',
      cell: (row) => (
        <BehindLink
          filter={filter}
          behind={{ measure: row.measure, met: 'never' }}
          label={`${t(`numbers.measure-${row.measure}`)}, ${t('numbers.never')}`}
        >
          {row.never}
        </BehindLink>
      ),
    },
    {
      key: 'mean',
      title: t('numbers.mean'),
      align: 'number',
      cell: (row) => (row.meanSeconds === null ? '–' : clockFace(row.meanSeconds)),
    },
    { key: 'p50', title: '50 %', align: 'number', cell: (row) => edge(row.p50) },
    { key: 'p90', title: '90 %', align: 'number', cell: (row) => edge(row.p90) },
    { key: 'p98', title: '98 %', align: 'number', cell: (row) => edge(row.p98) },
    {
      key: 'standards',
      title: t('numbers.standard'),
      cell: (row) => <Standards row={row} filter={filter} />,
    },
  ];
  return (
    <Section title={t('numbers.times')} actions={<CsvLink filter={filter} table="times" />} flush>
      <DataTable label={t('numbers.times')} columns={columns} rows={times} keyOf={(row) => row.measure} />
      <p className={styles.none}>{t('numbers.times-help')}</p>
    </Section>
  );
}

/** Steps that every incident has a limit of its own for: that limit counts, not the one of today. */
const OWN_LIMIT: ReadonlySet<string> = new Set(['owner', 'desk', 'station']);

function Standards({ row, filter }: { readonly row: TimeNumbers; readonly filter: NumbersFilter }) {
  return (
    <ul className={styles.standards}>
      {row.standards.map((standard) => (
        <li key={standard.code}>
          <StandardLine row={row} standard={standard} filter={filter} />
        </li>
      ))}
    </ul>
  );
}

interface StandardLineProps {
  readonly row: TimeNumbers;
  readonly standard: Standard;
  readonly filter: NumbersFilter;
}

function StandardLine({ row, standard, filter }: StandardLineProps) {
  const { t } = useTranslation();
  const own = OWN_LIMIT.has(row.measure);
  const met = own ? row.within : doneWithin(row, standard.seconds);
  const percent = percentOf(met, row.done);
  const behind = own
    ? { measure: row.measure, met: 'late' }
    : { measure: row.measure, over: String(standard.seconds) };
  return (
    <>
      <span>
        {localName(standard.names)}: {clockFace(standard.seconds)}
        {percent !== null && <strong> · {t('numbers.met', { percent })}</strong>}
        {' · '}
        {t('numbers.over')}{' '}
        <BehindLink
          filter={filter}
          behind={behind}
          label={`${localName(standard.names)}, ${t('numbers.over')}`}
        >
          {row.done - met}
        </BehindLink>{' '}
        {!standard.official && <Tag tone="plain">{t('numbers.unofficial')}</Tag>}
      </span>
      <small className="k-dim">
        {t('numbers.source')}{' '}
        {standard.sourceUrl === null ? (
          localName(standard.source)
        ) : (
          <a href={standard.sourceUrl} target="_blank" rel="noreferrer">
            {localName(standard.source)}
          </a>
        )}
      </small>
    </>
  );
}
