import {
  type Confirmation,
  type IncidentState,
  isFireAlarm,
  type JoinedSignal,
  type SignalId,
  WHOLE_PANEL,
} from '@keng/model';
import { type Act, type Progress, record } from './progress.ts';
import { proposeDispatch } from './propose-dispatch.ts';

/**
 * What the zones that spoke prove beyond one lonely detector. A person presses a call point and water flows when a bulb has
 * burst: each of the two is enough alone. Two different detectors agree; the panel as a whole is not a detector, and two that
 * are both still unverified prove nothing.
 */
export function zoneConfirmations(zones: IncidentState['zones']): Confirmation[] {
  const inAlarm = zones.filter(isFireAlarm);
  const sure = inAlarm.filter((zone) => zone.class === 'alarm');
  const detectors = inAlarm.filter((zone) => zone.family !== 'manual' && zone.zone !== WHOLE_PANEL);
  const found: Confirmation[] = [];
  if (sure.some((zone) => zone.family === 'manual')) found.push('manual-call-point');
  if (sure.some((zone) => zone.family === 'sprinkler')) found.push('sprinkler-flow');
  if (detectors.length > 1 && detectors.some((zone) => zone.class === 'alarm')) found.push('second-detector');
  return found;
}

/** Confirms an incident by what its zones prove by now, and makes the first dispatch ready. */
export function confirmByZones(progress: Progress, signals: readonly JoinedSignal[], act: Act): Progress {
  return zoneConfirmations(progress.state.zones).reduce(
    (sofar, reason) => confirm(sofar, reason, signals.findLast(isFireAlarm)?.signalId ?? null, act),
    progress,
  );
}

/** Raises the confidence for a reason, once, and proposes the configured first dispatch for it. */
export function confirm(
  progress: Progress,
  reason: Confirmation,
  signalId: SignalId | null,
  act: Act,
): Progress {
  if (progress.state.confirmations.includes(reason)) return progress;
  return proposeDispatch(record(progress, 'incident.confirmed', { reason, signalId }, act), reason, act);
}
