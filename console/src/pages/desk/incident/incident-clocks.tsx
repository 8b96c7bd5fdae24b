import { CLOCKS, type ClockName, type IncidentState } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { useSourceTitle } from '../../../api/country-facts.ts';
import { clockView } from '../../../components/clock-view.ts';
import { clockFace } from '../../../components/duration.ts';
import { useNow } from '../../../components/now.ts';
import styles from './incident-panel.module.css';

/** Three clocks side by side; each says in words what it waits for, and where its limit comes from. */
export function IncidentClocks({ incident }: { readonly incident: IncidentState }) {
  const { t } = useTranslation();
  return (
    <section className={styles.section} aria-label={t('incident.clocks')}>
      <div className={styles.clocks}>
        {CLOCKS.map((name) => (
          <Clock key={name} name={name} incident={incident} />
        ))}
      </div>
    </section>
  );
}

function Clock({ name, incident }: { readonly name: ClockName; readonly incident: IncidentState }) {
  const { t } = useTranslation();
  const now = useNow();
  const titleOf = useSourceTitle();
  const clock = incident.clocks[name];
  const { phase, seconds } = clockView(
    { dueAt: clock.dueAt, stopped: clock.stoppedAt !== null, passed: clock.passedAt !== null },
    now,
  );
  const took =
    clock.stoppedAt === null
      ? 0
      : (Date.parse(clock.stoppedAt) - Date.parse(clock.dueAt)) / 1000 + clock.seconds;
  const over = phase === 'met' || phase === 'met-late';
  const source = t(clock.official ? 'clock.source-official' : 'clock.source', {
    seconds: clock.seconds,
    source: titleOf(clock.source),
  });
  return (
    <div className={styles.clock} data-phase={phase} title={source}>
      <div className={styles.clockName}>{t(`clock.${name}`)}</div>
      <div className={styles.clockFace}>
        {over ? clockFace(took) : `${phase === 'late' ? '+' : ''}${clockFace(seconds)}`}
      </div>
      <div className={styles.clockState}>{t(`clock.${phase}`)}</div>
      <div className={styles.clockName}>
        {t('clock.limit', { seconds: clock.seconds })}
        <span className="k-visually-hidden"> {source}</span>
      </div>
    </div>
  );
}
