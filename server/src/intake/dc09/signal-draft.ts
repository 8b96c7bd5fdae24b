import {
  type AnyDraft,
  type FacilityId,
  laneOfSignal,
  newId,
  type SignalId,
  type TransmitterId,
  type World,
} from '@keng/model';
import type { DecodedFrame, RawFrame } from '@keng/sia-dc09';
import type { RegisteredTransmitter } from '../registry.ts';
import { signalEvents, visibleText } from './signal-event.ts';

/** Which listener heard it, from where. */
export interface FrameSource {
  readonly receiver: 'dc09-tcp' | 'dc09-udp';
  /** Without the port: what the limits count by. */
  readonly address: string;
  /** With the port. */
  readonly remote: string;
}

const MOST_ACCOUNT = 32;
const MOST_FIELD = 16;

// Members in the order of their names, at no cost: the log writes bodies in that order and need not sort them.
function frameMembers(
  raw: RawFrame,
  decoded: DecodedFrame,
  source: FrameSource,
  device: RegisteredTransmitter | null,
  at: Date,
) {
  return {
    account: visibleText(decoded.identity ?? '', MOST_ACCOUNT),
    deviceAt: decoded.timestamp,
    encrypted: decoded.encrypted,
    events: signalEvents(decoded, device),
    line: decoded.line === null ? null : visibleText(decoded.line, MOST_FIELD),
    protocol: 'dc09',
    quirks: decoded.quirks.slice(),
    raw: Buffer.from(raw.bytes.buffer, raw.bytes.byteOffset, raw.bytes.byteLength).toString('base64'),
    receiver: source.receiver,
    remote: source.remote,
    sequence: decoded.sequence === '' ? null : decoded.sequence,
    signalId: newId<SignalId>(at.getTime()),
  };
}

/** The entry of a frame that will be acknowledged once it is stored. */
export function receivedDraft(
  world: World,
  raw: RawFrame,
  decoded: DecodedFrame,
  source: FrameSource,
  device: RegisteredTransmitter,
  at: Date,
): AnyDraft {
  const members = frameMembers(raw, decoded, source, device, at);
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

/** The entry of a frame that gets no acknowledgement: shown as unauthenticated. */
export function refusedDraft(
  world: World,
  raw: RawFrame,
  decoded: DecodedFrame,
  source: FrameSource,
  device: RegisteredTransmitter | null,
  at: Date,
  refusal: { readonly reason: string; readonly suppressed: number },
): AnyDraft {
  const members = frameMembers(raw, decoded, source, device, at);
  const transmitterId: TransmitterId | null = device?.transmitterId ?? null;
  const facilityId: FacilityId | null = device?.facilityId ?? null;
  return {
    world,
    kind: 'signal.refused',
    lane: laneOfSignal(members.events),
    subject: transmitterId ?? `unknown:dc09:${members.account}`,
    organisation: device?.organisation ?? null,
    facility: facilityId,
    revision: null,
    at,
    actor: { kind: 'device', id: transmitterId ?? `dc09:${members.account}` },
    body: { ...members, transmitterId, facilityId, ...refusal },
  };
}
