import { conflict, type IncidentState, invalid, type PersonRef } from '@keng/model';
import { requireOpen } from './desk-actions.ts';
import { type Act, type Progress, record, unchanged } from './progress.ts';

export interface Shelving {
  readonly reason: string;
  readonly until: Date;
}

/**
 * Lays an incident aside until a time. Only what a desk has accepted: an unacknowledged alarm never leaves the screen. Whatever is
 * new brings it back before (`applyIncident`).
 */
export function shelve(
  state: IncidentState,
  { reason, until }: Shelving,
  by: PersonRef,
  maximumSeconds: number,
  act: Act,
): Progress {
  requireOpen(state);
  if (state.desk === null) {
    throw conflict(
      'shelve.not-accepted',
      `Nobody has accepted incident ${state.number}: an alarm that is not acknowledged stays on the screen.`,
      { number: state.number },
    );
  }
  const seconds = (until.getTime() - act.at.getTime()) / 1000;
  if (seconds <= 0) throw invalid('shelve.over', 'The shelf would be over already.', 'until');
  if (seconds > maximumSeconds) {
    throw invalid(
      'shelve.too-long',
      `At most ${maximumSeconds / 3600} hours; lay it aside again then.`,
      'until',
    );
  }
  return record(unchanged(state), 'incident.shelved', { by, reason, until: until.toISOString() }, act);
}

/** A person wants it back. */
export function unshelve(state: IncidentState, by: PersonRef, act: Act): Progress {
  if (state.shelved === undefined) return unchanged(state);
  return record(unchanged(state), 'incident.unshelved', { reason: 'person', by }, act);
}

/** The time of a shelf is over; nothing where it was taken back or laid aside anew. */
export function endShelf(state: IncidentState, until: string, act: Act): Progress {
  if (state.shelved?.until !== until || act.at.toISOString() < until) return unchanged(state);
  return record(unchanged(state), 'incident.unshelved', { reason: 'time', by: null }, act);
}

/** A signal came: whoever laid it aside did not know of it. */
export function wakeFromShelf(progress: Progress, act: Act): Progress {
  if (progress.state.shelved === undefined) return progress;
  return record(progress, 'incident.unshelved', { reason: 'signal', by: null }, act);
}
