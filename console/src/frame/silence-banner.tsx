import { useTranslation } from 'react-i18next';
import { useOrganisationName } from '../api/queries.ts';
import { useClaimDesk } from '../api/room.ts';
import { useLive } from '../live/live-context.tsx';
import { useSession } from '../session/session-context.tsx';
import { UnattendedBanner } from './unattended-banner.tsx';

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
    <UnattendedBanner
      since={first.since}
      more={open.length - 1}
      raised={first.raised !== undefined}
      list="/shift"
      claiming={claim.isPending}
      error={claim.error}
      onClaim={() => claim.mutate(first.organisation)}
      testId="silence-open"
    >
      {t('room.station-silent', { name: nameOf(first.organisation) })}
      {first.reason !== undefined && ` (${t(`room.reason-${first.reason}`)})`}
    </UnattendedBanner>
  );
}
