import { applyUser, newUuid } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PeopleTest, startPeople, type TestClient } from './people.fixture.ts';

let test: PeopleTest;
let root: TestClient;
let provincial: TestClient;
beforeAll(async () => {
  test = await startPeople();
  root = await test.loggedIn('root');
  provincial = await test.loggedIn('admin-1');
});
afterAll(() => test.end());

const wanted = (login: string, more: Record<string, unknown> = {}) => ({
  login,
  name: 'Người dùng thử',
  roles: ['dispatcher'],
  organisation: 'P1',
  facilities: [],
  language: 'vi',
  ...more,
});
const create = async (client: TestClient, login: string, more: Record<string, unknown> = {}) =>
  await client.ask('POST', '/users', { body: wanted(login, more) });

describe('creating', () => {
  it('tells a made-up password once, and it works', async () => {
    const { status, body } = await create(root, 'new-one');
    expect(status).toBe(200);
    expect(body.password).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    const client = test.client();
    expect((await client.logIn('new-one', String(body.password))).body).toMatchObject({
      passwordTemporary: true,
    });
    const { rows } = await test.database.pool('keng_core').query('select body::text as text from entry');
    expect(rows.some((row) => String(row.text).includes(String(body.password)))).toBe(false);
  });

  it('shows who still has the password that somebody else set', async () => {
    const { body } = await create(root, 'temporary-one');
    const shown = async () =>
      (await root.ask('GET', '/users?search=temporary-one')).body.users as { passwordTemporary: boolean }[];
    expect(body.user).toMatchObject({ passwordTemporary: true });
    expect(await shown()).toMatchObject([{ passwordTemporary: true }]);
    const client = test.client();
    await client.logIn('temporary-one', String(body.password));
    const next = { current: String(body.password), next: 'own words that nobody knows' };
    expect((await client.ask('POST', '/session/password', { body: next })).body).toMatchObject({
      passwordTemporary: false,
    });
    expect(await shown()).toMatchObject([{ passwordTemporary: false }]);
  });

  it.each([
    ['a login that is taken, also by a user one may not see', { login: 'desk-2' }, 409, 'user.login-taken'],
    ['an organisation elsewhere', { organisation: 'P2' }, 403, 'scope.outside'],
    ['no organisation', { organisation: null, roles: ['facility-owner'] }, 403, 'scope.outside'],
    ['a national administrator', { organisation: null, roles: ['administrator'] }, 403, 'scope.outside'],
    [
      'a facility nobody knows',
      { roles: ['facility-owner'], facilities: [newUuid()] },
      404,
      'facility.not-found',
    ],
    ['a password that is too short', { password: 'short' }, 422, 'password.too-short'],
    [
      'a password that holds the login',
      { login: 'somebody', password: 'xx-somebody-xx' },
      422,
      'password.guessable',
    ],
    ['a login with other letters', { login: 'Ngoài!' }, 422, 'request.invalid'],
    ['a role that is none', { roles: ['king'] }, 422, 'request.invalid'],
  ])('refuses a provincial administrator %s', async (_, more, status, problem) => {
    const answer = await create(provincial, 'refused', more);
    expect([answer.status, answer.body.code]).toEqual([status, problem]);
  });

  it('refuses an organisation that is not there', async () => {
    expect((await create(root, 'nowhere', { organisation: 'P9' })).body.code).toBe(
      'user.organisation-unknown',
    );
  });
});

