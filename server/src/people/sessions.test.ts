import { LIVE } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '../platform/index.ts';
import { PASSWORD, type PeopleTest, startPeople, type TestClient } from './people.fixture.ts';

let test: PeopleTest;
beforeAll(async () => {
  test = await startPeople();
});
afterAll(() => test.end());

const entriesOf = async (kind: string, subjectLike = '%'): Promise<{ body: Record<string, unknown> }[]> => {
  const { rows } = await test.database
    .pool('keng_core')
    .query('select body from entry where kind = $1 and subject like $2 order by id', [kind, subjectLike]);
  return rows;
};

const userId = async (client: TestClient): Promise<string> => {
  const { body } = await client.ask('GET', '/session');
  return String((body.user as { id: string }).id);
};

describe('log-in', () => {
  it('opens a session that the cookie carries and the log names', async () => {
    const client = test.client();
    const answer = await client.logIn('desk-1');
    expect(answer.status).toBe(200);
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^keng_session=[\w-]{43};.*HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const seen = await client.ask('GET', '/session');
    expect(seen.body).toMatchObject({
      user: { login: 'desk-1', scope: ['P1', 'S1'] },
      language: 'vi',
      expired: false,
    });
    expect(seen.body.csrf).toBe(client.csrf);
    expect(await entriesOf('session.opened', await userId(client))).toHaveLength(1);
  });

  it.each([
    ['root', '*'],
    ['auditor', '*'],
    ['national', '*'],
    ['admin-1', ['P1', 'S1']],
    ['station-1', ['S1']],
    ['owner', []],
  ])('%s sees %j', async (login, scope) => {
    const { body } = await (await test.loggedIn(login)).ask('GET', '/session');
    expect(body.user).toMatchObject({ login, scope });
  });

  it('stores a hash of the token and no token', async () => {
    const client = await test.loggedIn('desk-1');
    const { rows } = await test.database
      .pool('keng_core')
      .query("select encode(token_hash, 'escape') as hash from session");
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(client.cookie);
  });

  it('never takes over the token a browser brings (fixation), and closes the session it stood for', async () => {
    const attacker = await test.loggedIn('desk-2');
    const planted = attacker.cookie;
    const victim = test.client();
    victim.cookie = planted;
    await victim.logIn('desk-1');
    expect(victim.cookie).not.toBe(planted);
    expect((await attacker.ask('GET', '/session')).status).toBe(401);
  });

  it('answers unknown, wrong and stopped alike, and the log tells them apart', async () => {
    const root = await test.loggedIn('root');
    const created = await root.ask('POST', '/users', {
      body: {
        login: 'stopped',
        name: 'x',
        roles: ['dispatcher'],
        organisation: 'P1',
        facilities: [],
        language: 'vi',
        password: PASSWORD,
      },
    });
    const { id, revision, createdAt, changedAt, login, synthetic, ...user } = created.body.user as Record<
      string,
      unknown
    >;
    expect((await root.ask('PUT', `/users/${id}`, { body: { ...user, active: false } })).status).toBe(200);
    const client = test.client();
    const answers = [
      await client.logIn('nobody-here'),
      await client.logIn('desk-2', 'wrong-wrong-wrong'),
      await client.logIn('stopped'),
    ];
    expect(new Set(answers.map((answer) => `${answer.status} ${JSON.stringify(answer.body)}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(401);
    const reasons = (await entriesOf('session.refused')).map((row) => `${row.body.login} ${row.body.reason}`);
    expect(reasons).toEqual(
      expect.arrayContaining(['nobody-here unknown', 'desk-2 password', 'stopped inactive']),
    );
  });

  it('takes marks typed on any keyboard: composed and decomposed letters are the same password', async () => {
    const root = await test.loggedIn('root');
    const body = {
      login: 'marks',
      name: 'x',
      roles: ['dispatcher'],
      organisation: 'P1',
      facilities: [],
      language: 'vi',
    };
    await root.ask('POST', '/users', { body: { ...body, password: 'mật khẩu dài lắm'.normalize('NFC') } });
    expect((await test.client().logIn('marks', 'mật khẩu dài lắm'.normalize('NFD'))).status).toBe(200);
  });
});

describe('the end of a session', () => {
  it('log-out closes it and clears the cookie', async () => {
    const client = await test.loggedIn('desk-1');
    const token = client.cookie ?? '';
    expect((await client.ask('DELETE', '/session')).status).toBe(200);
    expect(client.cookie).toBeNull();
    client.cookie = token;
    expect((await client.ask('GET', '/session')).body.code).toBe('session.missing');
    expect(await test.sessions.stillAllowed(token)).toBeNull();
  });

  it('idle time locks actions but not what the screen shows', async () => {
    const client = await test.loggedIn('desk-1');
    const token = client.cookie ?? '';
    test.clock.advance(LIVE, 8 * 3600);
    expect((await client.ask('GET', '/organisations')).body.code).toBe('session.expired');
    expect(
      (await client.ask('POST', '/session/password', { body: { current: 'a', next: 'b' } })).body.code,
    ).toBe('session.expired');
    expect((await client.ask('GET', '/session')).body).toMatchObject({ expired: true });
    expect(await test.sessions.stillAllowed(token)).toMatchObject({ login: 'desk-1' });
  });

  it('use keeps it open, but not beyond the absolute time', async () => {
    const client = await test.loggedIn('desk-1');
    test.clock.advance(LIVE, 7 * 3600);
    expect((await client.ask('GET', '/session')).body.expired).toBe(false);
    test.clock.advance(LIVE, 4 * 3600);
    expect((await client.ask('GET', '/session')).body.expired).toBe(false);
    test.clock.advance(LIVE, 3600);
    expect((await client.ask('GET', '/session')).body.expired).toBe(true);
  });

  it('an expired one is closed by the next log-in of anybody, and still shows alarms', async () => {
    const old = await test.loggedIn('desk-2');
    const token = old.cookie ?? '';
    const id = await userId(old);
    test.clock.advance(LIVE, 9 * 3600);
    await test.loggedIn('desk-1');
    const closed = await entriesOf('session.closed', id);
    expect(closed.map((row) => row.body.reason)).toContain('expired');
    expect(await test.sessions.stillAllowed(token)).toMatchObject({ login: 'desk-2' });
    expect((await old.ask('DELETE', '/session')).body.code).toBe('session.expired');
  });

  it('a stopped account is out at once, also where its log-in had expired', async () => {
    const one = await test.loggedIn('station-1');
    test.clock.advance(LIVE, 9 * 3600);
    expect(await test.sessions.stillAllowed(one.cookie ?? '')).not.toBeNull();
    const root = await test.loggedIn('root');
    const other = await test.loggedIn('station-1');
    const id = await userId(one);
    const { body } = await root.ask('GET', `/users/${id}`);
    const { name, roles, organisation, facilities, language } = body;
    const change = { name, roles, organisation, facilities, language };
    expect((await root.ask('PUT', `/users/${id}`, { body: { ...change, active: false } })).status).toBe(200);
    expect((await one.ask('GET', '/session')).status).toBe(401);
    expect(await test.sessions.stillAllowed(one.cookie ?? '')).toBeNull();
    expect(await test.sessions.stillAllowed(other.cookie ?? '')).toBeNull();
    const ended = (await entriesOf('session.closed', id)).filter((row) => row.body.reason === 'ended');
    expect(ended.length).toBeGreaterThanOrEqual(2);
    await root.ask('PUT', `/users/${id}`, { body: { ...change, active: true } });
    expect((await one.ask('GET', '/session')).status).toBe(401);
  });

  it('a session that slipped in while its account was being stopped is worth nothing', async () => {
    const client = await test.loggedIn('national');
    const stop = (active: boolean) =>
      test.database
        .pool('keng_core')
        .query(
          "update app_user set active = $1, state = jsonb_set(state, '{active}', to_jsonb($1::boolean)) where login = 'national'",
          [active],
        );
    await stop(false);
    expect((await client.ask('GET', '/session')).status).toBe(401);
    expect(await test.sessions.stillAllowed(client.cookie ?? '')).toBeNull();
    await stop(true);
  });

  it('a new password ends every session and opens one here', async () => {
    const here = await test.loggedIn('owner');
    const there = await test.loggedIn('owner');
    const wrong = await here.ask('POST', '/session/password', {
      body: { current: 'x', next: 'another-good-secret' },
    });
    expect(wrong.body.code).toBe('session.refused');
    const next = 'another-good-secret';
    const before = here.cookie;
    const answer = await here.ask('POST', '/session/password', { body: { current: PASSWORD, next } });
    expect(answer.status).toBe(200);
    expect(here.cookie).not.toBe(before);
    expect((await there.ask('GET', '/session')).status).toBe(401);
    expect((await here.ask('GET', '/session')).status).toBe(200);
    expect((await test.client().logIn('owner')).status).toBe(401);
    expect((await test.client().logIn('owner', next)).status).toBe(200);
  });

  it('a log-in that was checking the old password while it changed gets nothing', async () => {
    const { holdCredential, readCredential } = await import('./session-store.ts');
    const pool = test.database.pool('keng_web');
    const before = await readCredential(pool, 'desk-2');
    if (!before) throw new Error('desk-2 is missing');
    const root = await test.loggedIn('root');
    await root.ask('POST', `/users/${before.user_id}/password`, { body: { password: 'changed-meanwhile' } });
    const held = await transaction(pool, async (client) => {
      await client.query("select set_config('keng.scope', '*', true)");
      return await holdCredential(client, LIVE, before.user_id, before.changed_at);
    });
    expect(held).toBe(false);
  });
});

describe('what the web role of the database may know', () => {
  it('cannot read a password hash', async () => {
    await expect(test.database.pool('keng_web').query('select hash from credential')).rejects.toThrow(
      /permission denied/,
    );
  });

  it('sees no user without a scope', async () => {
    const { rows } = await test.database.pool('keng_web').query('select 1 from app_user');
    expect(rows).toEqual([]);
  });

  it('an exercise sees neither users nor sessions of the live world', async () => {
    const pool = test.database.pool('keng_exercise');
    expect((await pool.query('select 1 from app_user')).rows).toEqual([]);
    await expect(pool.query('select 1 from session')).rejects.toThrow(/permission denied/);
    await expect(pool.query("select * from keng_credential('root')")).rejects.toThrow(/permission denied/);
  });
});
