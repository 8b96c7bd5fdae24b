import { type Form01, RECEPTION_CHANNELS, type Reception, type ReceptionChannel } from '@keng/model';
import { Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDutyAction } from '../../api/room.ts';
import { FormFrame } from '../../components/form-frame.tsx';

const FIELDS = [
  'reporterName',
  'reporterAddress',
  'reporterTelephone',
  'burning',
  'spread',
  'people',
  'losses',
  'handling',
] as const;
type Field = (typeof FIELDS)[number];

interface ReceptionProps {
  readonly line: Form01;
  readonly onClose: () => void;
}

/** What form 01 asks beyond what the log knows: who called, what burns, who is in danger. */
export function ReceptionDialog({ line, onClose }: ReceptionProps) {
  const { t } = useTranslation();
  const action = useDutyAction();
  const [channel, setChannel] = useState<ReceptionChannel>(line.channel);
  const [texts, setTexts] = useState<Readonly<Record<Field, string>>>(
    () => Object.fromEntries(FIELDS.map((field) => [field, line[field] ?? ''])) as Record<Field, string>,
  );
  const submit = () => {
    const written = Object.fromEntries(FIELDS.map((field) => [field, texts[field].trim() || null]));
    // Every field of the form is among FIELDS.
    const reception = { channel, ...written } as Reception;
    action.mutate({ name: 'reception', id: line.incidentId, reception }, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${t('room.form-write')} · ${line.number}`}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      size="lg"
    >
      <FormFrame
        error={action.error}
        pending={action.isPending}
        gap="xs"
        action={t('room.save')}
        onSubmit={submit}
        onCancel={onClose}
      >
        <Select
          label={t('room.form-channel')}
          data={RECEPTION_CHANNELS.map((one) => ({ value: one, label: t(`room.channel-${one}`) }))}
          value={channel}
          onChange={(value) => setChannel(RECEPTION_CHANNELS.find((one) => one === value) ?? channel)}
          allowDeselect={false}
          size="md"
        />
        {FIELDS.map((field) => {
          const props = {
            label: t(`room.form-${field}`),
            value: texts[field],
            maxLength: field === 'handling' ? 4_000 : field === 'reporterTelephone' ? 64 : 200,
            onChange: (event: { currentTarget: { value: string } }) => {
              const { value } = event.currentTarget;
              setTexts((before) => ({ ...before, [field]: value }));
            },
          };
          return field === 'handling' ? (
            <Textarea key={field} {...props} autosize minRows={2} />
          ) : (
            <TextInput key={field} {...props} size="md" />
          );
        })}
      </FormFrame>
    </Modal>
  );
}
