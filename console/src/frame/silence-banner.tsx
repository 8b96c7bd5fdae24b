import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useOrganisationName } from '../api/queries.ts';
import { useClaimDesk } from '../api/room.ts';
import { Age } from '../components/age.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { useLive } from '../live/live-context.tsx';
import { useSession } from '../session/session-context.tsx';
import styles from './frame.module.css';

/**
 * A station cannot be counted on, and nobody looks after that yet: on every page of its province, and of the national desk when nobody
 * there claimed it in its time. Provinces that do not answer have their line above the queue.
 */
export function SilenceBanner() {
  const { t } = useTranslation();
  const { can } = useSession();
  const nameOf = useOrganisationName();
  const claim = useClaimDesk();
  const desks = useLive('silent');
  const open = desks?.filter((one) => one.level === 'station' && one.claimedBy === undefined) ?? [];
  // What the national desk was told of waits longest.
  const [first] = open.toSorted((a, b) => Number(b.raised !== undefined) - Number(a.raised !== undefined));
  if (first === undefined || !can('incident.accept')) return null;
  return (
    <div
      className={styles.banner}
      role="alert"
      data-loud={first.raised !== undefined}
      data-testid="silence-open"
    >
      <span>
        {t('room.station-silent', { name: nameOf(first.organisation) })}
        {first.reason !== undefined && ` (${t(`room.reason-${first.reason}`)})`}
        {open.length > 1 && ` ${t('duty-check.unattended-more', { count: open.length - 1 })}`}
      </span>
      <Age at={first.since} />
      {first.raised !== undefined && <span>{t('room.raised')}</span>}
      <Button variant="default" loading={claim.isPending} onClick={() => claim.mutate(first.organisation)}>
        {t('duty-check.claim')}
      </Button>
      <Link href="/shift">{t('duty-check.look')}</Link>
      <ProblemNote error={claim.error} />
    </div>
  );
}
