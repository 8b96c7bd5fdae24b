import { Alert, Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../api/problem-text.ts';
import { recover } from '../api/session.ts';
import { CodeField, LoginField } from './code-field.tsx';
import type { LoginFormProps } from './login-form.tsx';
import { NewPassword, NOTHING_TYPED, typedAlike } from './password-fields.tsx';

interface RecoveryFormProps extends Pick<LoginFormProps, 'onOpened'> {
  readonly login: string;
  readonly onBack: () => void;
}

/** From paper: the code, and a new password that nobody else knows. */
export function RecoveryForm({ login: known, onOpened, onBack }: RecoveryFormProps) {
  const { t } = useTranslation();
  const [login, setLogin] = useState(known);
  const [code, setCode] = useState('');
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const recovering = useMutation({
    mutationFn: () => recover(login.trim(), code, typed.next),
    onSuccess: (session) => onOpened(session, null),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typedAlike(typed)) recovering.mutate();
  };
  return (
    <form onSubmit={submit} aria-label={t('login.recover-title')}>
      <Stack gap="lg">
        <Text fw={600}>{t('login.recover-title')}</Text>
        <Text size="sm" c="dimmed">
          {t('login.recover-help')}
        </Text>
        <LoginField value={login} onChange={setLogin} />
        <CodeField
          label={t('login.code')}
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        <NewPassword value={typed} onChange={setTyped} />
        {recovering.error && (
          <Alert color="yellow" role="alert" title={t('login.failed')}>
            {problemText(recovering.error)}
          </Alert>
        )}
        <Button
          type="submit"
          h={44}
          loading={recovering.isPending}
          disabled={typed.again !== '' && !typedAlike(typed)}
          fullWidth
        >
          {t('login.enter')}
        </Button>
        <Button variant="subtle" color="gray" h={44} fullWidth onClick={onBack}>
          {t('login.back')}
        </Button>
      </Stack>
    </form>
  );
}
