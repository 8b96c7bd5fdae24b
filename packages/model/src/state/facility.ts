import type { FacilityBody } from '../entries/facility.ts';
import type { AnyEntry } from '../entry.ts';
import type { FacilityId } from '../ids.ts';

export interface FacilityState extends FacilityBody {
  readonly id: FacilityId;
  readonly registeredAt: string;
  readonly changedAt: string;
  readonly removedAt: string | null;
  /** The facility that this one was a duplicate of. */
  readonly mergedInto?: FacilityId;
}

type FacilityEntry = Extract<AnyEntry, { readonly kind: `facility.${string}` }>;

export function applyFacility(state: FacilityState | null, entry: FacilityEntry): FacilityState | null {
  switch (entry.kind) {
    case 'facility.registered': {
      const { source: _source, ...body } = entry.body;
      return {
        ...body,
        id: entry.subject as FacilityId,
        registeredAt: entry.at,
        changedAt: entry.at,
        removedAt: null,
      };
    }
    case 'facility.changed':
      return state && { ...state, ...entry.body, changedAt: entry.at };
    case 'facility.key-set':
      return (
        state && {
          ...state,
          changedAt: entry.at,
          transmitters: state.transmitters.map((one) =>
            one.id === entry.body.transmitterId ? { ...one, encrypted: entry.body.bits !== null } : one,
          ),
        }
      );
    case 'facility.removed':
      return state && { ...state, changedAt: entry.at, removedAt: entry.at };
    case 'facility.merged': {
      const { duplicate: _duplicate, duplicateName: _name, because: _because, ...body } = entry.body;
      return state && { ...state, ...body, changedAt: entry.at };
    }
    case 'facility.merged-into':
      return state && { ...state, changedAt: entry.at, removedAt: entry.at, mergedInto: entry.body.into };
    case 'facility.kept-apart':
    case 'facility.imported':
      return state;
  }
}
