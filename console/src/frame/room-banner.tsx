import { useTranslation } from 'react-i18next';
import { When } from '../components/when.tsx';
import { useLive } from '../live/live-context.tsx';
import styles from './frame.module.css';

/** This desk cannot be counted on: the level above has been told, and hears its alarms until it can. */
export function RoomBanner() {
  const { t } = useTranslation();
  const silence = useLive('ownSilence');
  if (silence === null || silence.reason === undefined) return null;
  return (
    <div className={styles.banner} role="alert" data-testid="own-silence">
      <span>
        {t(`room.own-${silence.reason}`)} <When at={silence.since} />
      </span>
    </div>
  );
}
