import { LIVE } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type PeopleTest, startPeople, type TestClient } from './people.fixture.ts';

let test: PeopleTest;
let root: TestClient;
beforeAll(async () => {
  test = await startPeople();
  root = await test.loggedIn('root');
});
afterAll(() => test.end());

const created = async (login: string, more: Record<string, unknown> = {}) => {
  const body = {
    login,
    name: `${login} (synthetic)`,
    roles: ['dispatcher'],
    organisation: 'P1',
    facilities: [],
    language: 'vi',
    ...more,
  };
  const answer = await root.ask('POST', '/users', { body });
  return {
    id: String((answer.body.user as { id: string }).id),
    password: String(answer.body.password),
  };
};

const kindsOf = async (subject: string): Promise<string[]> => {
  const { rows } = await test.database
    .pool('keng_core')
    .query<{ kind: string }>('select kind from entry where subject = $1 order by id', [subject]);
  return rows.map((row) => row.kind);
};

const idOf = async (login: string): Promise<string> => {
  const { rows } = await test.database
    .pool('keng_core')
    .query<{ id: string }>('select id from app_user where login = $1', [login]);
  return String(rows[0]?.id);
};

interface Item {
  readonly id: string;
  readonly own: boolean;
  readonly agent: string;
  readonly method: string;
}
const ownSessions = async (client: TestClient): Promise<Item[]> =>
  (await client.ask('GET', '/account')).body.sessions as Item[];

describe('a temporary password', () => {
  it('opens nothing but its own change and the way out, whatever program calls', async () => {
    const { password } = await created('temporary');
    const client = test.client();
    const opened = await client.logIn('temporary', password);
    expect(opened.body).toMatchObject({ pending: 'password', passwordTemporary: true });
    for (const [method, url] of [
      ['GET', '/users'],
      ['GET', '/organisations'],
      ['GET', '/account'],
      ['POST', '/account/passkeys/question'],
    ] as const) {
      const answer = await client.ask(method, url, method === 'POST' ? { body: { password } } : {});
      expect([url, answer.status, answer.body.code]).toEqual([url, 403, 'session.password-temporary']);
    }
    expect((await client.ask('GET', '/session')).status).toBe(200);
    expect((await client.choosePassword(password)).body).toMatchObject({ pending: null });
    expect((await client.ask('GET', '/organisations')).status).toBe(200);
  });

  it('may be left by a log-out', async () => {
    const { password } = await created('leaving');
    const client = test.client();
    await client.logIn('leaving', password);
    expect((await client.ask('DELETE', '/session')).status).toBe(200);
  });
});

describe('sessions', () => {
  it('are listed with where, since when and how, and one of them can be ended from another', async () => {
    const here = await test.loggedIn('desk-1');
    const there = test.client();
    there.remote = '192.0.2.77';
    await there.ask('POST', '/session', {
      body: { login: 'desk-1', password: PASSWORD },
      headers: { 'user-agent': 'Somewhere/1.0' },
    });
    const listed = await ownSessions(here);
    expect(listed.filter((one) => one.own)).toHaveLength(1);
    const other = listed.find((one) => one.agent === 'Somewhere/1.0');
    expect(other).toMatchObject({ own: false, method: 'password', remote: '192.0.2.77' });
    expect(JSON.stringify(listed)).not.toContain('token');
    const ended = await here.ask('DELETE', `/account/sessions/${other?.id}`);
    expect(ended.status).toBe(200);
    expect((await there.ask('GET', '/session')).status).toBe(401);
    expect((await here.ask('GET', '/session')).status).toBe(200);
    expect((await here.ask('DELETE', `/account/sessions/${other?.id}`)).status).toBe(404);
  });

  it('of somebody else are ended by an administrator of their place, and by nobody else', async () => {
    const station = await test.loggedIn('station-1');
    const id = await idOf('station-1');
    const [own] = await ownSessions(station);
    const stranger = await test.loggedIn('desk-2');
    expect((await stranger.ask('DELETE', `/account/sessions/${own?.id}`)).status).toBe(404);
    const body = { session: null };
    expect((await stranger.ask('POST', `/users/${id}/sessions/end`, { body })).body.code).toBe(
      'permission.missing',
    );
    const provincial = await test.loggedIn('admin-1');
    const seen = (await provincial.ask('GET', `/users/${id}/ways`)).body.sessions as Item[];
    expect(seen.map((one) => one.id)).toContain(own?.id);
    expect((await provincial.ask('POST', `/users/${id}/sessions/end`, { body })).body.ended).toBeGreaterThan(
      0,
    );
    expect((await station.ask('GET', '/session')).status).toBe(401);
    const elsewhere = await idOf('desk-2');
    expect((await provincial.ask('POST', `/users/${elsewhere}/sessions/end`, { body })).status).toBe(404);
    const { rows } = await test.database
      .pool('keng_core')
      .query<{ actor_kind: string }>(
        "select actor_kind from entry where kind = 'session.closed' and subject = $1 order by id desc limit 1",
        [id],
      );
    expect(rows[0]?.actor_kind).toBe('user');
  });
});

