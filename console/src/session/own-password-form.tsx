import { Alert, Button, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../api/problem-text.ts';
import { changeOwnPassword, type Session } from '../api/session.ts';

interface OwnPasswordFormProps {
  readonly login: string;
  /** null: it has to be typed. */
  readonly current: string | null;
  readonly onChanged: (session: Session) => void;
}

/** The centre knows the rules and says which one a password breaks; here only that it was typed twice alike. */
export function OwnPasswordForm({ login, current: known, onChanged }: OwnPasswordFormProps) {
  const { t } = useTranslation();
  const [current, setCurrent] = useState(known ?? '');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const changing = useMutation({
    mutationFn: () => changeOwnPassword(current, next),
    onSuccess: onChanged,
  });
  const unlike = again !== '' && again !== next;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (next === again) changing.mutate();
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        {/* Whoever keeps passwords for people must know whose this is. */}
        <input type="text" value={login} autoComplete="username" readOnly hidden />
        {known === null && (
          <PasswordInput
            label={t('own-password.current')}
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            autoComplete="current-password"
            size="md"
            required
            withAsterisk={false}
            data-autofocus
          />
        )}
        <PasswordInput
          label={t('own-password.next')}
          description={t('own-password.rules')}
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          autoComplete="new-password"
          size="md"
          required
          withAsterisk={false}
          data-autofocus={known !== null || undefined}
        />
        <PasswordInput
          label={t('own-password.again')}
          value={again}
          onChange={(event) => setAgain(event.currentTarget.value)}
          autoComplete="new-password"
          size="md"
          required
          withAsterisk={false}
          error={unlike && t('own-password.unlike')}
        />
        {changing.error && (
          <Alert color="yellow" role="alert" title={t('own-password.failed')}>
            {problemText(changing.error)}
          </Alert>
        )}
        <Button type="submit" h={44} loading={changing.isPending} disabled={unlike} fullWidth>
          {t('own-password.change')}
        </Button>
      </Stack>
    </form>
  );
}
