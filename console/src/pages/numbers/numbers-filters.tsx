import { FALSE_CAUSES } from '@keng/model';
import { Button, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCountryFacts } from '../../api/country-facts.ts';
import type { NumbersFilter } from '../../api/numbers.ts';
import { localName } from '../../api/queries.ts';
import { today } from '../../components/centre-time.ts';
import { DateField } from '../../components/date/date-field.tsx';
import { lastDays } from './address.ts';
import styles from './page.module.css';

interface NumbersFiltersProps {
  readonly filter: NumbersFilter;
  /** The days that the centre took where none were named. */
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly onChange: (filter: NumbersFilter) => void;
}

const PERIODS = [7, 30, 90, 365] as const;

/** Time, area, cause: the same for every number below. */
export function NumbersFilters({ filter, period, onChange }: NumbersFiltersProps) {
  const { t } = useTranslation();
  const { data } = useCountryFacts();
  const from = filter.from ?? period?.from ?? '';
  const to = filter.to ?? period?.to ?? '';
  return (
    <search className={styles.filters} aria-label={t('numbers.filter')}>
      <DateField
        label={t('numbers.from')}
        value={from}
        max={to}
        onChange={(day) => onChange({ ...filter, to: to || null, from: day || null })}
      />
      <DateField
        label={t('numbers.to')}
        value={to}
        min={from}
        onChange={(day) => onChange({ ...filter, from: from || null, to: day || null })}
      />
      <Select
        label={t('register.area')}
        data={(data?.provinces ?? []).map(({ code, names }) => ({ value: code, label: localName(names) }))}
        value={filter.area}
        onChange={(area) => onChange({ ...filter, area })}
        placeholder={t('list.all-values')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('register.clear') }}
        size="md"
      />
      <Select
        label={t('numbers.cause')}
        data={FALSE_CAUSES.map((cause) => ({ value: cause, label: t(`cause.${cause}`) }))}
        value={filter.cause}
        onChange={(cause) => onChange({ ...filter, cause })}
        placeholder={t('list.all-values')}
        clearable
        clearButtonProps={{ 'aria-label': t('register.clear') }}
        size="md"
      />
      <div className={styles.periods}>
        {PERIODS.map((days) => (
          <Button
            key={days}
            variant="default"
            h={44}
            onClick={() => onChange({ ...filter, ...lastDays(days, today()) })}
          >
            {t('numbers.last-days', { count: days })}
          </Button>
        ))}
      </div>
    </search>
  );
}
