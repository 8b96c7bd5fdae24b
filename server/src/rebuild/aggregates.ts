import {
  type AnyEntry,
  applyContact,
  applyDeclaration,
  applyDevice,
  applyDutyCheck,
  applyFacility,
  applyFirePlan,
  applyIncident,
  applyInspection,
  applyOutage,
  applyPlan,
  applyRaisedRights,
  applySelfInspection,
  applyShift,
  applyUser,
  applyWorks,
  type ContactEntry,
  type ContactRecord,
  type DeclarationState,
  type DeviceState,
  type DutyCheckState,
  type FacilityState,
  type FirePlanState,
  type IncidentState,
  type InspectionState,
  isContactEntry,
  isDeviceLinkEntry,
  isIncidentEntry,
  isRightsEntry,
  isShiftEntry,
  type OutageEntry,
  type OutageState,
  type PlanState,
  type RaisedRightsState,
  type SelfInspectionState,
  type ShiftEntry,
  type ShiftState,
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

/** What belongs to a facility and is its own subject: every kind begins with the same word. */
function papers<State, Entry extends AnyEntry>(
  name: string,
  table: string,
  prefix: string,
  apply: (state: State | null, entry: Entry) => State | null,
): Aggregate {
  const concerns = (entry: AnyEntry): entry is Entry => entry.kind.startsWith(prefix);
  return aggregate<State, Entry>(name, table, 'id', concerns, (entry) => entry.subject, apply);
}

type Of<Kind extends AnyEntry['kind']> = Extract<AnyEntry, { readonly kind: Kind }>;
type WorksEntry = Of<(`works.${string}` & AnyEntry['kind']) | 'signal.muted'>;
type FacilityEntry = Exclude<
  Of<`facility.${string}` & AnyEntry['kind']>,
  Of<'facility.imported' | 'facility.kept-apart'>
>;
type Papers<Prefix extends string> = Of<`${Prefix}.${string}` & AnyEntry['kind']>;
type DeviceEntry = Of<
  'signal.received' | 'link.lost' | 'link.restored' | 'link.path-lost' | 'link.path-restored'
>;
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
    aggregate<ShiftState, ShiftEntry>(
      'shifts',
      'shift',
      'id',
      isShiftEntry,
      (entry) => entry.subject,
      applyShift,
    ),
    aggregate<FacilityState, FacilityEntry>(
      'facilities',
      'facility',
      'id',
      (entry): entry is FacilityEntry =>
        entry.kind.startsWith('facility.') &&
        entry.kind !== 'facility.imported' &&
        entry.kind !== 'facility.kept-apart',
      (entry) => entry.subject,
      applyFacility,
    ),
    papers<DutyCheckState, Papers<'duty-check'>>('duty checks', 'duty_check', 'duty-check.', applyDutyCheck),
    papers<PlanState, Papers<'plan'>>('plans', 'facility_plan', 'plan.', applyPlan),
    papers<FirePlanState, Papers<'fire-plan'>>('fire plans', 'fire_plan', 'fire-plan.', applyFirePlan),
    papers<SelfInspectionState, Papers<'self-inspection'>>(
      'self-inspections',
      'self_inspection',
      'self-inspection.',
      applySelfInspection,
    ),
    papers<InspectionState, Papers<'inspection'>>(
      'inspections',
      'inspection',
      'inspection.',
      applyInspection,
    ),
    papers<DeclarationState, Papers<'declaration'>>(
      'declarations',
      'facility_declaration',
      'declaration.',
      applyDeclaration,
    ),
    aggregate<ContactRecord, ContactEntry>(
      'contacts',
      'contact_record',
      'contact',
      isContactEntry,
      (entry) => entry.subject,
      applyContact,
    ),
    aggregate<DeviceState, DeviceEntry>(
      'devices',
      'device_state',
      'transmitter',
      (entry): entry is DeviceEntry =>
        entry.kind === 'signal.received' ? touchesHealth(entry.body.events) : isDeviceLinkEntry(entry),
      (entry) => entry.body.transmitterId,
      applyDevice,
    ),
    aggregate<OutageState, OutageEntry>(
      'outages',
      'outage',
      'id',
      (entry): entry is OutageEntry => entry.kind.startsWith('outage.'),
      (entry) => entry.body.outageId,
      applyOutage,
    ),
    aggregate<RaisedRightsState, Of<`rights.${string}` & AnyEntry['kind']>>(
      'raised rights',
      'raised_rights',
      'id',
      isRightsEntry,
      (entry) => entry.subject,
      applyRaisedRights,
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
