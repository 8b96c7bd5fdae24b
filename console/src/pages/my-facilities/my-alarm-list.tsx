import { useTranslation } from 'react-i18next';
import type { MyAlarms } from '../../api/mine.ts';
import { useNow } from '../../components/now.ts';
import { MyAlarm } from './my-alarm.tsx';
import styles from './page.module.css';
import { staysOnTop } from './shown-on-top.ts';

/** What alarms now, each with its buttons; what was closed a moment ago stays, so that nobody wonders where it went. */
export function MyAlarmList({ mine }: { readonly mine: MyAlarms }) {
  const { t } = useTranslation();
  const now = useNow();
  const open = mine.alarms.filter((one) => one.incident.status === 'open').length;
  return (
    <section className={styles.alarms} aria-label={t('mine.alarms')}>
      <p className={styles.count} data-open={open > 0} role="alert">
        {open === 0 ? t('mine.alarms-none') : t('mine.alarms-open', { count: open })}
      </p>
      {open > 0 && mine.next !== null && <p className={styles.help}>{t('mine.alarms-more')}</p>}
      {open === 0 && <p className={styles.help}>{t('mine.help')}</p>}
      {mine.alarms
        .filter((one) => staysOnTop(one.incident, now))
        .map((one) => (
          <MyAlarm key={one.incident.id} alarm={one} />
        ))}
    </section>
  );
}
