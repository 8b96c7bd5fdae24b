import { type Arrival, type IncidentState, standDownOf } from '@keng/model';
import type { Desk } from './messages.ts';

/**
 * Why this desk must hear this alarm now, as a stage; null: it need not. Who silenced a stage for himself hears the alarm
 * again when it reaches the next one (a second detector agrees, the owner says fire, it escalates, a dispatch still waits).
 *
 * The station hears its own until it accepts; a province until a desk accepts, and when a proposed dispatch waits too long;
 * the national desk sees everything but sounds only for configured classes and for what escalated to it: by a limit, or
 * because the province does not answer.
 */
export function soundStage(desk: Desk, incident: IncidentState): string | null {
  if (incident.status === 'closed' || !concerns(desk, incident) || !isWaiting(desk, incident)) return null;
  // It was worked on paper and is in good hands; only what still burns rings.
  if (incident.late?.burning === false) return null;
  const real = incident.owner.answer === 'real' ? 'real' : '-';
  const { reminders = 0 } = incident.dispatch;
  return `${incident.confidence}/${incident.escalatedTo ?? '-'}/${real}/${reminders}`;
}

function concerns(desk: Desk, incident: IncidentState): boolean {
  switch (desk.level) {
    case 'station':
      return incident.station === desk.organisation && standDownOf(incident, desk.organisation) === null;
    case 'province':
      return true;
    case 'national':
      return incident.nationalSounds || incident.escalatedTo === 'national';
  }
}

function isWaiting({ level }: Desk, incident: IncidentState): boolean {
  if (level === 'station') return incident.stationAccepted === null;
  if (incident.desk === null) return true;
  const { status, reminders = 0 } = incident.dispatch;
  // The first reminder is the desk's own; from the second on it has escalated.
  return status === 'proposed' && reminders >= (level === 'national' ? 2 : 1);
}

/** Before the rules have looked at it nobody knows its class: the national desk sees it, and hears it when it must. */
export function arrivalSounds(desk: Desk, { station }: Pick<Arrival, 'station'>): boolean {
  return desk.level === 'province' || (desk.level === 'station' && station === desk.organisation);
}
