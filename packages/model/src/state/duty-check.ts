import type { UnansweredReason } from '../entries/duty-check.ts';
import type { AnyEntry } from '../entry.ts';
import type { DutyCheckId, FacilityId, TransmitterId } from '../ids.ts';
import type { PersonRef } from './incident-state.ts';

/** One question to a control room. */
export interface DutyCheckState {
  readonly id: DutyCheckId;
  readonly transmitterId: TransmitterId;
  readonly facilityId: FacilityId;
  readonly askedAt: string;
  /** Until when an answer counts. */
  readonly dueAt: string;
  readonly minutes: number;
  /** null: a regular check. */
  readonly by: PersonRef | null;
  /** When the device confirmed that it was asked. */
  readonly deliveredAt: string | null;
  readonly answeredAt: string | null;
  readonly unanswered: UnansweredReason | null;
  readonly endedAt: string | null;
  /** What became of it that nobody answered. Absent where somebody did, while it may still be answered, and in those that rang nobody. */
  readonly absence?: 'open' | 'claimed' | 'settled';
  /** Nobody at the province had claimed it by then: it waits at the national desk, too. */
  readonly raised?: { readonly to: 'national'; readonly at: string };
  readonly claimedBy?: PersonRef & { readonly at: string };
  readonly settledBy?: PersonRef & { readonly at: string; readonly note: string };
  /** Number of entries applied, and the `revision` of the last. */
  readonly entries: number;
}

export type DutyCheckEntry = Extract<AnyEntry, { readonly kind: `duty-check.${string}` }>;

/** The state of a duty check after one more of its entries, each once. */
export function applyDutyCheck(state: DutyCheckState | null, entry: DutyCheckEntry): DutyCheckState | null {
  if (state !== null && entry.revision !== null && entry.revision <= state.entries) return state;
  if (entry.kind === 'duty-check.asked') {
    const { dutyCheckId, transmitterId, facilityId, minutes, by } = entry.body;
    return {
      id: dutyCheckId,
      transmitterId,
      facilityId,
      askedAt: entry.at,
      dueAt: new Date(Date.parse(entry.at) + minutes * 60_000).toISOString(),
      minutes,
      by,
      deliveredAt: null,
      answeredAt: null,
      unanswered: null,
      endedAt: null,
      entries: 1,
    };
  }
  if (state === null) return null;
  return { ...change(state, entry), entries: state.entries + 1 };
}

function change(
  state: DutyCheckState,
  entry: Exclude<DutyCheckEntry, { readonly kind: 'duty-check.asked' }>,
): DutyCheckState {
  switch (entry.kind) {
    case 'duty-check.delivered':
      return { ...state, deliveredAt: entry.at };
    case 'duty-check.answered':
      return { ...state, answeredAt: entry.at, endedAt: entry.at };
    case 'duty-check.unanswered':
      return {
        ...state,
        unanswered: entry.body.reason,
        endedAt: entry.at,
        ...(entry.body.rings ? { absence: 'open' as const } : {}),
      };
    case 'duty-check.raised':
      return { ...state, raised: { to: entry.body.to, at: entry.at } };
    case 'duty-check.claimed':
      return { ...state, absence: 'claimed', claimedBy: { ...entry.body.by, at: entry.at } };
    case 'duty-check.settled': {
      const { by, note } = entry.body;
      return { ...state, absence: 'settled', settledBy: { ...by, at: entry.at, note } };
    }
  }
}
