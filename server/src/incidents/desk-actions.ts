import {
  conflict,
  type EntryBody,
  type IncidentState,
  type OrganisationCode,
  type PersonRef,
  Problem,
  type Resource,
} from '@keng/model';
import { ending } from './follow-up.ts';
import { type Act, type Progress, record, unchanged } from './progress.ts';

/** A person at a screen. */
export interface Officer {
  readonly person: PersonRef;
  readonly organisation: OrganisationCode;
}

/** Nothing is added to a closed incident except notes. */
export function requireOpen(state: IncidentState): void {
  if (state.status === 'open') return;
  throw conflict(
    'incident.closed',
    `Incident ${state.number} was closed by ${state.outcome?.by.name ?? ''}.`,
    {
      number: state.number,
      by: state.outcome?.by.name ?? '',
    },
  );
}

/** A person takes an incident as theirs to work on. The second one hears who was faster, and may take it over on purpose. */
export function claim(state: IncidentState, by: PersonRef, takeOver: boolean, act: Act): Progress {
  requireOpen(state);
  const holder = state.claimedBy;
  if (holder?.id === by.id) return unchanged(state);
  if (holder !== null && !takeOver) {
    throw conflict('incident.claimed', `${holder.name} works on incident ${state.number}.`, {
      by: holder.name,
      at: holder.at,
    });
  }
  return record(unchanged(state), 'incident.claimed', { by }, act);
}

export function release(state: IncidentState, by: PersonRef, act: Act): Progress {
  requireOpen(state);
  if (state.claimedBy === null) return unchanged(state);
  if (state.claimedBy.id !== by.id) {
    throw conflict(
      'incident.claimed',
      `Only ${state.claimedBy.name} can release incident ${state.number}; take it over.`,
      {
        by: state.claimedBy.name,
        at: state.claimedBy.at,
      },
    );
  }
  return record(unchanged(state), 'incident.released', { by }, act);
}

/** The desk has it: stops the desk's clock. A claim by somebody else does not hinder it, for time runs. */
export function acceptAtDesk(state: IncidentState, { person, organisation }: Officer, act: Act): Progress {
  requireOpen(state);
  if (state.desk?.id === person.id) return unchanged(state);
  if (state.desk !== null) {
    throw conflict('incident.accepted', `${state.desk.name} has accepted incident ${state.number}.`, {
      by: state.desk.name,
      at: state.desk.at,
    });
  }
  return record(unchanged(state), 'incident.desk-accepted', { by: person, organisation }, act);
}

export interface DispatchOrder {
  readonly resources: readonly Resource[];
  /** The station that is to turn out; null: the one the incident has. */
  readonly station: OrganisationCode | null;
}

/**
 * A person confirms the dispatch: of what was proposed, of the configured first dispatch, or of what they name. Whoever
 * dispatches has the incident: it counts as accepted. The same person's second key changes nothing.
 */
export function confirmDispatch(
  state: IncidentState,
  order: Partial<DispatchOrder>,
  officer: Officer,
  act: Act,
): Progress {
  requireOpen(state);
  const { dispatch, firstDispatch } = state;
  const resources =
    order.resources ?? (dispatch.status === 'none' ? firstDispatch?.resources : dispatch.resources);
  const station = order.station ?? null;
  if (dispatch.status === 'confirmed') return repeatedDispatch(state, order, officer);
  if (resources === undefined || resources.length === 0) {
    throw new Problem(
      422,
      'dispatch.no-resources',
      'Nothing is configured to be sent: name what is to turn out.',
      {
        at: 'resources',
      },
    );
  }
  const accepted = state.desk === null ? acceptAtDesk(state, officer, act) : unchanged(state);
  const body = { by: officer.person, resources: resources.map((one) => ({ ...one })), station };
  return record(standDown(accepted, station, officer.person, act), 'incident.dispatch-confirmed', body, act);
}

/**
 * Another station goes: the one before hears it first, in the last entry that is its own to see, and the new one has the
 * whole time to accept.
 */
function standDown(progress: Progress, next: OrganisationCode | null, by: PersonRef, act: Act): Progress {
  const { station, clocks } = progress.state;
  if (station === null || next === null || next === station) return progress;
  const { seconds, source, official } = clocks.station;
  const clock = ending({ seconds, source, official }, act.at.toISOString());
  return record(progress, 'incident.station-stood-down', { by, station, replacedBy: next, clock }, act);
}

function repeatedDispatch(
  state: IncidentState,
  order: Partial<DispatchOrder>,
  { person }: Officer,
): Progress {
  const { by, at, resources } = state.dispatch;
  const sameStation =
    order.station === undefined || order.station === null || order.station === state.station;
  const same = order.resources === undefined || sameResources(order.resources, resources);
  if (by?.id === person.id && same && sameStation) return unchanged(state);
  throw conflict('dispatch.confirmed', `${by?.name ?? ''} has dispatched incident ${state.number} already.`, {
    by: by?.name ?? '',
    at: at ?? '',
  });
}

function sameResources(one: readonly Resource[], other: readonly Resource[]): boolean {
  const text = (list: readonly Resource[]): string =>
    list
      .map(({ type, count }) => `${type}:${count}`)
      .sort()
      .join();
  return text(one) === text(other);
}

export function note(state: IncidentState, body: EntryBody<'incident.noted'>, act: Act): Progress {
  return record(unchanged(state), 'incident.noted', body, act);
}
