import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import type { LastMeasurement } from '../../api/measurements.ts';
import { Age } from '../../components/age.tsx';
import { MeasurementChart } from './measurement-chart.tsx';
import styles from './measurements.module.css';

interface TransmitterMeasurementsProps {
  readonly values: readonly LastMeasurement[];
}

/** What a device measured last; a number opens to how it went. No colour: whether a value is an alarm the device says itself. */
export function TransmitterMeasurements({ values }: TransmitterMeasurementsProps) {
  const { t } = useTranslation();
  if (values.length === 0) return null;
  return (
    <section className={styles.measurements} aria-label={t('measurement.title')}>
      <h4 className={styles.title}>{t('measurement.title')}</h4>
      <ul className={styles.list}>
        {values.map((one) => (
          <li key={`${one.part} ${one.kind}`}>
            {typeof one.value === 'number' ? (
              <details className={styles.value}>
                <summary className={styles.line}>
                  <Words of={one} />
                </summary>
                <MeasurementChart of={one} />
              </details>
            ) : (
              <p className={styles.line}>
                <Words of={one} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Words({ of: one }: { readonly of: LastMeasurement }) {
  return (
    <>
      <span className={styles.kind}>{kindName(one.kind)}</span>
      <span className="k-dim">{one.part}</span>
      <strong className={styles.number}>{valueText(one.value, one.unit)}</strong>
      <span className={styles.age}>
        <Age at={one.at} />
      </span>
    </>
  );
}

/** Kinds have a name where we know them; others stay as the device wrote them. */
export function kindName(kind: string): string {
  const key = `measurement.kind-${kind}`;
  return i18next.exists(key) ? i18next.t(key) : kind;
}

export function valueText(value: number | string, unit: string): string {
  const text =
    typeof value === 'string'
      ? value
      : new Intl.NumberFormat(i18next.language, { maximumFractionDigits: 3 }).format(value);
  return unit === '' ? text : `${text} ${unit}`;
}
