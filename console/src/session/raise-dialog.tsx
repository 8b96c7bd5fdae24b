import type { OrganisationCode } from '@keng/model';
import { Modal, NumberInput, Select, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Raise, useRaise } from '../api/access.ts';
import { localName, useOrganisations } from '../api/queries.ts';
import { FormFrame } from '../components/form-frame.tsx';

const ROLES = ['call-taker', 'dispatcher', 'station-officer'] as const;

interface RaiseDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Break-glass: at once, with a reason, for a while. */
export function RaiseDialog({ opened, onClose }: RaiseDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('rights.raise-title')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <RaiseForm onClose={onClose} />
    </Modal>
  );
}

function RaiseForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const organisations = useOrganisations();
  const raising = useRaise();
  const [target, setTarget] = useState<string | null>(null);
  const [role, setRole] = useState<Raise['role']>(null);
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState(60);
  const submit = () => {
    // The brand exists for the compiler only.
    if (target !== null) raising.mutate({ target: target as OrganisationCode, role, reason, minutes });
  };
  return (
    <FormFrame
      error={raising.error}
      pending={raising.isPending}
      action={t('rights.raise')}
      color="red"
      disabled={target === null}
      onSubmit={submit}
      onCancel={onClose}
    >
      <Text size="sm">{t('rights.raise-help')}</Text>
      <Select
        label={t('rights.target')}
        data={(organisations.data ?? []).map(({ code, name }) => ({ value: code, label: localName(name) }))}
        value={target}
        onChange={setTarget}
        searchable
        limit={60}
        required
        withAsterisk={false}
        size="md"
      />
      <Select
        label={t('rights.role')}
        data={[
          { value: '', label: t('rights.look-only') },
          ...ROLES.map((one) => ({ value: one, label: t(`role.${one}`) })),
        ]}
        value={role ?? ''}
        onChange={(next) => setRole(ROLES.find((one) => one === next) ?? null)}
        allowDeselect={false}
        size="md"
      />
      <NumberInput
        label={t('rights.minutes')}
        value={minutes}
        onChange={(next) => setMinutes(Number(next))}
        min={5}
        max={240}
        size="md"
      />
      <Textarea
        label={t('rights.reason')}
        description={t('rights.reason-help')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        minLength={10}
        maxLength={1_000}
        minRows={3}
        required
        withAsterisk={false}
        size="md"
      />
    </FormFrame>
  );
}
