import type { DeviceState } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { Age } from '../../components/age.tsx';
import { Tag } from '../../components/tag.tsx';
import styles from './device-health.module.css';

/** Is the line to it up, since when. Nothing heard yet is not "up". */
export function DeviceLink({
  device,
}: {
  readonly device: Pick<DeviceState, 'link' | 'linkChangedAt'> | null;
}) {
  const { t } = useTranslation();
  const link = device?.link ?? 'unknown';
  const tone = link === 'lost' ? 'warn' : link === 'up' ? 'good' : 'plain';
  return (
    <Tag tone={tone}>
      {t(`device.link-${link}`)}
      {device?.linkChangedAt && (
        <span>
          · <Age at={device.linkChangedAt} />
        </span>
      )}
    </Tag>
  );
}

/** Troubles, switched-off zones and tampers that were not restored. */
export function OpenFaults({
  device,
  most,
}: {
  readonly device: DeviceState | null;
  readonly most?: number;
}) {
  const { t } = useTranslation();
  const faults = device?.faults ?? [];
  if (faults.length === 0) return null;
  const shown = faults.slice(0, most ?? faults.length);
  return (
    <ul className={styles.faults} aria-label={t('device.faults')}>
      {shown.map((fault) => (
        <li key={fault.key}>
          <strong>{t(`class.${fault.class}`)}</strong>
          <span>
            {fault.code}
            {fault.zone !== null && ` · ${t('signal.zone', { zone: fault.zone })}`}
          </span>
          <span className="k-dim">
            <Age at={fault.since} />
            {fault.count > 1 && ` · ${t('signal.times', { count: fault.count })}`}
          </span>
        </li>
      ))}
      {faults.length > shown.length && (
        <li>{t('device.more-faults', { count: faults.length - shown.length })}</li>
      )}
    </ul>
  );
}
