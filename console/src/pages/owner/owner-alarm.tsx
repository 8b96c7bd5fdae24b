import { isFireAlarm, WHOLE_PANEL, type ZoneState } from '@keng/model';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnerAlarmView } from '../../api/owner.ts';
import { Age } from '../../components/age.tsx';
import styles from './alarm.module.css';

interface OwnerAlarmProps {
  readonly page: OwnerAlarmView;
  /** 2: the page has a title of its own. */
  readonly level?: 1 | 2;
}

/** What alarms, in words: where, which kind, how long ago. */
export function OwnerAlarm({ page, level = 1 }: OwnerAlarmProps) {
  const { t } = useTranslation();
  const id = useId();
  const Title = level === 1 ? 'h1' : 'h2';
  const { incident, facility, contact } = page;
  const closed = incident.status === 'closed';
  const fire = incident.zones.filter((zone) => isFireAlarm(zone));
  const zones = fire.length > 0 ? fire : incident.zones;
  return (
    <section className={styles.alarm} data-closed={closed} aria-labelledby={id}>
      {level === 1 && <p className={styles.greeting}>{t('owner-page.greeting', { name: contact.name })}</p>}
      <Title id={id} className={styles.title}>
        {closed
          ? t(`owner-page.closed-${incident.outcome?.outcome ?? 'false'}`)
          : t(`owner-page.alarm-${incident.confidence}`)}
      </Title>
      <p className={styles.facility}>
        <strong>{facility.name}</strong>
        <span>{facility.address}</span>
      </p>
      <ul className={styles.zones}>
        {zones.map((zone) => (
          <li key={`${zone.transmitterId ?? ''} ${zone.zone}`}>
            <strong>
              <ZoneName zone={zone} />
            </strong>
            <span>
              {t(`family.${zone.family}`)} · <Age at={zone.firstAt} />
              {zone.restoredAt !== null && ` · ${t('signal.restored')}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ZoneName({ zone }: { readonly zone: ZoneState }) {
  const { t } = useTranslation();
  if (zone.label !== null) return zone.label;
  return zone.zone === WHOLE_PANEL ? t('signal.whole-panel') : t('signal.zone', { zone: zone.zone });
}
