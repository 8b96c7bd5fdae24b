import {
  type AnyDraft,
  type FacilityId,
  laneOfSignal,
  type SignalEvent,
  type SignalId,
  type TransmitterId,
  type World,
} from '@keng/model';
import type { RegisteredTransmitter } from './registry.ts';

/** What is written down of a frame, whatever its protocol. */
export interface FrameMembers {
  readonly account: string;
  readonly deviceAt: string | null;
  readonly encrypted: boolean;
  readonly events: SignalEvent[];
  readonly line: string | null;
  readonly protocol: string;
  readonly quirks: string[];
  /** Base64. */
  readonly raw: string;
  readonly receiver: string;
  readonly remote: string;
  readonly sequence: string | null;
  readonly signalId: SignalId;
}

/** The entry of a frame that will be acknowledged once it is stored. */
export function receivedDraft(
  world: World,
  members: FrameMembers,
  device: RegisteredTransmitter,
  at: Date,
): AnyDraft {
  if (device.probe !== undefined) return probeDraft(world, members, device, device.probe, at);
  return {
    world,
    kind: 'signal.received',
    lane: laneOfSignal(members.events),
    subject: device.transmitterId,
    organisation: device.organisation,
    facility: device.facilityId,
    revision: null,
    at,
    actor: { kind: 'device', id: device.transmitterId },
    // Members in the order of their names, at no cost: the log writes bodies in that order and need not sort them.
    body: {
      account: members.account,
      deviceAt: members.deviceAt,
      encrypted: members.encrypted,
      events: members.events,
      facilityId: device.facilityId,
      line: members.line,
      protocol: members.protocol,
      quirks: members.quirks,
      raw: members.raw,
      receiver: members.receiver,
      remote: members.remote,
      sequence: members.sequence,
      signalId: members.signalId,
      transmitterId: device.transmitterId,
    },
  };
}

/** The synthetic alarm: on the lane of a fire, and no signal, so that nobody acts on it, counts it or sounds for it. */
function probeDraft(
  world: World,
  { receiver: listener, protocol, remote, sequence }: FrameMembers,
  device: RegisteredTransmitter,
  receiver: string,
  at: Date,
): AnyDraft {
  return {
    world,
    kind: 'probe.heard',
    lane: 0,
    subject: device.transmitterId,
    organisation: null,
    facility: null,
    revision: null,
    at,
    actor: { kind: 'system', id: 'synthetic alarm' },
    body: { receiver, listener, protocol, remote, sequence },
  };
}

/** The entry of a frame that gets no acknowledgement: shown as unauthenticated. */
export function refusedDraft(
  world: World,
  members: FrameMembers,
  device: RegisteredTransmitter | null,
  at: Date,
  refusal: { readonly reason: string; readonly suppressed: number },
): AnyDraft {
  const transmitterId: TransmitterId | null = device?.transmitterId ?? null;
  const facilityId: FacilityId | null = device?.facilityId ?? null;
  const name = `${members.protocol}:${members.account}`;
  return {
    world,
    kind: 'signal.refused',
    lane: laneOfSignal(members.events),
    subject: transmitterId ?? `unknown:${name}`,
    organisation: device?.organisation ?? null,
    facility: facilityId,
    revision: null,
    at,
    actor: { kind: 'device', id: transmitterId ?? name },
    body: { ...members, transmitterId, facilityId, ...refusal },
  };
}
