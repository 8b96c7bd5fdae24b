import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LoginForm } from './login-form.tsx';
import { useSession } from './session-context.tsx';

/** Over the desk, which stays visible and keeps receiving; it can be put aside to look, and comes back with the next action. */
export function ExpiredDialog() {
  const { t } = useTranslation();
  const { expired, session, renewed } = useSession();
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(expired), [expired]);
  if (!expired) return null;
  return (
    <>
      <Group
        justify="center"
        p={8}
        gap="md"
        role="status"
        style={{ background: 'var(--k-warn-ground)', color: 'var(--k-warn)' }}
      >
        <Text fw={600} size="sm">
          {t('login.expired')}
        </Text>
        <Button size="compact-md" variant="default" onClick={() => setOpen(true)}>
          {t('login.again')}
        </Button>
      </Group>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={t('login.expired')}
        centered
        overlayProps={{ backgroundOpacity: 0.25, blur: 0 }}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Text size="sm" c="dimmed" mb="lg">
          {t('login.expired-help')}
        </Text>
        <LoginForm login={session.user.login} onOpened={(opened) => renewed(opened)} />
      </Modal>
    </>
  );
}
