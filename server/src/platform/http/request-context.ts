import { type Actor, type FacilityId, Problem, type World } from '@keng/model';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Pool, PoolClient } from '../database.ts';
import { transaction } from '../transaction.ts';
import type { RequestContext, SessionUser } from './route.ts';
import type { FoundSession, Sessions } from './sessions.ts';

export interface ContextDeps {
  /** Connects as keng_web. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly world: World;
  readonly sessions: Sessions;
  readonly secure: boolean;
}

export interface Admitted {
  readonly session: FoundSession | null;
  readonly token: string | null;
}

export function createContext(
  deps: ContextDeps,
  admitted: Admitted,
  request: FastifyRequest,
  reply: FastifyReply,
): RequestContext {
  const user = admitted.session?.user ?? null;
  const { token } = admitted;
  return {
    world: deps.world,
    now: deps.clock.now(deps.world),
    remote: request.ip,
    user,
    get actor(): Actor {
      return actorOf(user);
    },
    secure: deps.secure,
    csrf: admitted.session?.csrf ?? null,
    sessionToken: token,
    transaction: (work) => scopedTransaction(deps.pool, scopeOf(user), work),
    withFacilities: (facilities, work) =>
      scopedTransaction(deps.pool, { organisations: [], facilities }, work),
    stillAllowed: async () => (token === null ? null : await deps.sessions.stillAllowed(token)),
    request,
    reply,
  };
}

function actorOf(user: SessionUser | null): Actor {
  if (user) return { kind: 'user', id: user.id, name: user.name };
  throw new Problem(401, 'session.missing', 'Nobody is logged in on this request.');
}

interface Scope {
  readonly organisations: '*' | readonly string[];
  readonly facilities: readonly FacilityId[];
}

function scopeOf(user: SessionUser | null): Scope {
  return user
    ? { organisations: user.scope, facilities: user.facilities }
    : { organisations: [], facilities: [] };
}

/**
 * What row-level security shows is said inside the transaction and forgotten with it (`is_local`): the next user of the same
 * connection starts with nothing.
 */
export async function scopedTransaction<Result>(
  pool: Pool,
  scope: Scope,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const organisations = scope.organisations === '*' ? '*' : scope.organisations.map(checkCode).join(',');
  const facilities = scope.facilities.join(',');
  return await transaction(pool, async (client) => {
    await client.query({
      name: 'set-scope',
      text: "select set_config('keng.scope', $1, true), set_config('keng.facilities', $2, true)",
      values: [organisations, facilities],
    });
    return await work(client);
  });
}

/** A code named `*` or with a comma in it would widen the scope. */
function checkCode(code: string): string {
  if (code === '*' || code.includes(',')) throw new Error(`not a code of an organisation: ${code}`);
  return code;
}
