import { TextInput, type TextInputProps } from '@mantine/core';

interface NativeFieldProps
  extends Pick<TextInputProps, 'label' | 'aria-label' | 'required' | 'error' | 'min' | 'max' | 'value'> {
  readonly type: 'date' | 'datetime-local';
  readonly onChange: (text: string) => void;
}

/** The calendar of the machine itself. */
export function NativeField({ onChange, ...field }: NativeFieldProps) {
  return <TextInput {...field} size="md" onChange={(event) => onChange(event.currentTarget.value)} />;
}
