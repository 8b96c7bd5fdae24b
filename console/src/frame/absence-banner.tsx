import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { DUTY_CHECKS, useAbsenceAction, useAbsences } from '../api/duty-checks.ts';
import { useLive } from '../live/live-context.tsx';
import { useSession } from '../session/session-context.tsx';
import { UnattendedBanner } from './unattended-banner.tsx';
import { useDeskOfUser } from './use-desk-of-user.ts';

/**
 * A control room did not answer, and nobody looks after it yet: on every page of its province, and of the national desk when nobody there
 * claimed it in its time, with the button to take it.
 */
export function AbsenceBanner() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { level } = useDeskOfUser();
  const absences = useLive('absences');
  const queries = useQueryClient();
  const shown = absences.length > 0 && can('incident.accept') && can('device.read');
  const { data } = useAbsences(shown);
  const action = useAbsenceAction();
  useEffect(() => {
    // The feed says that there is something new; names are asked for.
    if (absences.length > 0) void queries.invalidateQueries({ queryKey: DUTY_CHECKS });
  }, [absences, queries]);
  const open =
    data?.dutyChecks.filter(
      (one) => one.absence === 'open' && (level === 'province' || one.raised !== undefined),
    ) ?? [];
  const [first] = open;
  if (!shown || first === undefined) return null;
  return (
    <UnattendedBanner
      since={first.endedAt ?? first.dueAt}
      more={absences.length - 1}
      raised={first.raised !== undefined}
      facility={`/facilities/${first.facilityId}`}
      list="/devices"
      claiming={action.isPending}
      error={action.error}
      onClaim={() => action.mutate({ name: 'claim', id: first.id })}
      testId="absence-open"
    >
      {t('duty-check.unattended-one', { name: first.facilityName })}
    </UnattendedBanner>
  );
}
