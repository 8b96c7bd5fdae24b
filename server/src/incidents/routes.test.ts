import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import {
  canonicalJson,
  LIVE,
  newId,
  type Permission,
  permissionsOf,
  type Role,
  type UserId,
} from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEntries, numberTheRest } from '../log/index.ts';
import type { Call, RequestContext, Route, RouteSchemas, SessionUser } from '../platform/http/index.ts';
import { worksRoutes } from '../works/index.ts';
import { event, PROVINCE, STATION } from './incident.fixture.ts';
import { IncidentWorld } from './incident-world.fixture.ts';
import { incidentRoutes } from './routes.ts';

let world: IncidentWorld;
let routes: Route[];
beforeAll(async () => {
  world = await IncidentWorld.create();
  routes = [...incidentRoutes({ incidents: world.incidents }), ...worksRoutes({ works: world.works })];
});
afterAll(async () => {
  await world.stop();
});

function user(name: string, role: Role, organisation: string): SessionUser {
  return {
    id: newId<UserId>(),
    login: name.toLowerCase().replaceAll(' ', '-'),
    name,
    roles: [role],
    permissions: permissionsOf([role]),
    // Test data: the code of an organisation that exists there.
    organisation: organisation as SessionUser['organisation'],
    scope: [PROVINCE, STATION],
    facilities: [],
    language: 'vi',
  };
}

/** Calls a route as the server does: bodies and answers go through the schemas of the route. */
async function call(as: SessionUser, method: string, path: string, body: unknown = {}): Promise<unknown> {
  const [plain = '', search = ''] = path.split('?');
  const found = routes
    .map((route) => ({ route, match: matcher(route.url).exec(plain) }))
    .find(({ route, match }) => route.method === method && match !== null);
  if (!found?.match) throw new Error(`no route ${method} ${path}`);
  const { route, match } = found;
  if (!as.permissions.has(route.access as Permission)) throw new Error(`${route.access} is missing`);
  const context: Partial<RequestContext> = {
    world: 'live' as RequestContext['world'],
    now: world.now,
    user: as,
    actor: { kind: 'user', id: as.id, name: as.name },
    transaction: (work) => world.web(as.scope, work),
    // Only the header of a stream is set.
    reply: { header: () => undefined } as unknown as RequestContext['reply'],
  };
  const parsed = {
    params: route.schemas.params?.parse(match.groups ?? {}),
    query: route.schemas.query?.parse(Object.fromEntries(new URLSearchParams(search))),
    body: route.schemas.body?.parse(body),
    context,
  };
  const answer = await route.handle(parsed as Call<RouteSchemas>);
  const json: unknown = answer instanceof Readable ? JSON.parse(await text(answer)) : answer;
  // Answers go out through their schema: nothing of a state may get lost there.
  expect(canonicalJson(route.schemas.response.parse(json))).toBe(canonicalJson(json));
  return json;
}

