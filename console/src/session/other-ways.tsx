import { Alert, Button, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keysWork } from '../api/passkey.ts';
import { problemText } from '../api/problem-text.ts';
import { finishWithKey, goToProvider, loadWaysIn, logInWithKey } from '../api/session.ts';
import type { LoginFormProps } from './login-form.tsx';
import { takeReturn } from './provider-return.ts';

/** Keys and the provider; a provider that is away is named, and nobody is kept from the other ways. */
export function OtherWays({ onOpened }: Pick<LoginFormProps, 'onOpened'>) {
  const { t } = useTranslation();
  const ways = useQuery({ queryKey: ['ways-in'], queryFn: loadWaysIn, staleTime: 15_000, retry: 0 });
  // Read once: it is in the address only until somebody has seen it.
  const [returned] = useState(takeReturn);
  const byKey = useMutation({
    mutationFn: returned?.kind === 'key-wanted' ? finishWithKey : logInWithKey,
    onSuccess: (session) => onOpened(session, null),
  });
  const byProvider = useMutation({ mutationFn: goToProvider });
  const { mutate: answer } = byKey;
  useEffect(() => {
    if (returned?.kind === 'key-wanted') answer();
  }, [returned, answer]);

  const provider = ways.data?.provider ?? null;
  const error = byKey.error ?? byProvider.error ?? (returned?.kind === 'refused' ? returned.problem : null);
  return (
    <Stack gap="sm">
      {returned?.kind === 'key-wanted' && byKey.isPending && (
        <Alert role="status">{t('login.key-wanted')}</Alert>
      )}
      {error && (
        <Alert color="yellow" role="alert" title={t('login.failed')}>
          {problemText(error)}
        </Alert>
      )}
      {ways.data?.passkey === true && keysWork() && (
        <Button variant="default" h={44} loading={byKey.isPending} onClick={() => byKey.mutate()} fullWidth>
          {t('login.key')}
        </Button>
      )}
      {provider?.reachable && (
        <Button
          variant="default"
          h={44}
          loading={byProvider.isPending}
          onClick={() => byProvider.mutate()}
          fullWidth
        >
          {t('login.provider', { name: provider.name })}
        </Button>
      )}
      {provider !== null && !provider.reachable && (
        <Alert color="gray" role="status">
          {t('login.provider-away', { name: provider.name })}
        </Alert>
      )}
    </Stack>
  );
}
