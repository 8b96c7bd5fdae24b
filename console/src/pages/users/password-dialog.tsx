import { Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type UserItem, useSetPassword } from '../../api/users.ts';
import { FormFrame } from '../../components/form-frame.tsx';
import { PasswordField } from '../../session/password-fields.tsx';
import { MadePassword } from './made-password.tsx';

interface PasswordDialogProps {
  readonly user: UserItem | null;
  readonly onClose: () => void;
}

export function PasswordDialog({ user, onClose }: PasswordDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={user !== null}
      onClose={onClose}
      title={t('user.password-title', { login: user?.login ?? '' })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      centered
    >
      {user !== null && <PasswordForm user={user} onDone={onClose} />}
    </Modal>
  );
}

/** Left empty, the centre makes one up. All sessions of that person end. */
function PasswordForm({ user, onDone }: { readonly user: UserItem; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const setting = useSetPassword();
  const submit = () => {
    setting.mutate({ id: user.id, password: password === '' ? null : password });
  };
  if (setting.data)
    return <MadePassword login={user.login} password={setting.data.password} onDone={onDone} />;
  return (
    <FormFrame
      error={setting.error}
      pending={setting.isPending}
      action={password === '' ? t('user.make-password') : t('common.save')}
      onSubmit={submit}
      onCancel={onDone}
    >
      <Text size="sm" c="dimmed">
        {t('user.password-help')}
      </Text>
      <PasswordField
        label={t('user.new-password')}
        value={password}
        onChange={setPassword}
        kind="new"
        required={false}
        focused
      />
    </FormFrame>
  );
}
