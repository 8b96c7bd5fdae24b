import { z } from 'zod';
import { LEVELS } from '../organisation.ts';
import {
  contactId,
  define,
  facilityId,
  incidentId,
  instant,
  limit,
  organisationCode,
  person,
  position,
  signalId,
  sourceCode,
  transmitterId,
} from './common.ts';
import { SIGNAL_CLASSES, SIGNAL_FAMILIES } from './signal.ts';

export const OWNER_ANSWERS = ['real', 'false', 'checking'] as const;
export type OwnerAnswer = (typeof OWNER_ANSWERS)[number];

export const ANSWER_CHANNELS = ['page', 'telephone', 'desk'] as const;
export const OUTCOMES = ['fire', 'false', 'drill'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const FALSE_CAUSES = [
  'dust',
  'cooking',
  'smoking',
  'works',
  'fault',
  'malicious',
  'accidental',
  'test-not-announced',
  'other',
] as const;
export type FalseCause = (typeof FALSE_CAUSES)[number];

/** Why we believe more than one lonely detector. */
export const CONFIRMATIONS = [
  'second-detector',
  'manual-call-point',
  'sprinkler-flow',
  'owner-real',
  'contradictory-answers',
  'desk',
] as const;
export type Confirmation = (typeof CONFIRMATIONS)[number];

export const CLOCKS = ['owner', 'desk', 'station'] as const;
export type ClockName = (typeof CLOCKS)[number];

export const PROPOSAL_REASONS = ['owner-silent', ...CONFIRMATIONS] as const;
export type ProposalReason = (typeof PROPOSAL_REASONS)[number];

export const STATION_STATES = ['preparing', 'turned-out', 'on-scene', 'under-control', 'returned'] as const;
export type StationState = (typeof STATION_STATES)[number];

/** A limit that runs: its source stays with the incident. */
export const clock = limit.extend({ dueAt: instant });
export type IncidentClock = z.infer<typeof clock>;

/** What follows the three clocks while nobody acts. Fixed at the opening, so that every later rule needs the incident alone. */
export const incidentLimits = z.object({
  /** Nobody has claimed it: one level up. */
  unclaimed: limit,
  /** The provincial desk has not accepted: the national desk. */
  national: limit,
  /** Nor by now: this desk does not answer, its alarms sound at the national desk. */
  silent: limit,
  /** A proposed dispatch waits for its order: remind, then one level up. */
  dispatch: limit,
  /** Nobody at the facility has answered: they are called again. */
  recall: limit,
});
export type IncidentLimits = z.infer<typeof incidentLimits>;

export const ESCALATION_REASONS = ['unclaimed', 'desk-silent', 'province-silent', 'station-silent'] as const;
export type EscalationReason = (typeof ESCALATION_REASONS)[number];

export const facilitySummary = z.object({
  id: facilityId,
  name: z.string().max(300),
  address: z.string().max(500),
  category: z.string().max(64),
  position: position.nullable(),
  managingLevel: z.enum(['province', 'commune']),
  areaCode: z.string().max(16),
  synthetic: z.boolean(),
});
export type FacilitySummary = z.infer<typeof facilitySummary>;

/** The line of signals that name no zone: the panel as a whole spoke. It is never a second detector. */
export const WHOLE_PANEL = '*';

export const joinedSignal = z.object({
  signalId,
  /** Zone "3" of two transmitters of one building is two detectors. */
  transmitterId: transmitterId.optional(),
  /** The number as registered, or as the panel said it where the register does not know it; WHOLE_PANEL for none. */
  zone: z.string().max(32),
  zoneLabel: z.string().max(200).nullable(),
  family: z.enum(SIGNAL_FAMILIES),
  class: z.enum(SIGNAL_CLASSES),
  at: instant,
});
export type JoinedSignal = z.infer<typeof joinedSignal>;

/** Further signals of known zones, folded: a chattering detector costs one line however often it speaks. */
const zoneCount = z.object({
  transmitterId: transmitterId.optional(),
  zone: z.string().max(32),
  count: z.number().int().positive(),
  lastAt: instant,
  /** The last of them that stands for fire; absent when none does. */
  lastFireAt: instant.optional(),
});
export type ZoneCount = z.infer<typeof zoneCount>;

export const resource = z.object({ type: z.string().max(64), count: z.number().int().positive() });

/** The first dispatch that the country pack gave for this class of facility on the day, with its source. */
export const firstDispatch = z.object({
  resources: z.array(resource).min(1).max(32),
  source: sourceCode,
  official: z.boolean(),
});
export type FirstDispatch = z.infer<typeof firstDispatch>;

/** Why a laid aside incident is back. */
export const UNSHELVE_REASONS = ['time', 'signal', 'person'] as const;

/** Written on paper while the screen was dark, and by whom; who typed it in is `by`, when is the entry's `recordedAt`. */
const writtenLate = z.object({ writtenBy: z.string().min(1).max(200) });
/** Opened after the fact. Only what still burns rings. */
const lateOpening = writtenLate.extend({ burning: z.boolean() });

export const incidentEntries = {
  'incident.opened': define(
    1,
    z.object({
      /** Short number of the centre, the one people say on the telephone. */
      number: z.number().int().positive(),
      type: z.literal('fire-alarm'),
      facility: facilitySummary,
      province: organisationCode,
      station: organisationCode.nullable(),
      /** None only where it was worked on paper and keyed in later. */
      signals: z.array(joinedSignal).max(64),
      clocks: z.object({ owner: clock, desk: clock, station: clock }),
      /** The national desk sounds at once for this class of facility. */
      nationalSounds: z.boolean(),
      /** Fixed at the opening, so that every later rule needs the incident alone. Keng always writes it. */
      firstDispatch: firstDispatch.optional(),
      limits: incidentLimits.optional(),
      late: lateOpening.optional(),
    }),
  ),
  'incident.signals-joined': define(
    1,
    z.object({ signals: z.array(joinedSignal).max(1_000), repeats: z.array(zoneCount).max(1_000) }),
  ),
  'incident.confirmed': define(1, z.object({ reason: z.enum(CONFIRMATIONS), signalId: signalId.nullable() })),
  'incident.owner-alerted': define(
    1,
    z.object({
      contacts: z
        .array(
          z.object({
            contactId,
            name: z.string().max(200),
            order: z.number().int(),
            channel: z.string().max(32),
          }),
        )
        // Twenty contacts by four ways each.
        .max(80),
    }),
  ),
  'incident.contact-reached': define(
    1,
    z.object({
      contactId,
      name: z.string().max(200),
      channel: z.string().max(32),
      result: z.enum(['delivered', 'answered', 'no-answer', 'failed']),
      detail: z.string().max(500).nullable(),
    }),
  ),
  'incident.owner-answered': define(
    1,
    z.object({
      contactId: contactId.nullable(),
      name: z.string().max(200),
      answer: z.enum(OWNER_ANSWERS),
      channel: z.enum(ANSWER_CHANNELS),
    }),
  ),
  'incident.measures-shown': define(
    1,
    z.object({ contactId: contactId.nullable(), channel: z.enum(ANSWER_CHANNELS) }),
  ),
  'incident.claimed': define(1, z.object({ by: person })),
  'incident.released': define(1, z.object({ by: person })),
  'incident.desk-accepted': define(1, z.object({ by: person, organisation: organisationCode })),
  'incident.station-accepted': define(1, z.object({ by: person, organisation: organisationCode })),
  'incident.station-reported': define(
    1,
    z.object({ by: person, state: z.enum(STATION_STATES), note: z.string().max(2_000).nullable() }),
  ),
  'incident.limit-passed': define(
    1,
    z.object({ clock: z.enum(CLOCKS), dueAt: instant, escalatedTo: z.enum(LEVELS).nullable() }),
  ),
  'incident.dispatch-proposed': define(
    1,
    z.object({
      reason: z.enum(PROPOSAL_REASONS),
      resources: z.array(resource).min(1).max(32),
      source: sourceCode,
      official: z.boolean(),
    }),
  ),
  /** Nobody did what it waits for: it goes up, and sounds there. */
  'incident.escalated': define(
    1,
    z.object({ reason: z.enum(ESCALATION_REASONS), to: z.enum(LEVELS), limit: clock }),
  ),
  'incident.dispatch-reminded': define(
    1,
    z.object({ count: z.number().int().positive(), escalatedTo: z.enum(LEVELS).nullable(), limit: clock }),
  ),
  /** All contacts are called once more, except who is on the line at this moment. */
  'incident.owner-recalled': define(1, z.object({ limit: clock })),
  /** Another station goes in its place, which gets a clock of its own. The last that the replaced one hears of it. */
  'incident.station-stood-down': define(
    1,
    z.object({ by: person, station: organisationCode, replacedBy: organisationCode, clock }),
  ),
  'incident.dispatch-confirmed': define(
    1,
    z.object({
      by: person,
      resources: z.array(resource).min(1).max(32),
      station: organisationCode.nullable(),
    }),
  ),
  'incident.noted': define(
    1,
    z.object({ by: person, text: z.string().min(1).max(4_000), late: writtenLate.optional() }),
  ),
  /** An acknowledged incident is laid aside until a time; whatever is new brings it back before. */
  'incident.shelved': define(
    1,
    z.object({ by: person, reason: z.string().min(1).max(1_000), until: instant }),
  ),
  'incident.unshelved': define(1, z.object({ reason: z.enum(UNSHELVE_REASONS), by: person.nullable() })),
  'incident.closed': define(
    1,
    z.object({
      by: person,
      outcome: z.enum(OUTCOMES),
      cause: z.enum(FALSE_CAUSES).nullable(),
      note: z.string().max(4_000).nullable(),
      late: writtenLate.optional(),
    }),
  ),
  /** Somebody at the facility says that it burns after all: it rings again, with a new clock for the desk. */
  'incident.reopened': define(1, z.object({ reason: z.enum(['owner-real']), desk: clock })),
} as const;

export { incidentId };
