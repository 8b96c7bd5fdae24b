import { CLOCKS, type ClockName, type IncidentState } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { useSourceTitle } from '../../api/country-facts.ts';
import { clockView } from '../../components/clock-view.ts';
import { clockFace } from '../../components/duration.ts';
import { useNow } from '../../components/now.ts';
import styles from './order.module.css';

/** The three clocks in words: who is waited for, and how long still. */
export function OrderClocks({ incident }: { readonly incident: IncidentState }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.clocks} aria-label={t('order.clocks')}>
      {CLOCKS.toReversed().map((name) => (
        <OrderClock key={name} name={name} incident={incident} />
      ))}
    </ul>
  );
}

function OrderClock({ name, incident }: { readonly name: ClockName; readonly incident: IncidentState }) {
  const { t } = useTranslation();
  const now = useNow();
  const titleOf = useSourceTitle();
  const clock = incident.clocks[name];
  const facts = { dueAt: clock.dueAt, stopped: clock.stoppedAt !== null, passed: clock.passedAt !== null };
  const { phase, seconds } = clockView(facts, now);
  const why = `${titleOf(clock.source)}${clock.official ? '' : ` (${t('order.configured')})`}`;
  return (
    <li className={styles.clock} data-phase={phase} title={why}>
      <span>{t(`order.clock-${name}`)}</span>
      <strong className={styles.clockTime}>{t(`order.phase-${phase}`, { time: clockFace(seconds) })}</strong>
    </li>
  );
}
