import type { IncidentClock } from '../entries/incident.ts';
import { CONFIRMATIONS } from '../entries/incident.ts';
import { isFireAlarm } from '../entries/signal.ts';
import type { AnyEntry, EntryBody } from '../entry.ts';
import type { IncidentId } from '../ids.ts';
import type { World } from '../world.ts';
import { combineAnswers, reach, ring } from './incident-answers.ts';
import { escalate, passLimit, stop } from './incident-clocks.ts';
import { confirmDispatch, propose, remindOfDispatch, standDown } from './incident-dispatch.ts';
import type { ClockState, IncidentState, ZoneState } from './incident-state.ts';
import { joinSignals, joinZone, latest } from './incident-zones.ts';

type IncidentEntry = Extract<AnyEntry, { readonly kind: `incident.${string}` }>;

export function isIncidentEntry(entry: AnyEntry): entry is IncidentEntry {
  return entry.kind.startsWith('incident.');
}

/**
 * The state of an incident after one more of its entries. Pure: used alike by the live centre, by replay, by every
 * browser and by partner centres. Entries of an incident that was never opened here give null.
 */
export function applyIncident(state: IncidentState | null, entry: IncidentEntry): IncidentState | null {
  if (entry.kind === 'incident.opened')
    return open(entry.subject as IncidentId, entry.world, entry.at, entry.body);
  if (state === null) return null;
  // A snapshot may be newer than the place in the log where its reader goes on.
  if (entry.revision !== null && entry.revision <= state.entries) return state;
  const next = unshelve(change(state, entry), entry.kind);
  // What was written on paper happened before what the screen knows already.
  const late = entry.kind === 'incident.noted' && entry.body.late !== undefined;
  return { ...next, changedAt: late ? state.changedAt : entry.at, entries: state.entries + 1 };
}

function open(id: IncidentId, world: World, at: string, body: EntryBody<'incident.opened'>): IncidentState {
  const start = (clock: IncidentClock): ClockState => ({ ...clock, stoppedAt: null, passedAt: null });
  return {
    id,
    world,
    number: body.number,
    type: body.type,
    status: 'open',
    facility: body.facility,
    province: body.province,
    station: body.station,
    openedAt: at,
    lastSignalAt: latest(
      body.signals.map((signal) => signal.at),
      at,
    ),
    lastFireAt: latest(
      body.signals.filter(isFireAlarm).map((signal) => signal.at),
      at,
    ),
    changedAt: at,
    confidence: 'single',
    confirmations: [],
    zones: body.signals.reduce<readonly ZoneState[]>(joinZone, []),
    signalCount: body.signals.length,
    clocks: {
      owner: start(body.clocks.owner),
      desk: start(body.clocks.desk),
      station: start(body.clocks.station),
    },
    owner: { answer: 'none', answers: [], contacts: [], measuresShownAt: null },
    claimedBy: null,
    desk: null,
    stationAccepted: null,
    stationState: null,
    dispatch: {
      status: 'none',
      reasons: [],
      resources: [],
      source: null,
      official: false,
      at: null,
      by: null,
    },
    escalatedTo: null,
    nationalSounds: body.nationalSounds,
    ...(body.firstDispatch === undefined ? {} : { firstDispatch: body.firstDispatch }),
    ...(body.limits === undefined ? {} : { limits: body.limits }),
    ...(body.late === undefined ? {} : { late: body.late }),
    outcome: null,
    entries: 1,
  };
}

