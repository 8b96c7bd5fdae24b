import { vietNam } from '@keng/country-vn';
import {
  type FacilityId,
  type IncidentState,
  LIVE,
  newId,
  type OrganisationCode,
  permissionsOf,
  type Role,
  type UserId,
} from '@keng/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Building } from '../incidents/incident-world.fixture.ts';
import { createHttpServer, type HttpServer, type SessionUser } from '../platform/http/index.ts';
import { createLogger } from '../platform/index.ts';
import { worksRoutes } from '../works/index.ts';
import { NotifyWorld, type Reply } from './notify-world.fixture.ts';
import { notifyRoutes } from './routes.ts';

let world: NotifyWorld;
let http: HttpServer;
let url: string;
let building: Building;
let incident: IncidentState;
/** Whose cookie it is: the sessions themselves are tested where they are made. */
const people = new Map<string, SessionUser>();

beforeAll(async () => {
  world = await NotifyWorld.create();
  const found = (token: string) => {
    const user = people.get(token);
    return user ? { user, csrf: 'csrf', expired: false } : null;
  };
  http = await createHttpServer({
    routes: [
      ...notifyRoutes({
        country: vietNam,
        gatewaySecret: null,
        webhooksSecret: 'a secret that seals secrets',
        webhookPrivateAddresses: false,
        pushSecret: 'p',
        pushPrivateAddresses: false,
        mail: false,
        returns: { secret: null, signing: 's'.repeat(32) },
      }),
      ...worksRoutes({ works: world.world.works }),
    ],
    sessions: { find: async (token) => found(token), stillAllowed: async () => null },
    pools: { web: world.world.database.pool('keng_web') },
    clock: world.world.clock,
    world: LIVE,
    settings: { http: { host: '127.0.0.1', port: 0 }, publicUrl: null, tlsCertificate: null, tlsKey: null },
    log: createLogger('test', { write: () => undefined }),
  });
  url = `http://${await http.listen()}/api`;
});
afterAll(async () => {
  await http?.close();
  await world?.stop();
});
beforeEach(async () => {
  people.clear();
  building = await world.build();
  incident = await world.alarm(building);
});

function owner(name: string, facilities: readonly FacilityId[], more: Partial<SessionUser> = {}): string {
  const roles: Role[] = ['facility-owner'];
  const id = newId<UserId>();
  const token = id.replaceAll('-', '').padEnd(43, '0');
  people.set(token, {
    id,
    login: name,
    name,
    roles,
    permissions: permissionsOf(roles),
    organisation: null,
    scope: [],
    facilities,
    language: 'zh',
    ...more,
  });
  return token;
}

async function ask(token: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<Reply> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      cookie: `keng_session=${token}`,
      'x-keng-csrf': 'csrf',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Reply['body'] };
}

const answers = (token: string, answer: string, id: string = incident.id): Promise<Reply> =>
  ask(token, 'POST', `/my/alarms/${id}/answer`, { answer });
const numbers = (reply: Reply): number[] =>
  (reply.body.alarms as { incident: { number: number } }[]).map((one) => one.incident.number);

