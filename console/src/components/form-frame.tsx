import { Button, Group, type MantineSpacing, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from './problem-note.tsx';
import { SendButton } from './send-button.tsx';

export interface FormFootProps {
  readonly error: unknown;
  readonly pending: boolean;
  /** What the form does, on its button; without it "save". */
  readonly action?: string;
  readonly disabled?: boolean;
  /** `red`: what is done here is not lightly undone. */
  readonly color?: 'red';
  /** 48 on pages that are filled in with a thumb. */
  readonly height?: 44 | 48;
  /** To the left of the buttons: how far one is. */
  readonly beside?: ReactNode;
  /** Without it there is no way back but the dialog's own. */
  readonly onCancel?: (() => void) | undefined;
}

/** The end of a form: what went wrong, the way back, and the button that does it. */
export function FormFoot({
  error,
  pending,
  action,
  disabled,
  color,
  height,
  beside,
  onCancel,
}: FormFootProps) {
  const { t } = useTranslation();
  const buttons = (
    <>
      {onCancel && (
        <Button variant="default" h={height ?? 44} onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      )}
      <SendButton
        type="submit"
        h={height ?? 44}
        loading={pending}
        disabled={disabled ?? false}
        {...(color === undefined ? {} : { color })}
      >
        {action ?? t('common.save')}
      </SendButton>
    </>
  );
  return (
    <>
      <ProblemNote error={error} />
      <Group justify={beside === undefined ? 'flex-end' : 'space-between'}>
        {beside}
        {beside === undefined ? buttons : <Group>{buttons}</Group>}
      </Group>
    </>
  );
}

interface FormFrameProps extends FormFootProps {
  readonly children: ReactNode;
  readonly gap?: MantineSpacing;
  readonly onSubmit: () => void;
}

/** Fields one under the other, and the end of the form below them. */
export function FormFrame({ children, gap, onSubmit, ...foot }: FormFrameProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap={gap ?? 'md'}>
        {children}
        <FormFoot {...foot} />
      </Stack>
    </form>
  );
}
