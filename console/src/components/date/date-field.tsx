import type { TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dayText } from '../centre-time.ts';
import { CalendarField } from './calendar-field.tsx';
import { NativeField } from './native-field.tsx';
import { readDay } from './typed-date.ts';
import { useThumb } from './use-thumb.ts';

interface DateFieldProps extends Pick<TextInputProps, 'label' | 'aria-label' | 'required'> {
  /** `2026-03-01`; empty: none. */
  readonly value: string;
  /** First and last day that may be chosen; empty: any. */
  readonly min?: string;
  readonly max?: string;
  readonly onChange: (day: string) => void;
}

/** A day of the centre's calendar. */
export function DateField({ value, min, max, onChange, ...field }: DateFieldProps) {
  const { i18n } = useTranslation();
  if (useThumb()) {
    const limits = { ...(min ? { min } : {}), ...(max ? { max } : {}) };
    return <NativeField {...field} {...limits} type="date" value={value} onChange={onChange} />;
  }
  return (
    <CalendarField
      {...field}
      {...(min ? { minDate: min } : {})}
      {...(max ? { maxDate: max } : {})}
      value={value || null}
      valueFormat={(day) => dayText(i18n.language, day.slice(0, 10))}
      dateParser={readDay}
      onChange={(day) => onChange(day ?? '')}
    />
  );
}
