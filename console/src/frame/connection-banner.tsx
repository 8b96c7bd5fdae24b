import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Age } from '../components/age.tsx';
import { centreNow } from '../components/now.ts';
import { useLive, useLiveStore } from '../live/live-context.tsx';
import { useSession } from '../session/session-context.tsx';
import styles from './frame.module.css';

/** Within three seconds of silence: what is on the screen is as old as this says, and nothing can be sent. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const store = useLiveStore();
  const { status, heardAt } = useLive('link');
  useRenewal(status === 'logged-out');
  if (status === 'logged-out') {
    return (
      <div className={styles.banner} role="alert" data-loud="true">
        {t('link.logged-out-banner')}
      </div>
    );
  }
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

/** A feed that is refused opens the dialog; a new log-in lets the feed try again at once. */
function useRenewal(refused: boolean): void {
  const store = useLiveStore();
  const { expired, expire } = useSession();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the moment of refusal counts, not a new `expire`
  useEffect(() => {
    if (refused) expire();
  }, [refused]);
  useEffect(() => {
    if (!expired) store.send({ type: 'retry' });
  }, [store, expired]);
}
