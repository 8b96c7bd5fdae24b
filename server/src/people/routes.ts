import { notFound, ROLES, userBody } from '@keng/model';
import { z } from 'zod';
import {
  clearSessionCookie,
  defineRoute,
  type RequestContext,
  type Route,
  type SessionUser,
  setSessionCookie,
} from '../platform/http/index.ts';
import type { Clock, Pool } from '../platform/index.ts';
import { changeOwnPassword, type LogInDeps, logIn } from './log-in.ts';
import type { OpenedSession, SessionKeeper } from './sessions.ts';
import { type ListedUser, listUsers, loadUser, readListedUser } from './user-store.ts';
import { type Asked, changeUser, createUser, preparePassword, setPassword } from './users.ts';

export interface PeopleDeps {
  /** keng_web; only for what happens before somebody is logged in. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly sessions: SessionKeeper;
}

export function peopleRoutes(deps: PeopleDeps): Route[] {
  return [...sessionRoutes(deps), ...userRoutes()];
}

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
});

const sessionView = z.object({
  user,
  csrf: z.string(),
  world: z.string(),
  language: user.shape.language,
  passwordTemporary: z.boolean(),
  expiresAt: z.string(),
  /** Expired: alarms may be watched, nothing may be done. */
  expired: z.boolean(),
});

const password = z.string().min(1).max(1_024);

/** A guess costs 19 MiB and 20 ms of a core: this many an address may cause, right or wrong. */
const GUESSES = { requests: 60, seconds: 60 };

