import { isFireAlarm, WHOLE_PANEL, type ZoneState } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { Age } from '../../components/age.tsx';
import styles from './order.module.css';

const MOST_LINES = 8;

/** The zones that spoke of fire, the first one first: where to go inside. */
export function OrderZones({ zones }: { readonly zones: readonly ZoneState[] }) {
  const { t } = useTranslation();
  const fire = zones.filter((zone) => isFireAlarm(zone));
  const shown = fire.length > 0 ? fire : zones;
  return (
    <ul className={styles.zones} aria-label={t('order.zones')}>
      {shown.slice(0, MOST_LINES).map((zone) => (
        <li key={`${zone.transmitterId ?? ''} ${zone.zone}`} data-restored={zone.restoredAt !== null}>
          <span className={styles.zoneLabel}>
            {zone.label ??
              (zone.zone === WHOLE_PANEL ? t('signal.whole-panel') : t('signal.zone', { zone: zone.zone }))}
          </span>
          <span className={styles.zoneKind}>{t(`family.${zone.family}`)}</span>
          <span className={styles.zoneAge}>
            <Age at={zone.firstAt} />
            {zone.count > 1 && ` · ${t('signal.times', { count: zone.count })}`}
            {zone.restoredAt !== null && ` · ${t('signal.restored')}`}
          </span>
        </li>
      ))}
      {shown.length > MOST_LINES && <li>{t('order.more-zones', { count: shown.length - MOST_LINES })}</li>}
    </ul>
  );
}
