import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { DUTY_CHECKS, useAbsenceAction, useAbsences } from '../api/duty-checks.ts';
import { Age } from '../components/age.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { useLive } from '../live/live-context.tsx';
import { useSession } from '../session/session-context.tsx';
import styles from './frame.module.css';
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
  const more = absences.length - 1;
  return (
    <div
      className={styles.banner}
      role="alert"
      data-loud={first.raised !== undefined}
      data-testid="absence-open"
    >
      <span>
        {t('duty-check.unattended-one', { name: first.facilityName })}
        {more > 0 && ` ${t('duty-check.unattended-more', { count: more })}`}
      </span>
      <Age at={first.endedAt ?? first.dueAt} />
      {first.raised !== undefined && <span>{t('room.raised')}</span>}
      <Button
        variant="default"
        loading={action.isPending}
        onClick={() => action.mutate({ name: 'claim', id: first.id })}
      >
        {t('duty-check.claim')}
      </Button>
      <Link href={`/facilities/${first.facilityId}`}>{t('duty-check.facility')}</Link>
      <Link href="/devices">{t('duty-check.look')}</Link>
      <ProblemNote error={action.error} />
    </div>
  );
}