describe('the alarms of an owner with a log-in', () => {
  it('are those of the own facilities, as the page behind a link shows them', async () => {
    await world.alarm(await world.build());
    const contact = building.contacts[0];
    if (!contact) throw new Error('the building has contacts');
    const page = await world.ask('GET', `/owner/${world.token(incident.id, contact.id)}`);
    const { expiresAt, now, timeZone, contact: reader, ...shape } = page.body;
    const mine = await ask(owner('Owner', [building.facility]), 'GET', '/my/alarms');
    expect(mine).toMatchObject({ status: 200, body: { next: null, emergencyNumber: '114' } });
    expect(mine.body.alarms).toEqual([{ ...shape, contact: { id: null, name: 'Owner', language: 'zh' } }]);
  });

  it('are no others, also when the owner has a desk besides', async () => {
    const other = await world.build();
    const token = owner('Owner', [other.facility], {
      scope: '*',
      organisation: 'VN-C07' as OrganisationCode,
    });
    expect(numbers(await ask(token, 'GET', '/my/alarms'))).toEqual([]);
    for (const act of ['answer', 'measures-shown']) {
      expect(await ask(token, 'POST', `/my/alarms/${incident.id}/${act}`, { answer: 'real' })).toMatchObject({
        status: 404,
        body: { code: 'incident.not-found' },
      });
    }
    expect((await world.state(incident.id)).owner.answer).toBe('none');
  });

  it('take an answer as given by this account', async () => {
    const token = owner('Owner', [building.facility]);
    expect(await answers(token, 'checking')).toMatchObject({
      status: 200,
      body: { incident: { owner: { answers: [{ contactId: null, name: 'Owner', answer: 'checking' }] } } },
    });
    const said = (await world.world.entries(incident.id)).filter(
      (one) => one.kind === 'incident.owner-answered',
    );
    expect(said).toMatchObject([
      {
        actor: { kind: 'user', id: people.get(token)?.id, name: 'Owner' },
        body: { channel: 'page', answer: 'checking' },
      },
    ]);
  });

  it('hear "real" from one and "false" from another as fire', async () => {
    await answers(owner('Owner', [building.facility]), 'false');
    expect(await world.state(incident.id)).toMatchObject({
      status: 'open',
      owner: { answer: 'false' },
      dispatch: { status: 'none' },
    });
    await answers(owner('Manager', [building.facility]), 'real');
    expect(await world.state(incident.id)).toMatchObject({
      owner: { answer: 'contradictory' },
      confirmations: ['contradictory-answers'],
      dispatch: { status: 'proposed' },
    });
  });

  it('know that the first measures were shown, and to whom', async () => {
    const token = owner('Owner', [building.facility]);
    await ask(token, 'POST', `/my/alarms/${incident.id}/measures-shown`, {});
    await ask(token, 'POST', `/my/alarms/${incident.id}/measures-shown`, {});
    const shown = (await world.world.entries(incident.id)).filter(
      (one) => one.kind === 'incident.measures-shown',
    );
    expect(shown.map((one) => one.actor)).toEqual([
      { kind: 'user', id: people.get(token)?.id, name: 'Owner' },
    ]);
  });

  it('stay for a day after they were closed; "real" wakes them until then', async () => {
    const token = owner('Owner', [building.facility]);
    await close(incident);
    expect(numbers(await ask(token, 'GET', '/my/alarms'))).toEqual([incident.number]);
    expect(await answers(token, 'false')).toMatchObject({ status: 409, body: { code: 'incident.closed' } });
    expect(await answers(token, 'real')).toMatchObject({ body: { incident: { status: 'open' } } });
    await close(await world.state(incident.id));
    world.advance(86_400);
    expect(numbers(await ask(token, 'GET', '/my/alarms'))).toEqual([]);
    expect(await answers(token, 'real')).toMatchObject({ status: 409, body: { code: 'incident.closed' } });
    expect((await world.state(incident.id)).status).toBe('closed');
  });

  it('come by page, open ones first, the newest before the older', async () => {
    const others = [await world.build(), await world.build(), await world.build()];
    const [second, third, fourth] = [
      await world.alarm(...others.slice(0, 1)),
      await world.alarm(...others.slice(1, 2)),
      await world.alarm(...others.slice(2, 3)),
    ];
    await close(third);
    await close(incident);
    const token = owner('Owner', [building.facility, ...others.map((one) => one.facility)]);
    const pages: number[][] = [];
    for (let next: unknown = '', first = true; first || next !== null; first = false) {
      const page = await ask(token, 'GET', `/my/alarms?limit=3${first ? '' : `&cursor=${String(next)}`}`);
      pages.push(numbers(page));
      next = page.body.next;
    }
    expect(pages).toEqual([[fourth.number, second.number, third.number], [incident.number]]);
  });
});

describe('the planned works of an owner with a log-in', () => {
  it('are those of the own facilities, confirmed or not, without the names of officers', async () => {
    const plan = (one: Building) =>
      world.world.web('*', (client) =>
        world.world.works.plan(client, world.world.caller('Officer Nguyen'), one.facility, {
          transmitterId: one.transmitter,
          zones: ['1'],
          from: world.now,
          until: new Date(world.now.getTime() + 3_600_000),
          reason: 'welding',
          requestedBy: 'Synthetic contact 1',
        }),
      );
    const planned = await plan(building);
    await plan(await world.build());
    const contact = building.contacts[0];
    if (!contact) throw new Error('the building has contacts');
    const token = owner('Owner', [building.facility]);
    const { status, body } = await ask(token, 'GET', '/my/works');
    expect({ status, works: body.works }).toMatchObject({
      status: 200,
      works: [{ id: planned.id, facilityId: building.facility, zones: ['1'], calledBack: null }],
    });
    await world.world.web('*', (client) =>
      world.world.works.callBack(client, world.world.caller('Officer Nguyen'), planned.id, contact.id),
    );
    const after = await ask(token, 'GET', '/my/works');
    expect(after.body.works).toMatchObject([{ calledBack: { contactName: 'Synthetic contact 1' } }]);
    expect(JSON.stringify(after.body)).not.toContain('Officer Nguyen');
  });
});

async function close(state: IncidentState): Promise<void> {
  const { world: centre } = world;
  if (state.desk === null)
    await centre.web('*', (client) =>
      centre.incidents.acceptAtDesk(client, centre.caller('Officer'), state.id),
    );
  await centre.web('*', (client) =>
    centre.incidents.close(client, centre.caller('Officer'), state.id, {
      outcome: 'drill',
      cause: null,
      note: null,
    }),
  );
}
