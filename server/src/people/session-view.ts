import { ROLES } from '@keng/model';
import { z } from 'zod';
import {
  clearStepCookie,
  type RequestContext,
  setSessionCookie,
  setStepCookie,
} from '../platform/http/index.ts';
import type { Outcome } from './admit.ts';
import { STEP_SECONDS } from './log-in-steps.ts';
import { LOG_IN_METHODS } from './session-store.ts';
import type { OpenedSession, SessionKeeper } from './sessions.ts';

export const password = z.string().min(1).max(1_024);
export const login = z.string().trim().toLowerCase().min(1).max(64);

/** A guess costs 19 MiB and 20 ms of a core: this many an address may cause, right or wrong. */
export const GUESSES = { requests: 60, seconds: 60 };

const user = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  permissions: z.array(z.string()),
  organisation: z.string().nullable(),
  /** '*', or the organisations whose rows they see. */
  scope: z.union([z.literal('*'), z.array(z.string())]),
  facilities: z.array(z.string()),
  language: z.enum(['vi', 'en', 'ru', 'zh']),
  /** Rights above those of the roles, while they run. */
  raised: z
    .object({
      id: z.string(),
      target: z.string(),
      role: z.enum(ROLES).nullable(),
      reason: z.string(),
      until: z.string(),
    })
    .nullable(),
});

export const sessionView = z.object({
  id: z.string(),
  user,
  csrf: z.string(),
  world: z.string(),
  language: user.shape.language,
  method: z.enum(LOG_IN_METHODS),
  passwordTemporary: z.boolean(),
  /** What this session has to do before anything else is answered. */
  pending: z.enum(['password', 'passkey']).nullable(),
  expiresAt: z.string(),
  /** Expired: alarms may be watched, nothing may be done. */
  expired: z.boolean(),
});

/** The first proof was right; a key is wanted, too. */
const secondFactor = z.object({
  /** What `navigator.credentials.get` is asked (PublicKeyCredentialRequestOptionsJSON). */
  secondFactor: z.looseObject({ challenge: z.string() }),
});

export const logInAnswer = z.union([sessionView, secondFactor]);

export async function viewOf(sessions: SessionKeeper, token: string, expired: boolean) {
  const view = await sessions.view(token);
  return (
    view && {
      id: view.id,
      user: {
        ...view.user,
        permissions: [...view.user.permissions],
        raised: view.user.raised
          ? { ...view.user.raised, until: view.user.raised.until.toISOString() }
          : null,
      },
      csrf: sessions.csrfOf(token),
      world: sessions.world,
      language: view.user.language,
      method: view.method,
      passwordTemporary: view.passwordTemporary,
      pending: view.pending,
      expiresAt: view.expiresAt.toISOString(),
      expired,
    }
  );
}

export async function answerOpened(sessions: SessionKeeper, context: RequestContext, opened: OpenedSession) {
  setSessionCookie(context, opened.token, opened.expires);
  return await viewOf(sessions, opened.token, false);
}

export async function answerOutcome(sessions: SessionKeeper, context: RequestContext, outcome: Outcome) {
  if (outcome.kind === 'opened') return await answerOpened(sessions, context, outcome.session);
  setStepCookie(context, outcome.stepToken, STEP_SECONDS);
  return { secondFactor: outcome.options };
}

/** A key has answered: what bound the question to this browser is over. */
export async function answerStep(sessions: SessionKeeper, context: RequestContext, opened: OpenedSession) {
  clearStepCookie(context);
  return await answerOpened(sessions, context, opened);
}
