import type { IncidentClock, IncidentId, IncidentState } from '@keng/model';
import type { TimerHandler } from '../timers/index.ts';
import { type DeskSilence, markSilent } from './desk-silence.ts';
import { unanswered } from './follow-up.ts';
import { bodiesOf, runTimer } from './incident-timers.ts';
import { type Act, type Progress, SYSTEM, unchanged } from './progress.ts';
import { INCIDENT_LIMIT, lockIncidents, storeIncidents } from './store.ts';

/** Runs the times of incidents: three clocks apart from each other, and what follows while nobody acts. */
export const incidentTimers: TimerHandler = {
  kind: INCIDENT_LIMIT,
  async handle(client, timers, { world, now }) {
    const ids = [...new Set(timers.map((timer) => timer.subject as IncidentId))];
    const states = await lockIncidents(client, world, ids);
    const progress = new Map<IncidentId, Progress>();
    const silent: DeskSilence[] = [];
    const act: Act = { actor: SYSTEM, at: now };
    for (const timer of timers) {
      const id = timer.subject as IncidentId;
      const state = states.get(id);
      if (state === undefined)
        throw new Error(`timer ${timer.number} is for incident ${id}, which does not exist`);
      for (const body of bodiesOf(timer.body)) {
        const sofar = progress.get(id) ?? unchanged(state);
        const next = runTimer(sofar.state, body, act);
        progress.set(id, { state: next.state, drafts: [...sofar.drafts, ...next.drafts] });
        const limit = 'after' in body && body.after === 'silent' ? unanswered(next.state, act) : null;
        if (limit !== null) silent.push(silenceOf(state, limit));
      }
    }
    await storeIncidents(client, world, [...progress.values()], now);
    await markSilent(client, world, silent, now);
  },
};

/** Its province has not answered to it since the limit began. */
function silenceOf({ id, province }: IncidentState, limit: IncidentClock): DeskSilence {
  const { dueAt, ...rest } = limit;
  const since = new Date(Date.parse(dueAt) - rest.seconds * 1000).toISOString();
  return { organisation: province, reason: 'no-answer', since, incidentId: id, limit: rest };
}
