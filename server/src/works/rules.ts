import {
  type Actor,
  type AnyDraft,
  type AnyEntry,
  anyDraft,
  applyWorks,
  asEntry,
  type Contact,
  conflict,
  type EntryBody,
  type FacilityId,
  type Limit,
  type OrganisationCode,
  type PersonRef,
  Problem,
  type TransmitterId,
  type WorksId,
  type WorksState,
  type World,
  type Zone,
} from '@keng/model';
import { isMutable } from './mute.ts';

/** What the register must say about a facility before works there can be planned. */
export interface WorksPlace {
  readonly facilityId: FacilityId;
  readonly organisation: OrganisationCode;
  readonly contacts: readonly Contact[];
  readonly transmitters: ReadonlyMap<TransmitterId, readonly Zone[]>;
}

export interface WorksPlan {
  readonly transmitterId: TransmitterId;
  readonly zones: readonly string[];
  readonly from: Date;
  readonly until: Date;
  readonly reason: string;
  readonly requestedBy: string | null;
  /** Announced by the owner, to try the devices. */
  readonly purpose?: 'test';
}

export interface WorksAct {
  readonly world: World;
  readonly actor: Actor;
  readonly at: Date;
}

/** Works as they are stored: their state, how many entries they have (muted signals, too), and who sees them. */
export interface StoredWorks {
  readonly state: WorksState;
  readonly revision: number;
  readonly organisation: OrganisationCode;
}

export interface WorksProgress extends StoredWorks {
  readonly drafts: readonly AnyDraft[];
}

/** What the country says about works at a place. */
export interface WorksLimits {
  readonly maximumSeconds: number;
  /** How long before the end the contact is reminded. */
  readonly reminder: Readonly<Limit>;
}

/**
 * Plans works. They name registered zones of one transmitter, no call point, and last at most as long as the country allows.
 * Nothing is muted before the call-back.
 */
export function planWorks(
  id: WorksId,
  place: WorksPlace,
  plan: WorksPlan,
  by: PersonRef,
  { maximumSeconds, reminder }: WorksLimits,
  act: WorksAct,
): WorksProgress {
  checkTimes(plan, maximumSeconds, act.at);
  checkZones(place, plan);
  const draft = draftOf(id, 'works.planned', place.organisation, place.facilityId, 1, act, {
    facilityId: place.facilityId,
    transmitterId: plan.transmitterId,
    zones: [...new Set(plan.zones)],
    from: plan.from.toISOString(),
    until: plan.until.toISOString(),
    reason: plan.reason,
    by,
    requestedBy: plan.requestedBy,
    ...(plan.purpose === undefined ? {} : { purpose: plan.purpose }),
    reminder,
  });
  return advance(null, place.organisation, draft);
}

function checkTimes({ from, until }: WorksPlan, maximumSeconds: number, now: Date): void {
  if (until <= from)
    throw new Problem(422, 'works.ends-before-start', 'Works end after they begin.', { at: 'until' });
  if (until <= now)
    throw new Problem(422, 'works.over', 'These works would be over already.', { at: 'until' });
  if (until.getTime() - from.getTime() > maximumSeconds * 1000) {
    throw new Problem(
      422,
      'works.too-long',
      `Works last at most ${maximumSeconds / 3600} hours; plan them again after that.`,
      {
        at: 'until',
        params: { maximumSeconds },
      },
    );
  }
}

function checkZones(place: WorksPlace, plan: WorksPlan): void {
  const zones = place.transmitters.get(plan.transmitterId);
  if (zones === undefined) {
    throw new Problem(422, 'works.unknown-transmitter', 'The facility has no such transmitter.', {
      at: 'transmitterId',
    });
  }
  const problems = plan.zones.flatMap((number, index) => {
    const zone = zones.find((one) => one.number === number);
    const at = `zones.${index}`;
    // What nobody has registered may be a call point.
    if (!zone) return [{ at, code: 'works.unknown-zone', detail: `Zone ${number} is not registered.` }];
    if (isMutable(zone.kind)) return [];
    return [{ at, code: 'works.call-point', detail: `Zone ${number} is a call point: it always rings.` }];
  });
  const first = problems[0];
  if (first) throw new Problem(422, first.code, first.detail, { at: first.at, problems });
}

