import type { Arrival } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Age } from '../components/age.tsx';
import { Tag } from '../components/tag.tsx';
import { useLive } from '../live/live-context.tsx';
import styles from './arrivals.module.css';

/**
 * Alarms that the centre holds and whose incidents are not open yet: in a storm for a second, with rules that stand still until somebody
 * repairs them. Nobody can accept them here; everybody sees where it burns.
 */
export function Arrivals() {
  const { t } = useTranslation();
  const { count, first } = useLive('arrivals');
  if (count === 0) return null;
  return (
    <section className={styles.arrivals} aria-label={t('arrivals.title', { count })} data-testid="arrivals">
      <p className={styles.title} role="status" title={t('arrivals.help')}>
        {t('arrivals.title', { count })}
      </p>
      <ol className={styles.list}>
        {first.map((one) => (
          <ArrivalRow key={one.facility} arrival={one} />
        ))}
      </ol>
      {count > first.length && (
        <p className={styles.more}>{t('arrivals.more', { count: count - first.length })}</p>
      )}
    </section>
  );
}

function ArrivalRow({ arrival }: { readonly arrival: Arrival }) {
  const { t } = useTranslation();
  return (
    <li>
      <Link href={`/facilities/${arrival.facility}`} className={styles.row}>
        <b>{arrival.name}</b>
        <span className={styles.age}>
          <Age at={arrival.at} />
        </span>
        <span className={styles.where}>{arrival.address}</span>
        <span className={styles.tags}>
          {arrival.signals > 1 && <Tag>{t('arrivals.signals', { count: arrival.signals })}</Tag>}
          {arrival.synthetic && <Tag title={t('tag.synthetic-help')}>{t('tag.synthetic')}</Tag>}
        </span>
      </Link>
    </li>
  );
}