function sessionRoutes(deps: PeopleDeps): Route[] {
  const logInDeps: LogInDeps = { ...deps, world: deps.sessions.world };
  return [
    defineRoute({
      method: 'POST',
      url: '/session',
      access: 'open',
      summary: 'Log in',
      limit: GUESSES,
      bodyLimit: 8 * 1024,
      schemas: {
        body: z.object({ login: z.string().trim().toLowerCase().min(1).max(64), password }),
        response: sessionView,
      },
      handle: async ({ body, context }) => {
        const opened = await logIn(logInDeps, {
          ...body,
          remote: context.remote,
          presented: context.sessionToken,
        });
        return await answerOpened(deps, context, opened);
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/session',
      access: 'session',
      evenExpired: true,
      summary: 'Who is logged in, and the CSRF value',
      schemas: { response: sessionView },
      handle: async ({ context }) => {
        const token = context.sessionToken ?? '';
        const found = await deps.sessions.find(token);
        return found && (await viewOf(deps, token, found.expired));
      },
    }),
    defineRoute({
      method: 'DELETE',
      url: '/session',
      access: 'session',
      summary: 'Log out',
      schemas: { response: z.null() },
      handle: async ({ context }) => {
        await context.transaction((client) =>
          deps.sessions.close(client, context.sessionToken ?? '', context.now),
        );
        clearSessionCookie(context);
        return null;
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/session/password',
      access: 'session',
      summary: 'Change one’s own password; ends all other sessions',
      limit: GUESSES,
      bodyLimit: 8 * 1024,
      schemas: { body: z.object({ current: password, next: password }), response: sessionView },
      handle: async ({ body, context }) => {
        const { id, login } = signedOn(context);
        const opened = await changeOwnPassword(logInDeps, {
          ...body,
          userId: id,
          login,
          remote: context.remote,
        });
        return await answerOpened(deps, context, opened);
      },
    }),
  ];
}

async function answerOpened(deps: PeopleDeps, context: RequestContext, opened: OpenedSession) {
  setSessionCookie(context, opened.token, opened.expires);
  return await viewOf(deps, opened.token, false);
}

async function viewOf(deps: PeopleDeps, token: string, expired: boolean) {
  const view = await deps.sessions.view(token);
  return (
    view && {
      user: { ...view.user, permissions: [...view.user.permissions] },
      csrf: deps.sessions.csrfOf(token),
      world: deps.sessions.world,
      language: view.user.language,
      passwordTemporary: view.passwordTemporary,
      expiresAt: view.expiresAt.toISOString(),
      expired,
    }
  );
}

const newUser = userBody.omit({ id: true, active: true, synthetic: true });
const userChange = userBody.omit({ id: true, login: true, synthetic: true });
const idParams = z.object({ id: userBody.shape.id });

const storedUser = z.object({
  ...userBody.shape,
  createdAt: z.string(),
  changedAt: z.string(),
  revision: z.int(),
  /** Set by somebody else and not changed since. */
  passwordTemporary: z.boolean(),
});

/** Null unless it was made up here: then this answer is the only place where it can ever be read. */
const generated = z.string().nullable();

function userRoutes(): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/users',
      access: 'user.read',
      summary: 'Users of one’s organisations, by login',
      schemas: {
        query: z.object({
          search: z.string().max(100).optional(),
          cursor: z.string().max(64).optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
        response: z.object({ users: z.array(storedUser), next: z.string().nullable() }),
      },
      handle: async ({ query, context }) => {
        const asked = { search: query.search, after: query.cursor, limit: query.limit + 1 };
        const found = await context.transaction((client) => listUsers(client, context.world, asked));
        const page = found.slice(0, query.limit);
        const next = found.length > page.length ? (page.at(-1)?.state.login ?? null) : null;
        return { users: page.map(viewUser), next };
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/users/:id',
      access: 'user.read',
      summary: 'One user',
      schemas: { params: idParams, response: storedUser },
      handle: async ({ params, context }) => {
        const found = await context.transaction((client) => readListedUser(client, context.world, params.id));
        if (!found) throw notFound('user', params.id);
        return viewUser(found);
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/users',
      access: 'user.write',
      summary: 'Create a user; without a password one is made up and told once',
      schemas: {
        body: newUser.extend({ password: password.optional() }),
        response: z.object({ user: storedUser, password: generated }),
      },
      handle: async ({ body: { password: chosen, ...wanted }, context }) => {
        const prepared = await preparePassword(wanted.login, chosen);
        const created = await context.transaction((client) =>
          createUser(client, askedBy(context), { ...wanted, synthetic: false }, prepared),
        );
        return {
          user: viewUser({ ...created, passwordTemporary: prepared.temporary }),
          password: prepared.generated,
        };
      },
    }),
    defineRoute({
      method: 'PUT',
      url: '/users/:id',
      access: 'user.write',
      summary: 'Change a user; with `active` false all their sessions end',
      schemas: {
        params: idParams,
        body: userChange.extend({ revision: z.int().min(1).optional() }),
        response: storedUser,
      },
      handle: async ({ params, body: { revision, ...change }, context }) =>
        await context.transaction(async (client) => {
          await changeUser(client, askedBy(context), params.id, change, revision);
          const found = await readListedUser(client, context.world, params.id);
          // Moved to where the asker looks no more: `permitChange` does not let that happen.
          if (!found) throw notFound('user', params.id);
          return viewUser(found);
        }),
    }),
    defineRoute({
      method: 'POST',
      url: '/users/:id/password',
      access: 'user.write',
      summary: 'Set somebody’s password; ends all their sessions',
      limit: GUESSES,
      schemas: {
        params: idParams,
        body: z.object({ password: password.optional() }),
        response: z.object({ password: generated }),
      },
      handle: async ({ params, body, context }) => {
        const login = await context.transaction(async (client) => {
          const found = await loadUser(client, context.world, params.id);
          if (!found) throw notFound('user', params.id);
          return found.state.login;
        });
        const prepared = await preparePassword(login, body.password);
        await context.transaction((client) => setPassword(client, askedBy(context), params.id, prepared));
        return { password: prepared.generated };
      },
    }),
  ];
}

function viewUser({ state, revision, passwordTemporary }: ListedUser) {
  return { ...state, revision, passwordTemporary };
}

function signedOn(context: RequestContext): SessionUser {
  if (context.user) return context.user;
  throw new Error('a route that needs a session was reached without one');
}

function askedBy(context: RequestContext): Asked {
  return { world: context.world, now: context.now, actor: context.actor, by: signedOn(context) };
}
