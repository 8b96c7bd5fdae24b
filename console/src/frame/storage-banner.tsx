import { useTranslation } from 'react-i18next';
import { Age } from '../components/age.tsx';
import { useLive } from '../live/live-context.tsx';
import styles from './frame.module.css';

/** The centre cannot write to disk: devices get no acknowledgement and will repeat. Said by the tick, so it needs no database. */
export function StorageBanner() {
  const { t } = useTranslation();
  const { storage, storageSince, setAside } = useLive('link');
  return (
    <>
      {storage === 'failing' && (
        <div className={styles.banner} role="alert" data-loud="true" data-testid="storage-failing">
          <span>{t('storage.failing')}</span>
          {storageSince !== null && <Age at={storageSince} />}
          <span>{t('storage.failing-help')}</span>
        </div>
      )}
      {setAside > 0 && (
        <div className={styles.banner} role="status">
          {t('storage.set-aside', { count: setAside })}
        </div>
      )}
    </>
  );
}
