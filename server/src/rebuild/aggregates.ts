import {
  type AnyEntry,
  applyDevice,
  applyFacility,
  applyIncident,
  applyUser,
  applyWorks,
  type DeviceState,
  type FacilityState,
  type IncidentState,
  isIncidentEntry,
  touchesHealth,
  type UserState,
  type WorksState,
} from '@keng/model';

/** One kind of state that the log can give back. */
export interface Aggregate {
  readonly name: string;
  /** Table and column that name the thing; its state is in `state`. */
  readonly table: string;
  readonly key: string;
  /** Takes an entry if it concerns this kind. */
  readonly take: (entry: AnyEntry) => void;
  readonly states: ReadonlyMap<string, unknown>;
}

function aggregate<State, Entry extends AnyEntry>(
  name: string,
  table: string,
  key: string,
  concerns: (entry: AnyEntry) => entry is Entry,
  idOf: (entry: Entry) => string,
  apply: (state: State | null, entry: Entry) => State | null,
): Aggregate {
  const states = new Map<string, State>();
  const take = (entry: AnyEntry): void => {
    if (!concerns(entry)) return;
    const id = idOf(entry);
    const next = apply(states.get(id) ?? null, entry);
    if (next !== null) states.set(id, next);
  };
  return { name, table, key, states, take };
}

type Of<Kind extends AnyEntry['kind']> = Extract<AnyEntry, { readonly kind: Kind }>;
type WorksEntry = Of<(`works.${string}` & AnyEntry['kind']) | 'signal.muted'>;
type FacilityEntry = Of<'facility.registered' | 'facility.changed' | 'facility.key-set' | 'facility.removed'>;
type DeviceEntry = Of<'signal.received' | 'link.lost' | 'link.restored'>;
type UserEntry = Of<'user.created' | 'user.changed'>;

/** Everything that is rebuilt, empty. */
export function emptyAggregates(): Aggregate[] {
  return [
    aggregate<IncidentState, Of<`incident.${string}` & AnyEntry['kind']>>(
      'incidents',
      'incident',
      'id',
      isIncidentEntry,
      (entry) => entry.subject,
      applyIncident,
    ),
    aggregate<WorksState, WorksEntry>(
      'works',
      'works',
      'id',
      (entry): entry is WorksEntry => entry.kind.startsWith('works.') || entry.kind === 'signal.muted',
      (entry) => (entry.kind === 'signal.muted' ? entry.body.worksId : entry.subject),
      applyWorks,
    ),
    aggregate<FacilityState, FacilityEntry>(
      'facilities',
      'facility',
      'id',
      (entry): entry is FacilityEntry =>
        entry.kind.startsWith('facility.') && entry.kind !== 'facility.imported',
      (entry) => entry.subject,
      applyFacility,
    ),
    aggregate<DeviceState, DeviceEntry>(
      'devices',
      'device_state',
      'transmitter',
      (entry): entry is DeviceEntry =>
        entry.kind === 'signal.received'
          ? touchesHealth(entry.body.events)
          : entry.kind === 'link.lost' || entry.kind === 'link.restored',
      (entry) => entry.body.transmitterId,
      applyDevice,
    ),
    aggregate<UserState, UserEntry>(
      'users',
      'app_user',
      'id',
      (entry): entry is UserEntry => entry.kind === 'user.created' || entry.kind === 'user.changed',
      (entry) => entry.body.id,
      applyUser,
    ),
  ];
}
