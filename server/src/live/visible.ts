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
  return whileRaised(user, now, visibleTo);
}

/** The same for what stands in no entry and concerns a building. */
export function placesNow(user: SessionUser, now: () => Date): (place: Place) => boolean {
  return whileRaised(user, now, placesOf);
}

type Viewer = Pick<SessionUser, 'scope' | 'facilities' | 'permissions'>;

function whileRaised<Thing>(
  user: SessionUser,
  now: () => Date,
  seenBy: (viewer: Viewer) => (thing: Thing) => boolean,
): (thing: Thing) => boolean {
  const { raised } = user;
  const all = seenBy(user);
  if (!raised) return all;
  const permissions = permissionsOf(user.roles);
  const own = seenBy({ scope: raised.ownScope, facilities: user.facilities, permissions });
  return (thing) => (now() < raised.until ? all : own)(thing);
}

/** The same rule as keng_sees() in the database, for entries that are already in memory. */
export function visibleTo(user: Viewer): (entry: AnyEntry) => boolean {
  const places = placesOf(user);
  return (entry) =>
    isRights(entry)
      ? // As the policy of the table: told to whoever reviews, at the place that somebody comes from and at that which is seen.
        user.permissions.has('rights.review') &&
        [entry.organisation, entry.body.target].some((organisation) =>
          places({ organisation: organisation ?? null, facility: null }),
        )
      : // The synthetic alarm says nothing of anybody: each desk sees whether its own feed brings it.
        entry.kind === 'probe.heard' || places(entry);
}

interface Place {
  readonly organisation: string | null;
  readonly facility: string | null;
}

function placesOf(user: Viewer): (place: Place) => boolean {
  if (user.scope === '*') return () => true;
  const organisations = new Set<string>(user.scope);
  const facilities = new Set<string>(user.facilities);
  return ({ organisation, facility }) =>
    (organisation !== null && organisations.has(organisation)) ||
    (facility !== null && facilities.has(facility));
}

function isRights(entry: AnyEntry): entry is Extract<AnyEntry, { readonly kind: `rights.${string}` }> {
  return entry.kind === 'rights.raised' || entry.kind === 'rights.ended' || entry.kind === 'rights.reviewed';
}
