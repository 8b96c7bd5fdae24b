import { notFound } from '@keng/model';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import { appendEntries } from '../log/index.ts';
import { defineRoute, type RequestContext, type Route } from '../platform/http/index.ts';
import { callerOf, signedOn } from './asked.ts';
import { proveAgain } from './log-in.ts';
import { listPasskeys } from './passkey-store.ts';
import { askForNewPasskey, dropPasskey, registerPasskey } from './passkeys.ts';
import type { PeopleDeps } from './routes.ts';
import { listOpenSessions } from './session-store.ts';
import { GUESSES, password } from './session-view.ts';
import { endOneSession, hashOf } from './sessions.ts';
import { siteOf } from './site.ts';
import { logInDepsOf } from './ways-in.ts';
import { passkeyView, sessionItem, usableSince, viewPasskey, viewSession } from './ways-view.ts';

const attestation = z.object({
  id: z.string().min(1).max(1_400),
  rawId: z.string().max(1_400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: z.string().max(4_096),
    attestationObject: z.string().max(16_384),
    transports: z.array(z.string().max(32)).max(8).optional(),
  }),
  authenticatorAttachment: z.string().max(32).nullish(),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
});

const idParams = z.object({ id: z.uuid() });
const done = z.object({ done: z.literal(true) });

/** One's own ways in: keys, the question for them, and where one is logged in. */
export function accountRoutes(deps: PeopleDeps): Route[] {
  const logInDeps = logInDepsOf(deps);
  const prove = (context: RequestContext, typed: string): Promise<void> =>
    proveAgain(logInDeps, {
      login: signedOn(context).login,
      password: typed,
      caller: callerOf(context, logInDeps.policy),
    });
  const needsKey = (context: RequestContext): boolean =>
    signedOn(context).roles.some((role) => logInDeps.policy.passkeyRoles.includes(role));
  return [
    defineRoute({
      method: 'GET',
      url: '/account',
      access: 'session',
      evenPending: ['passkey'],
      summary: 'One’s own keys and sessions',
      schemas: {
        response: z.object({
          passkeys: z.array(passkeyView),
          secondFactor: z.boolean(),
          /** By the centre's settings: it cannot be switched off. */
          secondFactorRequired: z.boolean(),
          sessions: z.array(sessionItem),
        }),
      },
      handle: async ({ context }) => {
        const { id } = signedOn(context);
        const own = hashOf(context.sessionToken ?? '');
        return await context.transaction(async (client) => {
          const keys = await listPasskeys(client, context.world, id);
          const sessions = await listOpenSessions(
            client,
            context.world,
            id,
            usableSince(deps.sessions, context),
          );
          const { rows } = await client.query<{ second_factor: boolean }>(
            'select second_factor from credential where world = $1 and user_id = $2',
            [context.world, id],
          );
          return {
            passkeys: keys.map(viewPasskey),
            secondFactor: rows[0]?.second_factor ?? false,
            secondFactorRequired: needsKey(context),
            sessions: sessions.map((session) => viewSession(session, own)),
          };
        });
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/account/passkeys/question',
      access: 'session',
      evenPending: ['passkey'],
      summary: 'What to ask a new key; the password once more, so that an open desk gives nobody a key',
      limit: GUESSES,
      bodyLimit: 8 * 1024,
      schemas: { body: z.object({ password }), response: z.looseObject({ challenge: z.string() }) },
      handle: async ({ body, context }) => {
        const site = siteOf(logInDeps.policy.publicUrl, context);
        await prove(context, body.password);
        return await askForNewPasskey(context, signedOn(context), site);
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/account/passkeys',
      access: 'session',
      evenPending: ['passkey'],
      summary: 'Keep the key that answered, under a name',
      limit: GUESSES,
      bodyLimit: 64 * 1024,
      schemas: {
        body: z.object({ name: z.string().trim().min(1).max(100), response: attestation }),
        response: done,
      },
      handle: async ({ body, context }) => {
        // Shape and size were checked; the rest is for the signature to say.
        const response = body.response as RegistrationResponseJSON;
        await registerPasskey(context, signedOn(context), body.name, response);
        return { done: true };
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/account/passkeys/:id/remove',
      access: 'session',
      summary: 'Remove a key of one’s own; the password once more',
      limit: GUESSES,
      schemas: { params: idParams, body: z.object({ password }), response: done },
      handle: async ({ params, body, context }) => {
        await prove(context, body.password);
        await context.transaction((client) =>
          dropPasskey(client, context, signedOn(context), params.id, needsKey(context)),
        );
        return { done: true };
      },
    }),
    defineRoute({
      method: 'PUT',
      url: '/account/second-factor',
      access: 'session',
      summary: 'Whether a key is asked for after every password; the password once more',
      limit: GUESSES,
      schemas: { body: z.object({ required: z.boolean(), password }), response: done },
      handle: async ({ body, context }) => {
        await prove(context, body.password);
        await setSecondFactor(context, body.required);
        return { done: true };
      },
    }),
    defineRoute({
      method: 'DELETE',
      url: '/account/sessions/:id',
      access: 'session',
      summary: 'End a session of one’s own elsewhere',
      schemas: { params: idParams, response: done },
      handle: async ({ params, context }) => {
        const { id } = signedOn(context);
        const ended = await context.transaction((client) =>
          endOneSession(client, context.world, id, params.id, context.now, context.actor),
        );
        if (!ended) throw notFound('session', params.id);
        return { done: true };
      },
    }),
  ];
}

async function setSecondFactor(context: RequestContext, required: boolean): Promise<void> {
  const { id, organisation } = signedOn(context);
  await context.transaction(async (client) => {
    await client.query('update credential set second_factor = $3 where world = $1 and user_id = $2', [
      context.world,
      id,
      required,
    ]);
    await appendEntries(
      client,
      [
        {
          world: context.world,
          kind: 'user.second-factor-set',
          lane: 2,
          subject: id,
          organisation,
          facility: null,
          revision: null,
          at: context.now,
          actor: context.actor,
          body: { userId: id, required },
        },
      ],
      context.now,
    );
  });
}
