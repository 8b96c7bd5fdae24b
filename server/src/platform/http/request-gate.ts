import { createHash, timingSafeEqual } from 'node:crypto';
import { forbidden, Problem } from '@keng/model';
import type { FastifyRequest } from 'fastify';
import { type AddressLimits, networkOf } from './address-limits.ts';
import type { Admitted } from './request-context.ts';
import type { Route } from './route.ts';
import { readSessionCookie } from './session-cookie.ts';
import type { FoundSession, PendingDuty, Sessions } from './sessions.ts';

export interface GateDeps {
  readonly sessions: Sessions;
  readonly limits: AddressLimits;
  /** Origins under which browsers reach this centre; empty: the one that the Host header names. */
  readonly origins: readonly string[];
  readonly nowMs: () => number;
}

/**
 * What stands before every handler, in this order and before the body is read: limit by address, where the request comes from,
 * session, CSRF value, duties, permission.
 */
export async function admit(deps: GateDeps, route: Route, request: FastifyRequest): Promise<Admitted> {
  checkLimit(deps, route, request);
  if (route.method !== 'GET') checkOrigin(request, deps.origins);
  const token = readSessionCookie(request);
  if (route.access === 'open') return { session: null, token };
  const session = token === null ? null : await deps.sessions.find(token);
  if (!session) throw new Problem(401, 'session.missing', 'Log in first.');
  if (session.expired && !(route.evenExpired && route.method === 'GET')) {
    throw new Problem(
      401,
      'session.expired',
      'The log-in has expired: alarms stay visible, log in again to act.',
    );
  }
  if (route.method !== 'GET') checkCsrf(session, request);
  checkDuty(route, session);
  checkPermission(route, session);
  return { session, token };
}

function checkLimit(deps: GateDeps, route: Route, request: FastifyRequest): void {
  if (!route.limit) return;
  const key = `${route.method} ${route.url} ${networkOf(request.ip)}`;
  const seconds = deps.limits.take(key, route.limit, deps.nowMs());
  if (seconds === 0) return;
  throw new Problem(429, 'address.limited', 'Too many requests from this address; wait a little.', {
    params: { retryAfterSeconds: seconds },
  });
}

/**
 * Browsers name the page that sends a request; programs (curl, a gateway) do not, and a session's CSRF value still guards
 * those. `null` is the origin of sandboxed frames and is refused like any foreign one.
 */
export function checkOrigin(
  request: Pick<FastifyRequest, 'headers' | 'protocol'>,
  origins: readonly string[],
): void {
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  const foreign = new Problem(403, 'origin.foreign', 'This request was sent by a page of another site.');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw foreign;
  if (origin === undefined) return;
  const own = [...origins, `${request.protocol}://${host ?? ''}`];
  if (!own.includes(origin)) throw foreign;
}

function checkCsrf(session: FoundSession, request: FastifyRequest): void {
  const given = request.headers['x-keng-csrf'];
  if (typeof given === 'string' && equalTexts(given, session.csrf)) return;
  throw new Problem(
    403,
    'csrf.invalid',
    'The header x-keng-csrf must repeat the value that GET /api/session gave.',
  );
}

/** In a time that says nothing about where they differ. */
function equalTexts(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

const DUTIES: Readonly<Record<PendingDuty, readonly [code: string, text: string]>> = {
  password: [
    'session.password-temporary',
    'This password was set by somebody else: choose one of your own before anything else.',
  ],
  passkey: ['session.passkey-missing', 'Your role needs a key: register one before anything else.'],
};

/** Here and not in the console alone: whoever knows a temporary password and calls the API gets no further with it. */
function checkDuty(route: Route, session: FoundSession): void {
  if (!session.pending || route.evenPending?.includes(session.pending)) return;
  const [code, text] = DUTIES[session.pending];
  throw new Problem(403, code, text);
}

function checkPermission(route: Route, session: FoundSession): void {
  if (route.access === 'open' || route.access === 'session') return;
  if (!session.user.permissions.has(route.access)) throw forbidden(route.access);
}
