import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSound } from '../sound/sound-context.tsx';
import styles from './frame.module.css';

/** Browsers keep quiet until somebody touched the page: one button, and it rings once so that it is known to work. */
export function SoundBanner() {
  const { t } = useTranslation();
  const { blocked, unlock } = useSound();
  if (!blocked) return null;
  return (
    <div className={styles.banner} role="alert" data-testid="sound-blocked">
      <span>{t('sound.blocked')}</span>
      <Button size="sm" onClick={unlock}>
        {t('sound.unlock')}
      </Button>
    </div>
  );
}
