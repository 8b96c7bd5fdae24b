import type { TextInputProps } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { dayText } from '../centre-time.ts';
import { CalendarField } from './calendar-field.tsx';
import { NativeField } from './native-field.tsx';
import { readMoment } from './typed-date.ts';
import { useThumb } from './use-thumb.ts';

interface MomentFieldProps extends Pick<TextInputProps, 'label' | 'required' | 'error'> {
  /** `2026-03-01T14:30`, in the time of the centre. */
  readonly value: string;
  readonly onChange: (moment: string) => void;
}

/** A day and a time of it, to the minute; the hours go to 24 everywhere. */
export function MomentField({ value, onChange, ...field }: MomentFieldProps) {
  const { i18n } = useTranslation();
  const typed = useRef<string | null>(null);
  if (useThumb()) return <NativeField {...field} type="datetime-local" value={value} onChange={onChange} />;
  return (
    <CalendarField
      {...field}
      withTime
      value={value.replace('T', ' ') || null}
      valueFormat={(at) => `${dayText(i18n.language, at.slice(0, 10))} ${at.slice(11, 16)}`}
      dateParser={(text) => {
        typed.current = readMoment(text);
        return typed.current?.replace('T', ' ') ?? null;
      }}
      onChange={(at) => {
        const moment = at?.slice(0, 16).replace(' ', 'T') ?? '';
        // A day that was picked in the calendar comes with midnight: the time that stood there stays.
        const picked = moment !== '' && moment !== typed.current && value !== '';
        onChange(picked ? moment.slice(0, 10) + value.slice(10) : moment);
      }}
    />
  );
}