function change(
  state: IncidentState,
  entry: Exclude<IncidentEntry, { readonly kind: 'incident.opened' }>,
): IncidentState {
  const { at } = entry;
  switch (entry.kind) {
    case 'incident.signals-joined':
      return joinSignals(state, entry.body);
    case 'incident.confirmed':
      return {
        ...state,
        confidence: 'confirmed',
        confirmations: CONFIRMATIONS.filter(
          (one) => one === entry.body.reason || state.confirmations.includes(one),
        ),
      };
    case 'incident.owner-alerted':
      return {
        ...state,
        owner: { ...state.owner, contacts: ring(state.owner.contacts, entry.body.contacts, at) },
      };
    case 'incident.contact-reached':
      return { ...state, owner: { ...state.owner, contacts: reach(state.owner.contacts, entry.body, at) } };
    case 'incident.owner-answered': {
      const answers = [...state.owner.answers, { ...entry.body, at }];
      return {
        ...state,
        owner: { ...state.owner, answers, answer: combineAnswers(answers) },
        // "Checking" is no answer yet: silence after it ends like any other silence.
        clocks:
          entry.body.answer === 'checking'
            ? state.clocks
            : { ...state.clocks, owner: stop(state.clocks.owner, at) },
      };
    }
    case 'incident.measures-shown':
      return { ...state, owner: { ...state.owner, measuresShownAt: state.owner.measuresShownAt ?? at } };
    case 'incident.claimed':
      return { ...state, claimedBy: { ...entry.body.by, at } };
    case 'incident.released':
      return { ...state, claimedBy: null };
    case 'incident.desk-accepted':
      return {
        ...state,
        desk: { ...entry.body.by, organisation: entry.body.organisation, at },
        claimedBy: state.claimedBy ?? { ...entry.body.by, at },
        clocks: { ...state.clocks, desk: stop(state.clocks.desk, at) },
      };
    case 'incident.station-accepted':
      return {
        ...state,
        stationAccepted: { ...entry.body.by, organisation: entry.body.organisation, at },
        stationState: state.stationState ?? { state: 'preparing', at },
        clocks: { ...state.clocks, station: stop(state.clocks.station, at) },
      };
    case 'incident.station-reported':
      return { ...state, stationState: { state: entry.body.state, at } };
    case 'incident.limit-passed':
      return passLimit(state, entry.body, at);
    case 'incident.dispatch-proposed':
      return propose(state, entry.body, at);
    case 'incident.dispatch-confirmed':
      return confirmDispatch(state, entry.body, at);
    case 'incident.dispatch-reminded':
      return remindOfDispatch(state, entry.body);
    case 'incident.station-stood-down':
      return standDown(state, entry.body, at);
    case 'incident.escalated':
      return escalate(state, entry.body, at);
    case 'incident.owner-recalled':
      return { ...state, owner: { ...state.owner, recalledAt: at } };
    case 'incident.noted':
    case 'incident.unshelved':
      return state;
    case 'incident.shelved': {
      const { by, reason, until } = entry.body;
      return { ...state, shelved: { ...by, at, reason, until } };
    }
    case 'incident.closed':
      return { ...state, status: 'closed', outcome: { ...entry.body, at } };
    case 'incident.reopened':
      return reopen(state, entry.body);
    default:
      return unreachable(entry);
  }
}

function reopen(state: IncidentState, { desk }: EntryBody<'incident.reopened'>): IncidentState {
  const { escalations: _before, ...rest } = state;
  const { reminders: _reminded, ...dispatch } = state.dispatch;
  return {
    ...rest,
    status: 'open',
    outcome: null,
    desk: null,
    claimedBy: null,
    dispatch,
    clocks: { ...state.clocks, desk: { ...desk, stoppedAt: null, passedAt: null } },
  };
}

/** Kinds after which an incident must be looked at again, whoever laid it aside. */
const ENDS_SHELF: ReadonlySet<string> = new Set<IncidentEntry['kind']>([
  'incident.unshelved',
  'incident.signals-joined',
  'incident.confirmed',
  'incident.owner-answered',
  'incident.escalated',
  'incident.limit-passed',
  'incident.dispatch-proposed',
  'incident.dispatch-reminded',
  'incident.station-reported',
  'incident.closed',
  'incident.reopened',
]);

function unshelve(state: IncidentState, kind: IncidentEntry['kind']): IncidentState {
  if (state.shelved === undefined || !ENDS_SHELF.has(kind)) return state;
  const { shelved: _before, ...rest } = state;
  return rest;
}

function unreachable(entry: never): never {
  throw new TypeError(`no apply for ${JSON.stringify(entry)}`);
}
