import { type AnyEntry, type EntryKind, permissionsOf } from '@keng/model';
import type { SessionUser } from '../platform/http/index.ts';

/** What a desk follows. Personal data of contacts beyond their names, log-ins and keys are in none of these. */
export const FEED_KINDS: readonly EntryKind[] = [
  'incident.opened',
  'incident.signals-joined',
  'incident.confirmed',
  'incident.owner-alerted',
  'incident.contact-reached',
  'incident.owner-answered',
  'incident.measures-shown',
  'incident.claimed',
  'incident.released',
  'incident.desk-accepted',
  'incident.station-accepted',
  'incident.station-reported',
  'incident.limit-passed',
  'incident.escalated',
  'incident.owner-recalled',
  'incident.dispatch-proposed',
  'incident.dispatch-reminded',
  'incident.station-stood-down',
  'incident.dispatch-confirmed',
  'incident.noted',
  'incident.shelved',
  'incident.unshelved',
  'incident.closed',
  'incident.reopened',
  'works.planned',
  'works.called-back',
  'works.reminded',
  'works.ended',
  'signal.refused',
  'signal.muted',
  'entry.set-aside',
  'desk.silent',
  'desk.answered',
  'desk.claimed',
  'desk.raised',
  'desk.proof-changed',
  'shift.started',
  'shift.crew-changed',
  'shift.handover-accepted',
  'shift.ended',
  'shift.signed',
  'shift.sound-tested',
  'shift.sheet-printed',
  'storage.failed',
  'storage.recovered',
  'probe.heard',
  'duty-check.unanswered',
  'duty-check.raised',
  'duty-check.claimed',
  'duty-check.settled',
  'rights.raised',
  'rights.ended',
  'rights.reviewed',
];

/** While rights are raised more is seen, and from that very moment on no more. */
export function visibleNow(user: SessionUser, now: () => Date): (entry: AnyEntry) => boolean {
  const { raised } = user;
  const all = visibleTo(user);
  if (!raised) return all;
  const permissions = permissionsOf(user.roles);
  const own = visibleTo({ scope: raised.ownScope, facilities: user.facilities, permissions });
  return (entry) => (now() < raised.until ? all : own)(entry);
}

/** The same rule as keng_sees() in the database, for entries that are already in memory. */
export function visibleTo(
  user: Pick<SessionUser, 'scope' | 'facilities' | 'permissions'>,
): (entry: AnyEntry) => boolean {
  const organisations = new Set<string>(user.scope);
  const facilities = new Set<string>(user.facilities);
  return (entry) =>
    isRights(entry)
      ? // As the policy of the table: told to whoever reviews, at the place that somebody comes from and at that which is seen.
        user.permissions.has('rights.review') &&
        (user.scope === '*' ||
          [entry.organisation, entry.body.target].some((one) => one && organisations.has(one)))
      : user.scope === '*' ||
        // The synthetic alarm says nothing of anybody: each desk sees whether its own feed brings it.
        entry.kind === 'probe.heard' ||
        (entry.organisation !== null && organisations.has(entry.organisation)) ||
        (entry.facility !== null && facilities.has(entry.facility));
}

function isRights(entry: AnyEntry): entry is Extract<AnyEntry, { readonly kind: `rights.${string}` }> {
  return entry.kind === 'rights.raised' || entry.kind === 'rights.ended' || entry.kind === 'rights.reviewed';
}
