import { notFound, type UserId, type UserState, userBody } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type RequestContext, type Route } from '../platform/http/index.ts';
import type { PoolClient } from '../platform/index.ts';
import { askedBy, signedOn } from './asked.ts';
import { PLAIN_POLICY } from './identity-policy.ts';
import { listPasskeys } from './passkey-store.ts';
import { dropPasskey } from './passkeys.ts';
import { linkSubject, listLinks, unlinkSubject } from './provider-links.ts';
import { confirmRecovery, issueRecovery, withdrawRecovery } from './recovery.ts';
import type { PeopleDeps } from './routes.ts';
import { permitChange } from './rules.ts';
import { listOpenSessions } from './session-store.ts';
import { GUESSES } from './session-view.ts';
import { endAllSessions, endOneSession } from './sessions.ts';
import { loadUser } from './user-store.ts';
import { passkeyView, sessionItem, usableSince, viewPasskey, viewSession } from './ways-view.ts';

const idParams = z.object({ id: userBody.shape.id });
const done = z.object({ done: z.literal(true) });
const link = z.object({ issuer: z.string().min(1).max(500), subject: z.string().min(1).max(255) });

/** Somebody else's ways in, for their administrator. */
export function userWaysRoutes(deps: PeopleDeps): Route[] {
  const policy = deps.policy ?? PLAIN_POLICY;
  return [
    defineRoute({
      method: 'GET',
      url: '/users/:id/ways',
      access: 'user.read',
      summary: 'How a user can log in, and where they are logged in',
      schemas: {
        params: idParams,
        response: z.object({
          passkeys: z.array(passkeyView),
          sessions: z.array(sessionItem),
          links: z.array(link.extend({ linkedAt: z.string() })),
          recovery: z
            .object({
              issuedBy: z.string().nullable(),
              issuedAt: z.string(),
              expiresAt: z.string(),
              waits: z.boolean(),
            })
            .nullable(),
          /** The provider's address, where one is set: what a subject is linked for. */
          issuer: z.string().nullable(),
        }),
      },
      handle: async ({ params, context }) =>
        await context.transaction(async (client) => {
          await visible(client, context, params.id);
          const { world } = context;
          const sessions = await listOpenSessions(
            client,
            world,
            params.id,
            usableSince(deps.sessions, context),
          );
          return {
            passkeys: (await listPasskeys(client, world, params.id)).map(viewPasskey),
            sessions: sessions.map((session) => viewSession(session, null)),
            links: (await listLinks(client, world, params.id)).map((one) => ({
              issuer: one.issuer,
              subject: one.subject,
              linkedAt: one.linked_at.toISOString(),
            })),
            recovery: await openRecovery(client, context, params.id),
            issuer: deps.provider?.settings.issuer ?? null,
          };
        }),
    }),
    defineRoute({
      method: 'POST',
      url: '/users/:id/sessions/end',
      access: 'user.write',
      summary: 'End one session of a user, or all of them',
      schemas: {
        params: idParams,
        body: z.object({ session: z.uuid().nullable() }),
        response: z.object({ ended: z.int() }),
      },
      handle: async ({ params, body, context }) =>
        await context.transaction(async (client) => {
          const user = await visible(client, context, params.id);
          permitChange(signedOn(context), user, user);
          const { world, now, actor } = context;
          if (body.session === null) {
            return { ended: await endAllSessions(client, world, params.id, now, actor) };
          }
          if (!(await endOneSession(client, world, params.id, body.session, now, actor))) {
            throw notFound('session', body.session);
          }
          return { ended: 1 };
        }),
    }),
    defineRoute({
      method: 'DELETE',
      url: '/users/:id/passkeys/:passkeyId',
      access: 'user.write',
      summary: 'Remove a key that somebody has lost',
      schemas: { params: idParams.extend({ passkeyId: z.uuid() }), response: done },
      handle: async ({ params, context }) =>
        await context.transaction(async (client) => {
          const user = await visible(client, context, params.id);
          permitChange(signedOn(context), user, user);
          // The next log-in asks for a new key where the role needs one.
          await dropPasskey(client, context, user, params.passkeyId, false);
          return { done: true };
        }),
    }),
    defineRoute({
      method: 'POST',
      url: '/users/:id/recovery',
      access: 'user.write',
      summary: 'Issue a one-time code for somebody who cannot log in; it is told only here',
      limit: GUESSES,
      schemas: {
        params: idParams,
        body: z.object({ lostKeys: z.boolean().default(false) }),
        response: z.object({ code: z.string(), expiresAt: z.string(), waits: z.boolean() }),
      },
      handle: async ({ params, body, context }) =>
        await context.transaction(async (client) => {
          const issue = { removesPasskeys: body.lostKeys, twoPersons: policy.recoveryTwoPersons };
          const issued = await issueRecovery(client, askedBy(context), params.id, issue);
          return { code: issued.code, expiresAt: issued.expiresAt.toISOString(), waits: issued.waits };
        }),
    }),
    defineRoute({
      method: 'POST',
      url: '/users/:id/recovery/confirm',
      access: 'user.write',
      summary: 'The second person confirms a one-time code',
      schemas: { params: idParams, response: done },
      handle: async ({ params, context }) => {
        await context.transaction((client) => confirmRecovery(client, askedBy(context), params.id));
        return { done: true };
      },
    }),
    defineRoute({
      method: 'DELETE',
      url: '/users/:id/recovery',
      access: 'user.write',
      summary: 'Withdraw a one-time code',
      schemas: { params: idParams, response: done },
      handle: async ({ params, context }) => {
        await context.transaction((client) => withdrawRecovery(client, askedBy(context), params.id));
        return { done: true };
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/users/:id/provider-link',
      access: 'user.write',
      summary: 'Say which subject of a provider this user is, or that it is nobody any more',
      schemas: { params: idParams, body: link.extend({ linked: z.boolean() }), response: done },
      handle: async ({ params, body: { linked, ...subject }, context }) => {
        const change = linked ? linkSubject : unlinkSubject;
        await context.transaction((client) => change(client, askedBy(context), params.id, subject));
        return { done: true };
      },
    }),
  ];
}

async function visible(client: PoolClient, context: RequestContext, id: UserId): Promise<UserState> {
  const found = await loadUser(client, context.world, id);
  if (!found) throw notFound('user', id);
  return found.state;
}

async function openRecovery(client: PoolClient, context: RequestContext, id: UserId) {
  const { rows } = await client.query<{
    readonly issued_by: string | null;
    readonly issued_at: Date;
    readonly expires_at: Date;
    readonly waits: boolean;
  }>(
    `select issued_by_name as issued_by, issued_at, expires_at, waits from recovery_code
     where world = $1 and user_id = $2 and expires_at > $3`,
    [context.world, id, context.now],
  );
  const [found] = rows;
  return found
    ? {
        issuedBy: found.issued_by,
        issuedAt: found.issued_at.toISOString(),
        expiresAt: found.expires_at.toISOString(),
        waits: found.waits,
      }
    : null;
}
