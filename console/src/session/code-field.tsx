import { TextInput, type TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface CodeFieldProps extends Pick<TextInputProps, 'label' | 'autoComplete' | 'styles'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly focused?: boolean;
}

/** What is typed exactly as it was given: nothing is capitalised or corrected on the way. */
export function CodeField({ onChange, focused = false, ...field }: CodeFieldProps) {
  return (
    <TextInput
      {...field}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoCapitalize="none"
      spellCheck={false}
      size="md"
      required
      withAsterisk={false}
      data-autofocus={focused || undefined}
    />
  );
}

export function LoginField(field: Pick<CodeFieldProps, 'value' | 'onChange' | 'focused'>) {
  const { t } = useTranslation();
  return <CodeField {...field} label={t('login.login')} autoComplete="username" />;
}
