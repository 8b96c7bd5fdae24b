import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoomAction } from '../../api/room.ts';
import { SendButton } from '../../components/send-button.tsx';
import { useSound } from '../../sound/sound-context.tsx';

interface SoundTestProps {
  /** Where the answer belongs to a form; absent: it is recorded at once. */
  readonly answer?: boolean | null;
  readonly onAnswer?: (heard: boolean) => void;
}

/** Rings once and asks: an amplifier that is switched off is known to nobody but the person in the room. */
export function SoundTest({ answer = null, onAnswer }: SoundTestProps) {
  const { t } = useTranslation();
  const { test } = useSound();
  const action = useRoomAction();
  const [asked, ask] = useState(false);
  const tell = (heard: boolean) => {
    if (onAnswer) onAnswer(heard);
    else action.mutate({ name: 'sound-test', heard });
    ask(false);
  };
  return (
    <Group gap="sm" role="group" aria-label={t('room.sound-test')}>
      <Button
        variant="default"
        h={44}
        onClick={() => {
          void test();
          ask(true);
        }}
      >
        {t('room.sound-test')}
      </Button>
      {asked && (
        <>
          <span>{t('room.heard-question')}</span>
          <SendButton h={44} onClick={() => tell(true)}>
            {t('room.heard-yes')}
          </SendButton>
          <SendButton h={44} variant="default" onClick={() => tell(false)}>
            {t('room.heard-no')}
          </SendButton>
        </>
      )}
      {!asked && answer !== null && (
        <span role="status">{t(answer ? 'room.heard' : 'room.fault-not-heard')}</span>
      )}
    </Group>
  );
}
