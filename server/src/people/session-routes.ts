import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import {
  clearSessionCookie,
  defineRoute,
  type Route,
  readStepCookie,
  setStepCookie,
} from '../platform/http/index.ts';
import { callerOf, signedOn } from './asked.ts';
import { changeOwnPassword, logIn } from './log-in.ts';
import { STEP_SECONDS } from './log-in-steps.ts';
import { askForPasskey, logInWithPasskey } from './passkey-log-in.ts';
import { endSessionAtProvider } from './provider-log-out.ts';
import { recover } from './recovery.ts';
import type { PeopleDeps } from './routes.ts';
import {
  answerOpened,
  answerOutcome,
  answerStep,
  GUESSES,
  logInAnswer,
  login,
  password,
  sessionView,
  viewOf,
} from './session-view.ts';
import { siteOf } from './site.ts';
import { logInDepsOf } from './ways-in.ts';

/** An answer of `navigator.credentials.get`; what it says is checked by the signature, here only its shape and size. */
const assertion = z.object({
  id: z.string().min(1).max(1_400),
  rawId: z.string().max(1_400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: z.string().max(4_096),
    authenticatorData: z.string().max(4_096),
    signature: z.string().max(8_192),
    userHandle: z.string().max(256).nullish(),
  }),
  authenticatorAttachment: z.string().max(32).nullish(),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
});

const SMALL = 32 * 1024;

/** Ways in, and the way out. */
export function sessionRoutes(deps: PeopleDeps): Route[] {
  const logInDeps = logInDepsOf(deps);
  const { sessions } = deps;
  return [
    defineRoute({
      method: 'POST',
      url: '/session',
      access: 'open',
      summary: 'Log in with a password; the answer may be the question for a key',
      limit: GUESSES,
      bodyLimit: 8 * 1024,
      schemas: { body: z.object({ login, password }), response: logInAnswer },
      handle: async ({ body, context }) => {
        const outcome = await logIn(logInDeps, { ...body, caller: callerOf(context, logInDeps.policy) });
        return await answerOutcome(sessions, context, outcome);
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/session/recovery',
      access: 'open',
      summary: 'Come in with a one-time code and a new password; all other sessions end',
      limit: GUESSES,
      bodyLimit: 8 * 1024,
      schemas: {
        body: z.object({ login, code: z.string().min(1).max(100), next: password }),
        response: logInAnswer,
      },
      handle: async ({ body, context }) => {
        const outcome = await recover(logInDeps, { ...body, caller: callerOf(context, logInDeps.policy) });
        return await answerOutcome(sessions, context, outcome);
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/session/passkey/question',
      access: 'open',
      summary: 'What to ask a key of this centre, for a log-in without a password',
      limit: GUESSES,
      bodyLimit: 1024,
      schemas: { response: z.looseObject({ challenge: z.string() }) },
      handle: async ({ context }) => {
        const asked = await askForPasskey(logInDeps, siteOf(logInDeps.policy.publicUrl, context));
        setStepCookie(context, asked.stepToken, STEP_SECONDS);
        return asked.options;
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/session/passkey',
      access: 'open',
      summary: 'Log in with the answer of a key, alone or after another proof',
      limit: GUESSES,
      bodyLimit: SMALL,
      schemas: {
        body: z.object({ after: z.enum(['nothing', 'first-proof']), response: assertion }),
        response: sessionView,
      },
      handle: async ({ body, context }) => {
        const opened = await logInWithPasskey(
          logInDeps,
          body.after === 'nothing' ? 'passkey' : 'second-factor',
          {
            stepToken: readStepCookie(context.request),
            // Checked above as far as it matters here; optional members may be null where the library's type has them absent.
            response: body.response as AuthenticationResponseJSON,
            caller: callerOf(context, logInDeps.policy),
          },
        );
        return await answerStep(sessions, context, opened);
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/session',
      access: 'session',
      evenExpired: true,
      evenPending: ['password', 'passkey'],
      summary: 'Who is logged in, and the CSRF value',
      schemas: { response: sessionView },
      handle: async ({ context }) => {
        const token = context.sessionToken ?? '';
        const found = await sessions.find(token);
        return found && (await viewOf(sessions, token, found.expired));
      },
    }),
    defineRoute({
      method: 'DELETE',
      url: '/session',
      access: 'session',
      evenPending: ['password', 'passkey'],
      summary: 'Log out; where a provider logged this person in, also the address that ends it there',
      schemas: { response: z.object({ atProvider: z.string().nullable() }) },
      handle: async ({ context }) => {
        const token = context.sessionToken ?? '';
        const view = await sessions.view(token);
        await context.transaction((client) => sessions.close(client, token, context.now));
        clearSessionCookie(context);
        return { atProvider: await endSessionAtProvider(deps.provider, view?.method) };
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/session/password',
      access: 'session',
      evenPending: ['password', 'passkey'],
      summary: 'Change one’s own password; ends all other sessions',
      limit: GUESSES,
      bodyLimit: 8 * 1024,
      schemas: { body: z.object({ current: password, next: password }), response: sessionView },
      handle: async ({ body, context }) => {
        const { id, login } = signedOn(context);
        const view = await sessions.view(context.sessionToken ?? '');
        const opened = await changeOwnPassword(logInDeps, {
          ...body,
          userId: id,
          login,
          method: view?.method ?? 'password',
          caller: callerOf(context, logInDeps.policy),
        });
        return await answerOpened(sessions, context, opened);
      },
    }),
  ];
}
