import type { RequestContext, SessionUser } from '../platform/http/index.ts';
import type { Caller } from './admit.ts';
import type { IdentityPolicy } from './identity-policy.ts';
import { siteOf } from './site.ts';
import type { Asked } from './users.ts';

export function signedOn(context: RequestContext): SessionUser {
  if (context.user) return context.user;
  throw new Error('a route that needs a session was reached without one');
}

export function askedBy(context: RequestContext): Asked {
  return { world: context.world, now: context.now, actor: context.actor, by: signedOn(context) };
}

export function callerOf(context: RequestContext, policy: IdentityPolicy): Caller {
  return {
    remote: context.remote,
    agent: context.request.headers['user-agent'] ?? '',
    presented: context.sessionToken,
    site: () => siteOf(policy.publicUrl, context),
  };
}
