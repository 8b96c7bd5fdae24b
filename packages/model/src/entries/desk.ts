import { z } from 'zod';
import { LEVELS } from '../organisation.ts';
import { define, incidentId, instant, limit, organisationCode, person } from './common.ts';

/** Why nobody can be counted on at a desk. */
export const SILENCE_REASONS = ['nobody-logged-in', 'no-answer', 'sound-blocked', 'screen-asleep'] as const;
export type SilenceReason = (typeof SILENCE_REASONS)[number];

export const deskEntries = {
  /** From here on alarms of this desk sound one level up, until somebody at the desk answers. */
  'desk.silent': define(
    1,
    z.object({
      organisation: organisationCode,
      /** Absent in entries of before: a province. */
      level: z.enum(LEVELS).optional(),
      reason: z.enum(SILENCE_REASONS),
      since: instant,
      /** The alarm that nobody answered; null where nobody is logged in. */
      incidentId: incidentId.nullable(),
      limit,
    }),
  ),
  'desk.answered': define(
    1,
    z.object({ organisation: organisationCode, silentSince: instant, by: person.nullable() }),
  ),
  /** A person above looks after it: it waits for nobody else, and stays on the list until the desk answers. */
  'desk.claimed': define(1, z.object({ organisation: organisationCode, silentSince: instant, by: person })),
  /** Nobody one level up has claimed it in its time: it rings at the national desk, too. */
  'desk.raised': define(
    1,
    z.object({ organisation: organisationCode, silentSince: instant, to: z.literal('national'), limit }),
  ),
} as const;
