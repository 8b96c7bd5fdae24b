import type { EntryBody } from '../entry.ts';
import { raise } from './incident-clocks.ts';
import type { IncidentState, StandDown } from './incident-state.ts';

export function propose(
  state: IncidentState,
  body: EntryBody<'incident.dispatch-proposed'>,
  at: string,
): IncidentState {
  if (state.dispatch.status === 'confirmed') return state;
  const reasons = state.dispatch.reasons.includes(body.reason)
    ? state.dispatch.reasons
    : [...state.dispatch.reasons, body.reason];
  return {
    ...state,
    dispatch: {
      ...state.dispatch,
      status: 'proposed',
      reasons,
      resources: body.resources,
      source: body.source,
      official: body.official,
      at: state.dispatch.at ?? at,
      by: null,
    },
  };
}

export function confirmDispatch(
  state: IncidentState,
  { by, resources, station }: EntryBody<'incident.dispatch-confirmed'>,
  at: string,
): IncidentState {
  const { standDowns, ...rest } = state;
  const left = standDowns?.filter((one) => one.station !== station);
  return {
    ...rest,
    ...(left === undefined ? {} : { standDowns: left }),
    station: station ?? state.station,
    dispatch: { ...state.dispatch, status: 'confirmed', resources, at, by },
  };
}

export function remindOfDispatch(
  state: IncidentState,
  { count, escalatedTo }: EntryBody<'incident.dispatch-reminded'>,
): IncidentState {
  const raised = raise(state, escalatedTo);
  return { ...raised, dispatch: { ...raised.dispatch, reminders: count } };
}

/** What the replaced station had accepted and reported is its own: the next one begins anew. */
export function standDown(
  state: IncidentState,
  { station, replacedBy, by, clock }: EntryBody<'incident.station-stood-down'>,
  at: string,
): IncidentState {
  return {
    ...state,
    stationAccepted: null,
    stationState: null,
    standDowns: [...(state.standDowns ?? []), { station, replacedBy, by, at }],
    clocks: { ...state.clocks, station: { ...clock, stoppedAt: null, passedAt: null } },
  };
}

/** How a station was taken off an incident; null: it was not. */
export function standDownOf(
  { standDowns }: Pick<IncidentState, 'standDowns'>,
  organisation: string | null,
): StandDown | null {
  return standDowns?.find((one) => one.station === organisation) ?? null;
}

/** Somebody has been sent, or has left, and has not said that it is over: whoever closes now says how it is known. */
export function forcesOut(state: Pick<IncidentState, 'dispatch' | 'stationState'>): boolean {
  const reported = state.stationState?.state;
  if (reported === 'returned' || reported === 'under-control') return false;
  return state.dispatch.status === 'confirmed' || crewsOut(state);
}

/** The station itself has said that its crews are away from home for this incident. */
export function crewsOut({ stationState }: Pick<IncidentState, 'stationState'>): boolean {
  return stationState !== null && stationState.state !== 'preparing' && stationState.state !== 'returned';
}
