import {
  Button,
  Checkbox,
  Group,
  Modal,
  NativeSelect,
  ScrollArea,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FacilityView } from '../../../api/facilities.ts';
import { useFacilityPost } from '../../../api/facility-safety.ts';
import { centreNow } from '../../../components/now.ts';
import { ProblemNote } from '../../../components/problem-note.tsx';

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
  const [zones, setZones] = useState<string[]>([]);
  const [hours, setHours] = useState('1');
  const [reason, setReason] = useState('');
  const transmitter = facility.transmitters.find((one) => one.id === transmitterId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const until = new Date(centreNow() + Number(hours) * 3_600_000).toISOString();
    const path = `/my/facilities/${facility.id}/tests`;
    sending.mutate({ path, body: { transmitterId, zones, until, reason } }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
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
        <Checkbox.Group
          label={t('works-page.zones-chosen', { count: zones.length })}
          value={zones}
          onChange={setZones}
        >
          <ScrollArea.Autosize mah={240} mt={4} viewportProps={{ tabIndex: 0 }}>
            {transmitter?.zones.map((zone) => (
              <Checkbox
                key={zone.number}
                value={zone.number}
                disabled={zone.kind === 'manual'}
                label={`${zone.number} · ${zone.label} · ${t(`register.kind-${zone.kind}`)}`}
                {...(zone.kind === 'manual' ? { description: t('works-page.call-point') } : {})}
                py={8}
              />
            ))}
          </ScrollArea.Autosize>
        </Checkbox.Group>
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
        <ProblemNote error={sending.error} />
        <Group justify="flex-end">
          <Button variant="default" h={44} onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" h={44} loading={sending.isPending} disabled={zones.length === 0}>
            {t('portal.test-announce')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
