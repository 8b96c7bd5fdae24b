import { z } from 'zod';
import {
  addressMark,
  contactId,
  define,
  enhancedStatus,
  facilityId,
  incidentId,
  sourceCode,
} from './common.ts';

/** Ways of a message that is no fire alarm. The call is for fire alone, and so is every way at once. */
export const CONTACT_WAYS = ['sms', 'push', 'email'] as const;
export type ContactWay = (typeof CONTACT_WAYS)[number];

const clockTime = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/);

/** What a contact asked for. None of it holds back a fire alarm or anything said about one. */
export const contactPreference = z.object({
  /** In the order in which they are tried. */
  ways: z
    .array(z.enum(CONTACT_WAYS))
    .min(1)
    .max(CONTACT_WAYS.length)
    .refine((ways) => new Set(ways).size === ways.length, 'each way once'),
  /** null: as the register has it. */
  language: z.enum(['vi', 'en', 'ru', 'zh']).nullable(),
  /** Local times of the country between which only what is urgent is said; null: none. */
  quiet: z.object({ from: clockTime, until: clockTime }).nullable(),
});
export type ContactPreference = z.infer<typeof contactPreference>;

const about = z.object({ contactId, facilityId, name: z.string().max(200) });

export const contactEntries = {
  'contact.preferred': define(1, about.extend({ preference: contactPreference })),
  /** A browser of theirs is told, too. Only whose push service it is: the whole address would let anybody send there. */
  'contact.push-added': define(1, about.extend({ subscriptionId: z.uuid(), service: z.string().max(200) })),
  'contact.push-removed': define(
    1,
    about.extend({ subscriptionId: z.uuid(), because: z.enum(['asked', 'expired']) }),
  ),
  'contact.answered': define(1, about.extend({ incidentId, channel: z.string().max(32) })),
  /** They were called and did not answer until the alarm was closed. */
  'contact.unanswered': define(1, about.extend({ incidentId })),
  /** So many alarms in a row without an answer: the owner and the managing police are told. */
  'contact.reported': define(
    1,
    about.extend({ inARow: z.number().int().positive(), source: sourceCode, official: z.boolean() }),
  ),
  /** A mail server refused their address for good, or sent the mail back. Of the address only its mark, by which a new one is known. */
  'contact.email-returned': define(
    1,
    about.extend({
      jobId: z.uuid(),
      mark: addressMark,
      status: enhancedStatus.nullable(),
      text: z.string().max(500),
    }),
  ),
  /** A person says that the same address takes mail again. */
  'contact.email-works': define(1, about.extend({ mark: addressMark })),
} as const;
