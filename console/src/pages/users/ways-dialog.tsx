import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type UserWays,
  useEndSessions,
  useLinkSubject,
  useRemoveUserKey,
  useUserWays,
} from '../../api/user-ways.ts';
import type { UserItem } from '../../api/users.ts';
import { AsyncState } from '../../components/async-state.tsx';
import { Mono } from '../../components/data-table.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { KeyTable } from '../../session/key-table.tsx';
import { useSession } from '../../session/session-context.tsx';
import { SessionTable } from '../../session/session-table.tsx';
import { RecoverySection } from './recovery-section.tsx';

interface WaysDialogProps {
  readonly user: UserItem | null;
  readonly onClose: () => void;
}

/** How somebody logs in and where they are logged in; for their administrator, also how they come back in. */
export function WaysDialog({ user, onClose }: WaysDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={user !== null}
      onClose={onClose}
      title={t('ways.title', { login: user?.login ?? '' })}
      size="xl"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {user !== null && <Ways user={user} />}
    </Modal>
  );
}

function Ways({ user }: { readonly user: UserItem }) {
  const { t } = useTranslation();
  const { can, session } = useSession();
  const query = useUserWays(user.id);
  const ending = useEndSessions(user.id);
  const removing = useRemoveUserKey(user.id);
  const mayChange = can('user.write') && session.user.id !== user.id;
  return (
    <AsyncState query={query}>
      {(ways) => (
        <Stack>
          <ProblemNote error={ending.error ?? removing.error} />
          {mayChange && <RecoverySection user={user} open={ways.recovery} />}
          <Section
            title={t('account.sessions')}
            flush
            actions={
              mayChange &&
              ways.sessions.length > 0 && (
                <SendButton
                  variant="default"
                  h={40}
                  loading={ending.isPending}
                  onClick={() => ending.mutate(null)}
                >
                  {t('account.end-all')}
                </SendButton>
              )
            }
          >
            <SessionTable
              rows={ways.sessions}
              ending={ending.isPending}
              {...(mayChange ? { onEnd: (id: string) => ending.mutate(id) } : {})}
            />
          </Section>
          <Section title={t('account.keys')} flush={ways.passkeys.length > 0}>
            {ways.passkeys.length === 0 ? (
              <Text c="dimmed">{t('ways.no-keys')}</Text>
            ) : (
              <KeyTable
                rows={ways.passkeys}
                {...(mayChange ? { onRemove: (key: { id: string }) => removing.mutate(key.id) } : {})}
              />
            )}
          </Section>
          {ways.issuer !== null && (
            <Links user={user} ways={ways} issuer={ways.issuer} mayChange={mayChange} />
          )}
        </Stack>
      )}
    </AsyncState>
  );
}

interface LinksProps {
  readonly user: UserItem;
  readonly ways: UserWays;
  readonly issuer: string;
  readonly mayChange: boolean;
}

function Links({ user, ways, issuer, mayChange }: LinksProps) {
  const { t } = useTranslation();
  const [subject, setSubject] = useState('');
  const linking = useLinkSubject(user.id);
  return (
    <Section title={t('ways.links')} beside={issuer}>
      <Stack>
        {ways.links.length === 0 && <Text c="dimmed">{t('ways.no-link')}</Text>}
        {ways.links.map((one) => (
          <Group key={`${one.issuer} ${one.subject}`} justify="space-between">
            <Mono>{one.subject}</Mono>
            {mayChange && (
              <Button
                variant="default"
                h={40}
                onClick={() => linking.mutate({ issuer: one.issuer, subject: one.subject, linked: false })}
              >
                {t('ways.unlink')}
              </Button>
            )}
          </Group>
        ))}
        <ProblemNote error={linking.error} />
        {mayChange && (
          <Group align="end">
            <TextInput
              label={t('ways.subject')}
              value={subject}
              onChange={(event) => setSubject(event.currentTarget.value)}
              maxLength={255}
              size="md"
              flex={1}
            />
            <SendButton
              h={44}
              disabled={subject.trim() === ''}
              loading={linking.isPending}
              onClick={() => linking.mutate({ issuer, subject: subject.trim(), linked: true })}
            >
              {t('ways.link')}
            </SendButton>
          </Group>
        )}
      </Stack>
    </Section>
  );
}
