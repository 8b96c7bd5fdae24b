import { Modal, NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FacilityView } from '../../../api/facilities.ts';
import { useFacilityPost } from '../../../api/facility-safety.ts';
import { FormFrame } from '../../../components/form-frame.tsx';
import { centreNow } from '../../../components/now.ts';
import { ZoneChoice } from '../../../components/zone-choice.tsx';

interface TestDialogProps {
  readonly facility: FacilityView;
  readonly opened: boolean;
  readonly onClose: () => void;
}

const HOURS = [1, 2, 3, 4];

/** Announces a test: which zones, for how long. What it does not do stands above the button. */
export function TestDialog({ facility, opened, onClose }: TestDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('portal.test')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {opened && <TestForm facility={facility} onDone={onClose} />}
    </Modal>
  );
}

function TestForm({ facility, onDone }: { readonly facility: FacilityView; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const sending = useFacilityPost(facility.id);
  const [transmitterId, setTransmitter] = useState<string>(facility.transmitters[0]?.id ?? '');
  const [zones, setZones] = useState<readonly string[]>([]);
  const [hours, setHours] = useState('1');
  const [reason, setReason] = useState('');
  const transmitter = facility.transmitters.find((one) => one.id === transmitterId);
  const submit = () => {
    const until = new Date(centreNow() + Number(hours) * 3_600_000).toISOString();
    const path = `/my/facilities/${facility.id}/tests`;
    sending.mutate({ path, body: { transmitterId, zones, until, reason } }, { onSuccess: onDone });
  };
  return (
    <FormFrame
      error={sending.error}
      pending={sending.isPending}
      action={t('portal.test-announce')}
      disabled={zones.length === 0}
      onSubmit={submit}
      onCancel={onDone}
    >
      <Text size="sm">{t('portal.test-help')}</Text>
      {facility.transmitters.length > 1 && (
        <NativeSelect
          label={t('register.account')}
          data={facility.transmitters.map(({ id, account }) => ({ value: id, label: account }))}
          value={transmitterId}
          onChange={(event) => {
            setTransmitter(event.currentTarget.value);
            setZones([]);
          }}
          size="md"
        />
      )}
      {transmitter && <ZoneChoice transmitter={transmitter} zones={zones} onChange={setZones} />}
      <NativeSelect
        label={t('portal.test-for')}
        data={HOURS.map((count) => ({ value: String(count), label: t('portal.hours', { count }) }))}
        value={hours}
        onChange={(event) => setHours(event.currentTarget.value)}
        size="md"
      />
      <TextInput
        label={t('portal.test-reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        required
        size="md"
      />
    </FormFrame>
  );
}
