import type { EntryBody } from '../entry.ts';
import type { Level } from '../organisation.ts';
import type { ClockState, IncidentState } from './incident-state.ts';

export function stop(clock: ClockState, at: string): ClockState {
  return { ...clock, stoppedAt: clock.stoppedAt ?? at };
}

const RANK: Readonly<Record<Level, number>> = { station: 0, province: 1, national: 2 };

/** The time from which the desk is waited for: the first signal, or the reopening. ISO. */
export function waitingSince({ clocks: { desk } }: IncidentState): string {
  return new Date(Date.parse(desk.dueAt) - desk.seconds * 1000).toISOString();
}

/** The level above what an incident was escalated to so far; null: it is at the top. */
export function nextLevel({ escalatedTo }: IncidentState): Level | null {
  if (escalatedTo === 'national') return null;
  return escalatedTo === 'province' ? 'national' : 'province';
}

export function escalate(
  state: IncidentState,
  { reason, to }: EntryBody<'incident.escalated'>,
  at: string,
): IncidentState {
  return { ...raise(state, to), escalations: [...(state.escalations ?? []), { reason, to, at }] };
}

/** Only upwards: who has heard of it goes on hearing of it. */
export function raise(state: IncidentState, to: Level | null): IncidentState {
  const higher = to !== null && (state.escalatedTo === null || RANK[to] > RANK[state.escalatedTo]);
  return {
    ...state,
    escalatedTo: higher ? to : state.escalatedTo,
    nationalSounds: state.nationalSounds || to === 'national',
  };
}

export function passLimit(
  state: IncidentState,
  body: EntryBody<'incident.limit-passed'>,
  at: string,
): IncidentState {
  const clock = state.clocks[body.clock];
  return {
    ...raise(state, body.escalatedTo),
    clocks: { ...state.clocks, [body.clock]: { ...clock, passedAt: clock.passedAt ?? at } },
  };
}
