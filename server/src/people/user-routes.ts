import { notFound, userBody } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type Route } from '../platform/http/index.ts';
import { askedBy } from './asked.ts';
import { GUESSES, password } from './session-view.ts';
import { type ListedUser, listUsers, loadUser, readListedUser } from './user-store.ts';
import { changeUser, createUser, preparePassword, setPassword } from './users.ts';

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

/** The register of users, for those who administer it. */
export function userRoutes(): Route[] {
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
