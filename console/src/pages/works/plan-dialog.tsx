import { Problem } from '@keng/model';
import { Group, Modal, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FacilityView } from '../../api/facilities.ts';
import { useWorksAction } from '../../api/works.ts';
import { MomentField } from '../../components/date/moment-field.tsx';
import { FormFrame } from '../../components/form-frame.tsx';
import { centreNow } from '../../components/now.ts';
import { ZoneChoice } from '../../components/zone-choice.tsx';
import { fromLocal, usualTimes } from './works-phase.ts';

interface PlanDialogProps {
  readonly facility: FacilityView;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function PlanDialog({ facility, opened, onClose }: PlanDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('works-page.plan-title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      size="lg"
    >
      {opened && <PlanForm facility={facility} onDone={onClose} />}
    </Modal>
  );
}

/** Named zones of one transmitter, never a call point; nothing is muted before the call-back. */
function PlanForm({ facility, onDone }: { readonly facility: FacilityView; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const action = useWorksAction();
  const [times, setTimes] = useState(() => usualTimes(centreNow()));
  const [transmitterId, setTransmitter] = useState<string>(facility.transmitters[0]?.id ?? '');
  const [zones, setZones] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const [requestedBy, setRequestedBy] = useState('');
  const transmitter = facility.transmitters.find((one) => one.id === transmitterId);
  const from = fromLocal(times.from);
  const until = fromLocal(times.until);

  const submit = () => {
    if (from === null || until === null) return;
    const plan = {
      facilityId: facility.id,
      transmitterId,
      zones,
      from,
      until,
      reason,
      requestedBy: requestedBy.trim() || null,
    };
    action.mutate({ name: 'plan', plan }, { onSuccess: onDone });
  };
  const at = action.error instanceof Problem ? action.error.at : undefined;
  return (
    <FormFrame
      error={action.error}
      pending={action.isPending}
      action={t('works-page.plan-do')}
      disabled={zones.length === 0}
      onSubmit={submit}
      onCancel={onDone}
    >
      <Text size="sm" c="dimmed">
        {t('works-page.plan-help')}
      </Text>
      {facility.transmitters.length > 1 && (
        <Select
          label={t('register.account')}
          data={facility.transmitters.map(({ id, account }) => ({ value: id, label: account }))}
          value={transmitterId}
          onChange={(id) => {
            setTransmitter(id ?? '');
            setZones([]);
          }}
          allowDeselect={false}
        />
      )}
      {transmitter && <ZoneChoice transmitter={transmitter} zones={zones} onChange={setZones} />}
      <Group grow align="flex-start">
        <MomentField
          label={t('works-page.from')}
          value={times.from}
          onChange={(from) => setTimes({ ...times, from })}
          required
        />
        <MomentField
          label={t('works-page.until')}
          value={times.until}
          onChange={(until) => setTimes({ ...times, until })}
          required
          error={at === 'until'}
        />
      </Group>
      <TextInput
        label={t('works-page.reason')}
        placeholder={t('works-page.reason-example')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        required
        size="md"
      />
      <TextInput
        label={t('works-page.requested-by')}
        value={requestedBy}
        onChange={(event) => setRequestedBy(event.currentTarget.value)}
        maxLength={200}
        size="md"
      />
    </FormFrame>
  );
}