describe('the list', () => {
  it('shows a provincial administrator only the province', async () => {
    const { body } = await provincial.ask('GET', '/users?limit=500');
    const places = (body.users as { organisation: string }[]).map((user) => user.organisation);
    expect(new Set(places)).toEqual(new Set(['P1', 'S1']));
    const all = (await root.ask('GET', '/users?limit=500')).body.users as unknown[];
    expect(all.length).toBeGreaterThan(places.length);
  });

  it('finds names typed without marks, and goes on where a page ended', async () => {
    await create(root, 'page-a', { name: 'Trần Hưng Đạo' });
    await create(root, 'page-b', { name: 'Trần Hưng Đạo' });
    const first = await root.ask('GET', '/users?search=tran%20hung%20dao&limit=1');
    expect(first.body).toMatchObject({ users: [{ login: 'page-a' }], next: 'page-a' });
    const second = await root.ask('GET', '/users?search=tran%20hung%20dao&limit=1&cursor=page-a');
    expect(second.body).toMatchObject({ users: [{ login: 'page-b' }], next: null });
  });

  it('hides single users elsewhere as if there were none', async () => {
    const { rows } = await test.database
      .pool('keng_core')
      .query("select id from app_user where login = 'desk-2'");
    const id = String(rows[0].id);
    expect((await provincial.ask('GET', `/users/${id}`)).status).toBe(404);
    expect((await provincial.ask('POST', `/users/${id}/password`, { body: {} })).status).toBe(404);
    const change = {
      name: 'x',
      roles: ['dispatcher'],
      organisation: 'P1',
      facilities: [],
      language: 'vi',
      active: true,
    };
    expect((await provincial.ask('PUT', `/users/${id}`, { body: change })).status).toBe(404);
  });
});

describe('changing', () => {
  it('takes rights away from the very next request', async () => {
    const { body } = await create(root, 'demoted', { roles: ['administrator'] });
    const client = test.client();
    await client.logIn('demoted', String(body.password));
    expect((await client.choosePassword(String(body.password))).status).toBe(200);
    expect((await client.ask('GET', '/users')).status).toBe(200);
    const { id } = body.user as { id: string };
    const change = {
      name: 'x',
      roles: ['dispatcher'],
      organisation: 'P1',
      facilities: [],
      language: 'vi',
      active: true,
    };
    await root.ask('PUT', `/users/${id}`, { body: change });
    expect((await client.ask('GET', '/users')).body.code).toBe('permission.missing');
  });

  it('refuses a change that was made looking at something older', async () => {
    const { body } = await create(root, 'raced');
    const { id } = body.user as { id: string };
    const change = {
      name: 'first',
      roles: ['dispatcher'],
      organisation: 'P1',
      facilities: [],
      language: 'vi',
      active: true,
      revision: 1,
    };
    expect((await root.ask('PUT', `/users/${id}`, { body: change })).body).toMatchObject({
      name: 'first',
      revision: 2,
    });
    expect((await root.ask('PUT', `/users/${id}`, { body: change })).body.code).toBe(
      'user.changed-meanwhile',
    );
  });

  it('nobody raises their own rights, nor sets their own password without the current one', async () => {
    const me = (await provincial.ask('GET', '/session')).body.user as { id: string };
    const change = {
      name: 'x',
      roles: ['dispatcher'],
      organisation: 'P1',
      facilities: [],
      language: 'vi',
      active: true,
    };
    expect((await provincial.ask('PUT', `/users/${me.id}`, { body: change })).body.code).toBe(
      'user.own-rights',
    );
    expect((await provincial.ask('POST', `/users/${me.id}/password`, { body: {} })).body.code).toBe(
      'user.own-password',
    );
  });

  it('leaves entries from which the same state is built again', async () => {
    const { body } = await create(root, 'rebuilt');
    const { id } = body.user as { id: string };
    const change = {
      name: 'after',
      roles: ['call-taker'],
      organisation: 'S1',
      facilities: [],
      language: 'en',
      active: true,
    };
    await root.ask('PUT', `/users/${id}`, { body: change });
    const core = test.database.pool('keng_core');
    const entries = await core.query(
      "select kind, at, body, revision from entry where subject = $1 and kind in ('user.created', 'user.changed') order by id",
      [id],
    );
    const rebuilt = entries.rows.reduce(
      (state, row) => applyUser(state, { ...row, at: row.at.toISOString() }),
      null,
    );
    const { rows } = await core.query('select state, revision from app_user where id = $1', [id]);
    expect(rows[0].state).toEqual(rebuilt);
    expect(entries.rows.map((row) => row.revision)).toEqual([1, 2]);
    expect(rows[0].revision).toBe(2);
  });
});
