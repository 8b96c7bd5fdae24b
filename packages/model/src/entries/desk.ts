import { z } from 'zod';
import { define, incidentId, instant, limit, organisationCode, person } from './common.ts';

/** Why nobody can be counted on at a province's desk. */
export const SILENCE_REASONS = ['nobody-logged-in', 'no-answer'] as const;
export type SilenceReason = (typeof SILENCE_REASONS)[number];

export const deskEntries = {
  /** From here on alarms of this province sound at the national desk, until somebody at the desk answers. */
  'desk.silent': define(
    1,
    z.object({
      organisation: organisationCode,
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
} as const;
