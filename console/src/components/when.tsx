import { useTimeFormat } from './centre-time.ts';
import { centreNow } from './now.ts';

/** Day and time in the language of the desk; the year only where it is not this one. */
export function When({ at }: { readonly at: string }) {
  const { moment, full } = useTimeFormat();
  return (
    <time dateTime={at} title={full(at)}>
      {moment(at, centreNow())}
    </time>
  );
}
