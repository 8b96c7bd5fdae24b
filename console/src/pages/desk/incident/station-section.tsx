import type { IncidentState } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { useOrganisationName } from '../../../api/queries.ts';
import { Age } from '../../../components/age.tsx';
import styles from './incident-panel.module.css';

/** What the station does while verification goes on. */
export function StationSection({ incident }: { readonly incident: IncidentState }) {
  const { t } = useTranslation();
  const nameOf = useOrganisationName();
  const { station, stationAccepted, stationState, outcome } = incident;
  return (
    <section className={styles.section}>
      <h3 className={styles.sectionTitle}>{t('station.title')}</h3>
      <p className={styles.answer}>{station === null ? t('station.none') : nameOf(station)}</p>
      <p className={styles.facts}>
        {stationAccepted === null ? (
          t('station.not-accepted')
        ) : (
          <>
            {t('station.accepted-by', { name: stationAccepted.name })} · <Age at={stationAccepted.at} />
          </>
        )}
      </p>
      {stationState !== null && (
        <p className={styles.facts}>
          <strong>{t(`station-state.${stationState.state}`)}</strong> <Age at={stationState.at} />
        </p>
      )}
      {outcome !== null && (
        <p className={styles.answer}>
          {t(`outcome.${outcome.outcome}`)}
          {outcome.cause !== null && ` · ${t(`cause.${outcome.cause}`)}`} · {outcome.by.name} ·{' '}
          <Age at={outcome.at} />
        </p>
      )}
    </section>
  );
}
