import { Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface MadePasswordProps {
  readonly login: string;
  /** null: somebody chose it. */
  readonly password: string | null;
  readonly onDone: () => void;
}

/** A password that the centre made up: this is the one moment in which it can be read. */
export function MadePassword({ login, password, onDone }: MadePasswordProps) {
  const { t } = useTranslation();
  return (
    <Stack role="status">
      {password === null ? (
        <Text>{t('user.password-set', { login })}</Text>
      ) : (
        <>
          <Text>{t('user.password-made', { login })}</Text>
          <Group>
            <Code fz="xl" p="sm">
              {password}
            </Code>
            <CopyButton value={password}>
              {({ copied, copy }) => (
                <Button variant="default" h={44} onClick={copy}>
                  {copied ? t('user.copied') : t('user.copy')}
                </Button>
              )}
            </CopyButton>
          </Group>
          <Text size="sm" c="dimmed">
            {t('user.password-once')}
          </Text>
        </>
      )}
      <Group justify="flex-end">
        <Button h={44} onClick={onDone} data-autofocus>
          {t('common.close')}
        </Button>
      </Group>
    </Stack>
  );
}
