import { PasswordInput, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface PasswordFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** `current`: what somebody has; `new`: what somebody makes up. Programs that keep passwords go by it. */
  readonly kind: 'current' | 'new';
  readonly required?: boolean;
  readonly focused?: boolean;
  readonly error?: string | false;
}

/** One field for a password, the same wherever one is typed. */
export function PasswordField({
  label,
  description,
  value,
  onChange,
  kind,
  required = true,
  focused = false,
  error = false,
}: PasswordFieldProps) {
  return (
    <PasswordInput
      label={label}
      description={description}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete={kind === 'current' ? 'current-password' : 'new-password'}
      size="md"
      required={required}
      withAsterisk={false}
      error={error}
      data-autofocus={focused || undefined}
    />
  );
}

export interface TypedTwice {
  readonly next: string;
  readonly again: string;
}

export const NOTHING_TYPED: TypedTwice = { next: '', again: '' };

export const typedAlike = ({ next, again }: TypedTwice): boolean => next === again;

interface NewPasswordProps {
  readonly value: TypedTwice;
  readonly onChange: (value: TypedTwice) => void;
  readonly focused?: boolean;
}

/** The centre knows the rules and says which one a password breaks; here only that it was typed twice alike. */
export function NewPassword({ value, onChange, focused = false }: NewPasswordProps) {
  const { t } = useTranslation();
  const unlike = value.again !== '' && !typedAlike(value);
  return (
    <Stack gap="lg">
      <PasswordField
        label={t('own-password.next')}
        description={t('own-password.rules')}
        value={value.next}
        onChange={(next) => onChange({ ...value, next })}
        kind="new"
        focused={focused}
      />
      <PasswordField
        label={t('own-password.again')}
        value={value.again}
        onChange={(again) => onChange({ ...value, again })}
        kind="new"
        error={unlike && t('own-password.unlike')}
      />
    </Stack>
  );
}
