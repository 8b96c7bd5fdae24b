import type { Actor, FacilityId, OrganisationCode, Permission, Role, UserId, World } from '@keng/model';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PoolClient } from 'pg';
import type { z } from 'zod';
import type { PendingDuty } from './sessions.ts';

/** The person behind a request, as the session knows them. */
export interface SessionUser {
  readonly id: UserId;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly permissions: ReadonlySet<Permission>;
  readonly organisation: OrganisationCode | null;
  /** '*' for the national desk and for administrators and auditors of no organisation; else the organisation and all below it. */
  readonly scope: '*' | readonly OrganisationCode[];
  /** For a facility owner: their facilities. */
  readonly facilities: readonly FacilityId[];
  readonly language: 'vi' | 'en' | 'ru' | 'zh';
  /** Rights above those of the roles, which `permissions` and `scope` hold already; only while they run. */
  readonly raised?: RaisedRights | null;
}

export interface RaisedRights {
  readonly id: string;
  readonly target: OrganisationCode;
  readonly role: Role | null;
  readonly reason: string;
  readonly until: Date;
  /** What is seen without them. */
  readonly ownScope: '*' | readonly OrganisationCode[];
}

export interface RequestContext {
  readonly world: World;
  /** World time of this request. */
  readonly now: Date;
  readonly remote: string;
  /** null only on routes that are open to everybody or carry their own proof (`access: 'open'`). */
  readonly user: SessionUser | null;
  /** The user as the log names them; throws on open routes. */
  readonly actor: Actor;
  /** The browser speaks TLS to this centre, or to the proxy before it. */
  readonly secure: boolean;
  /** What every request that changes something must repeat in `x-keng-csrf`; null without a session. */
  readonly csrf: string | null;
  /** From the cookie; null without a session. */
  readonly sessionToken: string | null;
  /** One transaction as keng_web. Row-level security shows what the user may see; on open routes nothing is visible. */
  transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T>;
  /** A transaction that sees exactly these facilities: for routes that carry their own proof (owner's link, gateway receipt). */
  withFacilities<T>(facilities: readonly FacilityId[], work: (client: PoolClient) => Promise<T>): Promise<T>;
  /**
   * For streams that outlive a request: the user as they are now, also when the log-in has expired since (it locks actions, never
   * alarms); null when they logged out, the session was ended, or the account was stopped.
   */
  stillAllowed(): Promise<SessionUser | null>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Who may call a route: a permission, any signed-on user, or everybody (the handler then checks a token or signature itself). */
export type Access = Permission | 'session' | 'open';

export interface RouteSchemas {
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined;

export interface Call<Schemas extends RouteSchemas> {
  readonly params: Parsed<Schemas['params']>;
  readonly query: Parsed<Schemas['query']>;
  readonly body: Parsed<Schemas['body']>;
  readonly context: RequestContext;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path below /api, fastify form: `/incidents/:id/accept`. */
  readonly url: string;
  readonly access: Access;
  readonly summary: string;
  readonly schemas: RouteSchemas;
  /** Bytes; default 256 KiB. */
  readonly bodyLimit?: number;
  /** Content type taken as a raw Buffer in `body` instead of JSON (CSV import). */
  readonly rawBody?: string;
  /** The handler writes to `context.reply` itself (event streams: openStream; files: return a Readable or a Buffer). */
  readonly streams?: boolean;
  /** GET only: still answered when the log-in has expired, because a locked screen goes on showing alarms. */
  readonly evenExpired?: boolean;
  /** Also answered while the session has one of these duties: how it is fulfilled, and the way out. */
  readonly evenPending?: readonly PendingDuty[];
  /** Requests an address may make in a while before it hears 429; counted before anything else is done for it. */
  readonly limit?: { readonly requests: number; readonly seconds: number };
  readonly handle: (call: Call<RouteSchemas>) => Promise<unknown>;
}

/** Declares a route with its access and schemas; there is no way to declare one without them. */
export function defineRoute<const Schemas extends RouteSchemas>(
  route: Omit<Route, 'handle' | 'schemas'> & {
    readonly schemas: Schemas;
    readonly handle: (call: Call<Schemas>) => Promise<unknown>;
  },
): Route {
  // The server parses with these very schemas before it calls handle.
  return route as unknown as Route;
}
