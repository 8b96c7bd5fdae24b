import http from 'node:http';
import { vietNam } from '@keng/country-vn';
import { LIVE, newUuid, permissionsOf, ROLES, type Role } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AreaBook } from '../../areas/index.ts';
import { FacilityService, keyEncryptionKey } from '../../facilities/index.ts';
import { CORRELATOR, countryPolicy, IncidentService } from '../../incidents/index.ts';
import { LastHeard } from '../../intake/index.ts';
import { Arrivals, FEED_KINDS, StorageWatch } from '../../live/index.ts';
import { LogFeed, Wake } from '../../log/index.ts';
import { loadOrganisations } from '../../organisations/index.ts';
import { createUsers, SessionKeeper } from '../../people/index.ts';
import { code, ORGANISATIONS, PASSWORD } from '../../people/people.fixture.ts';
import { recordedRoutes } from '../../record/index.ts';
import { RoomService, roomPolicy } from '../../room/index.ts';
import { allRoutes, type RouteDeps } from '../../routes.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/index.ts';
import { WorksService } from '../../works/index.ts';
import { type PoolClient, Secret, systemClock, transaction } from '../index.ts';
import { createLogger } from '../logger.ts';
import { createHttpServer, type HttpServer } from './http-server.ts';
import type { Route } from './route.ts';

const nobody = 'nobody';
type Who = Role | typeof nobody;
const everybody: readonly Who[] = [nobody, ...ROLES];

/** The real ones need a database; to name every route while tests are collected nothing of it is used. */
const routesByName = allRoutes(unconnected());

let database: TestDatabase;
let server: HttpServer;
let address: string;
let sessions: SessionKeeper;
let feed: LogFeed;
let wake: Wake;
const accounts = new Map<Role, Parameters<SessionKeeper['open']>[1]>();

it('records the reading of routes that there are', () => {
  const names = routesByName.map(({ method, url }) => `${method} ${url}`);
  for (const route of recordedRoutes()) expect(names).toContain(route);
});

beforeAll(async () => {
  database = await createTestDatabase();
  const pool = database.pool('keng_web');
  sessions = new SessionKeeper({ pool, world: LIVE, clock: systemClock, secret: new Secret('s'.repeat(32)) });
  await transaction(database.pool('keng_core'), (client) => loadEverybody(client));
  const log = createLogger('matrix', { level: 'fatal' });
  wake = new Wake(null);
  feed = new LogFeed({
    pool: database.pool('keng_auditor'),
    world: LIVE,
    kinds: FEED_KINDS,
    wake,
    log: () => {},
  });
  await feed.start();
  const deps: RouteDeps = {
    ...unconnected(),
    people: { pool, clock: systemClock, sessions },
    live: {
      feed,
      arrivals: new Arrivals({
        pool: database.pool('keng_auditor'),
        world: LIVE,
        sorter: CORRELATOR,
        wake,
        log: () => {},
      }),
      storage: new StorageWatch({ pool, process: 'matrix', log: () => {} }),
      clock: systemClock,
      world: LIVE,
      log,
      presence: { enter: () => () => {} },
    },
    intake: { lastHeard: new LastHeard({ pool: database.pool('keng_core'), world: LIVE, log }) },
    record: {
      auditorPool: database.pool('keng_auditor'),
      corePool: database.pool('keng_core'),
      consumers: [],
      world: LIVE,
      clock: systemClock,
    },
  };
  server = await createHttpServer({
    routes: allRoutes(deps),
    sessions,
    pools: { web: pool },
    clock: systemClock,
    world: LIVE,
    settings: { http: { host: '127.0.0.1', port: 0 }, publicUrl: null, tlsCertificate: null, tlsKey: null },
    log,
  });
  address = await server.listen();
});

afterAll(async () => {
  await server.close();
  await feed.stop();
  await wake.stop();
  await database.drop();
});

describe.each(routesByName.map((route) => ({ name: `${route.method} ${route.url}`, route })))(
  '$name',
  ({ route }) => {
    it.each(everybody)(`as %s (needs ${route.access})`, async (who) => {
      const answer = await call(route, who);
      expect(answer.status, answer.text).not.toBe(500);
      const admitted = isAdmitted(route, who);
      if (admitted) expect([401, 'permission.missing']).not.toContain(answer.code);
      else
        expect([answer.status, answer.code]).toEqual(
          who === nobody ? [401, 'session.missing'] : [403, 'permission.missing'],
        );
      if (admitted && route.access !== 'open') expect(answer.status).not.toBe(401);
    });
  },
);

