import {
  type Actor,
  type AnyDraft,
  applyDutyCheck,
  asEntry,
  conflict,
  type DutyCheckEntry,
  type DutyCheckId,
  type DutyCheckState,
  type EntryBody,
  type FacilityId,
  type Limit,
  type OrganisationCode,
  type PersonRef,
  type TransmitterId,
  type TransmitterProtocol,
  type UnansweredReason,
  type World,
} from '@keng/model';

/** Protocols in which a device can be asked. */
export const ASKED_PROTOCOLS: ReadonlySet<TransmitterProtocol> = new Set(['gb26875', 'mqtt']);

/** How long a device sounds for an answer, in minutes: GB 26875.1 says until it is answered, or for 10. */
export const ANSWER_MINUTES = 10;

export interface AskedTransmitter {
  readonly transmitterId: TransmitterId;
  readonly facilityId: FacilityId;
  readonly organisation: OrganisationCode;
}

export interface DutyCheckAct {
  readonly world: World;
  readonly actor: Actor;
  readonly at: Date;
}

/** As it is stored: its state, how many entries it has, and who sees it. */
export interface StoredDutyCheck {
  readonly state: DutyCheckState;
  readonly organisation: OrganisationCode;
}

export interface DutyCheckProgress extends StoredDutyCheck {
  readonly draft: AnyDraft;
}

export function askDuty(
  id: DutyCheckId,
  { transmitterId, facilityId, organisation }: AskedTransmitter,
  by: PersonRef | null,
  act: DutyCheckAct,
): DutyCheckProgress {
  const body = { dutyCheckId: id, transmitterId, facilityId, minutes: ANSWER_MINUTES, by };
  return progress(null, { facilityId, organisation }, 'duty-check.asked', body, 2, act);
}

/** The device has confirmed the question; null: that was known, or it has ended. */
export function deliverDuty(
  stored: StoredDutyCheck,
  carrier: { readonly receiver: string; readonly remote: string },
  act: DutyCheckAct,
): DutyCheckProgress | null {
  if (stored.state.endedAt !== null || stored.state.deliveredAt !== null) return null;
  return follow(stored, 'duty-check.delivered', carrier, 2, act);
}

/** Somebody is there; null: it has ended. An answer proves that the question arrived, whatever was confirmed. */
export function answerDuty(stored: StoredDutyCheck, act: DutyCheckAct): DutyCheckProgress | null {
  if (stored.state.endedAt !== null) return null;
  return follow(stored, 'duty-check.answered', {}, 2, act);
}

/** Its time is over; null: it has ended before. */
export function endDuty(stored: StoredDutyCheck, act: DutyCheckAct): DutyCheckProgress | null {
  const { endedAt, deliveredAt } = stored.state;
  if (endedAt !== null) return null;
  const reason: UnansweredReason = deliveredAt === null ? 'not-delivered' : 'silence';
  // Before tests and book-keeping: somebody ought to telephone there.
  return follow(stored, 'duty-check.unanswered', { reason, rings: true }, 1, act);
}

/** Nobody at the province looks after it in its time: the nation is told; null: somebody does, or it was told. */
export function raiseAbsence(
  stored: StoredDutyCheck,
  limit: Limit,
  act: DutyCheckAct,
): DutyCheckProgress | null {
  const { absence, raised } = stored.state;
  if (absence !== 'open' || raised !== undefined) return null;
  return follow(stored, 'duty-check.raised', { to: 'national', limit }, 1, act);
}

/**
 * Somebody looks after it that nobody answered; null: this person does already.
 * @throws Problem `duty-check.not-absent`, `duty-check.settled`, `duty-check.claimed`
 */
export function claimAbsence(
  stored: StoredDutyCheck,
  by: PersonRef,
  act: DutyCheckAct,
): DutyCheckProgress | null {
  requireWaiting(stored.state);
  const { claimedBy } = stored.state;
  if (claimedBy?.id === by.id) return null;
  if (claimedBy !== undefined)
    throw conflict('duty-check.claimed', 'Somebody else looks after it.', { name: claimedBy.name });
  return follow(stored, 'duty-check.claimed', { by }, 1, act);
}

/**
 * What came of it. Whoever knows may say it, whoever has claimed it.
 * @throws Problem `duty-check.not-absent`, `duty-check.settled`
 */
export function settleAbsence(
  stored: StoredDutyCheck,
  by: PersonRef,
  note: string,
  act: DutyCheckAct,
): DutyCheckProgress {
  requireWaiting(stored.state);
  return follow(stored, 'duty-check.settled', { by, note }, 1, act);
}

function requireWaiting({ absence }: DutyCheckState): void {
  if (absence === undefined)
    throw conflict('duty-check.not-absent', 'This duty check does not wait for a person.', {});
  if (absence === 'settled') throw conflict('duty-check.settled', 'This was settled already.', {});
}

type Kind = DutyCheckEntry['kind'];
type Rest<One extends Kind> = Omit<EntryBody<One>, 'dutyCheckId' | 'transmitterId' | 'facilityId'>;

function follow<One extends Exclude<Kind, 'duty-check.asked'>>(
  stored: StoredDutyCheck,
  kind: One,
  rest: Rest<One>,
  lane: 1 | 2,
  act: DutyCheckAct,
): DutyCheckProgress {
  const { id, transmitterId, facilityId } = stored.state;
  const body = { dutyCheckId: id, transmitterId, facilityId, ...rest };
  const place = { facilityId, organisation: stored.organisation };
  return progress(stored.state, place, kind, body, lane, act);
}

function progress(
  before: DutyCheckState | null,
  place: { readonly facilityId: FacilityId; readonly organisation: OrganisationCode },
  kind: Kind,
  body: EntryBody<Kind>,
  lane: 1 | 2,
  { world, actor, at }: DutyCheckAct,
): DutyCheckProgress {
  const draft = {
    world,
    kind,
    lane,
    subject: body.dutyCheckId,
    organisation: place.organisation,
    facility: place.facilityId,
    revision: (before?.entries ?? 0) + 1,
    at,
    actor,
    body,
    // The callers above give each kind its own body.
  } as AnyDraft;
  const state = applyDutyCheck(before, asEntry(draft) as DutyCheckEntry);
  if (state === null) throw new TypeError(`${kind} of a duty check that was never asked`);
  return { state, organisation: place.organisation, draft };
}
