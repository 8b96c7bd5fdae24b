import { z } from 'zod';
import { define, facilityId, instant, signalId, transmitterId, worksId } from './common.ts';

/** What a device said, in the words of all protocols (domain/alarm-protocols.md, sections 3 and 4). */
export const SIGNAL_FAMILIES = [
  'fire',
  'heat',
  'smoke',
  'combustion',
  'flame',
  'duct',
  'sprinkler',
  'manual',
  'gas',
  'water',
  'system',
  'other',
] as const;
export type SignalFamily = (typeof SIGNAL_FAMILIES)[number];

export const SIGNAL_CLASSES = [
  'alarm',
  'restore',
  'trouble',
  'trouble-restore',
  'supervisory',
  'supervisory-restore',
  'disable',
  'enable',
  'test',
  'cancel',
  'unverified',
  'silenced',
  'near-alarm',
  'tamper',
  'tamper-restore',
  'service',
  'other',
] as const;
export type SignalClass = (typeof SIGNAL_CLASSES)[number];

export const signalEvent = z.object({
  family: z.enum(SIGNAL_FAMILIES),
  class: z.enum(SIGNAL_CLASSES),
  code: z.string().max(16),
  zone: z.string().max(32).nullable(),
  area: z.string().max(32).nullable(),
  text: z.string().max(1_000).nullable(),
  /** A state reported again, not a new event. */
  repeat: z.boolean(),
});
export type SignalEvent = z.infer<typeof signalEvent>;

const frame = z.object({
  signalId,
  /** Listener that heard it: `dc09-tcp`, `dc09-udp`. */
  receiver: z.string().max(32),
  protocol: z.string().max(32),
  account: z.string().max(32),
  line: z.string().max(16).nullable(),
  sequence: z.string().max(16).nullable(),
  /** Address and port of the sender, as seen by the receiver. */
  remote: z.string().max(64),
  encrypted: z.boolean(),
  /** The device's own clock, which is data and never order. */
  deviceAt: instant.nullable(),
  /** The bytes on the wire, base64. */
  raw: z.string().max(8_000),
  quirks: z.array(z.string().max(64)).max(16),
  events: z.array(signalEvent).max(64),
});

export const signalReceived = frame.extend({
  transmitterId,
  facilityId,
});
export type SignalReceived = z.infer<typeof signalReceived>;

/** Refused means unacknowledged, never hidden. */
export const signalRefused = frame.extend({
  transmitterId: transmitterId.nullable(),
  facilityId: facilityId.nullable(),
  reason: z.string().max(64),
  /** How many more of the same account, sender and reason were counted but not stored one by one. */
  suppressed: z.number().int().min(0),
});
export type SignalRefused = z.infer<typeof signalRefused>;

export const signalMuted = z.object({
  signalId,
  worksId,
  zone: z.string().max(32).nullable(),
  at: instant,
});

export const signalEntries = {
  'signal.received': define(1, signalReceived),
  'signal.refused': define(1, signalRefused),
  'signal.muted': define(1, signalMuted),
} as const;

const ALARM_FAMILIES: ReadonlySet<SignalFamily> = new Set<SignalFamily>([
  'fire',
  'heat',
  'smoke',
  'combustion',
  'flame',
  'duct',
  'sprinkler',
  'manual',
  'gas',
]);

/** Does this event stand for fire (or explosive gas)? Only these open an incident; a fault or test never does. */
export function isFireAlarm(event: Pick<SignalEvent, 'family' | 'class'>): boolean {
  return (event.class === 'alarm' || event.class === 'unverified') && ALARM_FAMILIES.has(event.family);
}

/** Lane of a frame by its most urgent event. What nobody could decode may be a fire: it is not put last. */
export function laneOfSignal(events: readonly Pick<SignalEvent, 'family' | 'class'>[]): 0 | 1 | 2 {
  if (events.some((event) => isFireAlarm(event) || event.class === 'near-alarm')) return 0;
  const routine =
    events.length > 0 && events.every((event) => event.class === 'test' || event.class === 'service');
  return routine ? 2 : 1;
}
