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
  readonly calledBack: {
    readonly contactId: ContactId;
    readonly contactName: string;
    readonly by: PersonRef;
    readonly at: string;
  } | null;
  readonly ended: { readonly reason: 'time' | 'person' | 'call-back-refused'; readonly at: string } | null;
  readonly mutedSignals: number;
}

type WorksEntry = Extract<AnyEntry, { readonly kind: `works.${string}` | 'signal.muted' }>;

export function applyWorks(state: WorksState | null, entry: WorksEntry): WorksState | null {
  if (entry.kind === 'works.planned') {
    const { by, ...planned } = entry.body;
    return {
      id: entry.subject as WorksId,
      ...planned,
      plannedBy: by,
      calledBack: null,
      ended: null,
      mutedSignals: 0,
    };
  }
  if (state === null) return null;
  switch (entry.kind) {
    case 'works.called-back':
      return { ...state, calledBack: { ...entry.body, at: entry.at } };
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
