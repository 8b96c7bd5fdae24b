import { z } from 'zod';
import type { ShiftId } from '../ids.ts';
import { LEVELS } from '../organisation.ts';
import {
  define,
  facilityId,
  incidentId,
  instant,
  limit,
  organisationCode,
  person,
  sourceCode,
  userId,
} from './common.ts';
import { FALSE_CAUSES, OUTCOMES } from './incident.ts';

export const shiftId = z.uuid().transform((text) => text as ShiftId);

/** Somebody on a shift. Who has no account is there by name: a room has people whom the program does not know. */
export const officer = z.object({ id: userId.nullable(), name: z.string().min(1).max(200) });
export type Officer = z.infer<typeof officer>;

/** How many officers beside the leader the country asks for on the day. */
export const crewRule = z.object({
  officers: z.number().int().min(0),
  source: sourceCode,
  official: z.boolean(),
});
export type CrewRule = z.infer<typeof crewRule>;

/** What one shift hands to the next: what burns or waits, what is muted, what is not heard. */
export const HANDOVER_KINDS = ['incident', 'works', 'link'] as const;
export type HandoverKind = (typeof HANDOVER_KINDS)[number];

const handoverCount = z.number().int().nonnegative();
export const handoverCounts = z.object({
  incident: handoverCount,
  works: handoverCount,
  link: handoverCount,
});
export type HandoverCounts = z.infer<typeof handoverCounts>;

/** What a desk cannot prove at the moment. The first three move its signals one level up, the others are told there. */
export const DESK_FAULTS = [
  'nobody-logged-in',
  'sound-blocked',
  'screen-asleep',
  'screen-hidden',
  'not-heard',
  'no-shift',
  'short-handed',
] as const;
export type DeskFault = (typeof DESK_FAULTS)[number];

export const SOUND_STATES = ['running', 'blocked', 'stalled'] as const;
export type SoundProof = (typeof SOUND_STATES)[number];

/** How a report reached the desk (domain: report channels). */
export const RECEPTION_CHANNELS = [
  'alarm-system',
  'telephone',
  'unit-telephone',
  'app',
  'in-person',
  'other',
] as const;
export type ReceptionChannel = (typeof RECEPTION_CHANNELS)[number];

const line = (maximum: number) => z.string().max(maximum).nullable();
/** What form 01 asks beyond what the log knows by itself. */
export const reception = z.object({
  channel: z.enum(RECEPTION_CHANNELS),
  reporterName: line(200),
  reporterAddress: line(500),
  reporterTelephone: line(64),
  burning: line(1_000),
  spread: line(1_000),
  people: line(1_000),
  losses: line(1_000),
  handling: line(4_000),
});
export type Reception = z.infer<typeof reception>;

/** Written on paper while the screen was dark: by whom. Who typed it is the actor, when is `recordedAt`. */
export const late = z.object({ writtenBy: z.string().min(1).max(200) });
export type Late = z.infer<typeof late>;

const telephone = z.object({ label: z.string().min(1).max(200), number: z.string().min(1).max(64) });

export const roomEntries = {
  'shift.started': define(
    1,
    z.object({
      organisation: organisationCode,
      level: z.enum(LEVELS),
      leader: person,
      officers: z.array(officer).max(64),
      rule: crewRule,
      /** The shift it takes over from. */
      follows: shiftId.nullable(),
    }),
  ),
  'shift.crew-changed': define(1, z.object({ officers: z.array(officer).max(64), by: person })),
  /** The incoming shift takes these upon itself, one by one or after it has read the whole list. */
  'shift.handover-accepted': define(
    1,
    z.object({
      by: person,
      way: z.enum(['single', 'list']),
      items: z
        .array(z.object({ kind: z.enum(HANDOVER_KINDS), id: z.uuid(), label: z.string().max(400) }))
        .min(1)
        .max(500),
    }),
  ),
  /** The next shift has begun, or nobody follows. */
  'shift.ended': define(1, z.object({ by: person, next: shiftId.nullable() })),
  /** The outgoing leader signs, with what the next shift had not accepted by then. */
  'shift.signed': define(
    1,
    z.object({ by: person, notAccepted: handoverCounts, note: z.string().max(4_000).nullable() }),
  ),
  'shift.sound-tested': define(1, z.object({ by: person, heard: z.boolean() })),
  'shift.sheet-printed': define(1, z.object({ by: person })),
  /** The duty log: what a person wants to be known that no machine says. */
  'duty.noted': define(
    1,
    z.object({
      by: person,
      text: z.string().min(1).max(4_000),
      shift: shiftId.nullable(),
      late: late.optional(),
    }),
  ),
  /** The desk fills in what form 01 asks; the last one counts. */
  'reception.recorded': define(1, reception.extend({ by: person, incidentId })),
  /** An incident that was worked on paper: the centre opens it as it was. */
  'paper.keyed': define(
    1,
    z.object({
      by: person,
      writtenBy: z.string().min(1).max(200),
      incidentId,
      facilityId,
      organisation: organisationCode,
      /** It still burns: it rings like any other. */
      burning: z.boolean(),
      lines: z.array(z.object({ at: instant, text: z.string().min(1).max(4_000) })).max(100),
      closed: z
        .object({ at: instant, outcome: z.enum(OUTCOMES), cause: z.enum(FALSE_CAUSES).nullable() })
        .nullable(),
    }),
  ),
  'room.telephones-set': define(
    1,
    z.object({ organisation: organisationCode, by: person, telephones: z.array(telephone).max(32) }),
  ),
  /** All that the desk cannot prove now, each since when; none: it proves everything. */
  'desk.proof-changed': define(
    1,
    z.object({
      organisation: organisationCode,
      level: z.enum(LEVELS),
      faults: z
        .array(z.object({ fault: z.enum(DESK_FAULTS), since: instant, limit }))
        .max(DESK_FAULTS.length),
    }),
  ),
} as const;
