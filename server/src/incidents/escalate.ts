import { CLOCKS, type ClockName, type IncidentState, type Level } from '@keng/model';
import { type Act, type Progress, record, unchanged } from './progress.ts';
import { proposeDispatch } from './propose-dispatch.ts';

/**
 * Who hears of it when a clock runs out. The desk's limit is that of whoever sits there, so it goes to the whole province;
 * from there `national.escalate` takes it to the national desk.
 */
const NEXT_LEVEL: Readonly<Record<ClockName, Level | null>> = {
  station: 'province',
  desk: 'province',
  // An owner who does not answer is nobody's neglect: the desk gets the first dispatch ready instead.
  owner: null,
};

/** A time limit has run out. Nothing happens if somebody acted in time, or if it was noted already. */
export function passLimit(state: IncidentState, clock: ClockName, act: Act): Progress {
  const { dueAt, stoppedAt, passedAt } = state.clocks[clock];
  const inTime = stoppedAt !== null && stoppedAt < dueAt;
  if (state.status === 'closed' || inTime || passedAt !== null || act.at.toISOString() < dueAt) {
    return unchanged(state);
  }
  const answeredLate = stoppedAt !== null;
  const escalatedTo = answeredLate ? null : NEXT_LEVEL[clock];
  const passed = record(unchanged(state), 'incident.limit-passed', { clock, dueAt, escalatedTo }, act);
  return clock === 'owner' && !answeredLate ? proposeDispatch(passed, 'owner-silent', act) : passed;
}

/** When each clock of an incident runs out. */
export function clockTimers(state: IncidentState): { readonly clock: ClockName; readonly dueAt: Date }[] {
  return CLOCKS.map((clock) => ({ clock, dueAt: new Date(state.clocks[clock].dueAt) }));
}
