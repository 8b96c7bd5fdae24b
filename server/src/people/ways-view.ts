import { z } from 'zod';
import type { RequestContext } from '../platform/http/index.ts';
import type { StoredPasskey } from './passkey-store.ts';
import { LOG_IN_METHODS, type OpenSession } from './session-store.ts';
import type { SessionKeeper } from './sessions.ts';

export const passkeyView = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  /** It is copied between devices by its maker: lost with one of them, it is not lost. */
  backedUp: z.boolean(),
});

export function viewPasskey(key: StoredPasskey): z.infer<typeof passkeyView> {
  return {
    id: key.id,
    name: key.name,
    createdAt: key.created_at.toISOString(),
    lastUsedAt: key.last_used_at?.toISOString() ?? null,
    backedUp: key.backed_up,
  };
}

export const sessionItem = z.object({
  id: z.string(),
  remote: z.string(),
  agent: z.string(),
  method: z.enum(LOG_IN_METHODS),
  since: z.string(),
  /** Within a minute: the table is not written for every request. */
  lastUsedAt: z.string(),
  expiresAt: z.string(),
  /** The session that asks. */
  own: z.boolean(),
});

export function viewSession(session: OpenSession, own: Buffer | null): z.infer<typeof sessionItem> {
  return {
    id: session.id,
    remote: session.remote,
    agent: session.agent,
    method: session.method,
    since: session.created_at.toISOString(),
    lastUsedAt: session.last_seen_at.toISOString(),
    expiresAt: session.expires_at.toISOString(),
    own: own?.equals(session.token_hash) ?? false,
  };
}

export function usableSince(sessions: SessionKeeper, context: RequestContext) {
  return {
    now: context.now,
    idleBefore: new Date(context.now.getTime() - sessions.limits.idleSeconds * 1000),
  };
}
