import { z } from 'zod';
import { addressMark, contactId, define, enhancedStatus, incidentId } from './common.ts';

const job = z.object({
  jobId: z.uuid(),
  incidentId: incidentId.nullable(),
  contactId: contactId.nullable(),
  channel: z.string().max(32),
});

export const notifyEntries = {
  'notify.delivered': define(
    1,
    job.extend({ attempt: z.number().int(), receipt: z.string().max(500).nullable() }),
  ),
  'notify.failed': define(
    1,
    job.extend({
      attempt: z.number().int(),
      error: z.string().max(1_000),
      final: z.boolean(),
      /** Only where it is the address that is wrong, and not the line, the server or the mail. */
      address: z.object({ mark: addressMark, status: enhancedStatus.nullable() }).optional(),
    }),
  ),
} as const;
