import {
  CLOCKS,
  type ClockName,
  type IncidentId,
  type IncidentState,
  isFireAlarm,
  type Level,
  type OrganisationCode,
} from '@keng/model';

/** Bands of the queue as the eye groups them; the exact order inside is `urgencyOf`. */
export type Band = 'fire' | 'unaccepted' | 'working' | 'closed';

export interface RowClock {
  readonly name: ClockName;
  readonly dueAt: string;
  readonly stopped: boolean;
  readonly passed: boolean;
}

/** One line of the queue: what a person needs to decide which alarm to open, and nothing more. */
export interface QueueRow {
  readonly id: IncidentId;
  readonly number: number;
  readonly band: Band;
  readonly name: string;
  readonly address: string;
  readonly category: string;
  readonly province: OrganisationCode;
  readonly station: OrganisationCode | null;
  readonly synthetic: boolean;
  readonly openedAt: string;
  readonly confirmed: boolean;
  readonly owner: IncidentState['owner']['answer'];
  readonly clocks: readonly RowClock[];
  readonly zone: string;
  readonly moreZones: number;
  readonly signals: number;
  readonly claimedBy: string | null;
  readonly accepted: boolean;
  readonly stationAccepted: boolean;
  /** Stations that another one has replaced. */
  readonly stoodDown: readonly OrganisationCode[];
  readonly dispatch: IncidentState['dispatch']['status'];
  readonly escalatedTo: Level | null;
  readonly outcome: NonNullable<IncidentState['outcome']>['outcome'] | null;
  readonly closedAt: string | null;
  /** Keyed in from paper. */
  readonly late: boolean;
  /** Laid aside until then; null: it is in its place. */
  readonly shelvedUntil: string | null;
  /** Number of entries behind this row: equal means unchanged. */
  readonly entries: number;
}

export function bandOf(incident: IncidentState): Band {
  if (incident.status === 'closed') return 'closed';
  if (incident.desk !== null) return 'working';
  const { answer } = incident.owner;
  const fire = incident.confidence === 'confirmed' || answer === 'real' || answer === 'contradictory';
  return fire ? 'fire' : 'unaccepted';
}

export function toRow(incident: IncidentState): QueueRow {
  const { facility } = incident;
  const spoken = incident.zones.filter((zone) => isFireAlarm(zone));
  const zones = spoken.length > 0 ? spoken : incident.zones;
  const first = zones[0];
  return {
    id: incident.id,
    number: incident.number,
    band: bandOf(incident),
    name: facility.name,
    address: facility.address,
    category: facility.category,
    province: incident.province,
    station: incident.station,
    synthetic: facility.synthetic,
    openedAt: incident.openedAt,
    confirmed: incident.confidence === 'confirmed',
    owner: incident.owner.answer,
    clocks: CLOCKS.map((name) => rowClock(incident, name)),
    zone: first ? (first.label ?? first.zone) : '',
    moreZones: Math.max(0, zones.length - 1),
    signals: incident.signalCount,
    claimedBy: incident.claimedBy?.name ?? null,
    accepted: incident.desk !== null,
    stationAccepted: incident.stationAccepted !== null,
    stoodDown: incident.standDowns?.map((one) => one.station) ?? [],
    dispatch: incident.dispatch.status,
    escalatedTo: incident.escalatedTo,
    outcome: incident.outcome?.outcome ?? null,
    closedAt: incident.outcome?.at ?? null,
    late: incident.late !== undefined,
    shelvedUntil: incident.shelved?.until ?? null,
    entries: incident.entries,
  };
}

function rowClock(incident: IncidentState, name: ClockName): RowClock {
  const clock = incident.clocks[name];
  return { name, dueAt: clock.dueAt, stopped: clock.stoppedAt !== null, passed: clock.passedAt !== null };
}
