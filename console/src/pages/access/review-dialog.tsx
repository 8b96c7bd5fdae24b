import type { ReviewOutcome } from '@keng/model';
import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RaisedItem, useReviewRaised } from '../../api/access.ts';
import { useOrganisationName } from '../../api/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';

interface ReviewDialogProps {
  readonly raised: RaisedItem;
  readonly outcome: ReviewOutcome;
  readonly onClose: () => void;
}

/** Asked once, for it stays: what was found, which nobody may leave out who says that the rights were not justified. */
export function ReviewDialog({ raised, outcome, onClose }: ReviewDialogProps) {
  const { t } = useTranslation();
  const nameOf = useOrganisationName();
  const reviewing = useReviewRaised();
  const [note, setNote] = useState('');
  const isNeeded = outcome === 'not-justified';
  const save = () =>
    reviewing.mutate({ id: raised.id, outcome, note: note.trim() }, { onSuccess: () => onClose() });
  return (
    <ConfirmDialog
      title={`${t(`rights.${outcome}`)}: ${raised.user.name}`}
      act={t(`rights.${outcome}`)}
      disabled={isNeeded && note.trim() === ''}
      pending={reviewing.isPending}
      error={reviewing.error}
      onAct={save}
      onClose={onClose}
    >
      <Text>
        {nameOf(raised.target)}: {raised.reason}
      </Text>
      <Textarea
        label={t(isNeeded ? 'rights.found' : 'rights.found-optional')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        required={isNeeded}
        maxLength={1_000}
        autosize
        minRows={3}
        data-autofocus
      />
    </ConfirmDialog>
  );
}
