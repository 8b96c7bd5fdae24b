import type { IncidentState } from '@keng/model';
import { Modal, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post, trusted } from '../../../api/client.ts';
import { FormFrame } from '../../../components/form-frame.tsx';
import { centreNow } from '../../../components/now.ts';
import { SendButton } from '../../../components/send-button.tsx';
import { useLiveStore } from '../../../live/live-context.tsx';

const HOURS = ['0.25', '0.5', '1', '2', '4'] as const;

/** Lays an accepted incident aside for a while, with a reason; whatever is new brings it back before. */
export function ShelveControl({ incident }: { readonly incident: IncidentState }) {
  const { t } = useTranslation();
  const store = useLiveStore();
  const [opened, open] = useState(false);
  const [reason, setReason] = useState('');
  const [hours, setHours] = useState<string>('1');
  const send = useMutation({
    mutationFn: (back: boolean) => {
      const until = new Date(centreNow() + Number(hours) * 3_600_000 - 1_000).toISOString();
      return back
        ? post(`/incidents/${incident.id}/unshelve`, {}, trusted<IncidentState>())
        : post(`/incidents/${incident.id}/shelve`, { reason, until }, trusted<IncidentState>());
    },
    onSuccess: (state) => {
      store.send({ type: 'adopt', incident: state });
      open(false);
    },
  });
  if (incident.shelved !== undefined) {
    return (
      <SendButton h={48} variant="default" loading={send.isPending} onClick={() => send.mutate(true)}>
        {t('room.unshelve')}
      </SendButton>
    );
  }
  const submit = () => {
    send.mutate(false);
  };
  return (
    <>
      <SendButton h={48} variant="default" data-testid="shelve" onClick={() => open(true)}>
        {t('room.shelve')}
      </SendButton>
      <Modal
        opened={opened}
        onClose={() => open(false)}
        title={t('room.shelve-title', { number: incident.number })}
        closeButtonProps={{ 'aria-label': t('common.close') }}
        centered
      >
        <FormFrame
          error={send.error}
          pending={send.isPending}
          action={t('room.shelve')}
          disabled={reason.trim() === ''}
          onSubmit={submit}
          onCancel={() => open(false)}
        >
          <TextInput
            label={t('room.shelve-reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={1_000}
            required
            size="md"
            data-autofocus
          />
          <Select
            label={t('room.shelve-for')}
            data={HOURS.map((value) => ({ value, label: t('room.hours', { count: Number(value) }) }))}
            value={hours}
            onChange={(value) => setHours(value ?? '1')}
            allowDeselect={false}
            size="md"
          />
          <p className="k-dim">{t('room.shelve-help')}</p>
        </FormFrame>
      </Modal>
    </>
  );
}
