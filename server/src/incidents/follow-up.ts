import {
  type EscalationReason,
  type IncidentClock,
  type IncidentState,
  type Level,
  type Limit,
  nextLevel,
  waitingSince,
} from '@keng/model';
import { type Act, type Progress, record, unchanged } from './progress.ts';

/*
 * What follows the three clocks while nobody acts. Each rule looks at the state when its time has come: whoever acted
 * meanwhile, or a reopening that made the time begin anew, leaves it without effect.
 */

/** A limit with the time at which it ends, counted `times` over from `since`. */
export function ending(limit: Limit, since: string, times = 1): IncidentClock {
  return { ...limit, dueAt: new Date(Date.parse(since) + times * limit.seconds * 1000).toISOString() };
}

/** Nobody has claimed it: one level up. */
export function escalateUnclaimed(state: IncidentState, act: Act): Progress {
  const { limits, claimedBy } = state;
  const to = nextLevel(state);
  if (!isWaiting(state) || limits === undefined || claimedBy !== null || to === null) return unchanged(state);
  return escalate(unchanged(state), 'unclaimed', to, ending(limits.unclaimed, waitingSince(state)), act);
}

/** Somebody may have claimed it, but the provincial desk has not accepted: the national desk. */
export function escalateSilentDesk(state: IncidentState, act: Act): Progress {
  const { limits, escalatedTo } = state;
  if (!isWaiting(state) || limits === undefined || escalatedTo === 'national') return unchanged(state);
  const limit = ending(limits.national, waitingSince(state));
  return escalate(unchanged(state), 'desk-silent', 'national', limit, act);
}

/** Its province does not answer at all: the national desk at once. */
export function escalateSilentProvince(progress: Progress, limit: IncidentClock, act: Act): Progress {
  const { state } = progress;
  if (!isWaiting(state) || state.escalatedTo === 'national') return progress;
  return escalate(progress, 'province-silent', 'national', limit, act);
}

/** Its station does not answer at all: the province at once, which turns somebody out by telephone or sends another. */
export function escalateSilentStation(progress: Progress, limit: IncidentClock, act: Act): Progress {
  const { status, station, stationAccepted } = progress.state;
  if (status === 'closed' || station === null || stationAccepted !== null) return progress;
  return escalate(progress, 'station-silent', 'province', limit, act);
}

/** The limit that a desk has broken by leaving this alarm unaccepted; null: it has not. */
export function unanswered(state: IncidentState, { at }: Act): IncidentClock | null {
  if (!isWaiting(state) || state.limits === undefined) return null;
  const limit = ending(state.limits.silent, waitingSince(state));
  return isOver(limit, at) ? limit : null;
}

/** The first dispatch is ready and nobody orders it: the desk is reminded, and the second time the national desk is, too. */
export function remindOfDispatch(state: IncidentState, count: number, act: Act): Progress {
  const { dispatch, limits, status, escalatedTo } = state;
  const done = (dispatch.reminders ?? 0) >= count;
  if (status === 'closed' || dispatch.status !== 'proposed' || limits === undefined || done)
    return unchanged(state);
  const limit = ending(limits.dispatch, proposedSince(state), count);
  if (!isOver(limit, act.at)) return unchanged(state);
  const goesUp = count > 1 && escalatedTo !== 'national';
  return record(
    unchanged(state),
    'incident.dispatch-reminded',
    { count, escalatedTo: goesUp ? 'national' : null, limit },
    act,
  );
}

/** Most reminders of one proposal: the desk, then the next level. */
export const MOST_REMINDERS = 2;

/** A proposal that was left when the incident was closed waits anew from its reopening. ISO. */
export function proposedSince(state: IncidentState): string {
  const { at } = state.dispatch;
  const since = waitingSince(state);
  return at !== null && at > since ? at : since;
}

/** Nobody at the facility has said anything: all are called again, once. */
export function recallOwner(state: IncidentState, act: Act): Progress {
  const { limits, owner, status, openedAt } = state;
  if (status === 'closed' || limits === undefined || owner.recalledAt !== undefined) return unchanged(state);
  if (owner.answer !== 'none') return unchanged(state);
  const limit = ending(limits.recall, openedAt);
  return record(unchanged(state), 'incident.owner-recalled', { limit }, act);
}

function isWaiting({ status, desk }: IncidentState): boolean {
  return status === 'open' && desk === null;
}

function isOver({ dueAt }: IncidentClock, at: Date): boolean {
  return at.toISOString() >= dueAt;
}

/** Each reason once, and not before its time: a timer of before a reopening comes too early. */
function escalate(
  progress: Progress,
  reason: EscalationReason,
  to: Level,
  limit: IncidentClock,
  act: Act,
): Progress {
  const told = progress.state.escalations?.some((one) => one.reason === reason) ?? false;
  if (told || !isOver(limit, act.at)) return progress;
  return record(progress, 'incident.escalated', { reason, to, limit }, act);
}
