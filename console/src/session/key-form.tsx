import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRegisterKey } from '../api/account.ts';
import { keysWork } from '../api/passkey.ts';
import { ProvedForm } from './proved-form.tsx';

interface KeyFormProps {
  readonly onDone: () => void;
}

/** A new key under a name: the password once more, then the browser asks for the key. */
export function KeyForm({ onDone }: KeyFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const registering = useRegisterKey();
  if (!keysWork()) return <Text>{t('account.needs-name')}</Text>;
  return (
    <ProvedForm
      action={t('account.add-key')}
      change={registering}
      onSubmit={(password) => registering.mutate({ name: name.trim(), password }, { onSuccess: onDone })}
    >
      <TextInput
        label={t('account.key-name')}
        description={t('account.key-name-help')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={100}
        required
        withAsterisk={false}
        size="md"
        data-autofocus
      />
    </ProvedForm>
  );
}
