import { ANSWER_CHANNELS, OUTCOMES, OWNER_ANSWERS, STATION_STATES } from '@keng/model';
import { z } from 'zod';

/**
 * What the owner's page gets. Every member is named here: telephone numbers, notes of the desk and names of officers are not
 * among them; of the other contacts it has what they answered, and their names.
 */
export const ownerPageView = z.object({
  now: z.string(),
  expiresAt: z.string(),
  contact: z.object({ id: z.string(), name: z.string(), language: z.enum(['vi', 'en', 'ru', 'zh']) }),
  facility: z.object({
    id: z.string(),
    name: z.string(),
    address: z.string(),
    category: z.string(),
    position: z.tuple([z.number(), z.number()]).nullable(),
    synthetic: z.boolean(),
  }),
  incident: z.object({
    id: z.string(),
    number: z.number(),
    status: z.enum(['open', 'closed']),
    openedAt: z.string(),
    lastSignalAt: z.string(),
    confidence: z.enum(['single', 'confirmed']),
    zones: z.array(
      z.object({
        zone: z.string(),
        label: z.string().nullable(),
        family: z.string(),
        class: z.string(),
        firstAt: z.string(),
        lastAt: z.string(),
        count: z.number(),
        restoredAt: z.string().nullable(),
      }),
    ),
    desk: z.object({ at: z.string() }).nullable(),
    stationAccepted: z.object({ at: z.string() }).nullable(),
    stationState: z.object({ state: z.enum(STATION_STATES), at: z.string() }).nullable(),
    dispatch: z.object({ status: z.enum(['none', 'proposed', 'confirmed']) }),
    owner: z.object({
      answer: z.enum(['none', ...OWNER_ANSWERS, 'contradictory']),
      answers: z.array(
        z.object({
          contactId: z.string().nullable(),
          name: z.string(),
          answer: z.enum(OWNER_ANSWERS),
          channel: z.enum(ANSWER_CHANNELS),
          at: z.string(),
        }),
      ),
      measuresShownAt: z.string().nullable(),
    }),
    /** How long the owner has; when silence counts as no answer. */
    clock: z.object({
      seconds: z.number(),
      dueAt: z.string(),
      source: z.string(),
      official: z.boolean(),
      stoppedAt: z.string().nullable(),
      passedAt: z.string().nullable(),
    }),
    outcome: z.object({ outcome: z.enum(OUTCOMES), at: z.string() }).nullable(),
  }),
  /** In the order in which they are shown, in every language; `contact.language` is the one to begin with. */
  firstMeasures: z.array(
    z.object({ code: z.string(), vi: z.string(), en: z.string(), ru: z.string(), zh: z.string() }),
  ),
  works: z.array(
    z.object({
      id: z.string(),
      zones: z.array(z.string()).readonly(),
      from: z.string(),
      until: z.string(),
      reason: z.string(),
      calledBack: z.object({ at: z.string() }).nullable(),
    }),
  ),
  /** Whom to call when it burns. */
  emergencyNumber: z.string().nullable(),
  /** In whose time the page speaks, whatever the telephone is set to. */
  timeZone: z.string(),
});
export type OwnerPageView = z.infer<typeof ownerPageView>;

/** The same for an owner who has logged in. No contact is known then: the account answers, under its name. */
const ownAlarm = ownerPageView.omit({ now: true, expiresAt: true, timeZone: true }).extend({
  contact: ownerPageView.shape.contact.extend({ id: z.null() }),
});
export const ownAlarmView = ownAlarm.extend({ now: z.string() });
export type OwnAlarmView = z.infer<typeof ownAlarmView>;

export const ownAlarmsView = z.object({
  now: z.string(),
  /** What is open, the newest first, then what was closed within a day. */
  alarms: z.array(ownAlarm),
  next: z.string().nullable(),
  emergencyNumber: z.string().nullable(),
});
export type OwnAlarmsView = z.infer<typeof ownAlarmsView>;
