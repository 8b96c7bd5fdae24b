import { CLOCKS, type IncidentState, waitingSince } from '@keng/model';
import { z } from 'zod';
import { clockTimers, passLimit } from './escalate.ts';
import {
  ending,
  escalateSilentDesk,
  escalateSilentProvince,
  escalateSilentStation,
  escalateUnclaimed,
  MOST_REMINDERS,
  proposedSince,
  recallOwner,
  remindOfDispatch,
} from './follow-up.ts';
import type { Act, IncidentKind, Progress } from './progress.ts';
import { unchanged } from './progress.ts';
import { endShelf } from './shelve.ts';

const endingLimit = z.object({
  seconds: z.number(),
  source: z.string(),
  official: z.boolean(),
  dueAt: z.string(),
});

/** What a time of an incident is for. */
const timerBody = z.union([
  z.object({ clock: z.enum(CLOCKS) }),
  z.object({ after: z.enum(['unclaimed', 'national', 'silent', 'recall']) }),
  z.object({ reminder: z.number().int().positive() }),
  z.object({ provinceSilent: endingLimit }),
  z.object({ stationSilent: endingLimit }),
  z.object({ shelfUntil: z.string() }),
]);
export type TimerBody = z.infer<typeof timerBody>;

const storedBody = z.union([timerBody, z.object({ together: z.array(timerBody).min(2) })]);

/**
 * What a stored timer is for, in the order in which it was set.
 * @throws ZodError for what `storedTimers` did not write
 */
export function bodiesOf(stored: unknown): readonly TimerBody[] {
  const body = storedBody.parse(stored);
  return 'together' in body ? body.together : [body];
}

export interface IncidentTimer {
  readonly body: TimerBody;
  readonly dueAt: Date;
}

export interface StoredTimer {
  readonly body: z.infer<typeof storedBody>;
  readonly dueAt: Date;
}

/** Times that run out together are one timer: of the seven of an alarm most do, and each costs a row, a look and a lock. */
export function storedTimers(timers: readonly IncidentTimer[]): StoredTimer[] {
  const bodies = new Map<number, TimerBody[]>();
  for (const { body, dueAt } of timers) {
    const together = bodies.get(dueAt.getTime());
    if (together) together.push(body);
    else bodies.set(dueAt.getTime(), [body]);
  }
  return [...bodies].map(([dueMs, together]) => {
    const [first, second] = together;
    return { dueAt: new Date(dueMs), body: first && second === undefined ? first : { together } };
  });
}

/** The timers that entries of these kinds set going. One that is set twice has an effect once. */
export function timersAfter(state: IncidentState, kinds: ReadonlySet<string>): IncidentTimer[] {
  const has = (kind: IncidentKind): boolean => kinds.has(kind);
  const { limits, openedAt, dispatch, late, shelved } = state;
  if (has('incident.shelved') && shelved !== undefined)
    return [{ body: { shelfUntil: shelved.until }, dueAt: new Date(shelved.until) }];
  // It was worked on paper: what could run out has run out long ago.
  if (late?.burning === false) return [];
  const clocks = clockTimers(state).filter(
    ({ clock }) =>
      has('incident.opened') ||
      (has('incident.reopened') && clock === 'desk') ||
      (has('incident.station-stood-down') && clock === 'station'),
  );
  const timers: IncidentTimer[] = clocks.map(({ clock, dueAt }) => ({ body: { clock }, dueAt }));
  if (limits === undefined) return timers;
  const at = (body: TimerBody, limit: { readonly dueAt: string }): void => {
    timers.push({ body, dueAt: new Date(limit.dueAt) });
  };
  if (has('incident.opened') || has('incident.reopened')) {
    const since = waitingSince(state);
    for (const after of ['unclaimed', 'national', 'silent'] as const)
      at({ after }, ending(limits[after], since));
  }
  if (has('incident.opened')) at({ after: 'recall' }, ending(limits.recall, openedAt));
  const waits = dispatch.status === 'proposed' && dispatch.reminders === undefined;
  if (waits && (has('incident.dispatch-proposed') || has('incident.reopened')))
    at({ reminder: 1 }, ending(limits.dispatch, proposedSince(state)));
  const next = (dispatch.reminders ?? 0) + 1;
  if (has('incident.dispatch-reminded') && next <= MOST_REMINDERS)
    at({ reminder: next }, ending(limits.dispatch, proposedSince(state), next));
  return timers;
}

/** What a timer that is due does to its incident. `silent` is about the desk and changes nothing here. */
export function runTimer(state: IncidentState, body: TimerBody, act: Act): Progress {
  if ('clock' in body) return passLimit(state, body.clock, act);
  if ('reminder' in body) return remindOfDispatch(state, body.reminder, act);
  if ('provinceSilent' in body) return escalateSilentProvince(unchanged(state), body.provinceSilent, act);
  if ('shelfUntil' in body) return endShelf(state, body.shelfUntil, act);
  if ('stationSilent' in body) return escalateSilentStation(unchanged(state), body.stationSilent, act);
  switch (body.after) {
    case 'unclaimed':
      return escalateUnclaimed(state, act);
    case 'national':
      return escalateSilentDesk(state, act);
    case 'recall':
      return recallOwner(state, act);
    case 'silent':
      return unchanged(state);
  }
}
