import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../../../components/key-hint.tsx';
import { useLive, useLiveStore } from '../../../live/live-context.tsx';
import styles from './queue-panel.module.css';

/** What rings now. Silence is for this desk alone and says so: the alarm stays where it is, and at other desks it goes on. */
export function SoundingBar() {
  const { t } = useTranslation();
  const store = useLiveStore();
  const { sounding, arrivals, desks, absences } = useLive('sound');
  const alarms = sounding + arrivals;
  const said = [
    alarms > 0 && t('queue.sounding', { count: alarms }),
    desks > 0 && t('room.desks-sounding', { count: desks }),
    absences > 0 && t('duty-check.sounding-here', { count: absences }),
  ].filter((one) => one !== false);
  if (said.length === 0) return null;
  return (
    <div className={styles.sounding}>
      <span>{said.join(' · ')}</span>
      <Button
        size="compact-md"
        variant="default"
        h={36}
        title={t('queue.silence-help')}
        onClick={() => store.send({ type: 'silence', id: 'all' })}
      >
        {t('queue.silence')} &nbsp; <KeyHint of="S" />
      </Button>
    </div>
  );
}
