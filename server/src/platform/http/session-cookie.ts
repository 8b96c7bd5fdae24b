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
