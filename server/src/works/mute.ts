import { mutes, type SignalFamily, type TransmitterId, type WorksState, type ZoneKind } from '@keng/model';

export interface MutableSignal {
  readonly transmitterId: TransmitterId;
  readonly zone: string;
  readonly family: SignalFamily;
  readonly at: string;
}

/**
 * The works that mute a signal; null: it rings. Works mute the zones they name, of the transmitter they name, after the
 * call-back and until their end. A call point is a person: nothing mutes it, whatever the works or the register say.
 */
export function mutingWorks(works: readonly WorksState[], signal: MutableSignal): WorksState | null {
  if (signal.family === 'manual') return null;
  return works.find((one) => mutes(one, signal.transmitterId, signal.zone, signal.at)) ?? null;
}

/** Kinds of zones that works may name. */
export function isMutable(kind: ZoneKind): boolean {
  return kind !== 'manual';
}
