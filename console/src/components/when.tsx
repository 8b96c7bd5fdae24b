import { useTranslation } from 'react-i18next';

/** Day and time in the language of the desk; the year only where it is not this one. */
export function When({ at }: { readonly at: string }) {
  const { i18n } = useTranslation();
  const moment = new Date(at);
  const year = moment.getFullYear() === new Date().getFullYear() ? {} : ({ year: 'numeric' } as const);
  const text = moment.toLocaleString(i18n.language, {
    day: '2-digit',
    month: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    ...year,
  });
  return (
    <time dateTime={at} title={moment.toLocaleString(i18n.language)}>
      {text}
    </time>
  );
}
