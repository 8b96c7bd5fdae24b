import { conflict, type IncidentState, type StationState } from '@keng/model';
import { type Officer, requireOpen } from './desk-actions.ts';
import { type Act, type Progress, record, unchanged } from './progress.ts';

/** The station has it and prepares, while verification goes on: stops the station's clock. */
export function acceptAtStation(state: IncidentState, { person, organisation }: Officer, act: Act): Progress {
  requireOpen(state);
  const accepted = state.stationAccepted;
  // After a dispatch to another station that one accepts too.
  const same = accepted?.organisation === organisation;
  if (accepted !== null && accepted.id === person.id && same) return unchanged(state);
  if (accepted !== null && same) {
    throw conflict(
      'incident.accepted',
      `${accepted.name} has accepted incident ${state.number} for the station.`,
      {
        by: accepted.name,
        at: accepted.at,
      },
    );
  }
  return record(unchanged(state), 'incident.station-accepted', { by: person, organisation }, act);
}

/** The station reports where it stands. Who reports that engines have left has accepted. */
export function reportFromStation(
  state: IncidentState,
  report: { readonly state: StationState; readonly note: string | null },
  officer: Officer,
  act: Act,
): Progress {
  requireOpen(state);
  const accepted = state.stationAccepted === null ? acceptAtStation(state, officer, act) : unchanged(state);
  if (accepted.state.stationState?.state === report.state && report.note === null) return accepted;
  return record(accepted, 'incident.station-reported', { by: officer.person, ...report }, act);
}
