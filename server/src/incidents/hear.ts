import {
  type FacilityId,
  type FacilitySummary,
  isFireAlarm,
  type LogEntry,
  type SignalClass,
  type SignalEvent,
  type SignalId,
  type TransmitterId,
  type WorksId,
  type WorksState,
  type Zone,
} from '@keng/model';
import { mutingWorks } from '../works/index.ts';
import type { Responsible } from './policy.ts';
import { familyOf, type HeardZone, hearZone } from './zones.ts';

/** What the register says about a building, as far as an alarm needs it. */
export interface FacilityFacts {
  readonly summary: FacilitySummary;
  readonly responsible: Responsible;
  /** Zones of each of its transmitters. */
  readonly zones: ReadonlyMap<TransmitterId, readonly Zone[]>;
}

/** One event of one frame, in the words of the register. */
export interface HeardEvent {
  readonly signalId: SignalId;
  readonly facilityId: FacilityId;
  readonly transmitterId: TransmitterId;
  readonly at: string;
  readonly event: SignalEvent;
  readonly zone: HeardZone;
}

export interface MutedEvent {
  readonly heard: HeardEvent;
  readonly worksId: WorksId;
}

/** Tests and book-keeping say nothing about a fire, not even while one burns. */
const NOT_JOINED: ReadonlySet<SignalClass> = new Set<SignalClass>(['test', 'service']);

/** Can this frame open an incident, or add to an open one? */
export function concernsIncidents(events: readonly SignalEvent[]): boolean {
  return events.some((event) => !NOT_JOINED.has(event.class));
}

/**
 * Reads frames with the register beside them, and takes out what planned works mute. A zone that the register does not know
 * is heard with its number.
 */
export function hear(
  signals: readonly LogEntry<'signal.received'>[],
  facilities: ReadonlyMap<FacilityId, FacilityFacts>,
  works: readonly WorksState[],
): { readonly heard: HeardEvent[]; readonly muted: MutedEvent[] } {
  const heard: HeardEvent[] = [];
  const muted: MutedEvent[] = [];
  const running = new Map<FacilityId, WorksState[]>();
  for (const one of works) running.set(one.facilityId, [...(running.get(one.facilityId) ?? []), one]);
  for (const signal of signals) {
    const { transmitterId, facilityId, signalId } = signal.body;
    const zones = facilities.get(facilityId)?.zones.get(transmitterId) ?? [];
    for (const event of signal.body.events) {
      if (NOT_JOINED.has(event.class)) continue;
      const zone = hearZone(zones, event.zone);
      const one: HeardEvent = { signalId, facilityId, transmitterId, at: signal.at, event, zone };
      const family = familyOf(event, zone.kind);
      const mutable = isFireAlarm(event) || event.class === 'near-alarm';
      const by = mutable
        ? mutingWorks(running.get(facilityId) ?? [], { ...one, zone: zone.number, family })
        : null;
      if (by === null) heard.push(one);
      else if (muted.at(-1)?.heard.signalId !== signalId || muted.at(-1)?.heard.zone.number !== zone.number) {
        muted.push({ heard: one, worksId: by.id });
      }
    }
  }
  return { heard, muted };
}
