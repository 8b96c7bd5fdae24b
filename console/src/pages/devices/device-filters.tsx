import { useTranslation } from 'react-i18next';
import { DEVICE_FILTERS, type DeviceFilter } from '../../api/devices.ts';
import styles from './device-filters.module.css';

interface DeviceFiltersProps {
  /** null: something else narrows the list. */
  readonly value: DeviceFilter | null;
  /** null while they are counted. */
  readonly counts: Readonly<Record<DeviceFilter, number>> | null;
  readonly onChange: (next: DeviceFilter) => void;
}

/** What narrows the list, each with how many there are; on a phone they stand below each other. */
export function DeviceFilters({ value, counts, onChange }: DeviceFiltersProps) {
  const { t, i18n } = useTranslation();
  return (
    <fieldset className={styles.filters}>
      <legend className="k-visually-hidden">{t('device.filter')}</legend>
      {DEVICE_FILTERS.map((filter) => (
        <label
          key={filter}
          className={styles.filter}
          data-filter={filter}
          data-some={(counts?.[filter] ?? 0) > 0}
        >
          <input
            type="radio"
            name="device-filter"
            checked={value === filter}
            onChange={() => onChange(filter)}
          />
          <span>{t(`device.filter-${filter}`)}</span>
          <strong>{counts === null ? '…' : counts[filter].toLocaleString(i18n.language)}</strong>
        </label>
      ))}
    </fieldset>
  );
}
