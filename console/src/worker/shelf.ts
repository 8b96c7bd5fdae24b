import type { IncidentState } from '@keng/model';
import type { Desk } from './messages.ts';

/**
 * Whether an incident may leave the queue for the shelf. An alarm that this desk has not acknowledged never does, whatever its state
 * says, nor does one that sounds.
 */
export function isLaidAside(desk: Pick<Desk, 'level'>, incident: IncidentState, sounds: boolean): boolean {
  if (incident.shelved === undefined || incident.status === 'closed' || sounds) return false;
  if (incident.desk === null) return false;
  return desk.level !== 'station' || incident.stationAccepted !== null;
}