/** An officer rang a registered contact at the registered number, and the works were confirmed there. */
export function callBack(
  stored: StoredWorks,
  contact: Contact | undefined,
  by: PersonRef,
  act: WorksAct,
): WorksProgress {
  requireRunning(stored.state);
  if (contact === undefined) {
    throw new Problem(
      422,
      'works.unknown-contact',
      'Only a registered contact of the facility can confirm works.',
      {
        at: 'contactId',
      },
    );
  }
  if (stored.state.calledBack !== null) return { ...stored, drafts: [] };
  return next(stored, act, 'works.called-back', { contactId: contact.id, contactName: contact.name, by });
}

/** Works end by a person or by their time. Ending twice changes nothing. */
export function endWorks(
  stored: StoredWorks,
  reason: EntryBody<'works.ended'>['reason'],
  by: PersonRef | null,
  act: WorksAct,
): WorksProgress {
  if (stored.state.ended !== null) return { ...stored, drafts: [] };
  return next(stored, act, 'works.ended', { reason, by });
}

/** The timer of works has run out; null: it is not their end. */
export function endByTime(stored: StoredWorks, act: WorksAct): WorksProgress | null {
  const over = stored.state.ended === null && act.at.toISOString() >= stored.state.until;
  return over ? endWorks(stored, 'time', null, act) : null;
}

/** When the contact is to be reminded; null: the works are so short that they have just spoken with us. */
export function reminderAt({ from, until, reminder }: WorksState): Date | null {
  if (reminder === undefined) return null;
  const at = new Date(Date.parse(until) - reminder.seconds * 1000);
  return at.toISOString() > from ? at : null;
}

/** The end is near; null: there is nobody to remind, or no reason any more. Works that were never confirmed mute nothing. */
export function remindOfEnd(stored: StoredWorks, act: WorksAct): WorksProgress | null {
  const { ended, calledBack, reminder, remindedAt, until } = stored.state;
  const at = reminderAt(stored.state);
  if (ended !== null || calledBack === null || remindedAt !== undefined) return null;
  const time = act.at.toISOString();
  if (reminder === undefined || at === null || act.at < at || time >= until) return null;
  const { contactId, contactName } = calledBack;
  return next(stored, act, 'works.reminded', { contactId, contactName, until, limit: reminder });
}

function requireRunning({ ended }: WorksState): void {
  if (ended !== null)
    throw conflict('works.ended', `These works ended at ${ended.at}.`, {
      at: ended.at,
      reason: ended.reason,
    });
}

type WorksKind = Extract<AnyEntry['kind'], `works.${string}`>;

function next<Kind extends WorksKind>(
  stored: StoredWorks,
  act: WorksAct,
  kind: Kind,
  body: EntryBody<Kind>,
): WorksProgress {
  const { id, facilityId } = stored.state;
  const draft = draftOf(id, kind, stored.organisation, facilityId, stored.revision + 1, act, body);
  return advance(stored.state, stored.organisation, draft);
}

function draftOf<Kind extends WorksKind>(
  id: WorksId,
  kind: Kind,
  organisation: OrganisationCode,
  facility: FacilityId,
  revision: number,
  { world, actor, at }: WorksAct,
  body: EntryBody<Kind>,
): AnyDraft {
  return anyDraft({
    world,
    kind,
    lane: 1,
    subject: id,
    organisation,
    facility,
    revision,
    at,
    actor,
    body,
  });
}

function advance(state: WorksState | null, organisation: OrganisationCode, draft: AnyDraft): WorksProgress {
  const entry: AnyEntry = asEntry(draft);
  const changed = isWorksEntry(entry) ? applyWorks(state, entry) : null;
  if (changed === null) throw new TypeError(`${draft.kind} leads to no state of ${draft.subject}`);
  return { state: changed, revision: draft.revision ?? 1, organisation, drafts: [draft] };
}

function isWorksEntry(entry: AnyEntry): entry is Extract<AnyEntry, { readonly kind: WorksKind }> {
  return entry.kind.startsWith('works.');
}
