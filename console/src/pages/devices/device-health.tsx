import type { DeviceState } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { Age } from '../../components/age.tsx';
import { Tag } from '../../components/tag.tsx';
import styles from './device-health.module.css';
import { type Line, lineOf } from './device-line.ts';

/** How the line to it is, and since when it is lost. */
export function DeviceLine({ device }: { readonly device: Line & { readonly changedAt: string | null } }) {
  const { t } = useTranslation();
  const line = lineOf(device);
  return (
    <Tag tone={TONES[line]}>
      {t(`device.line-${line}`)}
      {line === 'lost' && device.changedAt !== null && (
        <span>
          · <Age at={device.changedAt} />
        </span>
      )}
    </Tag>
  );
}

const TONES = { never: 'warn', lost: 'warn', unsupervised: 'plain', up: 'good' } as const;

/** When it last said anything at all. */
export function LastHeard({ at }: { readonly at: string | null }) {
  const { t } = useTranslation();
  return at === null ? t('register.never') : <Age at={at} />;
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
  const paths = device?.lostPaths ?? [];
  if (faults.length + paths.length === 0) return null;
  const shown = faults.slice(0, most ?? faults.length);
  return (
    <ul className={styles.faults} aria-label={t('device.faults')}>
      {paths.map(({ path, since }) => (
        <li key={path.number}>
          <strong>{t('supervision.path-lost')}</strong>
          <span>
            {t(`supervision.medium-${path.medium}`)}
            {path.carrier !== null && ` · ${path.carrier}`}
          </span>
          <span className="k-dim">
            <Age at={since} />
          </span>
        </li>
      ))}
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
