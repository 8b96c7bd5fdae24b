import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Age } from '../components/age.tsx';
import { centreNow } from '../components/now.ts';
import { useLive, useLiveStore } from '../live/live-context.tsx';
import styles from './frame.module.css';

/** Within three seconds of silence: what is on the screen is as old as this says, and the buttons are locked. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const store = useLiveStore();
  const { status, heardAt } = useLive('link');
  if (status !== 'lost') return null;
  const heard = heardAt === null ? null : heardAt + (centreNow() - Date.now());
  return (
    <div className={styles.banner} role="alert" data-loud="true" data-testid="link-lost">
      <span>{t('link.lost-banner')}</span>
      {heard !== null && (
        <span>
          {t('link.last-heard')} <Age at={heard} />
        </span>
      )}
      <span>{t('link.lost-help')}</span>
      <Button variant="default" size="sm" onClick={() => store.send({ type: 'retry' })}>
        {t('link.retry')}
      </Button>
    </div>
  );
}
