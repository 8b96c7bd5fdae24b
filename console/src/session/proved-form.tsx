import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFrame } from '../components/form-frame.tsx';
import { PasswordField } from './password-fields.tsx';

interface ProvedFormProps {
  /** What stands above the password; without it one begins with the password. */
  readonly children?: ReactNode;
  readonly action: string;
  readonly change: { readonly isPending: boolean; readonly error: unknown };
  readonly onSubmit: (password: string) => void;
}

/** The password once more, before a way in is changed. */
export function ProvedForm({ children, action, change, onSubmit }: ProvedFormProps) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  return (
    <FormFrame
      error={change.error}
      pending={change.isPending}
      action={action}
      onSubmit={() => onSubmit(password)}
    >
      {children}
      <PasswordField
        label={t('account.password-again')}
        description={t('account.password-why')}
        value={password}
        onChange={setPassword}
        kind="current"
        focused={children === undefined}
      />
    </FormFrame>
  );
}
