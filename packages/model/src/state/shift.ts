import type { CrewRule, HandoverCounts, Officer } from '../entries/room.ts';
import type { AnyEntry } from '../entry.ts';
import type { OrganisationCode, ShiftId } from '../ids.ts';
import type { Level } from '../organisation.ts';
import type { World } from '../world.ts';
import type { PersonRef } from './incident-state.ts';

export interface ShiftState {
  readonly id: ShiftId;
  readonly world: World;
  readonly organisation: OrganisationCode;
  readonly level: Level;
  readonly leader: PersonRef;
  /** Beside the leader. */
  readonly officers: readonly Officer[];
  readonly rule: CrewRule;
  readonly follows: ShiftId | null;
  readonly startedAt: string;
  readonly ended: { readonly at: string; readonly by: PersonRef; readonly next: ShiftId | null } | null;
  /** The outgoing leader's signature. */
  readonly signed: {
    readonly at: string;
    readonly by: PersonRef;
    readonly notAccepted: HandoverCounts;
    readonly note: string | null;
  } | null;
  /** How much this shift has accepted from the one before. */
  readonly accepted: HandoverCounts;
  /** The last one. */
  readonly soundTest: { readonly at: string; readonly by: PersonRef; readonly heard: boolean } | null;
  readonly sheetPrinted: { readonly at: string; readonly by: PersonRef } | null;
  /** Number of entries applied, and the `revision` of the last. */
  readonly entries: number;
}

export type ShiftEntry = Extract<AnyEntry, { readonly kind: `shift.${string}` }>;

export function isShiftEntry(entry: AnyEntry): entry is ShiftEntry {
  return entry.kind.startsWith('shift.');
}

/** The state of a shift after one more of its entries; entries of a shift that is not known give null. */
export function applyShift(state: ShiftState | null, entry: ShiftEntry): ShiftState | null {
  if (state !== null && entry.revision !== null && entry.revision <= state.entries) return state;
  if (entry.kind === 'shift.started') {
    return {
      id: entry.subject as ShiftId,
      world: entry.world,
      ...entry.body,
      startedAt: entry.at,
      ended: null,
      signed: null,
      accepted: { incident: 0, works: 0, link: 0 },
      soundTest: null,
      sheetPrinted: null,
      entries: 1,
    };
  }
  return state && { ...change(state, entry), entries: state.entries + 1 };
}

function change(
  state: ShiftState,
  entry: Exclude<ShiftEntry, { readonly kind: 'shift.started' }>,
): ShiftState {
  const { at } = entry;
  switch (entry.kind) {
    case 'shift.crew-changed':
      return { ...state, officers: entry.body.officers };
    case 'shift.handover-accepted':
      return { ...state, accepted: add(state.accepted, entry.body.items) };
    case 'shift.ended':
      return { ...state, ended: { ...entry.body, at } };
    case 'shift.signed':
      return { ...state, signed: { ...entry.body, at } };
    case 'shift.sound-tested':
      return { ...state, soundTest: { ...entry.body, at } };
    case 'shift.sheet-printed':
      return { ...state, sheetPrinted: { ...entry.body, at } };
  }
}

function add(
  counts: HandoverCounts,
  items: readonly { readonly kind: keyof HandoverCounts }[],
): HandoverCounts {
  const sum = { ...counts };
  for (const { kind } of items) sum[kind] += 1;
  return sum;
}

/** Officers that are missing by the country's rule; 0: there are enough. */
export function missingOfficers({ officers, rule }: Pick<ShiftState, 'officers' | 'rule'>): number {
  return Math.max(0, rule.officers - officers.length);
}
