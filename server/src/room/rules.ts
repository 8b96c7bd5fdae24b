import {
  type Actor,
  type AnyDraft,
  type AnyEntry,
  anyDraft,
  applyShift,
  asEntry,
  type CrewRule,
  conflict,
  type EntryBody,
  type HandoverCounts,
  type HandoverKind,
  isShiftEntry,
  type Level,
  type Officer,
  type OrganisationCode,
  type PersonRef,
  Problem,
  type ShiftEntry,
  type ShiftId,
  type ShiftState,
  type World,
} from '@keng/model';

export interface ShiftAct {
  readonly world: World;
  readonly actor: Actor;
  readonly at: Date;
}

export interface ShiftProgress {
  readonly state: ShiftState;
  readonly drafts: readonly AnyDraft[];
}

export interface SignOn {
  readonly id: ShiftId;
  readonly organisation: OrganisationCode;
  readonly level: Level;
  readonly leader: PersonRef;
  readonly officers: readonly Officer[];
  readonly rule: CrewRule;
  readonly follows: ShiftId | null;
}

export interface HandoverItem {
  readonly kind: HandoverKind;
  readonly id: string;
  /** What the log calls it. */
  readonly label: string;
}

/** Most items of one entry. */
const MOST_ITEMS = 500;

export const unchanged = (state: ShiftState): ShiftProgress => ({ state, drafts: [] });

/** A shift signs on. Too few officers are told one level up and hinder nothing: an alarm does not wait for a crew. */
export function startShift({ id, ...body }: SignOn, act: ShiftAct): ShiftProgress {
  const officers = distinct(body.leader, body.officers);
  return advance(null, draftOf(id, 'shift.started', body.organisation, 1, act, { ...body, officers }));
}

export function changeCrew(
  state: ShiftState,
  officers: readonly Officer[],
  by: PersonRef,
  act: ShiftAct,
): ShiftProgress {
  requireCurrent(state);
  return record(
    unchanged(state),
    'shift.crew-changed',
    { officers: distinct(state.leader, officers), by },
    act,
  );
}

/** The leader is not an officer beside himself, and nobody is there twice. */
function distinct(leader: PersonRef, officers: readonly Officer[]): Officer[] {
  const seen = new Set<string>([leader.id, leader.name]);
  return officers.filter(({ id, name }) => {
    const key = id ?? name;
    if (seen.has(key) || seen.has(name)) return false;
    seen.add(key);
    seen.add(name);
    return true;
  });
}

/** Items that still wait are taken over; what is not among them any more was taken by somebody else, or is over. */
export function acceptHandover(
  state: ShiftState,
  items: readonly HandoverItem[],
  way: EntryBody<'shift.handover-accepted'>['way'],
  by: PersonRef,
  act: ShiftAct,
): ShiftProgress {
  requireCurrent(state);
  let progress = unchanged(state);
  for (let at = 0; at < items.length; at += MOST_ITEMS) {
    const part = items.slice(at, at + MOST_ITEMS).map((one) => ({ ...one, label: one.label.slice(0, 400) }));
    progress = record(progress, 'shift.handover-accepted', { by, way, items: part }, act);
  }
  return progress;
}

/** Its time is over: another shift follows, or the room is closed. */
export function endShift(
  state: ShiftState,
  next: ShiftId | null,
  by: PersonRef,
  act: ShiftAct,
): ShiftProgress {
  if (state.ended !== null) return unchanged(state);
  return record(unchanged(state), 'shift.ended', { by, next }, act);
}

/**
 * The outgoing leader signs, and nobody in his place. What the next shift has not accepted by then stands beside the signature and
 * stays on the screen.
 */
export function signShift(
  state: ShiftState,
  signature: { readonly notAccepted: HandoverCounts; readonly note: string | null },
  by: PersonRef,
  act: ShiftAct,
): ShiftProgress {
  if (by.id !== state.leader.id) {
    throw new Problem(403, 'shift.not-leader', `Only ${state.leader.name} signs for this shift.`, {
      params: { name: state.leader.name },
    });
  }
  if (state.signed !== null) return unchanged(state);
  if (state.ended === null) {
    throw conflict('shift.not-relieved', 'Sign when the next shift has signed on.');
  }
  return record(unchanged(state), 'shift.signed', { by, ...signature }, act);
}

export function testSound(state: ShiftState, heard: boolean, by: PersonRef, act: ShiftAct): ShiftProgress {
  requireCurrent(state);
  return record(unchanged(state), 'shift.sound-tested', { by, heard }, act);
}

export function printSheet(state: ShiftState, by: PersonRef, act: ShiftAct): ShiftProgress {
  requireCurrent(state);
  return record(unchanged(state), 'shift.sheet-printed', { by }, act);
}

function requireCurrent(state: ShiftState): void {
  if (state.ended === null) return;
  throw conflict('shift.ended', `This shift ended at ${state.ended.at}.`, { at: state.ended.at });
}

function record<Kind extends Exclude<ShiftEntry['kind'], 'shift.started'>>(
  { state, drafts }: ShiftProgress,
  kind: Kind,
  body: EntryBody<Kind>,
  act: ShiftAct,
): ShiftProgress {
  const draft = draftOf(state.id, kind, state.organisation, state.entries + 1, act, body);
  const next = advance(state, draft);
  return { state: next.state, drafts: [...drafts, ...next.drafts] };
}

function draftOf<Kind extends ShiftEntry['kind']>(
  id: ShiftId,
  kind: Kind,
  organisation: OrganisationCode,
  revision: number,
  { world, actor, at }: ShiftAct,
  body: EntryBody<Kind>,
): AnyDraft {
  return anyDraft({
    world,
    kind,
    lane: 1,
    subject: id,
    organisation,
    facility: null,
    revision,
    at,
    actor,
    body,
  });
}

function advance(state: ShiftState | null, draft: AnyDraft): ShiftProgress {
  const entry: AnyEntry = asEntry(draft);
  const next = isShiftEntry(entry) ? applyShift(state, entry) : null;
  if (next === null) throw new TypeError(`${draft.kind} leads to no state of ${draft.subject}`);
  return { state: next, drafts: [draft] };
}
