import type { ShiftState } from '@keng/model';
import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoomAction } from '../../api/room.ts';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { When } from '../../components/when.tsx';
import { useSession } from '../../session/session-context.tsx';
import styles from './shift.module.css';

interface PreviousProps {
  readonly shift: ShiftState;
  readonly current: ShiftState | null;
}

/** The shift before: its leader signs what was handed over, and nobody in their place. */
export function PreviousShift({ shift, current }: PreviousProps) {
  const { t } = useTranslation();
  const { session } = useSession();
  const action = useRoomAction();
  const [note, setNote] = useState('');
  const { signed, ended } = shift;
  const left =
    signed === null ? 0 : signed.notAccepted.incident + signed.notAccepted.works + signed.notAccepted.link;
  const sign = (event: FormEvent) => {
    event.preventDefault();
    action.mutate({ name: 'sign', id: shift.id, note: note.trim() || null });
  };
  return (
    <Section title={t('room.previous')}>
      <p>
        {t('room.leader')}: <b>{shift.leader.name}</b> · <When at={shift.startedAt} />
        {ended !== null && (
          <>
            {' – '}
            <When at={ended.at} />
          </>
        )}
      </p>
      {signed !== null && (
        <p data-testid="signed">
          {t('room.signed')} <When at={signed.at} />
          {left > 0 && ` · ${t('room.signed-left', { count: left })}`}
          {signed.note !== null && ` · ${signed.note}`}
        </p>
      )}
      {signed === null && ended !== null && current !== null && (
        <>
          <p className={styles.warn}>{t('room.not-signed', { name: shift.leader.name })}</p>
          {session.user.id === shift.leader.id && (
            <form onSubmit={sign}>
              <TextInput
                label={t('room.sign-note')}
                value={note}
                onChange={(event) => setNote(event.currentTarget.value)}
                maxLength={4_000}
                size="md"
              />
              <ProblemNote error={action.error} />
              <SendButton type="submit" h={44} mt="sm" loading={action.isPending}>
                {t('room.sign')}
              </SendButton>
            </form>
          )}
        </>
      )}
    </Section>
  );
}
