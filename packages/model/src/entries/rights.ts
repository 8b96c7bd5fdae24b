import { z } from 'zod';
import { ROLES } from '../permissions.ts';
import { define, instant, organisationCode, person, userId } from './common.ts';

export const REVIEW_OUTCOMES = ['justified', 'not-justified'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

/** The place that was seen: whoever reviews there is told, too. Absent in entries of before. */
const told = organisationCode.optional();

export const rightsEntries = {
  /** Break-glass: more than the roles give, for a while, with a reason that somebody else will read. */
  'rights.raised': define(
    1,
    z.object({
      userId,
      /** The place that is seen from now on, with everything below it. */
      target: organisationCode,
      /** What may be done besides; null: only seen. */
      role: z.enum(ROLES).nullable(),
      reason: z.string().min(1).max(1_000),
      until: instant,
    }),
  ),
  'rights.ended': define(1, z.object({ by: person, target: told })),
  'rights.reviewed': define(
    1,
    z.object({ outcome: z.enum(REVIEW_OUTCOMES), note: z.string().max(1_000), by: person, target: told }),
  ),
} as const;
