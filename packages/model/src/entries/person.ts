import { z } from 'zod';
import { ROLES } from '../permissions.ts';
import { define, facilityId, instant, organisationCode, userId } from './common.ts';

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

const passkey = z.object({ userId, passkeyId: z.uuid(), name: z.string().max(100) });
const providerLink = z.object({ userId, issuer: z.string().max(500), subject: z.string().max(255) });

export const personEntries = {
  'user.created': define(1, userBody),
  'user.changed': define(1, userBody),
  'user.password-set': define(
    1,
    z.object({ userId, by: z.enum(['self', 'administrator', 'set-up', 'recovery']) }),
  ),
  /** Keys beside passwords. The public key is no secret and no news: it is not in the log. */
  'passkey.registered': define(1, passkey),
  'passkey.removed': define(1, passkey),
  'user.second-factor-set': define(1, z.object({ userId, required: z.boolean() })),
  /** Who a subject of an OpenID provider is here; `claim`: by a claim that the operator trusts. */
  'user.provider-linked': define(1, providerLink.extend({ by: z.enum(['administrator', 'claim']) })),
  'user.provider-unlinked': define(1, providerLink),
  /** A one-time code on paper. `waits`: a second administrator has to confirm it first. */
  'user.recovery-issued': define(
    1,
    z.object({ userId, expiresAt: instant, waits: z.boolean(), removesPasskeys: z.boolean() }),
  ),
  'user.recovery-confirmed': define(1, z.object({ userId })),
  'user.recovery-withdrawn': define(1, z.object({ userId })),
  'user.recovered': define(
    1,
    z.object({ userId, remote: z.string().max(64), removedPasskeys: z.int().min(0) }),
  ),
  'session.opened': define(
    1,
    z.object({ userId, remote: z.string().max(64), method: z.string().max(32).optional() }),
  ),
  'session.closed': define(1, z.object({ userId, reason: z.enum(['log-out', 'expired', 'ended']) })),
  'session.refused': define(
    1,
    z.object({
      login: z.string().max(64),
      remote: z.string().max(64),
      reason: z.enum([
        'unknown',
        'password',
        'limited',
        'inactive',
        'passkey',
        'passkey-copied',
        'provider',
        'provider-unlinked',
        'recovery',
      ]),
    }),
  ),
} as const;
