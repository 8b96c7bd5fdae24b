import { isFireAlarm, WHOLE_PANEL, type ZoneState } from '@keng/model';
import { useTranslation } from 'react-i18next';
import type { OwnerPage } from '../../api/owner.ts';
import { Age } from '../../components/age.tsx';
import styles from './page.module.css';

/** What alarms, in words: where, which kind, how long ago. */
export function OwnerAlarm({ page }: { readonly page: OwnerPage }) {
  const { t } = useTranslation();
  const { incident, facility, contact } = page;
  const closed = incident.status === 'closed';
  const fire = incident.zones.filter((zone) => isFireAlarm(zone));
  const zones = fire.length > 0 ? fire : incident.zones;
  return (
    <section className={styles.alarm} data-closed={closed} aria-labelledby="owner-alarm">
      <p className={styles.greeting}>{t('owner-page.greeting', { name: contact.name })}</p>
      <h1 id="owner-alarm">
        {closed
          ? t(`owner-page.closed-${incident.outcome?.outcome ?? 'false'}`)
          : t(`owner-page.alarm-${incident.confidence}`)}
      </h1>
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
