import { Button, Checkbox, Code, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type IssuedCode,
  type UserWays,
  useConfirmRecovery,
  useIssueRecovery,
  useWithdrawRecovery,
} from '../../api/user-ways.ts';
import type { UserItem } from '../../api/users.ts';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { When } from '../../components/when.tsx';
import styles from './recovery-section.module.css';

interface RecoverySectionProps {
  readonly user: UserItem;
  readonly open: UserWays['recovery'];
}

/** A one-time code on paper for somebody who cannot log in any more. */
export function RecoverySection({ user, open }: RecoverySectionProps) {
  const { t } = useTranslation();
  const [lostKeys, setLostKeys] = useState(false);
  const issuing = useIssueRecovery(user.id);
  const confirming = useConfirmRecovery(user.id);
  const withdrawing = useWithdrawRecovery(user.id);
  return (
    <Section title={t('ways.recovery')}>
      <Stack>
        {issuing.data ? (
          <Paper user={user} issued={issuing.data} />
        ) : (
          <Text size="sm" c="dimmed">
            {t('ways.recovery-help')}
          </Text>
        )}
        {open !== null && !issuing.data && (
          <Text size="sm" role="status">
            {t('ways.open')}: {t('ways.issued-by')} {open.issuedBy ?? t('ways.machine')},{' '}
            {t('ways.valid-until')} <When at={open.expiresAt} />. {open.waits && t('ways.waits')}
          </Text>
        )}
        <ProblemNote error={issuing.error ?? confirming.error ?? withdrawing.error} />
        <Checkbox
          label={t('ways.lost-keys')}
          checked={lostKeys}
          onChange={(event) => setLostKeys(event.currentTarget.checked)}
        />
        <Group>
          <SendButton h={44} loading={issuing.isPending} onClick={() => issuing.mutate(lostKeys)}>
            {t('ways.issue')}
          </SendButton>
          {open?.waits && (
            <SendButton
              variant="default"
              h={44}
              loading={confirming.isPending}
              onClick={() => confirming.mutate(undefined)}
            >
              {t('ways.confirm')}
            </SendButton>
          )}
          {open !== null && (
            <SendButton
              variant="default"
              h={44}
              loading={withdrawing.isPending}
              onClick={() => withdrawing.mutate(undefined, { onSuccess: () => issuing.reset() })}
            >
              {t('ways.withdraw')}
            </SendButton>
          )}
        </Group>
      </Stack>
    </Section>
  );
}

/** What is printed: it is shown only now. */
function Paper({ user, issued }: { readonly user: UserItem; readonly issued: IssuedCode }) {
  const { t } = useTranslation();
  return (
    <div className={styles.paper} role="status" data-print="alone">
      <Text fw={600}>{t('ways.issued', { login: user.login })}</Text>
      <Code fz="xl" p="sm">
        {issued.code}
      </Code>
      <Text size="sm">
        {t('ways.valid-until')} <When at={issued.expiresAt} />. {issued.waits && t('ways.waits')}
      </Text>
      <Text size="sm">{t('ways.print-how')}</Text>
      <Button className={styles.screen} variant="default" h={44} onClick={() => window.print()}>
        {t('ways.print')}
      </Button>
    </div>
  );
}
