import { useTranslation } from 'react-i18next';
import type { OwnerAlarmView } from '../../api/owner.ts';
import { Age } from '../../components/age.tsx';
import { useNow } from '../../components/now.ts';
import { Section } from '../../components/page.tsx';
import { Tag } from '../../components/tag.tsx';
import { MyAlarm } from './my-alarm.tsx';
import styles from './page.module.css';
import { staysOnTop } from './shown-on-top.ts';

/** The alarms of the last day that are over. Opened, each still has its "real": who sees fire after all says it there. */
export function ClosedAlarms({ alarms }: { readonly alarms: readonly OwnerAlarmView[] }) {
  const { t } = useTranslation();
  const now = useNow();
  const closed = alarms.filter((one) => !staysOnTop(one.incident, now));
  if (closed.length === 0) return null;
  return (
    <Section title={t('mine.closed')} beside={closed.length} flush>
      {closed.map((one) => (
        <details key={one.incident.id} className={styles.closed}>
          <summary>
            <strong>{one.facility.name}</strong>
            {one.incident.outcome && <Tag>{t(`outcome.${one.incident.outcome.outcome}`)}</Tag>}
            <span className="k-dim">
              {t('mine.number', { number: one.incident.number })} · <Age at={one.incident.openedAt} />
            </span>
          </summary>
          <MyAlarm alarm={one} />
        </details>
      ))}
    </Section>
  );
}
