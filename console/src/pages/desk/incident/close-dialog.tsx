import {
  FALSE_CAUSES,
  type FalseCause,
  forcesOut,
  type IncidentState,
  OUTCOMES,
  type Outcome,
} from '@keng/model';
import { Modal, Stack, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../../api/problem-text.ts';
import { SendButton } from '../../../components/send-button.tsx';
import { useDesk } from '../desk-context.tsx';
import { Choice } from './choice.tsx';

/** An outcome is always chosen, never preset: a wrong default here would become the statistics. */
export function CloseDialog({ incident }: { readonly incident: IncidentState }) {
  const { t } = useTranslation();
  const { perform, pending, error, openDialog } = useDesk();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [cause, setCause] = useState<FalseCause | null>(null);
  const [note, setNote] = useState('');
  const noteField = useRef<HTMLTextAreaElement>(null);
  // What was refused waits for a word from the keyboard, which the locked button has lost.
  useEffect(() => {
    if (error !== null) noteField.current?.focus();
  }, [error]);
  const needsNote = forcesOut(incident);
  const complete =
    outcome !== null && (outcome !== 'false' || cause !== null) && (!needsNote || note.trim() !== '');

  const close = () => {
    if (outcome === null || !complete) return;
    const action = {
      name: 'close',
      outcome,
      cause: outcome === 'false' ? cause : null,
      note: note.trim() || null,
    } as const;
    perform({ id: incident.id, action }, () => openDialog(null));
  };

  return (
    <Modal
      opened
      onClose={() => openDialog(null)}
      title={t('close.title', { number: incident.number, name: incident.facility.name })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="lg">
        <Choice
          autoFocus
          label={t('close.outcome')}
          options={OUTCOMES}
          value={outcome}
          onChange={setOutcome}
          text={(one) => t(`outcome.${one}`)}
        />
        {outcome === 'false' && (
          <Choice
            label={t('close.cause')}
            options={FALSE_CAUSES}
            value={cause}
            onChange={setCause}
            text={(one) => t(`cause.${one}`)}
          />
        )}
        <Textarea
          ref={noteField}
          label={t(needsNote ? 'close.note-forces-out' : 'close.note')}
          required={needsNote}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={4_000}
          autosize
          minRows={2}
        />
        {error !== null && <p role="alert">{problemText(error)}</p>}
        <SendButton
          h={48}
          disabled={!complete}
          loading={pending?.action.name === 'close'}
          onClick={close}
          data-testid="close-confirm"
        >
          {t('close.confirm')}
        </SendButton>
      </Stack>
    </Modal>
  );
}
