import { Alert, Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../api/problem-text.ts';
import { changeOwnPassword, type Session } from '../api/session.ts';
import { NewPassword, NOTHING_TYPED, PasswordField, typedAlike } from './password-fields.tsx';

interface OwnPasswordFormProps {
  readonly login: string;
  /** null: it has to be typed. */
  readonly current: string | null;
  readonly onChanged: (session: Session) => void;
}

export function OwnPasswordForm({ login, current: known, onChanged }: OwnPasswordFormProps) {
  const { t } = useTranslation();
  const [current, setCurrent] = useState(known ?? '');
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const changing = useMutation({
    mutationFn: () => changeOwnPassword(current, typed.next),
    onSuccess: onChanged,
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typedAlike(typed)) changing.mutate();
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        {/* Whoever keeps passwords for people must know whose this is. */}
        <input type="text" value={login} autoComplete="username" readOnly hidden />
        {known === null && (
          <PasswordField
            label={t('own-password.current')}
            value={current}
            onChange={setCurrent}
            kind="current"
            focused
          />
        )}
        <NewPassword value={typed} onChange={setTyped} focused={known !== null} />
        {changing.error && (
          <Alert color="yellow" role="alert" title={t('own-password.failed')}>
            {problemText(changing.error)}
          </Alert>
        )}
        <Button
          type="submit"
          h={44}
          loading={changing.isPending}
          disabled={typed.again !== '' && !typedAlike(typed)}
          fullWidth
        >
          {t('own-password.change')}
        </Button>
      </Stack>
    </form>
  );
}
