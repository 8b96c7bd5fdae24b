import type { IncidentState } from './incident-state.ts';

/**
 * Order of the queue, most urgent first (a higher number): a confirmed fire nobody has accepted, then what escalated, then
 * single alarms nobody has accepted, then what somebody works on. Ties go to the older alarm.
 */
export function urgencyOf(incident: IncidentState): number {
  if (incident.status === 'closed') return 0;
  const unaccepted = incident.desk === null ? 4 : 0;
  const confirmed =
    incident.confidence === 'confirmed' ||
    incident.owner.answer === 'real' ||
    incident.owner.answer === 'contradictory'
      ? 8
      : 0;
  const undecided = incident.dispatch.status === 'proposed' ? 2 : 0;
  const escalated = incident.escalatedTo === 'national' ? 2 : incident.escalatedTo === 'province' ? 1 : 0;
  const doubted = incident.owner.answer === 'false' && confirmed === 0 ? -1 : 0;
  return 16 + unaccepted + confirmed + undecided + escalated + doubted;
}
