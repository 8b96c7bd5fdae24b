import { useTranslation } from 'react-i18next';
import { Age } from '../../components/age.tsx';
import { centreNow, useNow } from '../../components/now.ts';
import styles from './line-state.module.css';

/** Two looks that failed: from here on the page says that it is old. */
const OLD_AFTER_MS = 10_000;

interface LineStateProps {
  /** By this telephone's clock; 0: never. */
  readonly updatedAt: number;
  readonly failing: boolean;
}

/** How old what stands here is; loud when the line is gone. */
export function LineState({ updatedAt, failing }: LineStateProps) {
  const { t } = useTranslation();
  const now = useNow();
  if (updatedAt === 0) {
    return failing ? (
      <p className={styles.offline} role="alert">
        {t('owner-page.no-line')} {t('owner-page.no-line-help')}
      </p>
    ) : null;
  }
  // Ages are counted by the centre's clock.
  const at = updatedAt + (centreNow() - Date.now());
  const old = now - at > OLD_AFTER_MS;
  return (
    <p className={old ? styles.offline : styles.fresh} role={old ? 'alert' : undefined}>
      {old && <strong>{t('owner-page.no-line')} </strong>}
      {t('owner-page.updated')} <Age at={at} />
      {old && <span> · {t('owner-page.no-line-help')}</span>}
    </p>
  );
}
