import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRegisterKey } from '../api/account.ts';
import { keysWork } from '../api/passkey.ts';
import { FormFrame } from '../components/form-frame.tsx';
import { PasswordField } from './password-fields.tsx';

interface KeyFormProps {
  readonly onDone: () => void;
}

/** A new key under a name: the password once more, then the browser asks for the key. */
export function KeyForm({ onDone }: KeyFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const registering = useRegisterKey();
  if (!keysWork()) return <Text>{t('account.needs-name')}</Text>;
  const submit = () => {
    registering.mutate({ name: name.trim(), password }, { onSuccess: onDone });
  };
  return (
    <FormFrame
      error={registering.error}
      pending={registering.isPending}
      action={t('account.add-key')}
      onSubmit={submit}
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
      <PasswordField
        label={t('account.password-again')}
        description={t('account.password-why')}
        value={password}
        onChange={setPassword}
        kind="current"
      />
    </FormFrame>
  );
}
