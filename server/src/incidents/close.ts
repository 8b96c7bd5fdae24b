import {
  conflict,
  type FalseCause,
  forcesOut,
  type IncidentState,
  type Outcome,
  type PersonRef,
  Problem,
} from '@keng/model';
import { type Act, type Progress, record, unchanged } from './progress.ts';

export interface Closing {
  readonly outcome: Outcome;
  readonly cause: FalseCause | null;
  readonly note: string | null;
}

/**
 * Only a person closes, after accepting. "False" names its cause, for causes are what the next inspection is about; nothing
 * else has one. While crews are out the station's report closes the matter; a desk that knows it otherwise writes how.
 */
export function close(state: IncidentState, closing: Closing, by: PersonRef, act: Act): Progress {
  if (state.outcome !== null) return closedAlready(state, closing, by);
  if (closing.outcome === 'false' && closing.cause === null) {
    throw new Problem(422, 'close.cause-missing', 'A false alarm is closed with its cause.', { at: 'cause' });
  }
  if (closing.outcome !== 'false' && closing.cause !== null) {
    throw new Problem(422, 'close.cause-unwanted', 'Only a false alarm has a cause.', { at: 'cause' });
  }
  if (state.desk === null) {
    throw conflict(
      'close.not-accepted',
      `Nobody has accepted incident ${state.number}: accept it before closing.`,
      {
        number: state.number,
      },
    );
  }
  if (forcesOut(state) && (closing.note === null || closing.note.trim() === '')) {
    const station = state.stationState?.state ?? 'none';
    throw new Problem(
      409,
      'close.forces-out',
      'The dispatch is confirmed and the station has not reported back: write a note how you know that it is over.',
      { at: 'note', params: { station } },
    );
  }
  return record(unchanged(state), 'incident.closed', { by, ...closing }, act);
}

function closedAlready(state: IncidentState, closing: Closing, by: PersonRef): Progress {
  const { outcome } = state;
  if (outcome?.by.id === by.id && outcome.outcome === closing.outcome && outcome.cause === closing.cause) {
    return unchanged(state);
  }
  throw conflict('incident.closed', `${outcome?.by.name ?? ''} has closed incident ${state.number}.`, {
    number: state.number,
    by: outcome?.by.name ?? '',
    outcome: outcome?.outcome ?? '',
    at: outcome?.at ?? '',
  });
}
