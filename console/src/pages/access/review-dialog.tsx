import type { ReviewOutcome } from '@keng/model';
import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RaisedItem, useReviewRaised } from '../../api/access.ts';
import { useOrganisationName } from '../../api/queries.ts';
import { ProblemNote } from '../../components/problem-note.tsx';

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
    <Modal
      opened
      onClose={onClose}
      title={`${t(`rights.${outcome}`)}: ${raised.user.name}`}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      centered
    >
      <Stack>
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
        <ProblemNote error={reviewing.error} />
        <Group justify="flex-end">
          <Button variant="default" h={44} onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            h={44}
            loading={reviewing.isPending}
            disabled={isNeeded && note.trim() === ''}
            onClick={save}
          >
            {t(`rights.${outcome}`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
