import { z } from 'zod';
import { contactId, define, facilityId, person } from './common.ts';

/** Entries named in one entry of an erasure at most; more are named in the next. */
export const ERASED_AT_ONCE = 500;

const about = z.object({ erasureId: z.uuid(), facilityId, contactId });

export const erasureEntries = {
  'personal-data.erasure-asked': define(1, about.extend({ reason: z.string().min(1).max(1_000) })),
  'personal-data.erasure-refused': define(1, about.extend({ by: person })),
  /** What was erased, without saying it: which entries, and the hash of the placeholder that stands there now. */
  'personal-data.erased': define(
    1,
    about.extend({
      by: z.object({ askedBy: z.string().max(200), confirmedBy: z.string().max(200) }),
      entries: z
        .array(z.object({ id: z.int().positive(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
        .max(ERASED_AT_ONCE),
    }),
  ),
} as const;
