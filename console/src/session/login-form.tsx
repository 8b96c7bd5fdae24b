import { Alert, Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../api/problem-text.ts';
import { logIn, type Session } from '../api/session.ts';
import { LoginField } from './code-field.tsx';
import { OtherWays } from './other-ways.tsx';
import { PasswordField } from './password-fields.tsx';
import { RecoveryForm } from './recovery-form.tsx';

export interface LoginFormProps {
  readonly login?: string;
  /** With the password that was typed; null: somebody came in another way. */
  readonly onOpened: (session: Session, password: string | null) => void;
}

/** Password first, because everybody has one; keys, the provider and the paper below it. */
export function LoginForm({ login: known = '', onOpened }: LoginFormProps) {
  const { t } = useTranslation();
  const [login, setLogin] = useState(known);
  const [password, setPassword] = useState('');
  const [onPaper, setOnPaper] = useState(false);
  const opening = useMutation({
    mutationFn: () => logIn(login.trim(), password),
    onSuccess: (session) => onOpened(session, password),
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    opening.mutate();
  };
  if (onPaper) return <RecoveryForm login={login} onOpened={onOpened} onBack={() => setOnPaper(false)} />;

  return (
    <Stack gap="lg">
      <form onSubmit={submit}>
        <Stack gap="lg">
          <LoginField value={login} onChange={setLogin} focused={known === ''} />
          <PasswordField
            label={t('login.password')}
            value={password}
            onChange={setPassword}
            kind="current"
            focused={known !== ''}
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
      <OtherWays onOpened={onOpened} />
      <Button
        variant="subtle"
        color="gray"
        h="auto"
        mih={44}
        fullWidth
        // In Russian it takes two lines on a telephone.
        styles={{ label: { whiteSpace: 'normal' } }}
        onClick={() => setOnPaper(true)}
      >
        <Text size="sm">{t('login.recover')}</Text>
      </Button>
    </Stack>
  );
}
