import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Provider } from './index.ts';
import { type PeopleTest, startPeople, type TestClient } from './people.fixture.ts';
import { type RunningProvider, startProvider, Wanderer } from './provider.fixture.ts';

const RETURN = '/api/session/provider/return';
let test: PeopleTest;
let away: RunningProvider;
let centre: string;
let root: TestClient;
const settings = { clientId: 'keng', clientSecret: null, name: 'Ministry', loginClaim: 'preferred_username' };

beforeAll(async () => {
  // The provider has to know where to send people back to before the centre knows its provider.
  const port = await freePort();
  centre = `http://127.0.0.1:${port}`;
  away = await startProvider(`${centre}${RETURN}`);
  test = await startPeople(
    {
      settings: { http: { host: '127.0.0.1', port }, publicUrl: null, tlsCertificate: null, tlsKey: null },
    },
    { provider: new Provider({ ...settings, issuer: away.issuer }) },
  );
  await test.http.listen();
  root = await test.loggedIn('root');
});
afterAll(async () => {
  await away.stop();
  await test.end();
});

const begin = async (browser: Wanderer): Promise<string> => {
  const response = await browser.ask('POST', `${centre}/api/session/provider`);
  expect(response.status, test.logged.join('\n')).toBe(200);
  return ((await response.json()) as { address: string }).address;
};

const whoIs = async (browser: Wanderer) => {
  const response = await browser.ask('GET', `${centre}/api/session`);
  return (await response.json()) as { user?: { login: string }; method?: string; code?: string };
};

const idOf = async (login: string): Promise<string> => {
  const { rows } = await test.database
    .pool('keng_core')
    .query<{ id: string }>('select id from app_user where login = $1', [login]);
  return String(rows[0]?.id);
};

describe('a log-in at the provider', () => {
  it('sends out a code challenge, a state and a nonce, and remembers them on this side only', async () => {
    const browser = new Wanderer();
    const address = new URL(await begin(browser));
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${centre}${RETURN}`,
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(address.searchParams.get(name)?.length).toBeGreaterThan(20);
    }
  });

  it('of a user whom the trusted claim names opens a session, and links the subject once', async () => {
    const browser = new Wanderer();
    expect(await browser.logInAtProvider(await begin(browser), 'sub-desk-1', centre)).toBe('/');
    expect(await whoIs(browser)).toMatchObject({ user: { login: 'desk-1' }, method: 'provider' });
    const again = new Wanderer();
    await again.logInAtProvider(await begin(again), 'sub-desk-1', centre);
    const { rows } = await test.database
      .pool('keng_core')
      .query("select body from entry where kind = 'user.provider-linked'");
    expect(rows).toMatchObject([{ body: { subject: 'sub-desk-1', by: 'claim' } }]);
  });

  it('makes nobody an administrator or auditor by what the provider says; one is linked by hand', async () => {
    const browser = new Wanderer();
    const refused = await browser.logInAtProvider(await begin(browser), 'sub-auditor', centre);
    expect(refused).toBe('/?log-in=provider-unlinked&subject=sub-auditor');
    expect((await whoIs(browser)).code).toBe('session.missing');
    const id = await idOf('auditor');
    const body = { issuer: away.issuer, subject: 'sub-auditor', linked: true };
    const provincial = await test.loggedIn('admin-1');
    expect((await provincial.ask('POST', `/users/${id}/provider-link`, { body })).status).toBe(404);
    expect((await root.ask('POST', `/users/${id}/provider-link`, { body })).status).toBe(200);
    const linked = new Wanderer();
    expect(await linked.logInAtProvider(await begin(linked), 'sub-auditor', centre)).toBe('/');
    expect(await whoIs(linked)).toMatchObject({ user: { login: 'auditor' } });
    await root.ask('POST', `/users/${id}/provider-link`, { body: { ...body, linked: false } });
    const unlinked = new Wanderer();
    expect(await unlinked.logInAtProvider(await begin(unlinked), 'sub-auditor', centre)).toContain(
      'unlinked',
    );
  });

  it('creates nobody: an unknown subject is refused and the log says so', async () => {
    const before = await test.database.pool('keng_core').query('select count(*)::integer as n from app_user');
    const browser = new Wanderer();
    expect(await browser.logInAtProvider(await begin(browser), 'stranger', centre)).toContain(
      'provider-unlinked',
    );
    const after = await test.database.pool('keng_core').query('select count(*)::integer as n from app_user');
    expect(after.rows).toEqual(before.rows);
    const { rows } = await test.database
      .pool('keng_core')
      .query("select 1 from entry where kind = 'session.refused' and body->>'login' = 'stranger'");
    expect(rows).toHaveLength(1);
  });

  it('a return that another browser began, or that came once already, opens nothing', async () => {
    const victim = new Wanderer();
    const back = await returnOf(victim, await begin(victim), 'sub-desk-2');
    const thief = new Wanderer();
    expect((await thief.ask('GET', back)).headers.get('location')).toBe('/?log-in=session-step-over');
    await begin(thief);
    // With a step of its own: the state is of another.
    expect((await thief.ask('GET', back)).headers.get('location')).toBe('/?log-in=provider-refused');
    expect((await victim.ask('GET', back)).headers.get('location')).toBe('/');
    expect((await victim.ask('GET', back)).headers.get('location')).toBe('/?log-in=session-step-over');
  });

  it('is ended at the provider, too, with the log-out', async () => {
    const browser = new Wanderer();
    await browser.logInAtProvider(await begin(browser), 'sub-desk-1', centre);
    const client = test.client();
    client.cookie = browser.cookieOf(new URL(centre).host, 'keng_session') ?? null;
    client.csrf = test.sessions.csrfOf(client.cookie ?? '');
    const answer = await client.ask('DELETE', '/session');
    expect(String(answer.body.atProvider)).toContain(`${away.issuer}/session/end`);
    expect((await (await test.loggedIn('desk-1')).ask('DELETE', '/session')).body.atProvider).toBeNull();
  });
});

describe('a provider that cannot be reached', () => {
  it('is named as such, and passwords go on', async () => {
    const port = await freePort();
    const provider = new Provider({ ...settings, issuer: `http://127.0.0.1:${port}` });
    const cut = await startPeople({}, { provider });
    try {
      const ways = await cut.client().ask('GET', '/session/ways');
      expect(ways.body).toMatchObject({ provider: { name: 'Ministry', reachable: false } });
      expect((await cut.client().ask('POST', '/session/provider')).body.code).toBe('provider.unreachable');
      expect((await cut.client().logIn('desk-1')).status).toBe(200);
    } finally {
      await cut.end();
    }
  });

  it('is reachable again when it is back', async () => {
    expect((await test.client().ask('GET', '/session/ways')).body).toMatchObject({
      provider: { reachable: true },
    });
  });
});

/** The address that the provider sends the browser back to, not yet asked for. */
async function returnOf(browser: Wanderer, address: string, account: string): Promise<string> {
  return await browser
    .logInAtProvider(address, account, `${centre}/api/session/provider`)
    .then((rest) => `${centre}/api/session/provider${rest}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
