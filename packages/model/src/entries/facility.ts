import { z } from 'zod';
import { contactId, define, facilityId, organisationCode, position, transmitterId } from './common.ts';
import { PATH_MEDIA } from './link.ts';

export const ZONE_KINDS = [
  'smoke',
  'heat',
  'flame',
  'combined',
  'manual',
  'sprinkler',
  'gas',
  'aspirating',
  'beam',
  'other',
] as const;
export type ZoneKind = (typeof ZONE_KINDS)[number];

export const zone = z.object({
  number: z.string().min(1).max(32),
  label: z.string().max(200),
  kind: z.enum(ZONE_KINDS),
});
export type Zone = z.infer<typeof zone>;

export const contact = z.object({
  id: contactId,
  /** 1 is called first; all are rung at once when it burns, the order is for the human who calls. */
  order: z.number().int().min(1).max(99),
  name: z.string().min(1).max(200),
  role: z.string().max(100),
  telephone: z.string().regex(/^\+?[0-9]{3,20}$/),
  email: z.email().max(200).nullable(),
  language: z.enum(['vi', 'en', 'ru', 'zh']),
});
export type Contact = z.infer<typeof contact>;

/** How a transmitter speaks to the centre; its account is unique within its protocol. */
export const TRANSMITTER_PROTOCOLS = ['dc09', 'gb26875', 'device-api', 'mqtt'] as const;
export type TransmitterProtocol = (typeof TRANSMITTER_PROTOCOLS)[number];

/** Digits of a GB/T 26875.3 account: the six-byte source address of the device, highest first. */
export const GB26875_ACCOUNT_DIGITS = 12;

/** An account as it is registered, from what somebody typed: capital letters; an address of GB/T 26875.3 with its leading zeros. */
export function registeredAccount(protocol: TransmitterProtocol, typed: string): string {
  const account = typed.trim().toUpperCase();
  return protocol === 'gb26875' && account !== '' ? account.padStart(GB26875_ACCOUNT_DIGITS, '0') : account;
}

/** An IPv4 or IPv6 network, `203.0.113.0/24`. */
const network = z.union([z.cidrv4(), z.cidrv6()]);

/**
 * A way of a transmitter to the centre, and how a receiver knows that a message came by it: every mark that is given must fit.
 * A path without marks cannot be told from the others.
 */
export const transmitterPath = z.object({
  medium: z.enum(PATH_MEDIA),
  /** Whose network it is, as its code in the register of carriers; null: nobody wrote it down. */
  carrier: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,31}$/)
    .nullable(),
  /** A message by this path is expected in this time, in seconds; null: as for the transmitter. */
  reportingSeconds: z.number().int().positive().max(2_764_800).nullable(),
  /** Listener: `dc09-tcp`, `dc09-udp`, `gb26875-tcp`, `device-api`, `mqtt`. */
  listener: z.string().min(1).max(32).nullable(),
  /** DC-09: line prefix (`L1` is 1) or receiver number (`R1`). */
  line: z
    .string()
    .regex(/^[0-9A-F]{1,6}$/)
    .nullable(),
  receiver: z
    .string()
    .regex(/^[0-9A-F]{1,6}$/)
    .nullable(),
  /** Where the sender's address lies; empty: anywhere. */
  networks: z.array(network).max(8),
});
export type TransmitterPath = z.infer<typeof transmitterPath>;

export const MOST_PATHS = 2;

export const transmitter = z.object({
  id: transmitterId,
  protocol: z.enum(TRANSMITTER_PROTOCOLS),
  account: z.string().regex(/^[0-9A-F]{3,16}$/),
  /** Receiver line, where accounts repeat across lines; null: any. */
  model: z.string().max(100).nullable(),
  /** Whether a key is set. The key itself is never in the log. */
  encrypted: z.boolean(),
  /** A heartbeat or any message is expected in this time, in seconds; null: not supervised. */
  reportingSeconds: z.number().int().positive().max(2_764_800).nullable(),
  /** Supervision category of the country pack, which gave the time; null: a time of its own. */
  category: z.string().min(1).max(32).nullish(),
  /** The primary path first, then the alternative; empty: it has one, of which nothing is known. */
  paths: z.array(transmitterPath).max(MOST_PATHS).nullish(),
  zones: z.array(zone).max(2_000),
});
export type Transmitter = z.infer<typeof transmitter>;

export const waterSource = z.object({
  kind: z.enum(['hydrant', 'tank', 'pond', 'river', 'other']),
  description: z.string().max(300),
  capacityM3: z.number().positive().nullable(),
  position: position.nullable(),
});

export const facilityBody = z.object({
  /** The number of the facility in the register it was imported from: the same number again is a change, not another facility. */
  reference: z.string().min(1).max(64).nullish(),
  name: z.string().min(1).max(300),
  address: z.string().min(1).max(500),
  /** Official code of the province, and of the commune where it is known. */
  areaCode: z.string().min(1).max(16),
  communeCode: z.string().max(16).nullable(),
  communeName: z.string().max(200).nullable(),
  position: position.nullable(),
  category: z.string().min(1).max(64),
  managingLevel: z.enum(['province', 'commune']),
  /** The station that turns out, or the province's desk where none is assigned. */
  organisation: organisationCode,
  contacts: z.array(contact).max(20),
  transmitters: z.array(transmitter).max(50),
  hazards: z.array(z.string().max(300)).max(50),
  onSiteForce: z.object({ people: z.number().int().min(0), description: z.string().max(500) }),
  water: z.array(waterSource).max(50),
  synthetic: z.boolean(),
});
export type FacilityBody = z.infer<typeof facilityBody>;

export const facilityEntries = {
  'facility.registered': define(
    1,
    facilityBody.extend({ source: z.enum(['form', 'import', 'demonstration']) }),
  ),
  'facility.changed': define(1, facilityBody),
  'facility.key-set': define(
    1,
    z.object({ transmitterId, bits: z.union([z.literal(128), z.literal(192), z.literal(256)]).nullable() }),
  ),
  'facility.removed': define(1, z.object({ reason: z.string().max(500) })),
  /** Another entry of the register was the same facility: what it had is here now. */
  'facility.merged': define(
    1,
    facilityBody.extend({
      duplicate: facilityId,
      duplicateName: z.string().max(300),
      because: z.string().max(500),
    }),
  ),
  /** The duplicate leaves the register; whoever asks for it is sent on. */
  'facility.merged-into': define(
    1,
    z.object({ into: facilityId, intoName: z.string().max(300), because: z.string().max(500) }),
  ),
  /** Somebody has looked: these two are two. */
  'facility.kept-apart': define(1, z.object({ other: facilityId, because: z.string().max(500) })),
  'facility.imported': define(
    1,
    z.object({
      file: z.string().max(300),
      rows: z.number().int(),
      taken: z.number().int(),
      refused: z.number().int(),
    }),
  ),
} as const;

export { facilityId };
