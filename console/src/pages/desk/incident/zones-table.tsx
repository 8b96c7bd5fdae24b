import { type IncidentState, isFireAlarm, type ZoneState } from '@keng/model';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Age } from '../../../components/age.tsx';
import { Tag } from '../../../components/tag.tsx';
import styles from './incident-panel.module.css';

const SHOWN = 5;

/** The zones that spoke, alarms first; a chattering one stays one line and counts. */
export function ZonesTable({ incident }: { readonly incident: IncidentState }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const zones = [...incident.zones].sort((a, b) => Number(isFireAlarm(b)) - Number(isFireAlarm(a)));
  const shown = all ? zones : zones.slice(0, SHOWN);
  return (
    <section className={styles.section}>
      <h3 className={styles.sectionTitle}>
        <span>{t('zone.title', { count: zones.length })}</span>
        <span>{t('zone.signals', { count: incident.signalCount })}</span>
      </h3>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('zone.zone')}</th>
            <th scope="col">{t('zone.what')}</th>
            <th scope="col">{t('zone.count')}</th>
            <th scope="col">{t('zone.last')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((zone) => (
            <ZoneRow key={`${zone.transmitterId ?? ''}/${zone.zone}`} zone={zone} />
          ))}
        </tbody>
      </table>
      {zones.length > SHOWN && (
        <button type="button" className={styles.fold} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('zone.fold') : t('zone.more', { count: zones.length - SHOWN })}
        </button>
      )}
    </section>
  );
}

function ZoneRow({ zone }: { readonly zone: ZoneState }) {
  const { t } = useTranslation();
  return (
    <tr>
      <td>
        <strong>{zone.zone}</strong> {zone.label}
      </td>
      <td>
        {t(`family.${zone.family}`)}
        {!isFireAlarm(zone) && ` (${t(`class.${zone.class}`)})`}{' '}
        {zone.restoredAt !== null && <Tag>{t('zone.restored')}</Tag>}
      </td>
      <td>×{zone.count}</td>
      <td>
        <Age at={zone.lastAt} />
      </td>
    </tr>
  );
}
