import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnerWorks } from '../../api/owner.ts';
import { When } from '../../components/when.tsx';
import styles from './alarm.module.css';

/** Planned works of the building: which zones are silent, and until when. */
export function OwnerWorksList({ works }: { readonly works: readonly OwnerWorks[] }) {
  const { t } = useTranslation();
  const id = useId();
  if (works.length === 0) return null;
  return (
    <section className={styles.who} aria-labelledby={id}>
      <h2 id={id}>{t('owner-page.works')}</h2>
      <ul>
        {works.map((one) => (
          <li key={one.id} data-done={one.calledBack !== null}>
            <span aria-hidden="true">•</span>
            <span>
              {one.reason}. {t('owner-page.works-zones', { zones: one.zones.join(', ') })}.{' '}
              {one.calledBack === null ? t('owner-page.works-not-confirmed') : t('owner-page.works-silent')}
            </span>
            <span>
              {t('owner-page.until')} <When at={one.until} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
