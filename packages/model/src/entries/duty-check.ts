import { z } from 'zod';
import type { DutyCheckId } from '../ids.ts';
import { define, facilityId, limit, person, transmitterId } from './common.ts';

const dutyCheckId = z.uuid().transform((text) => text as DutyCheckId);
const about = z.object({ dutyCheckId, transmitterId, facilityId });

/** Why a control room's presence stayed unproved. */
export const UNANSWERED_REASONS = ['not-delivered', 'silence'] as const;
export type UnansweredReason = (typeof UNANSWERED_REASONS)[number];

/** Is somebody on duty in the control room of the premises? (查岗 of GB 26875.) The subject is the duty check. */
export const dutyCheckEntries = {
  'duty-check.asked': define(
    1,
    about.extend({
      /** The device sounds so long, and the answer counts so long. */
      minutes: z.int().min(1).max(255),
      /** null: a regular check. */
      by: person.nullable(),
    }),
  ),
  /** The device has confirmed that it was asked. */
  'duty-check.delivered': define(
    1,
    about.extend({ receiver: z.string().max(32), remote: z.string().max(64) }),
  ),
  'duty-check.answered': define(1, about),
  'duty-check.unanswered': define(
    1,
    about.extend({
      reason: z.enum(UNANSWERED_REASONS),
      /** It rings at the desk until a person claims it. Absent in entries of before, which rang nobody. */
      rings: z.literal(true).optional(),
    }),
  ),
  /** Nobody at the desk of the province has claimed it in its time: it rings at the national desk, too. */
  'duty-check.raised': define(1, about.extend({ to: z.literal('national'), limit })),
  /** A person looks after it that nobody answered: it rings no more, and stays on the list. */
  'duty-check.claimed': define(1, about.extend({ by: person })),
  /** What came of it, in the words of whoever looked after it. */
  'duty-check.settled': define(1, about.extend({ by: person, note: z.string().min(1).max(500) })),
} as const;
