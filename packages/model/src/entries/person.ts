import { z } from 'zod';
import { ROLES } from '../permissions.ts';
import { define, facilityId, organisationCode, userId } from './common.ts';

export const userBody = z.object({
  id: userId,
  login: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,62}$/),
  name: z.string().min(1).max(200),
  roles: z.array(z.enum(ROLES)).min(1).max(7),
  organisation: organisationCode.nullable(),
  /** For a facility owner: the facilities that are theirs. */
  facilities: z.array(facilityId).max(500),
  language: z.enum(['vi', 'en', 'ru', 'zh']),
  active: z.boolean(),
  synthetic: z.boolean(),
});
export type UserBody = z.infer<typeof userBody>;

export const personEntries = {
  'user.created': define(1, userBody),
  'user.changed': define(1, userBody),
  'user.password-set': define(1, z.object({ userId, by: z.enum(['self', 'administrator', 'set-up']) })),
  'session.opened': define(1, z.object({ userId, remote: z.string().max(64) })),
  'session.closed': define(1, z.object({ userId, reason: z.enum(['log-out', 'expired', 'ended']) })),
  'session.refused': define(
    1,
    z.object({
      login: z.string().max(64),
      remote: z.string().max(64),
      reason: z.enum(['unknown', 'password', 'limited', 'inactive']),
    }),
  ),
} as const;
