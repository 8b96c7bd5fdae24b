import {
  type Contact,
  type FacilityId,
  type FacilitySummary,
  type IncidentId,
  type IncidentState,
  type JoinedSignal,
  LIVE,
  type LogEntry,
  newId,
  type OrganisationCode,
  type PersonRef,
  type SignalEvent,
  type SignalId,
  type TransmitterId,
  type UserId,
  type WorksId,
  type WorksState,
  type Zone,
} from '@keng/model';
import type { FacilityFacts } from './hear.ts';
import { openIncident } from './open-incident.ts';
import type { IncidentPolicy, TimeLimit } from './policy.ts';
import type { Act } from './progress.ts';

/** Synthetic things for the tests of incidents and works. Nobody here exists. */

export const T0 = new Date('2026-03-01T03:00:00.000Z');
export const after = (seconds: number): Date => new Date(T0.getTime() + seconds * 1000);
export const isoAfter = (seconds: number): string => after(seconds).toISOString();

export const PROVINCE = 'VN-PC07-01' as OrganisationCode;
export const STATION = 'VN-PC07-01-S1' as OrganisationCode;
export const OTHER_STATION = 'VN-PC07-01-S2' as OrganisationCode;

export const TEST_POLICY: IncidentPolicy = {
  limit: (clock) => ({
    seconds: { owner: 60, desk: 30, station: 40 }[clock],
    source: `test ${clock}`,
    official: false,
  }),
  limits: () => ({
    unclaimed: limit('unclaimed', 45),
    national: limit('national', 50),
    silent: limit('silent', 120),
    dispatch: limit('dispatch', 35),
    recall: limit('recall', 35),
  }),
  deskSilence: () => limit('silent', 120),
  correlationSeconds: 600,
  firstDispatch: ({ category }) => ({
    resources: [{ type: 'engine', count: category === 'hospital' ? 3 : 2 }],
    source: 'test dispatch',
    official: false,
  }),
  nationalSounds: ({ category }) => category === 'hospital',
  worksMaximumSeconds: () => 28_800,
  worksReminder: () => limit('works reminder', 900),
};

function limit(name: string, seconds: number): TimeLimit {
  return { seconds, source: `test ${name}`, official: false };
}

export const TRANSMITTER = newId<TransmitterId>();
export const FACILITY = newId<FacilityId>();

export const ZONES: readonly Zone[] = [
  { number: '1', label: 'Lobby', kind: 'smoke' },
  { number: '2', label: 'Kitchen', kind: 'heat' },
  { number: '3', label: 'Stairs', kind: 'smoke' },
  { number: '7', label: 'Call point', kind: 'manual' },
  { number: '8', label: 'Sprinkler', kind: 'sprinkler' },
];

export const SUMMARY: FacilitySummary = {
  id: FACILITY,
  name: 'Synthetic school 1',
  address: '1 Synthetic street',
  category: 'school',
  position: [105.8, 21.0],
  managingLevel: 'province',
  areaCode: '01',
  synthetic: true,
};

export const FACTS: FacilityFacts = {
  summary: SUMMARY,
  responsible: { organisation: STATION, province: PROVINCE, station: STATION },
  zones: new Map([[TRANSMITTER, ZONES]]),
};

export const person = (name: string): PersonRef => ({ id: newId<UserId>(), name });
export const byPerson = ({ id, name }: PersonRef, at: Date = T0): Act => ({
  actor: { kind: 'user', id, name },
  at,
});

export function event(zone: string | null, more: Partial<SignalEvent> = {}): SignalEvent {
  return { family: 'fire', class: 'alarm', code: 'FA', zone, area: null, text: null, repeat: false, ...more };
}

/** A frame in the log, as the correlator reads it. */
export function signal(
  events: readonly SignalEvent[],
  more: { readonly at?: Date; readonly facility?: FacilityId; readonly transmitter?: TransmitterId } = {},
): LogEntry<'signal.received'> {
  const at = (more.at ?? T0).toISOString();
  const transmitterId = more.transmitter ?? TRANSMITTER;
  const facilityId = more.facility ?? FACILITY;
  return {
    world: LIVE,
    position: 1,
    kind: 'signal.received',
    version: 1,
    lane: 0,
    subject: transmitterId,
    organisation: STATION,
    facility: facilityId,
    revision: null,
    at,
    recordedAt: at,
    actor: { kind: 'device', id: '1234' },
    body: {
      signalId: newId<SignalId>(),
      transmitterId,
      facilityId,
      receiver: 'dc09-tcp',
      protocol: 'dc09',
      account: '1234',
      line: '0',
      sequence: '0001',
      remote: '127.0.0.1:1',
      encrypted: false,
      deviceAt: null,
      raw: '',
      quirks: [],
      events: [...events],
    },
  };
}

export function joined(zone: string, more: Partial<JoinedSignal> = {}): JoinedSignal {
  return {
    signalId: newId<SignalId>(),
    transmitterId: TRANSMITTER,
    zone,
    zoneLabel: null,
    family: 'smoke',
    class: 'alarm',
    at: T0.toISOString(),
    ...more,
  };
}

/** An incident as it is after its first signals. */
export function opened(signals: readonly JoinedSignal[] = [joined('1')]): IncidentState {
  const id = newId<IncidentId>();
  const { responsible } = FACTS;
  return openIncident({ world: LIVE, id, number: 231, facility: SUMMARY, responsible, signals }, TEST_POLICY)
    .state;
}

export function works(more: Partial<WorksState> = {}): WorksState {
  const officer = person('Synthetic officer');
  return {
    id: newId<WorksId>(),
    facilityId: FACILITY,
    transmitterId: TRANSMITTER,
    zones: ['1'],
    from: isoAfter(-600),
    until: isoAfter(3_600),
    reason: 'welding',
    plannedBy: officer,
    requestedBy: null,
    calledBack: {
      contactId: newId<Contact['id']>(),
      contactName: 'Synthetic contact',
      by: officer,
      at: isoAfter(-300),
    },
    ended: null,
    mutedSignals: 0,
    entries: 2,
    ...more,
  };
}
