import { TextInput, type TextInputProps } from '@mantine/core';

interface DateFieldProps extends Pick<TextInputProps, 'label' | 'aria-label' | 'min' | 'max' | 'required'> {
  /** `2026-03-01`; empty: none. */
  readonly value: string;
  readonly onChange: (day: string) => void;
}

/** A day of the centre's calendar, with the calendar of the browser. */
export function DateField({ onChange, ...field }: DateFieldProps) {
  return (
    <TextInput {...field} type="date" size="md" onChange={(event) => onChange(event.currentTarget.value)} />
  );
}
