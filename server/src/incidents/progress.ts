import {
  type Actor,
  type AnyDraft,
  type AnyEntry,
  anyDraft,
  applyIncident,
  asEntry,
  type EntryBody,
  type EntryDraft,
  type IncidentState,
  isIncidentEntry,
} from '@keng/model';

export type IncidentKind = Extract<AnyEntry, { readonly kind: `incident.${string}` }>['kind'];

/** Where an incident stands, and the entries that brought it there since it was loaded. */
export interface Progress {
  readonly state: IncidentState;
  readonly drafts: readonly AnyDraft[];
}

/** Who did it, and when in world time. */
export interface Act {
  readonly actor: Actor;
  readonly at: Date;
}

export const unchanged = (state: IncidentState): Progress => ({ state, drafts: [] });

/** One more entry of an incident: the state it leads to comes from the same apply that replay uses. */
export function record<Kind extends Exclude<IncidentKind, 'incident.opened'>>(
  { state, drafts }: Progress,
  kind: Kind,
  body: EntryBody<Kind>,
  { actor, at }: Act,
): Progress {
  const draft = anyDraft({
    world: state.world,
    kind,
    lane: 0,
    subject: state.id,
    organisation: state.station ?? state.province,
    facility: state.facility.id,
    revision: state.entries + 1,
    at,
    actor,
    body,
  });
  return append(state, drafts, draft);
}

/** The first entry of an incident. */
export function start(draft: EntryDraft<'incident.opened'>): Progress {
  return append(null, [], draft);
}

function append(state: IncidentState | null, drafts: readonly AnyDraft[], draft: AnyDraft): Progress {
  const entry = asEntry(draft);
  const next = isIncidentEntry(entry) ? applyIncident(state, entry) : null;
  if (next === null) throw new TypeError(`${draft.kind} leads to no state of ${draft.subject}`);
  // Those whom the state belongs to afterwards see the entry: a station that is named by it must hear of it.
  return { state: next, drafts: [...drafts, { ...draft, organisation: next.station ?? next.province }] };
}

/** What the program does by itself. */
export const SYSTEM: Actor = { kind: 'system', id: 'incidents' };
