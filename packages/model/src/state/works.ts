import type { Limit } from '../entries/common.ts';
import type { AnyEntry } from '../entry.ts';
import type { ContactId, FacilityId, TransmitterId, WorksId } from '../ids.ts';
import type { PersonRef } from './incident-state.ts';

export interface WorksState {
  readonly id: WorksId;
  readonly facilityId: FacilityId;
  readonly transmitterId: TransmitterId;
  readonly zones: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly reason: string;
  readonly plannedBy: PersonRef | null;
  readonly requestedBy: string | null;
  readonly purpose?: 'test';
  readonly calledBack: {
    readonly contactId: ContactId;
    readonly contactName: string;
    readonly by: PersonRef;
    readonly at: string;
  } | null;
  readonly ended: { readonly reason: 'time' | 'person' | 'call-back-refused'; readonly at: string } | null;
  readonly mutedSignals: number;
  readonly reminder?: Limit;
  readonly remindedAt?: string;
  /** Number of entries applied, muted signals included, and the `revision` of the last. */
  readonly entries: number;
}

type WorksEntry = Extract<AnyEntry, { readonly kind: `works.${string}` | 'signal.muted' }>;

/** The state of planned works after one more of their entries, each once: whoever has seen it already stays as they are. */
export function applyWorks(state: WorksState | null, entry: WorksEntry): WorksState | null {
  // A snapshot may be newer than the place in the log where its reader goes on.
  if (state !== null && entry.revision !== null && entry.revision <= state.entries) return state;
  if (entry.kind === 'works.planned') {
    const { by, reminder, purpose, ...planned } = entry.body;
    return {
      id: entry.subject as WorksId,
      ...planned,
      ...(reminder === undefined ? {} : { reminder }),
      ...(purpose === undefined ? {} : { purpose }),
      plannedBy: by,
      calledBack: null,
      ended: null,
      mutedSignals: 0,
      entries: 1,
    };
  }
  if (state === null) return null;
  return { ...change(state, entry), entries: state.entries + 1 };
}

function change(
  state: WorksState,
  entry: Exclude<WorksEntry, { readonly kind: 'works.planned' }>,
): WorksState {
  switch (entry.kind) {
    case 'works.called-back':
      return { ...state, calledBack: { ...entry.body, at: entry.at } };
    case 'works.reminded':
      return { ...state, remindedAt: entry.at };
    case 'works.ended':
      return { ...state, ended: { reason: entry.body.reason, at: entry.at } };
    case 'signal.muted':
      return { ...state, mutedSignals: state.mutedSignals + 1 };
  }
}

/** Do these works mute this zone at this time? Only after the call-back, only the named zones, only until their end. */
export function mutes(works: WorksState, transmitterId: TransmitterId, zone: string, at: string): boolean {
  return (
    works.calledBack !== null &&
    works.ended === null &&
    works.transmitterId === transmitterId &&
    at >= works.from &&
    at < works.until &&
    works.zones.includes(zone)
  );
}
