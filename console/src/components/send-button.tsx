import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentPropsWithoutRef } from 'react';
import { useLocked } from '../live/use-locked.ts';

interface SendButtonProps
  extends ButtonProps,
    Omit<ComponentPropsWithoutRef<'button'>, keyof ButtonProps | 'type'> {
  readonly type?: 'button' | 'submit';
}

/** A button that changes something at the centre: without a line or a log-in it cannot be pressed. What only looks is a plain one. */
export function SendButton({ disabled, ...button }: SendButtonProps) {
  const locked = useLocked();
  return <Button {...button} disabled={disabled === true || locked !== null} />;
}
