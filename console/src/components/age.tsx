import { useTranslation } from 'react-i18next';
import { useTimeFormat } from './centre-time.ts';
import { ageIn } from './duration.ts';
import { useNow } from './now.ts';

/** How long ago, growing while it is looked at; the exact time is in the tooltip. */
export function Age({ at }: { readonly at: string | number }) {
  const { t } = useTranslation();
  const { full } = useTimeFormat();
  const now = useNow();
  const moment = new Date(at);
  const { value, unit } = ageIn((now - moment.getTime()) / 1000);
  return (
    <time dateTime={moment.toISOString()} title={full(moment)}>
      {t(`age.${unit}`, { value })}
    </time>
  );
}

/** Time of day with seconds, in the language of the desk. */
export function TimeOfDay({ at }: { readonly at: string }) {
  const { time, full } = useTimeFormat();
  return (
    <time dateTime={at} title={full(at)}>
      {time(at)}
    </time>
  );
}
