import { type Numbers, SIGNAL_FAMILIES } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useProvinceName } from '../../api/country-facts.ts';
import type { NumbersFilter } from '../../api/numbers.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Section } from '../../components/page.tsx';
import { BehindLink, CsvLink } from './behind-link.tsx';
import { CountedTable } from './counted-table.tsx';
import styles from './page.module.css';

interface FalseAlarmsProps {
  readonly numbers: Numbers;
  readonly filter: NumbersFilter;
}

/** Why, with what, where. */
export function FalseAlarms({ numbers: { alarms, facilities }, filter }: FalseAlarmsProps) {
  const { t } = useTranslation();
  const areaName = useProvinceName();
  const familyName = (code: string) =>
    SIGNAL_FAMILIES.some((one) => one === code) ? t(`family.${code}`) : t('numbers.unnamed');
  return (
    <div className={styles.pair}>
      <CountedTable
        title={t('numbers.by-cause')}
        what={t('numbers.cause')}
        table="causes"
        rows={alarms.causes.map((one) => ({ ...one, name: t(`cause.${one.code}`) }))}
        filter={filter}
        narrow={(same, cause) => ({ ...same, cause })}
        behind={() => ({})}
        onlyFalse
      />
      <CountedTable
        title={t('numbers.by-model')}
        what={t('numbers.model')}
        table="models"
        rows={alarms.models.map((one) => ({ ...one, name: one.code || t('numbers.unnamed') }))}
        filter={filter}
        behind={(model) => ({ model })}
      />
      <FacilityTable facilities={facilities} filter={filter} />
      <CountedTable
        title={t('numbers.by-family')}
        what={t('numbers.detector')}
        table="families"
        rows={alarms.families.map((one) => ({ ...one, name: familyName(one.code) }))}
        filter={filter}
        behind={(family): Record<string, string> => (family === '' ? {} : { family })}
      />
      <CountedTable
        title={t('numbers.by-area')}
        what={t('register.area')}
        table="areas"
        rows={alarms.areas.map((one) => ({ ...one, name: areaName(one.code) }))}
        filter={filter}
        narrow={(same, area) => ({ ...same, area })}
        behind={() => ({})}
      />
    </div>
  );
}

type Facility = Numbers['facilities'][number];

function FacilityTable({
  facilities,
  filter,
}: {
  readonly facilities: readonly Facility[];
  readonly filter: NumbersFilter;
}) {
  const { t } = useTranslation();
  const title = t('numbers.by-facility');
  const columns: readonly Column<Facility>[] = [
    {
      key: 'facility',
      title: t('register.name'),
      cell: (row) => (
        <Link href={`/facilities/${row.facility}`} className={styles.number}>
          {row.name ?? t('numbers.removed')}
        </Link>
      ),
    },
    {
      key: 'false',
      title: t('outcome.false'),
      align: 'number',
      cell: (row) => (
        <BehindLink
          filter={filter}
          behind={{ facility: row.facility, outcome: 'false' }}
          label={`${row.name ?? t('numbers.removed')}, ${t('outcome.false')}`}
        >
          {row.false}
        </BehindLink>
      ),
    },
  ];
  return (
    <Section title={title} actions={<CsvLink filter={filter} table="facilities" />} flush>
      {facilities.length === 0 ? (
        <p className={styles.none}>{t('numbers.none-false')}</p>
      ) : (
        <DataTable label={title} columns={columns} rows={facilities} keyOf={(row) => row.facility} />
      )}
    </Section>
  );
}
