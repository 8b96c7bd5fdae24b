import type { AnyEntry, EntryKind, IncidentId, TransmitterId } from '@keng/model';
import { applyNumbers, type IncidentFacts, type TransmitterFacts, timingsOf } from './rules.ts';

/** Entries that a number is made of. None of them is a signal: the most frequent kind costs nothing here. */
export const NUMBER_KINDS = [
  'facility.registered',
  'facility.changed',
  'incident.opened',
  'incident.owner-answered',
  'incident.desk-accepted',
  'incident.station-accepted',
  'incident.dispatch-confirmed',
  'incident.station-reported',
  'incident.closed',
  'incident.reopened',
  'link.lost',
  'link.restored',
] as const satisfies readonly EntryKind[];

export interface LinkLoss extends Omit<TransmitterFacts, 'model'> {
  readonly model: string;
  readonly lostAt: string;
  readonly restoredAt: string | null;
}

/** Everything the numbers are: the consumer holds the part that a batch touches, the rebuild holds all. */
export interface NumberStates {
  readonly transmitters: Map<TransmitterId, TransmitterFacts>;
  readonly incidents: Map<IncidentId, IncidentFacts>;
  /** By transmitter and time of loss. */
  readonly links: Map<string, LinkLoss>;
}

/** Changes of the sums of the daily tables, by key; see `keyOf`. */
export interface Sums {
  readonly days: Map<string, number>;
  readonly facilities: Map<string, number>;
  readonly times: Map<string, { incidents: number; within: number; ms: number }>;
  readonly links: Map<string, { lost: number; restored: number; ms: number }>;
}

export const emptyStates = (): NumberStates => ({
  transmitters: new Map(),
  incidents: new Map(),
  links: new Map(),
});
export const emptySums = (): Sums => ({
  days: new Map(),
  facilities: new Map(),
  times: new Map(),
  links: new Map(),
});

/** Parts of a key stand in the order of the columns of their table; as JSON, for a model may be any text. */
const keyOf = (...parts: readonly (string | number)[]): string => JSON.stringify(parts);
export const partsOf = (key: string): (string | number)[] => JSON.parse(key) as (string | number)[];

export interface FoldContext {
  readonly dayOf: (at: string) => string;
}

/**
 * Takes one entry: the states as they are after it, and what that adds to the sums. Used alike by the consumer and by the rebuild,
 * so both give the same.
 */
export function foldNumbers(states: NumberStates, sums: Sums, entry: AnyEntry, context: FoldContext): void {
  switch (entry.kind) {
    case 'facility.registered':
    case 'facility.changed':
      for (const { id, model } of entry.body.transmitters) {
        const { organisation, areaCode, category } = entry.body;
        const facility = entry.subject as TransmitterFacts['facility'];
        states.transmitters.set(id, {
          transmitter: id,
          facility,
          organisation,
          areaCode,
          category,
          model: model ?? '',
        });
      }
      return;
    case 'link.lost':
      lose(states, sums, entry, context);
      return;
    case 'link.restored':
      restore(states, sums, entry, context);
      return;
    default:
      if (entry.kind.startsWith('incident.')) foldIncident(states, sums, entry, context);
  }
}

function foldIncident(
  { incidents, transmitters }: NumberStates,
  sums: Sums,
  entry: AnyEntry,
  context: FoldContext,
) {
  // Told by the caller's test of the kind, which the compiler does not carry here.
  const own = entry as Extract<AnyEntry, { readonly kind: `incident.${string}` }>;
  const id = own.subject as IncidentId;
  const before = incidents.get(id) ?? null;
  const after = applyNumbers(before, own, {
    dayOf: context.dayOf,
    modelOf: (transmitter) => transmitters.get(transmitter)?.model ?? '',
  });
  if (after === null || after === before) return;
  incidents.set(id, after);
  if (before !== null) addIncident(sums, before, -1);
  addIncident(sums, after, 1);
}

function addIncident(sums: Sums, facts: IncidentFacts, sign: 1 | -1): void {
  const { day, organisation, areaCode, category, model, family, outcome, cause, facility } = facts;
  add(sums.days, keyOf(day, organisation, areaCode, category, model, family, outcome, cause), sign);
  add(sums.facilities, keyOf(day, organisation, areaCode, category, facility, outcome, cause), sign);
  for (const { measure, bucket, ms, within } of timingsOf(facts)) {
    const key = keyOf(day, organisation, areaCode, category, measure, bucket);
    const sum = sums.times.get(key) ?? { incidents: 0, within: 0, ms: 0 };
    sum.incidents += sign;
    if (within) sum.within += sign;
    sum.ms += sign * ms;
    sums.times.set(key, sum);
  }
}

type Link = Extract<AnyEntry, { readonly kind: 'link.lost' | 'link.restored' }>;

function lose({ links, transmitters }: NumberStates, sums: Sums, entry: Link, context: FoldContext): void {
  const { transmitterId, facilityId } = entry.body;
  const known = transmitters.get(transmitterId);
  const loss: LinkLoss = {
    transmitter: transmitterId,
    facility: known?.facility ?? facilityId,
    organisation: entry.organisation ?? known?.organisation ?? '',
    areaCode: known?.areaCode ?? '',
    category: known?.category ?? '',
    model: known?.model ?? '',
    lostAt: entry.at,
    restoredAt: null,
  };
  const key = linkKey(transmitterId, entry.at);
  if (links.has(key)) return;
  links.set(key, loss);
  addLink(sums, context.dayOf(entry.at), loss, { lost: 1, restored: 0, ms: 0 });
}

function restore({ links }: NumberStates, sums: Sums, entry: Link, context: FoldContext): void {
  if (entry.kind !== 'link.restored') return;
  const { transmitterId, lostAt } = entry.body;
  const key = linkKey(transmitterId, lostAt);
  const loss = links.get(key);
  if (loss === undefined || loss.restoredAt !== null) return;
  links.set(key, { ...loss, restoredAt: entry.at });
  const ms = Math.max(0, Date.parse(entry.at) - Date.parse(lostAt));
  addLink(sums, context.dayOf(lostAt), loss, { lost: 0, restored: 1, ms });
}

/** A loss is named by its transmitter and its time. */
export const linkKey = (transmitter: string, lostAt: string): string => keyOf(transmitter, lostAt);

function addLink(
  sums: Sums,
  day: string,
  { organisation, areaCode, category, model }: LinkLoss,
  more: { readonly lost: number; readonly restored: number; readonly ms: number },
): void {
  const key = keyOf(day, organisation, areaCode, category, model);
  const sum = sums.links.get(key) ?? { lost: 0, restored: 0, ms: 0 };
  sum.lost += more.lost;
  sum.restored += more.restored;
  sum.ms += more.ms;
  sums.links.set(key, sum);
}

function add(sums: Map<string, number>, key: string, by: number): void {
  sums.set(key, (sums.get(key) ?? 0) + by);
}
