import { Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface MadeKeyProps {
  readonly account: string;
  /** Hex digits. */
  readonly made: string;
  readonly onDone: () => void;
}

/** A key that the centre made up: this is the one moment in which it can be read. */
export function MadeKey({ account, made, onDone }: MadeKeyProps) {
  const { t } = useTranslation();
  return (
    <Stack role="status">
      <Text>{t('register.key-made', { account })}</Text>
      <Code fz="lg" p="sm" style={{ overflowWrap: 'anywhere' }}>
        {made.match(/.{1,8}/g)?.join(' ')}
      </Code>
      <Text size="sm" c="dimmed">
        {t('register.key-once')}
      </Text>
      <Group justify="space-between">
        <CopyButton value={made}>
          {({ copied, copy }) => (
            <Button variant="default" h={44} onClick={copy}>
              {copied ? t('user.copied') : t('user.copy')}
            </Button>
          )}
        </CopyButton>
        <Button h={44} onClick={onDone} data-autofocus>
          {t('common.close')}
        </Button>
      </Group>
    </Stack>
  );
}
