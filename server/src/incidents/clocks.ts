import { CLOCKS, type IncidentId } from '@keng/model';
import { z } from 'zod';
import type { TimerHandler } from '../timers/index.ts';
import { passLimit } from './escalate.ts';
import { type Progress, SYSTEM, unchanged } from './progress.ts';
import { INCIDENT_LIMIT, lockIncidents, storeIncidents } from './store.ts';

const limitBody = z.object({ clock: z.enum(CLOCKS) });

/** Runs the clocks of incidents: owner, desk and station each pass their limit apart from the others. */
export const incidentTimers: TimerHandler = {
  kind: INCIDENT_LIMIT,
  async handle(client, timers, { world, now }) {
    const ids = [...new Set(timers.map((timer) => timer.subject as IncidentId))];
    const states = await lockIncidents(client, world, ids);
    const progress = new Map<IncidentId, Progress>();
    for (const timer of timers) {
      const id = timer.subject as IncidentId;
      const state = states.get(id);
      if (state === undefined)
        throw new Error(`timer ${timer.number} is for incident ${id}, which does not exist`);
      const sofar = progress.get(id) ?? unchanged(state);
      const { clock } = limitBody.parse(timer.body);
      const passed = passLimit(sofar.state, clock, { actor: SYSTEM, at: now });
      progress.set(id, { state: passed.state, drafts: [...sofar.drafts, ...passed.drafts] });
    }
    await storeIncidents(client, world, [...progress.values()], now);
  },
};
