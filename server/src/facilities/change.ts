import {
  type Actor,
  type AnyDraft,
  applyFacility,
  asEntry,
  checkBody,
  type EntryBody,
  type EntryDraft,
  type FacilityBody,
  type FacilityId,
  type FacilityState,
  type TransmitterId,
  type World,
} from '@keng/model';
import type { TransmitterKey } from './transmitter-key.ts';

/** Who changes something, where and when. */
export interface Hand {
  readonly world: World;
  readonly at: Date;
  readonly actor: Actor;
}

/** A facility after some entries that are not stored yet, and the keys that are to be sealed with them. */
export interface FacilityChange {
  readonly state: FacilityState;
  readonly revision: number;
  readonly drafts: readonly AnyDraft[];
  /** null takes a key away. */
  readonly keys: readonly { readonly transmitterId: TransmitterId; readonly key: TransmitterKey | null }[];
}

export type Source = EntryBody<'facility.registered'>['source'];

/** A facility as it stands in the table. */
export interface StoredFacility {
  readonly state: FacilityState;
  readonly revision: number;
}

export function registered(hand: Hand, id: FacilityId, body: FacilityBody, source: Source): FacilityChange {
  return step(hand, id, null, {
    kind: 'facility.registered',
    body: { ...body, transmitters: body.transmitters.map((one) => ({ ...one, encrypted: false })), source },
  });
}

export function changed(hand: Hand, current: StoredFacility, body: FacilityBody): FacilityChange {
  return step(hand, current.state.id, unchanged(current), { kind: 'facility.changed', body });
}

export function removed(hand: Hand, current: StoredFacility, reason: string): FacilityChange {
  return step(hand, current.state.id, unchanged(current), { kind: 'facility.removed', body: { reason } });
}

/** Two facilities become one; the duplicate comes first, because its number in the register must be free before the other takes it. */
export function merged(
  hand: Hand,
  kept: StoredFacility,
  duplicate: StoredFacility,
  body: FacilityBody,
  because: string,
): readonly FacilityChange[] {
  const gone = step(hand, duplicate.state.id, unchanged(duplicate), {
    kind: 'facility.merged-into',
    body: { into: kept.state.id, intoName: kept.state.name, because },
  });
  const stays = step(hand, kept.state.id, unchanged(kept), {
    kind: 'facility.merged',
    body: { ...body, duplicate: duplicate.state.id, duplicateName: duplicate.state.name, because },
  });
  return [gone, stays];
}

export function unchanged(current: StoredFacility): FacilityChange {
  return { ...current, drafts: [], keys: [] };
}

/** Adds the setting of a key (null: from now on it speaks plain) to what changes already. */
export function withKey(
  hand: Hand,
  change: FacilityChange,
  transmitterId: TransmitterId,
  key: TransmitterKey | null,
): FacilityChange {
  const next = step(hand, change.state.id, change, {
    kind: 'facility.key-set',
    body: { transmitterId, bits: key?.bits ?? null },
  });
  return { ...next, keys: [...change.keys, { transmitterId, key }] };
}

type Said = {
  [Kind in Extract<EntryDraft['kind'], `facility.${string}`>]: {
    readonly kind: Kind;
    readonly body: EntryBody<Kind>;
  };
}[Extract<EntryDraft['kind'], `facility.${string}`>];

function step(hand: Hand, id: FacilityId, before: FacilityChange | null, said: Said): FacilityChange {
  // As the log will keep it: a replay must not see a member that the schema drops.
  const body = checkBody(said.kind, said.body);
  const revision = (before?.revision ?? 0) + 1;
  const organisation = 'organisation' in body ? body.organisation : (before?.state.organisation ?? null);
  const draft = {
    world: hand.world,
    kind: said.kind,
    lane: 2,
    subject: id,
    organisation,
    facility: id,
    revision,
    at: hand.at,
    actor: hand.actor,
    body,
    // Kind and body come from the same `said`.
  } as AnyDraft;
  const entry = asEntry(draft);
  if (!isFacilityEntry(entry)) throw new TypeError(`${entry.kind} is no entry of a facility`);
  const state = applyFacility(before?.state ?? null, entry);
  if (state === null) throw new TypeError(`${entry.kind} before the facility was registered`);
  return { state, revision, drafts: [...(before?.drafts ?? []), draft], keys: before?.keys ?? [] };
}

function isFacilityEntry(
  entry: ReturnType<typeof asEntry>,
): entry is Extract<ReturnType<typeof asEntry>, { readonly kind: `facility.${string}` }> {
  return entry.kind.startsWith('facility.');
}
