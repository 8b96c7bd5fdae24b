import { useTranslation } from 'react-i18next';
import { ageIn } from './duration.ts';
import { useNow } from './now.ts';

/** How long ago, growing while it is looked at; the exact time is in the tooltip. */
export function Age({ at }: { readonly at: string | number }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const moment = new Date(at);
  const { value, unit } = ageIn((now - moment.getTime()) / 1000);
  return (
    <time dateTime={moment.toISOString()} title={moment.toLocaleString(i18n.language)}>
      {t(`age.${unit}`, { value })}
    </time>
  );
}

/** Time of day with seconds, in the language of the desk. */
export function TimeOfDay({ at }: { readonly at: string }) {
  const { i18n } = useTranslation();
  const moment = new Date(at);
  return (
    <time dateTime={at} title={moment.toLocaleString(i18n.language)}>
      {moment.toLocaleTimeString(i18n.language, { hour12: false })}
    </time>
  );
}
