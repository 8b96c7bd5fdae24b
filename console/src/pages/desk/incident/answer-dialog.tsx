import { type IncidentState, OWNER_ANSWERS, type OwnerAnswer } from '@keng/model';
import { Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../../api/problem-text.ts';
import { SendButton } from '../../../components/send-button.tsx';
import { useDesk } from '../desk-context.tsx';
import { Choice } from './choice.tsx';
import { contactLines } from './contact-lines.ts';
import { useContactsOf } from './owner-section.tsx';

/** The desk rang the facility: who spoke, and what they said. "False" closes nothing. */
export function AnswerDialog({ incident }: { readonly incident: IncidentState }) {
  const { t } = useTranslation();
  const { perform, pending, error, openDialog } = useDesk();
  const { data } = useContactsOf(incident);
  const lines = contactLines(incident.owner, data?.contacts ?? []);
  const [who, setWho] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [answer, setAnswer] = useState<OwnerAnswer | null>(null);
  const chosen = lines.find((line) => line.key === who);
  const person = chosen?.name ?? name.trim();

  const write = () => {
    if (answer === null || person === '') return;
    const action = { name: 'owner-answer', contactId: chosen?.contactId ?? null, person, answer } as const;
    perform({ id: incident.id, action }, () => openDialog(null));
  };

  return (
    <Modal
      opened
      onClose={() => openDialog(null)}
      title={t('answer-dialog.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="lg">
        {lines.length > 0 && (
          <Choice
            autoFocus
            label={t('answer-dialog.who')}
            options={lines.map((line) => line.key)}
            value={who}
            onChange={(key) => {
              setWho(key);
              setName('');
            }}
            text={(key) => lines.find((line) => line.key === key)?.name ?? key}
          />
        )}
        <TextInput
          label={t('answer-dialog.other')}
          value={name}
          maxLength={200}
          onChange={(event) => {
            setName(event.currentTarget.value);
            setWho(null);
          }}
        />
        <Choice
          label={t('answer-dialog.answer')}
          options={OWNER_ANSWERS}
          value={answer}
          onChange={setAnswer}
          text={(one) => t(`answer.${one}`)}
        />
        <Text size="sm" c="dimmed">
          {t('answer-dialog.help')}
        </Text>
        {error !== null && <p role="alert">{problemText(error)}</p>}
        <SendButton
          h={48}
          disabled={answer === null || person === ''}
          loading={pending?.action.name === 'owner-answer'}
          onClick={write}
        >
          {t('answer-dialog.write')}
        </SendButton>
      </Stack>
    </Modal>
  );
}
