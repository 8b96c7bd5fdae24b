import type { z } from 'zod';
import { contactEntries } from './entries/contact.ts';
import { deskEntries } from './entries/desk.ts';
import { dutyCheckEntries } from './entries/duty-check.ts';
import { erasureEntries } from './entries/erasure.ts';
import { facilityEntries } from './entries/facility.ts';
import { planEntries } from './entries/facility-plan.ts';
import { declarationEntries, firePlanEntries, inspectionEntries } from './entries/facility-safety.ts';
import { incidentEntries } from './entries/incident.ts';
import { linkEntries } from './entries/link.ts';
import { notifyEntries } from './entries/notify.ts';
import { outageEntries } from './entries/outage.ts';
import { personEntries } from './entries/person.ts';
import { probeEntries } from './entries/probe.ts';
import { rightsEntries } from './entries/rights.ts';
import { roomEntries } from './entries/room.ts';
import { signalEntries } from './entries/signal.ts';
import { systemEntries } from './entries/system.ts';
import { worksEntries } from './entries/works.ts';
import type { FacilityId, OrganisationCode } from './ids.ts';
import { Problem } from './problem.ts';
import type { World } from './world.ts';

/** Every kind of entry there is. A new kind is a line in its module's file; nothing is ever removed or re-used. */
export const ENTRY_KINDS = {
  ...signalEntries,
  ...incidentEntries,
  ...worksEntries,
  ...deskEntries,
  ...dutyCheckEntries,
  ...roomEntries,
  ...contactEntries,
  ...facilityEntries,
  ...planEntries,
  ...firePlanEntries,
  ...inspectionEntries,
  ...declarationEntries,
  ...linkEntries,
  ...outageEntries,
  ...probeEntries,
  ...notifyEntries,
  ...personEntries,
  ...rightsEntries,
  ...erasureEntries,
  ...systemEntries,
} as const;

export type EntryKind = keyof typeof ENTRY_KINDS;
export type EntryBody<Kind extends EntryKind> = z.infer<(typeof ENTRY_KINDS)[Kind]['schema']>;

/**
 * Fire and what people do about it goes before faults, and faults before tests and book-keeping: each lane has ids of
 * its own, so a queue of 200,000 faults stands in nobody's way.
 */
export const LANES = ['fire', 'fault', 'routine'] as const;
export type Lane = 0 | 1 | 2;

export const ACTOR_KINDS = ['user', 'contact', 'device', 'system', 'centre'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** Who did it. `name` is what the chronology prints; it is kept because people leave and accounts change. */
export interface Actor {
  readonly kind: ActorKind;
  readonly id: string;
  readonly name?: string;
}

/** What a use case hands to the log: the log adds id, position, time of record, salt and commitment. */
export interface EntryDraft<Kind extends EntryKind = EntryKind> {
  readonly world: World;
  readonly kind: Kind;
  readonly lane: Lane;
  /** The thing it is about: the id of the incident, facility, works, transmitter, user ... */
  readonly subject: string;
  /** The organisation it concerns first; those above it see it too. null: only the national desk and the auditor. */
  readonly organisation: OrganisationCode | null;
  readonly facility: FacilityId | null;
  /**
   * How many entries its subject has with this one, where the subject is a state that is rebuilt from them; else null.
   * `signal.muted` is about a transmitter and counts in the state of the works that its body names.
   */
  readonly revision: number | null;
  /** World time at which it happened. */
  readonly at: Date;
  readonly actor: Actor;
  readonly body: EntryBody<Kind>;
}

/** An entry as everybody reads it: in the order of `position`, 1, 2, 3 ... without gaps in each world. */
export interface LogEntry<Kind extends EntryKind = EntryKind> {
  readonly world: World;
  readonly position: number;
  readonly kind: Kind;
  readonly version: number;
  readonly lane: Lane;
  readonly subject: string;
  readonly organisation: OrganisationCode | null;
  readonly facility: FacilityId | null;
  /** See EntryDraft: whoever has a state of this many entries has seen this one already. */
  readonly revision: number | null;
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
  readonly recordedAt: string;
  readonly actor: Actor;
  readonly body: EntryBody<Kind>;
}

/** A log entry whose kind narrows its body: use this for `switch (entry.kind)`. */
export type AnyEntry = { [Kind in EntryKind]: LogEntry<Kind> }[EntryKind];
export type AnyDraft = { [Kind in EntryKind]: EntryDraft<Kind> }[EntryKind];

/** A draft of one kind among those of all kinds: the compiler cannot see through a type parameter that kind and body belong together. */
export function anyDraft<Kind extends EntryKind>(draft: EntryDraft<Kind>): AnyDraft {
  return draft as unknown as AnyDraft;
}

/**
 * Checks a body against the schema of its kind.
 * @throws Problem `entry.invalid` with the member at fault.
 */
export function checkBody<Kind extends EntryKind>(kind: Kind, body: unknown): EntryBody<Kind> {
  const result = ENTRY_KINDS[kind].schema.safeParse(body);
  // The schema of this very kind produced the data: the compiler cannot follow the index.
  if (result.success) return result.data as EntryBody<Kind>;
  const first = result.error.issues[0];
  throw new Problem(422, 'entry.invalid', `${kind}: ${first?.message ?? 'not of its schema'}`, {
    at: `${kind}.${first?.path.join('.') ?? ''}`,
  });
}

/** A draft as `apply` reads it, before the log has numbered it: position 0. */
export function asEntry(draft: AnyDraft): AnyEntry {
  const { at, ...rest } = draft;
  const text = at.toISOString();
  // Same kind, same body: only the time changes its form.
  return {
    ...rest,
    position: 0,
    version: ENTRY_KINDS[draft.kind].version,
    at: text,
    recordedAt: text,
  } as AnyEntry;
}
