import type {
  EntryDraft,
  FacilitySummary,
  IncidentClock,
  IncidentId,
  JoinedSignal,
  World,
} from '@keng/model';
import type { IncidentPolicy, Responsible } from './policy.ts';
import { type Progress, SYSTEM, start } from './progress.ts';

export interface Opening {
  readonly world: World;
  readonly id: IncidentId;
  readonly number: number;
  readonly facility: FacilitySummary;
  readonly responsible: Responsible;
  readonly signals: readonly JoinedSignal[];
}

/**
 * Opens an incident. It begins with its first signal, not when the centre got round to it, and its three clocks run in
 * parallel from there: owner, provincial desk and station.
 */
export function openIncident(opening: Opening, policy: IncidentPolicy): Progress {
  const { facility, responsible, signals } = opening;
  const first = signals[0];
  if (first === undefined) throw new TypeError('an incident opens with a signal');
  const at = new Date(first.at);
  const clock = (name: 'owner' | 'desk' | 'station'): IncidentClock => {
    const { seconds, source, official } = policy.limit(name, facility);
    return { seconds, dueAt: new Date(at.getTime() + seconds * 1000).toISOString(), source, official };
  };
  const draft: EntryDraft<'incident.opened'> = {
    world: opening.world,
    kind: 'incident.opened',
    lane: 0,
    subject: opening.id,
    organisation: responsible.organisation,
    facility: facility.id,
    revision: 1,
    at,
    actor: SYSTEM,
    body: {
      number: opening.number,
      type: 'fire-alarm',
      facility,
      province: responsible.province,
      station: responsible.station,
      signals: [...signals],
      clocks: { owner: clock('owner'), desk: clock('desk'), station: clock('station') },
      nationalSounds: policy.nationalSounds(facility),
      firstDispatch: policy.firstDispatch(facility),
      limits: policy.limits(facility),
    },
  };
  return start(draft);
}