const matcher = (url: string): RegExp => new RegExp(`^${url.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);

describe('the routes of incidents and works', () => {
  it('carry an alarm through owner, desk and station to closed', async () => {
    const building = await world.build();
    await world.hear([building, event('1')]);
    const { id } = await world.only(building);
    const desk = user('Synthetic dispatcher', 'dispatcher', PROVINCE);
    const station = user('Synthetic officer', 'station-officer', STATION);
    const at = `/incidents/${id}`;
    const does = (as: SessionUser, action: string, body?: unknown) =>
      call(as, 'POST', `${at}/${action}`, body);
    expect(await call(desk, 'GET', '/desk/snapshot')).toMatchObject({ incidents: [{ id }] });
    await does(desk, 'claim');
    await does(desk, 'accept');
    await does(station, 'station-accept');
    await does(desk, 'owner-answer', { name: 'Synthetic guard', answer: 'real' });
    await does(desk, 'confirm');
    expect(await does(desk, 'dispatch')).toMatchObject({ dispatch: { status: 'confirmed' } });
    await does(station, 'station-report', { state: 'on-scene', note: 'smoke' });
    await does(desk, 'note', { text: 'Synthetic note' });
    await expect(does(desk, 'close', { outcome: 'fire' })).rejects.toMatchObject({
      code: 'close.forces-out',
    });
    await does(station, 'station-report', { state: 'returned' });
    expect(await does(desk, 'close', { outcome: 'fire' })).toMatchObject({ status: 'closed' });
    expect(await call(desk, 'GET', at)).toEqual(await world.only(building));
    expect(await world.kinds(id)).toEqual([
      'incident.opened',
      'incident.claimed',
      'incident.desk-accepted',
      'incident.station-accepted',
      'incident.owner-answered',
      'incident.confirmed',
      'incident.dispatch-proposed',
      'incident.confirmed',
      'incident.dispatch-proposed',
      'incident.dispatch-confirmed',
      'incident.station-reported',
      'incident.noted',
      'incident.station-reported',
      'incident.closed',
    ]);
    // The log has no position before the sequencer ran: the page is empty, and ends.
    expect(await call(desk, 'GET', `${at}/chronology?after=0`)).toEqual({
      entries: [],
      next: null,
      archived: 0,
    });
  });

  it('tell in the chronology what became of the lines of the facility meanwhile, and only then', async () => {
    const building = await world.build();
    const elsewhere = await world.build();
    const desk = user('Synthetic dispatcher', 'dispatcher', PROVINCE);
    const path = { number: 2, medium: 'mobile', carrier: 'viettel' } as const;
    const lost = async (one: typeof building, seconds: number) => {
      world.clock.advance(LIVE, seconds);
      const ids = { transmitterId: one.transmitter, facilityId: one.facility };
      await world.core((client) =>
        appendEntries(
          client,
          [
            {
              world: LIVE,
              kind: 'link.path-lost',
              lane: 1,
              subject: one.transmitter,
              organisation: STATION,
              facility: one.facility,
              revision: null,
              at: world.now,
              actor: { kind: 'system', id: 'supervision' },
              body: { ...ids, path, lastHeardAt: null, reportingSeconds: 90 },
            },
          ],
          world.now,
        ),
      );
    };
    await lost(building, 1);
    world.clock.advance(LIVE, 1);
    await world.hear([building, event('1')]);
    await lost(elsewhere, 1);
    await lost(building, 1);
    const { id } = await world.only(building);
    await call(desk, 'POST', `/incidents/${id}/accept`);
    await call(desk, 'POST', `/incidents/${id}/close`, { outcome: 'false', cause: 'dust' });
    await lost(building, 1);
    await numberTheRest({
      pool: world.database.pool('keng_sequencer'),
      origin: 'test',
      epoch: 1,
      log: () => undefined,
    });
    // The shape of the route's answer, which its schema has checked.
    const { entries, next } = (await call(desk, 'GET', `/incidents/${id}/chronology`)) as {
      entries: { kind: string; position: number }[];
      next: number | null;
    };
    const kinds = entries.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind.startsWith('link.'))).toEqual(['link.path-lost']);
    expect(next).toBeNull();
    const positions = entries.map(({ position }) => position);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
  });

  it('list the incidents of a facility, newest first, a page at a time', async () => {
    const building = await world.build();
    const desk = user('Synthetic dispatcher', 'dispatcher', PROVINCE);
    const numbers: number[] = [];
    for (const zone of ['1', '2', '3']) {
      await world.hear([building, event(zone)]);
      const { id, number } = (await world.states(building)).find((one) => one.status === 'open') ?? {
        id: '',
        number: 0,
      };
      numbers.unshift(number);
      await call(desk, 'POST', `/incidents/${id}/accept`);
      await call(desk, 'POST', `/incidents/${id}/close`, { outcome: 'false', cause: 'dust' });
    }
    const page = (query: string) =>
      call(desk, 'GET', `/incidents?facility=${building.facility}&limit=2${query}`);
    expect(await page('')).toMatchObject({
      incidents: [{ number: numbers[0] }, { number: numbers[1] }],
      next: numbers[1],
    });
    expect(await page(`&before=${numbers[1]}`)).toMatchObject({
      incidents: [{ number: numbers[2] }],
      next: null,
    });
  });

  it('plan works, call back and end them', async () => {
    const building = await world.build();
    const desk = user('Synthetic dispatcher', 'dispatcher', PROVINCE);
    const planned = await call(desk, 'POST', '/works', {
      facilityId: building.facility,
      transmitterId: building.transmitter,
      zones: ['1'],
      from: world.now.toISOString(),
      until: new Date(world.now.getTime() + 60_000).toISOString(),
      reason: 'welding',
    });
    const { id } = planned as { readonly id: string };
    expect(await call(desk, 'GET', '/works')).toMatchObject({ works: [{ id, calledBack: null }] });
    const contactId = building.contacts[0]?.id;
    expect(await call(desk, 'POST', `/works/${id}/call-back`, { contactId })).toMatchObject({
      calledBack: { contactId },
    });
    expect(await call(desk, 'POST', `/works/${id}/end`)).toMatchObject({ ended: { reason: 'person' } });
    expect(await call(desk, 'GET', '/works')).toEqual({ works: [] });
    expect(await call(desk, 'GET', '/works/ended?limit=1')).toMatchObject({
      works: [{ id, facilityName: expect.any(String), zoneLabels: { 1: expect.any(String) } }],
      next: id,
    });
    expect(await call(desk, 'GET', `/works/ended?before=${id}`)).toEqual({ works: [], next: null });
  });

  it('a body that is not of its schema never reaches a rule', async () => {
    const desk = user('Synthetic dispatcher', 'dispatcher', PROVINCE);
    const at = `/incidents/${newId()}`;
    await expect(call(desk, 'POST', `${at}/close`, { outcome: 'maybe' })).rejects.toThrow(/Invalid option/);
    await expect(call(desk, 'POST', `${at}/note`, { text: '  ' })).rejects.toThrow(/Too small/);
    await expect(call(desk, 'GET', '/incidents/1')).rejects.toThrow(/Invalid UUID/);
    await expect(call(desk, 'POST', `${at}/note`, { text: 'x' })).rejects.toMatchObject({
      code: 'incident.not-found',
    });
  });
});
