import type { EntryBody } from '../entry.ts';
import type { Level } from '../organisation.ts';
import type { ClockState, IncidentState } from './incident-state.ts';

export function stop(clock: ClockState, at: string): ClockState {
  return { ...clock, stoppedAt: clock.stoppedAt ?? at };
}

const RANK: Readonly<Record<Level, number>> = { station: 0, province: 1, national: 2 };

export function passLimit(
  state: IncidentState,
  body: EntryBody<'incident.limit-passed'>,
  at: string,
): IncidentState {
  const clock = state.clocks[body.clock];
  const to = body.escalatedTo;
  const higher = to !== null && (state.escalatedTo === null || RANK[to] > RANK[state.escalatedTo]);
  return {
    ...state,
    clocks: { ...state.clocks, [body.clock]: { ...clock, passedAt: clock.passedAt ?? at } },
    escalatedTo: higher ? to : state.escalatedTo,
    nationalSounds: state.nationalSounds || to === 'national',
  };
}
