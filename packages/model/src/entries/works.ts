import { z } from 'zod';
import { contactId, define, facilityId, instant, limit, person, transmitterId } from './common.ts';

export const worksEntries = {
  /** Planned works: named zones only, and nothing is muted before the call-back. */
  'works.planned': define(
    1,
    z.object({
      facilityId,
      transmitterId,
      zones: z.array(z.string().min(1).max(32)).min(1).max(500),
      from: instant,
      until: instant,
      reason: z.string().min(1).max(500),
      by: person.nullable(),
      requestedBy: z.string().max(200).nullable(),
      /** The owner tries the devices: shown as a test everywhere; muted as all works are, or less. */
      purpose: z.literal('test').optional(),
      /** How long before the end the contact is reminded. */
      reminder: limit.optional(),
    }),
  ),
  /** An officer rang a registered contact at the registered number and the works were confirmed. */
  'works.called-back': define(1, z.object({ contactId, contactName: z.string().max(200), by: person })),
  /** The end is near: whoever needs longer plans anew before the zones ring again. */
  'works.reminded': define(
    1,
    z.object({ contactId, contactName: z.string().max(200), until: instant, limit }),
  ),
  'works.ended': define(
    1,
    z.object({ reason: z.enum(['time', 'person', 'call-back-refused']), by: person.nullable() }),
  ),
} as const;
