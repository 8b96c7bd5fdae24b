import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from './problem-note.tsx';
import { SendButton } from './send-button.tsx';

interface ConfirmDialogProps {
  readonly opened?: boolean;
  readonly title: string;
  /** What follows from it, and what is asked of the person. */
  readonly children: ReactNode;
  /** The word of the act itself: a button that says "yes" is pressed unread. */
  readonly act: string;
  readonly color?: string;
  readonly disabled?: boolean;
  readonly pending: boolean;
  readonly error: unknown;
  /** Which button has the focus; unset: something in it asks for it. */
  readonly focus?: 'act' | 'cancel';
  readonly onAct: () => void;
  readonly onClose: () => void;
}

/** Asks once before what cannot be taken back. */
export function ConfirmDialog({ opened = true, focus, onAct, onClose, ...props }: ConfirmDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      centered
    >
      <Stack>
        {props.children}
        <ProblemNote error={props.error} />
        <Group justify="flex-end">
          <Button variant="default" h={44} data-autofocus={focus === 'cancel' || undefined} onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <SendButton
            {...(props.color === undefined ? {} : { color: props.color })}
            h={44}
            data-autofocus={focus === 'act' || undefined}
            loading={props.pending}
            disabled={props.disabled ?? false}
            onClick={onAct}
          >
            {props.act}
          </SendButton>
        </Group>
      </Stack>
    </Modal>
  );
}