it('no two routes share method and path', () => {
  const names = routesByName.map((route) => `${route.method} ${route.url.replace(/:\w+/g, ':')}`);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it('whoever has no session can open only what is listed here, each with a proof of its own', () => {
  const open = routesByName
    .filter((route) => route.access === 'open')
    .map((route) => `${route.method} ${route.url}`);
  expect(open.filter((name) => !OPEN.includes(name))).toEqual([]);
});

const OPEN = [
  'POST /session',
  'POST /session/recovery',
  'POST /session/passkey/question',
  'POST /session/passkey',
  'GET /session/ways',
  'POST /session/provider',
  'GET /session/provider/return',
  'GET /session/second-factor',
  'GET /health',
  'GET /owner/:token',
  'POST /owner/:token/answer',
  'POST /owner/:token/measures-shown',
  'GET /owner/:token/settings',
  'POST /owner/:token/preference',
  'POST /owner/:token/push',
  'POST /owner/:token/push/remove',
  'POST /gateway/telephone/events',
  'POST /mail/returned',
];

function isAdmitted(route: Route, who: Who): boolean {
  if (route.access === 'open') return true;
  if (who === nobody) return false;
  return route.access === 'session' || permissionsOf([who]).has(route.access);
}

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly text: string;
}

/** Parameters that fit no row and bodies that say nothing: behind the gate comes validation or "not found", never a failure. */
async function call(route: Route, who: Who): Promise<Answer> {
  const token = who === nobody ? null : await openSession(who);
  const path = `/api${route.url.replace(/:[a-zA-Z]*[iI]d\b/g, newUuid()).replace(/:\w+/g, '1')}`;
  const body = route.method === 'GET' ? undefined : route.rawBody ? 'a,b\n' : '{}';
  const headers: Record<string, string> = {
    ...(body === undefined
      ? {}
      : { 'content-type': route.rawBody ?? 'application/json', 'content-length': String(body.length) }),
    ...(token === null ? {} : { cookie: `keng_session=${token}`, 'x-keng-csrf': sessions.csrfOf(token) }),
  };
  return await send(route, path, headers, body);
}

async function openSession(role: Role): Promise<string> {
  const account = accounts.get(role);
  if (!account) throw new Error(`no account for ${role}`);
  const opened = await transaction(database.pool('keng_web'), (client) =>
    sessions.open(client, account, '127.0.0.1', new Date()),
  );
  return opened.token;
}

/** A stream has no end: its head is the answer. */
async function send(
  route: Route,
  path: string,
  headers: Record<string, string>,
  body: string | undefined,
): Promise<Answer> {
  const [host = '', port = ''] = address.split(':');
  return await new Promise((resolve, reject) => {
    const request = http.request(
      { host, port, path, method: route.method, headers, agent: false },
      (response) => {
        const status = response.statusCode ?? 0;
        if (response.headers['content-type']?.startsWith('text/event-stream')) {
          request.destroy();
          resolve({ status, code: undefined, text: '' });
          return;
        }
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('error', reject);
        response.on('end', () => resolve({ status, code: codeOf(text), text: text.slice(0, 500) }));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

function codeOf(text: string): string | undefined {
  if (!text.startsWith('{"type":"urn:keng:problem:')) return undefined;
  return (JSON.parse(text) as { code: string }).code;
}

async function loadEverybody(client: PoolClient): Promise<void> {
  await loadOrganisations(client, LIVE, ORGANISATIONS);
  const created = await createUsers(
    client,
    ROLES.map((role) => ({
      login: role,
      name: role,
      roles: [role],
      organisation: placeOf(role),
      language: 'vi',
      password: PASSWORD,
      synthetic: true,
    })),
    { world: LIVE, now: new Date(), actor: { kind: 'system', id: 'test' } },
  );
  for (const { state } of created) {
    const [role] = state.roles;
    if (role) accounts.set(role, state);
  }
}

function placeOf(role: Role) {
  if (role === 'administrator' || role === 'auditor' || role === 'facility-owner') return null;
  return code(role === 'national-duty-officer' ? 'N' : role === 'station-officer' ? 'S1' : 'P1');
}

function unconnected(): RouteDeps {
  const later = (): never => {
    throw new Error('only the list of routes is wanted here');
  };
  return {
    people: { pool: later, clock: systemClock, sessions: { world: LIVE } } as unknown as RouteDeps['people'],
    live: {} as RouteDeps['live'],
    record: { consumers: [], world: LIVE } as unknown as RouteDeps['record'],
    areas: { country: vietNam },
    erasure: { eraserPool: later as unknown as RouteDeps['erasure']['eraserPool'] },
    facilities: {
      service: new FacilityService({
        country: vietNam,
        areas: new AreaBook(vietNam),
        kek: keyEncryptionKey('k'.repeat(32)),
        wallClock: () => new Date(),
      }),
      healthOf: async () => [],
    },
    notify: {
      country: vietNam,
      gatewaySecret: 'g'.repeat(32),
      webhooksSecret: 'w'.repeat(32),
      webhookPrivateAddresses: false,
      pushSecret: 'p'.repeat(32),
      pushPrivateAddresses: false,
      mail: false,
      returns: { secret: 'r'.repeat(32), signing: 's'.repeat(32) },
    },
    numbers: { country: vietNam },
    incidents: new IncidentService(),
    intake: {} as RouteDeps['intake'],
    works: new WorksService(countryPolicy(vietNam)),
    room: { room: new RoomService(roomPolicy(vietNam)), incidents: new IncidentService() },
  };
}
