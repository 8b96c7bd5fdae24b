import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type LastMeasurement, type MeasurementSeries, useSeries } from '../../api/measurements.ts';
import { AsyncState } from '../../components/async-state.tsx';
import { When } from '../../components/when.tsx';
import { chartShape } from './chart-shape.ts';
import styles from './measurements.module.css';
import { kindName, valueText } from './transmitter-measurements.tsx';

const SPANS = [24, 24 * 7, 24 * 31] as const;
const SIZE = { width: 720, height: 120 };

/** How one value went: the mean as a line, and what each step hides as a band around it. */
export function MeasurementChart({ of: one }: { readonly of: LastMeasurement }) {
  const { t } = useTranslation();
  const [hours, setHours] = useState<number>(SPANS[0]);
  return (
    <div className={styles.chart}>
      <SegmentedControl
        size="sm"
        aria-label={t('measurement.span')}
        value={String(hours)}
        onChange={(value) => setHours(Number(value))}
        data={SPANS.map((span) => ({ value: String(span), label: t(`measurement.span-${span}`) }))}
      />
      <AsyncState
        query={useSeries(one, hours)}
        isEmpty={({ points }) => points.length === 0}
        empty={<p className="k-dim">{t('measurement.none')}</p>}
      >
        {(series) => <Drawing series={series} of={one} />}
      </AsyncState>
    </div>
  );
}

function Drawing({ series, of: one }: { readonly series: MeasurementSeries; readonly of: LastMeasurement }) {
  const { t } = useTranslation();
  const shape = chartShape(series, SIZE);
  if (shape === null) return null;
  const least = valueText(shape.least, one.unit);
  const greatest = valueText(shape.greatest, one.unit);
  return (
    <figure className={styles.figure}>
      <svg
        role="img"
        aria-label={t('measurement.chart', { kind: kindName(one.kind), least, greatest })}
        viewBox={`0 -2 ${SIZE.width} ${SIZE.height + 4}`}
        preserveAspectRatio="none"
        className={styles.drawing}
      >
        <path d={shape.band} className={styles.band} />
        <path d={shape.line} className={styles.mean} />
      </svg>
      <span className={styles.greatest}>{greatest}</span>
      {shape.least !== shape.greatest && <span className={styles.least}>{least}</span>}
      <figcaption className={styles.times}>
        <When at={series.from} />
        <When at={series.to} />
      </figcaption>
    </figure>
  );
}
