import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { TimeOfDay } from '../../../components/age.tsx';
import { Empty } from '../../../components/async-state.tsx';
import { Tag } from '../../../components/tag.tsx';
import { useLive } from '../../../live/live-context.tsx';
import styles from './queue-panel.module.css';

/** Planned works: what they mute is stored and counted; all other zones and every call point ring. */
export function WorksList() {
  const { t } = useTranslation();
  const { works } = useLive('lists');
  return (
    <div className={styles.plainList}>
      <p className={styles.note}>{t('works-list.help')}</p>
      {works.length === 0 && <Empty title={t('works-list.empty')} />}
      {works.map((one) => (
        <article key={one.id} className={styles.item}>
          <div className={styles.itemHead}>
            <span>{one.reason}</span>
            <span className="k-dim">
              <TimeOfDay at={one.from} />–<TimeOfDay at={one.until} />
            </span>
          </div>
          <span className="k-dim">
            {t('works-list.zones', { zones: one.zones.join(', ') })} ·{' '}
            <Link href={`/facilities/${one.facilityId}`}>{t('works-list.facility')}</Link>
          </span>
          <span>
            <Tag tone={one.calledBack === null ? 'warn' : 'good'}>
              {t(one.calledBack === null ? 'works-list.not-called-back' : 'works-list.called-back')}
            </Tag>{' '}
            <Tag>{t('works-list.muted', { count: one.mutedSignals })}</Tag>
          </span>
        </article>
      ))}
    </div>
  );
}
