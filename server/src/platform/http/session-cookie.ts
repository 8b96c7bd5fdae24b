import type { FastifyReply, FastifyRequest } from 'fastify';

export const SESSION_COOKIE = 'keng_session';

/** 32 random bytes in base64url: anything else is not worth a query. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export function readSessionCookie(request: FastifyRequest): string | null {
  const token = request.cookies[SESSION_COOKIE];
  return token !== undefined && TOKEN.test(token) ? token : null;
}

interface CookieContext {
  readonly reply: FastifyReply;
  readonly secure: boolean;
}

export function setSessionCookie(context: CookieContext, token: string, expires: Date): void {
  context.reply.setCookie(SESSION_COOKIE, token, { ...attributes(context), expires });
}

export function clearSessionCookie(context: CookieContext): void {
  context.reply.clearCookie(SESSION_COOKIE, attributes(context));
}

function attributes(context: CookieContext) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: context.secure } as const;
}

const STEP_COOKIE = 'keng_step';

/**
 * Binds a log-in that is half done to its browser. `lax`, for the way to a provider and back: the browser returns from another
 * site, and a strict cookie would not come along.
 */
export function setStepCookie(context: CookieContext, token: string, seconds: number): void {
  context.reply.setCookie(STEP_COOKIE, token, { ...stepAttributes(context), maxAge: seconds });
}

export function readStepCookie(request: FastifyRequest): string | null {
  const token = request.cookies[STEP_COOKIE];
  return token !== undefined && TOKEN.test(token) ? token : null;
}

export function clearStepCookie(context: CookieContext): void {
  context.reply.clearCookie(STEP_COOKIE, stepAttributes(context));
}

function stepAttributes(context: CookieContext) {
  return { path: '/api/session', httpOnly: true, sameSite: 'lax', secure: context.secure } as const;
}
