import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../api/problem-text.ts';
import { logIn, type Session } from '../api/session.ts';

export interface LoginFormProps {
  readonly login?: string;
  /** With the password that was typed. */
  readonly onOpened: (session: Session, password: string) => void;
}

export function LoginForm({ login: known = '', onOpened }: LoginFormProps) {
  const { t } = useTranslation();
  const [login, setLogin] = useState(known);
  const [password, setPassword] = useState('');
  const opening = useMutation({
    mutationFn: () => logIn(login.trim(), password),
    onSuccess: (session) => onOpened(session, password),
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    opening.mutate();
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <TextInput
          label={t('login.login')}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          size="md"
          required
          withAsterisk={false}
          data-autofocus={known === '' || undefined}
        />
        <PasswordInput
          label={t('login.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          size="md"
          required
          withAsterisk={false}
          data-autofocus={known !== '' || undefined}
        />
        {opening.error && (
          <Alert color="yellow" role="alert" title={t('login.failed')}>
            {problemText(opening.error)}
          </Alert>
        )}
        <Button type="submit" h={44} loading={opening.isPending} fullWidth>
          {t('login.enter')}
        </Button>
      </Stack>
    </form>
  );
}
