import type { JoinedSignal, ZoneCount } from '../entries/incident.ts';
import type { SignalClass } from '../entries/signal.ts';
import { isFireAlarm } from '../entries/signal.ts';
import type { EntryBody } from '../entry.ts';
import type { IncidentState, ZoneState } from './incident-state.ts';

export function joinSignals(state: IncidentState, body: EntryBody<'incident.signals-joined'>): IncidentState {
  let zones = body.signals.reduce<readonly ZoneState[]>(joinZone, state.zones);
  for (const repeat of body.repeats) {
    zones = zones.map((zone) =>
      isSameZone(zone, repeat)
        ? {
            ...zone,
            count: zone.count + repeat.count,
            lastAt: repeat.lastAt > zone.lastAt ? repeat.lastAt : zone.lastAt,
          }
        : zone,
    );
  }
  const repeated = body.repeats.reduce((sum, repeat) => sum + repeat.count, 0);
  const times = [...body.signals, ...body.repeats].map((one) => ('at' in one ? one.at : one.lastAt));
  const fire = [
    ...body.signals.filter(isFireAlarm).map((signal) => signal.at),
    ...body.repeats.flatMap((repeat) => repeat.lastFireAt ?? []),
  ];
  return {
    ...state,
    zones,
    signalCount: state.signalCount + body.signals.length + repeated,
    lastSignalAt: latest(times, state.lastSignalAt),
    lastFireAt: latest(fire, state.lastFireAt ?? state.openedAt),
  };
}

export function latest(times: readonly string[], known: string): string {
  return times.reduce((last, at) => (at > last ? at : last), known);
}

/** Is this the same line of the screen? */
export function isSameZone(
  one: Pick<ZoneState, 'zone' | 'transmitterId'>,
  other: Pick<JoinedSignal | ZoneCount, 'zone' | 'transmitterId'>,
): boolean {
  return one.zone === other.zone && one.transmitterId === other.transmitterId;
}

const RESTORED_BY: Partial<Record<SignalClass, SignalClass>> = {
  trouble: 'trouble-restore',
  supervisory: 'supervisory-restore',
  disable: 'enable',
  tamper: 'tamper-restore',
};

/** Does a signal of this class end what the line says? A line in alarm is ended by restore and cancel alone. */
export function restoresZone(line: SignalClass, signal: SignalClass): boolean {
  return ENDS.has(signal) || RESTORED_BY[line] === signal;
}

/** Is the line in alarm (or in trouble) after this signal, whether or not it was restored before? */
export function speaksForZone(
  line: Pick<ZoneState, 'family' | 'class'>,
  signal: Pick<JoinedSignal, 'family' | 'class'>,
): boolean {
  return (
    isFireAlarm(signal) || (!isFireAlarm(line) && signal.class === line.class && !ENDS.has(signal.class))
  );
}

const ENDS: ReadonlySet<SignalClass> = new Set<SignalClass>(['restore', 'cancel']);

/** A restored zone keeps its line: that it spoke is what counts. A class change to alarm is never overwritten by a lesser one. */
export function joinZone(zones: readonly ZoneState[], signal: JoinedSignal): readonly ZoneState[] {
  const known = zones.find((zone) => isSameZone(zone, signal));
  if (!known) return [...zones, newZone(signal)];
  const alarm = isFireAlarm(signal);
  const lesser = known.class === 'alarm' && signal.class !== 'alarm';
  // Faults and restores come in a slower lane than fire: a restore from before the alarm must not end it.
  const restored = restoresZone(known.class, signal.class) && signal.at >= known.lastAt;
  const next: ZoneState = {
    ...known,
    family: alarm && !lesser ? signal.family : known.family,
    class: alarm && !lesser ? signal.class : known.class,
    lastAt: signal.at > known.lastAt ? signal.at : known.lastAt,
    count: known.count + 1,
    restoredAt: restored
      ? (known.restoredAt ?? signal.at)
      : speaksForZone(known, signal)
        ? null
        : known.restoredAt,
  };
  return zones.map((zone) => (zone === known ? next : zone));
}

function newZone(signal: JoinedSignal): ZoneState {
  return {
    ...(signal.transmitterId === undefined ? {} : { transmitterId: signal.transmitterId }),
    zone: signal.zone,
    label: signal.zoneLabel,
    family: signal.family,
    class: signal.class,
    firstAt: signal.at,
    lastAt: signal.at,
    count: 1,
    restoredAt: ENDS.has(signal.class) ? signal.at : null,
  };
}
