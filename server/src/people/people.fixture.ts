import { LIVE, type OrganisationCode, type Role } from '@keng/model';
import { loadOrganisations, organisationRoutes } from '../organisations/index.ts';
import {
  createHttpServer,
  type HttpServer,
  type HttpServerOptions,
  type Route,
} from '../platform/http/index.ts';
import { createLogger, ManualClock, Secret, transaction } from '../platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { createUsers, type PeopleDeps, peopleRoutes, SessionKeeper } from './index.ts';

export const PASSWORD = 'correct-horse-battery';
export const code = (text: string): OrganisationCode => text as OrganisationCode;

const names = (text: string) => ({ vi: text, en: text, ru: text, zh: text });

/** A national desk, two provinces, a station below each. */
export const ORGANISATIONS = [
  { code: code('N'), level: 'national', parent: null, areaCode: null },
  { code: code('P1'), level: 'province', parent: code('N'), areaCode: '01' },
  { code: code('P2'), level: 'province', parent: code('N'), areaCode: '02' },
  { code: code('S1'), level: 'station', parent: code('P1'), areaCode: '01' },
  { code: code('S2'), level: 'station', parent: code('P2'), areaCode: '02' },
].map((one) => ({
  ...one,
  level: one.level as 'national',
  name: names(one.code),
  position: null,
  synthetic: true,
}));

interface TestUser {
  readonly login: string;
  readonly roles: Role[];
  readonly organisation: OrganisationCode | null;
}

export const USERS: readonly TestUser[] = [
  { login: 'root', roles: ['administrator'], organisation: null },
  { login: 'admin-1', roles: ['administrator'], organisation: code('P1') },
  { login: 'auditor', roles: ['auditor'], organisation: null },
  { login: 'national', roles: ['national-duty-officer'], organisation: code('N') },
  { login: 'desk-1', roles: ['dispatcher'], organisation: code('P1') },
  { login: 'desk-2', roles: ['dispatcher'], organisation: code('P2') },
  { login: 'station-1', roles: ['station-officer'], organisation: code('S1') },
  { login: 'owner', roles: ['facility-owner'], organisation: null },
];

export interface PeopleTest {
  readonly database: TestDatabase;
  readonly clock: ManualClock;
  readonly sessions: SessionKeeper;
  readonly http: HttpServer;
  readonly logged: string[];
  client(): TestClient;
  loggedIn(login: string): Promise<TestClient>;
  end(): Promise<void>;
}

export async function startPeople(
  options: Omit<Partial<HttpServerOptions>, 'routes'> & {
    /** Those that need the database are made when it is there. */
    readonly routes?: readonly Route[] | ((database: TestDatabase) => readonly Route[]);
  } = {},
  identity: Pick<PeopleDeps, 'policy' | 'provider'> = {},
): Promise<PeopleTest> {
  const database = await createTestDatabase();
  const clock = new ManualClock(new Date('2026-03-01T08:00:00.000Z'));
  await transaction(database.pool('keng_core'), async (client) => {
    await loadOrganisations(client, LIVE, ORGANISATIONS);
    await createUsers(
      client,
      USERS.map((user) => ({
        ...user,
        name: `${user.login} (synthetic)`,
        language: 'vi',
        password: PASSWORD,
        synthetic: true,
      })),
      { world: LIVE, now: clock.now(LIVE), actor: { kind: 'system', id: 'test' } },
    );
  });
  const pool = database.pool('keng_web');
  const sessions = new SessionKeeper({
    pool,
    world: LIVE,
    clock,
    secret: new Secret('s'.repeat(32)),
    passkeyRoles: identity.policy?.passkeyRoles ?? [],
  });
  const logged: string[] = [];
  const http = await createHttpServer({
    sessions,
    pools: { web: pool },
    clock,
    world: LIVE,
    settings: { http: { host: '127.0.0.1', port: 0 }, publicUrl: null, tlsCertificate: null, tlsKey: null },
    log: createLogger('test', { level: 'error', pretty: false, write: (line) => logged.push(line) }),
    ...options,
    routes: [
      ...peopleRoutes({ pool, clock, sessions, ...identity }),
      ...organisationRoutes(),
      ...(typeof options.routes === 'function' ? options.routes(database) : (options.routes ?? [])),
    ],
  });
  const client = (): TestClient => new TestClient(http);
  return {
    database,
    clock,
    sessions,
    http,
    logged,
    client,
    loggedIn: async (login) => {
      const one = client();
      const answer = await one.logIn(login);
      if (answer.status !== 200) throw new Error(`${login} could not log in: ${JSON.stringify(answer.body)}`);
      return one;
    },
    end: async () => {
      await http.close();
      await database.drop();
    },
  };
}

export interface Answer {
  readonly status: number;
  // Tests look into answers of every shape.
  readonly body: Record<string, unknown> & { readonly code?: string };
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface Ask {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly remote?: string;
}

/** A browser: keeps its cookie, repeats its CSRF value. */
export class TestClient {
  readonly #http: HttpServer;
  cookie: string | null = null;
  /** Of a log-in that is half done. */
  step: string | null = null;
  csrf: string | null = null;
  remote = '192.0.2.1';

  constructor(http: HttpServer) {
    this.#http = http;
  }

  async logIn(login: string, password = PASSWORD): Promise<Answer> {
    const answer = await this.ask('POST', '/session', { body: { login, password } });
    if (answer.status === 200) this.csrf = String(answer.body.csrf);
    return answer;
  }

  /** A password of one's own in place of the temporary one. */
  async choosePassword(current: string, next = `own ${PASSWORD}`): Promise<Answer> {
    const answer = await this.ask('POST', '/session/password', { body: { current, next } });
    if (answer.status === 200) this.csrf = String(answer.body.csrf);
    return answer;
  }

  async ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, ask: Ask = {}): Promise<Answer> {
    const response = await this.#http.app.inject({
      method,
      url: `/api${url}`,
      remoteAddress: ask.remote ?? this.remote,
      headers: {
        ...this.#cookies(),
        ...(this.csrf === null ? {} : { 'x-keng-csrf': this.csrf }),
        ...ask.headers,
      },
      ...(ask.body === undefined ? {} : { payload: ask.body as object }),
    });
    const set = response.cookies.find((one) => one.name === 'keng_session');
    if (set) this.cookie = set.value === '' ? null : set.value;
    const step = response.cookies.find((one) => one.name === 'keng_step');
    if (step) this.step = step.value === '' ? null : step.value;
    const text = response.body;
    return {
      status: response.statusCode,
      body: text.startsWith('{') ? JSON.parse(text) : { text },
      headers: response.headers,
    };
  }

  #cookies(): Record<string, string> {
    const kept = [
      ...(this.cookie === null ? [] : [`keng_session=${this.cookie}`]),
      ...(this.step === null ? [] : [`keng_step=${this.step}`]),
    ];
    return kept.length === 0 ? {} : { cookie: kept.join('; ') };
  }
}
