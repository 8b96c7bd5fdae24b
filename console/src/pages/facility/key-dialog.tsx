import type { Transmitter } from '@keng/model';
import { Group, Modal, PasswordInput, SegmentedControl, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMakeKey, useSetKey } from '../../api/facilities.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { MadeKey } from './made-key.tsx';

interface KeyDialogProps {
  readonly facility: string;
  readonly transmitter: Transmitter;
  readonly opened: boolean;
  readonly onClose: () => void;
}

type Form = 'hex' | 'ascii';

/** Most devices take this one; some of DC-09 only 128, which their key is then typed in as. */
const MADE_BITS = 256;

/** A key can be written or made up, and never read: the field is empty every time. */
export function KeyDialog({ facility, transmitter, opened, onClose }: KeyDialogProps) {
  const { t } = useTranslation();
  const [key, setKey] = useState('');
  const [form, setForm] = useState<Form>('hex');
  const setting = useSetKey();
  const making = useMakeKey();
  const leave = () => {
    setKey('');
    setting.reset();
    making.reset();
    onClose();
  };
  const send = (next: string | null) =>
    setting.mutate({ facility, transmitter: transmitter.id, key: next, form }, { onSuccess: leave });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(key);
  };
  return (
    <Modal
      opened={opened}
      onClose={leave}
      title={t('register.key-title', { account: transmitter.account })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      centered
    >
      {making.data ? (
        <MadeKey account={transmitter.account} made={making.data.key} onDone={leave} />
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <Text size="sm" c="dimmed">
              {t('register.key-help')}
            </Text>
            <SegmentedControl
              aria-label={t('register.key-form')}
              value={form}
              onChange={setForm}
              data={[
                { value: 'hex', label: t('register.key-hex') },
                { value: 'ascii', label: t('register.key-ascii') },
              ]}
            />
            <PasswordInput
              label={t('register.key')}
              value={key}
              onChange={(event) => setKey(event.currentTarget.value)}
              autoComplete="off"
              required
              size="md"
              data-autofocus
            />
            <ProblemNote error={setting.error ?? making.error} />
            <Group justify="space-between">
              {transmitter.encrypted ? (
                <SendButton variant="default" h={44} loading={setting.isPending} onClick={() => send(null)}>
                  {t('register.key-remove')}
                </SendButton>
              ) : (
                <span />
              )}
              <Group>
                <SendButton
                  variant="default"
                  h={44}
                  loading={making.isPending}
                  onClick={() => making.mutate({ facility, transmitter: transmitter.id, bits: MADE_BITS })}
                >
                  {t('register.key-make')}
                </SendButton>
                <SendButton type="submit" h={44} loading={setting.isPending}>
                  {t('common.save')}
                </SendButton>
              </Group>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