describe('recovery without the internet', () => {
  const recover = (client: TestClient, login: string, code: string, next = 'words from the paper') =>
    client.ask('POST', '/session/recovery', { body: { login, code, next } });

  it('a code on paper gives a new password once, and ends every other session', async () => {
    const { id, password } = await created('forgetful');
    const before = test.client();
    await before.logIn('forgetful', password);
    await before.choosePassword(password);
    const issued = await root.ask('POST', `/users/${id}/recovery`, { body: {} });
    expect(issued.body).toMatchObject({ waits: false });
    const code = String(issued.body.code);
    const back = test.client();
    // As somebody types it from paper.
    const answer = await recover(back, 'forgetful', code.toUpperCase().replaceAll('-', ' '));
    expect(answer.body).toMatchObject({ method: 'recovery', pending: null, user: { login: 'forgetful' } });
    expect((await before.ask('GET', '/session')).status).toBe(401);
    expect((await test.client().logIn('forgetful', 'words from the paper')).status).toBe(200);
    expect((await recover(test.client(), 'forgetful', code)).body.code).toBe('recovery.refused');
    expect(await kindsOf(id)).toEqual(
      expect.arrayContaining(['user.recovery-issued', 'user.recovered', 'user.password-set']),
    );
    const { rows } = await test.database.pool('keng_core').query('select body::text as text from entry');
    expect(rows.some((row) => String(row.text).includes(code))).toBe(false);
  });

  it('a code is of one login, of a day, and a newer one replaces it', async () => {
    const { id } = await created('papers');
    await created('another');
    const first = String((await root.ask('POST', `/users/${id}/recovery`, { body: {} })).body.code);
    expect((await recover(test.client(), 'another', first)).body.code).toBe('recovery.refused');
    const second = String((await root.ask('POST', `/users/${id}/recovery`, { body: {} })).body.code);
    expect((await recover(test.client(), 'papers', first)).body.code).toBe('recovery.refused');
    test.clock.advance(LIVE, 24 * 3600);
    expect((await recover(test.client(), 'papers', second)).body.code).toBe('recovery.refused');
    root = await test.loggedIn('root');
  });

  it('nobody issues one for themselves or for somebody out of their reach, and wrong codes are held up', async () => {
    const provincial = await test.loggedIn('admin-1');
    const self = await idOf('admin-1');
    expect((await provincial.ask('POST', `/users/${self}/recovery`, { body: {} })).status).toBe(403);
    const elsewhere = await idOf('desk-2');
    expect((await provincial.ask('POST', `/users/${elsewhere}/recovery`, { body: {} })).status).toBe(404);
    const guesser = test.client();
    guesser.remote = '198.51.100.9';
    const answers: (string | undefined)[] = [];
    for (let guess = 0; guess < 7; guess += 1) {
      answers.push((await recover(guesser, 'desk-2', `wrong-${guess}`)).body.code);
    }
    expect(answers).toContain('session.limited');
  });

  it('is withdrawn', async () => {
    const { id } = await created('withdrawn');
    const code = String((await root.ask('POST', `/users/${id}/recovery`, { body: {} })).body.code);
    expect((await root.ask('DELETE', `/users/${id}/recovery`)).status).toBe(200);
    expect((await recover(test.client(), 'withdrawn', code)).body.code).toBe('recovery.refused');
  });
});

describe('recovery where two persons are wanted', () => {
  let strict: PeopleTest;
  beforeAll(async () => {
    strict = await startPeople(
      {},
      { policy: { publicUrl: null, passkeyRoles: [], recoveryTwoPersons: true } },
    );
  });
  afterAll(() => strict.end());

  it('a code counts only when a second administrator has confirmed it', async () => {
    const issuer = await strict.loggedIn('root');
    const { rows } = await strict.database
      .pool('keng_core')
      .query<{ id: string }>("select id from app_user where login = 'desk-1'");
    const id = String(rows[0]?.id);
    const issued = await issuer.ask('POST', `/users/${id}/recovery`, { body: {} });
    expect(issued.body.waits).toBe(true);
    const body = { login: 'desk-1', code: issued.body.code, next: 'words from the paper' };
    expect((await strict.client().ask('POST', '/session/recovery', { body })).body.code).toBe(
      'recovery.waits',
    );
    expect((await issuer.ask('POST', `/users/${id}/recovery/confirm`)).body.code).toBe(
      'recovery.same-person',
    );
    const second = await strict.loggedIn('admin-1');
    expect((await second.ask('GET', `/users/${id}/ways`)).body.recovery).toMatchObject({
      waits: true,
      issuedBy: 'root (synthetic)',
    });
    expect((await second.ask('POST', `/users/${id}/recovery/confirm`)).status).toBe(200);
    expect((await strict.client().ask('POST', '/session/recovery', { body })).status).toBe(200);
  });
});
