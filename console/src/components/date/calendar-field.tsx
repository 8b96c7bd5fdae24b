import '@mantine/dates/styles.css';
import 'dayjs/locale/ru';
import 'dayjs/locale/vi';
import 'dayjs/locale/zh-cn';
import { DateInput, type DateInputProps } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type CalendarFieldProps = Pick<
  DateInputProps,
  | 'label'
  | 'aria-label'
  | 'minDate'
  | 'maxDate'
  | 'required'
  | 'error'
  | 'value'
  | 'onChange'
  | 'withTime'
  | 'valueFormat'
  | 'dateParser'
  | 'placeholder'
>;

/** A text that is a day, and the calendar below it, in the language of the screen; a browser writes days in its own. */
export function CalendarField(field: CalendarFieldProps) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <DateInput
      {...field}
      size="md"
      // Red is for what burns.
      weekendDays={[]}
      hideOutsideDates
      locale={i18n.language === 'zh' ? 'zh-cn' : i18n.language}
      popoverProps={{ onOpen: () => setOpen(true), onClose: () => setOpen(false) }}
      // Escape closes the calendar, and not the dialog around it with what was typed there.
      data-mantine-stop-propagation={open || undefined}
      ariaLabels={{
        previousMonth: t('calendar.previous-month'),
        nextMonth: t('calendar.next-month'),
        previousYear: t('calendar.previous-year'),
        nextYear: t('calendar.next-year'),
        previousDecade: t('calendar.previous-years'),
        nextDecade: t('calendar.next-years'),
      }}
    />
  );
}
