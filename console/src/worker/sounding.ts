import type { IncidentState } from '@keng/model';
import type { Desk } from './messages.ts';

/**
 * Why this desk must hear this alarm now, as a stage; null: it need not. Who silenced a stage for himself hears the alarm
 * again when it reaches the next one (a second detector agrees, the owner says fire, it escalates).
 *
 * The station hears its own until it accepts; a province until a desk accepts; the national desk sees everything but sounds
 * only for configured classes and for what escalated to it.
 */
export function soundStage(desk: Desk, incident: IncidentState): string | null {
  if (incident.status === 'closed') return null;
  const waiting = desk.level === 'station' ? incident.stationAccepted === null : incident.desk === null;
  if (!waiting || !concerns(desk, incident)) return null;
  return `${incident.confidence}/${incident.escalatedTo ?? '-'}/${incident.owner.answer === 'real' ? 'real' : '-'}`;
}

function concerns(desk: Desk, incident: IncidentState): boolean {
  switch (desk.level) {
    case 'station':
      return incident.station === desk.organisation;
    case 'province':
      return true;
    case 'national':
      return incident.nationalSounds || incident.escalatedTo === 'national';
  }
}
