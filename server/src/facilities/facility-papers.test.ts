import { vietNam } from '@keng/country-vn';
import {
  type FacilityId,
  LIVE,
  mutes,
  type OrganisationCode,
  type Role,
  type TransmitterId,
  type WorksState,
} from '@keng/model';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AreaBook } from '../areas/index.ts';
import { numberTheRest } from '../log/index.ts';
import { createUsers } from '../people/index.ts';
import { code, PASSWORD, type PeopleTest, startPeople, type TestClient } from '../people/people.fixture.ts';
import { transaction } from '../platform/index.ts';
import { compareWithLog } from '../rebuild/index.ts';
import { WorksService, worksRoutes } from '../works/index.ts';
import { facilityRoutes } from './routes.ts';
import { FacilityService } from './service.ts';
import { goodInput, kek } from './test-register.ts';

let people: PeopleTest;
let admin: TestClient;
let desk: TestClient;
let inspector: TestClient;
let otherInspector: TestClient;
let owner: TestClient;
let stranger: TestClient;
let facility: string;
let neighbour: string;

beforeAll(async () => {
  const service = new FacilityService({
    country: vietNam,
    areas: new AreaBook(vietNam),
    kek,
    wallClock: () => people.clock.now(LIVE),
  });
  const works = new WorksService({
    worksMaximumSeconds: () => 28_800,
    worksReminder: () => ({ seconds: 900, source: 'keng', official: false }),
    testMaximumSeconds: 7_200,
  });
  people = await startPeople({
    routes: [...facilityRoutes({ service, healthOf: async () => [] }), ...worksRoutes({ works })],
  });
  admin = await people.loggedIn('root');
  facility = await register({ name: 'Khách sạn Sông Hồng' });
  neighbour = await register({ name: 'Chung cư Bến Thành' });
  await addUsers([
    ['inspector-1', 'inspector', code('P1'), []],
    ['inspector-2', 'inspector', code('P2'), []],
    ['owner-1', 'facility-owner', null, [facility]],
    ['owner-2', 'facility-owner', null, [neighbour]],
  ]);
  await logInAgain();
});

/** Sessions end when the clock of a test runs away. */
async function logInAgain(): Promise<void> {
  desk = await people.loggedIn('desk-1');
  inspector = await people.loggedIn('inspector-1');
  otherInspector = await people.loggedIn('inspector-2');
  owner = await people.loggedIn('owner-1');
  stranger = await people.loggedIn('owner-2');
}
afterAll(async () => {
  await people.end();
});

async function addUsers(
  users: readonly (readonly [string, Role, OrganisationCode | null, readonly string[]])[],
): Promise<void> {
  await transaction(people.database.pool('keng_core'), (client) =>
    createUsers(
      client,
      users.map(([login, role, organisation, facilities]) => ({
        login,
        name: `${login} (synthetic)`,
        roles: [role],
        organisation,
        facilities: facilities as FacilityId[],
        language: 'vi' as const,
        password: PASSWORD,
        synthetic: true,
      })),
      { world: LIVE, now: people.clock.now(LIVE), actor: { kind: 'system', id: 'test' } },
    ),
  );
}

let accounts = 0;
async function register(change: Parameters<typeof goodInput>[0] = {}): Promise<string> {
  accounts += 1;
  const input = goodInput({ organisation: code('S1'), ...change });
  const answer = await admin.ask('POST', '/facilities', {
    body: {
      ...input,
      transmitters: input.transmitters.map((one) => ({ ...one, account: `D${accounts}00` })),
    },
  });
  expect(answer).toMatchObject({ status: 200 });
  return String(answer.body.id);
}

const picture = (colour: string): Promise<Buffer> =>
  sharp({ create: { width: 30, height: 20, channels: 3, background: colour } })
    .png()
    .toBuffer();

const send = (client: TestClient, path: string, content: Uint8Array) =>
  client.ask('POST', path, { body: content, headers: { 'content-type': 'application/octet-stream' } });

const idsOf = (list: unknown): string[] => (list as { id: string }[]).map((one) => one.id);

async function expectRebuilds(): Promise<void> {
  await numberTheRest({
    pool: people.database.pool('keng_sequencer'),
    origin: 'test',
    epoch: 1,
    log: () => undefined,
  });
  const compared = await compareWithLog({ pool: people.database.pool('keng_core'), world: LIVE });
  expect(compared.filter((one) => !one.equal)).toEqual([]);
  const rebuilt = new Map(compared.map((one) => [one.name, one.rebuilt]));
  for (const name of ['plans', 'fire plans', 'self-inspections', 'inspections', 'declarations']) {
    expect([name, rebuilt.get(name)], name).not.toEqual([name, 0]);
  }
}

describe('drawings', () => {
  const added =
    (client: TestClient, colour: string, name = 'Tầng 1') =>
    async () =>
      send(
        client,
        `/facilities/${facility}/plans?name=${encodeURIComponent(name)}&floor=T1&file=a.exe`,
        await picture(colour),
      );

  it('are added by the owner, seen by desk, station and owner of that facility alone, and served so that nothing runs', async () => {
    const answer = await added(owner, '#123456')();
    expect(answer).toMatchObject({
      status: 200,
      body: { floor: 'T1', uploadedAs: 'a.exe', version: 1, file: { mediaType: 'image/webp' } },
    });
    const station = await people.loggedIn('station-1');
    for (const client of [desk, station, owner, inspector]) {
      const { body } = await client.ask('GET', `/facilities/${facility}/plans`);
      expect(idsOf(body.plans)).toEqual([answer.body.id]);
    }
    for (const client of [stranger, otherInspector, await people.loggedIn('desk-2')]) {
      expect((await client.ask('GET', `/facilities/${facility}/plans`)).body.plans).toEqual([]);
      const url = `/facilities/${facility}/plans/${answer.body.id}/file`;
      expect(await client.ask('GET', url)).toMatchObject({ status: 404, body: { code: 'plan.not-found' } });
    }
    const file = await desk.ask('GET', `/facilities/${facility}/plans/${answer.body.id}/file`);
    expect(file.headers).toMatchObject({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'content-disposition': `inline; filename="plan-${answer.body.id}.webp"`,
    });
    expect(file.headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/);
    expect(String(file.body.text).startsWith('RIFF')).toBe(true);
  });

  it('are refused with the reason, by whoever may not, and once when they are the same', async () => {
    expect(await send(owner, `/facilities/${facility}/plans?name=x`, Buffer.from('<svg/>'))).toMatchObject({
      status: 422,
      body: { code: 'plan.type-unknown' },
    });
    expect(await send(stranger, `/facilities/${facility}/plans?name=x`, await picture('#000'))).toMatchObject(
      {
        status: 404,
      },
    );
    expect(await send(desk, `/facilities/${facility}/plans?name=x`, await picture('#000'))).toMatchObject({
      status: 403,
    });
    expect(await added(inspector, '#123456')()).toMatchObject({
      status: 409,
      body: { code: 'plan.there-already' },
    });
  });

  it('are replaced and withdrawn with a reason; what was there stays readable', async () => {
    const first = await added(inspector, '#222222', 'Sơ đồ thoát nạn')();
    const url = `/facilities/${facility}/plans/${first.body.id}`;
    const second = await send(inspector, `${url}/replace?name=T2&floor=2`, await picture('#333333'));
    expect(second).toMatchObject({ status: 200, body: { id: first.body.id, name: 'T2', version: 2 } });
    expect(await owner.ask('POST', `${url}/withdraw`, { body: { reason: 'đã sửa nhà' } })).toMatchObject({
      status: 200,
      body: { withdrawn: { reason: 'đã sửa nhà' } },
    });
    const { body } = await desk.ask('GET', `/facilities/${facility}/plans`);
    expect(idsOf(body.plans)).not.toContain(first.body.id);
    expect(await desk.ask('GET', `${url}/file`)).toMatchObject({ status: 200 });
    expect(await send(owner, `${url}/replace?name=again`, await picture('#444'))).toMatchObject({
      status: 409,
      body: { code: 'plan.withdrawn' },
    });
  });

  it('follow the facility to another station', async () => {
    const { id } = await own({ organisation: code('S1') });
    await send(admin, `/facilities/${id}/plans?name=x`, await picture('#555'));
    await admin.ask('PUT', `/facilities/${id}`, {
      body: { ...goodInput({ organisation: code('P1') }), transmitters: [] },
    });
    const station = await people.loggedIn('station-1');
    expect((await station.ask('GET', `/facilities/${id}/plans`)).body.plans).toEqual([]);
    expect((await desk.ask('GET', `/facilities/${id}/plans`)).body.plans).toHaveLength(1);
  });
});

async function own(change: Parameters<typeof goodInput>[0] = {}): Promise<{ readonly id: string }> {
  return { id: await register(change) };
}

describe("the facility's own plan", () => {
  const fields = Object.fromEntries(
    vietNam.facilityDuties.firePlan.map(({ code: name }) => [name, `về ${name}`]),
  );

  it('is filed in versions, every required heading filled', async () => {
    const url = `/facilities/${facility}/fire-plans`;
    const bad = await owner.ask('POST', url, {
      body: { approvedOn: '2026-02-01', approvedBy: 'Giám đốc', fields: { head: 'x', other: 'y' } },
    });
    expect(bad).toMatchObject({ status: 422, body: { code: 'fire-plan.invalid' } });
    const codes = (bad.body.problems as { at: string; code: string }[]).map((one) => `${one.at} ${one.code}`);
    expect(codes).toContain('fields.escape fire-plan.field-empty');
    expect(codes).toContain('fields.other fire-plan.field-unknown');
    const file = (approvedOn: string) =>
      owner.ask('POST', url, { body: { approvedOn, approvedBy: 'Giám đốc', fields } });
    expect(await file('2026-02-01')).toMatchObject({ status: 200, body: { version: 1, form: 'PC06' } });
    expect(await file('2026-02-20')).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await file('2026-03-02')).toMatchObject({ status: 422, body: { code: 'day.in-future' } });
    const { body } = await desk.ask('GET', url);
    expect((body.versions as { version: number }[]).map((one) => one.version)).toEqual([2, 1]);
    expect((await stranger.ask('GET', url)).body.versions).toEqual([]);
  });
});

const items = vietNam.facilityDuties.checklist.map((one) => ({ code: one.code, result: 'good', note: '' }));

describe('self-inspections', () => {
  const file = (client: TestClient, id: string, change: object = {}) =>
    client.ask('POST', `/my/facilities/${id}/self-inspections`, {
      body: { on: '2026-02-27', inspectedBy: 'Đội trưởng cơ sở', items, ...change },
    });

  it('are filed by the owner with every line answered and each defect named', async () => {
    expect(await file(owner, facility, { items: items.slice(1) })).toMatchObject({
      status: 422,
      body: { problems: [{ at: `items.${items[0]?.code}`, code: 'self-inspection.line-missing' }] },
    });
    const defect = items.map((one, index) => (index === 0 ? { ...one, result: 'defect' } : one));
    expect(await file(owner, facility, { items: defect })).toMatchObject({
      body: { problems: [{ code: 'self-inspection.defect-unnamed' }] },
    });
    expect(await file(owner, facility, { on: '2026-03-02' })).toMatchObject({
      body: { code: 'day.in-future' },
    });
    expect(await file(stranger, facility)).toMatchObject({ status: 404 });
    expect(await file(desk, facility)).toMatchObject({ status: 403 });
    expect(await file(owner, facility)).toMatchObject({
      status: 200,
      body: { month: '2026-02', form: 'PC02' },
    });
  });

  it('move what is due next to the end of the next month', async () => {
    const { body } = await owner.ask('GET', `/facilities/${facility}/self-inspections`);
    expect(body).toMatchObject({ dueOn: '2026-03-31', today: '2026-03-01', inspectionDueOn: '2027-03-01' });
  });
});

describe('state inspections', () => {
  let inspection: { id: string; findings: { id: string }[] };

  it('are recorded by an inspector of the area, each finding with its article and deadline', async () => {
    const record = (client: TestClient, change: object = {}) =>
      client.ask('POST', `/facilities/${facility}/inspections`, {
        body: {
          kind: 'periodic',
          on: '2026-02-10',
          record: '12/BB-KT',
          conclusion: '',
          findings: [
            { text: 'Bình chữa cháy hết hạn', article: 'd106-21', deadline: '2026-02-20' },
            { text: '=cmd|"/c calc"!A1', article: null, deadline: '2026-02-25' },
          ],
          ...change,
        },
      });
    expect(await record(desk)).toMatchObject({ status: 403 });
    expect(await record(otherInspector)).toMatchObject({ status: 404 });
    const wrong = [{ text: 'x', article: 'no-such', deadline: '2026-02-20' }];
    expect(await record(inspector, { findings: wrong })).toMatchObject({
      body: { code: 'inspection.article-unknown' },
    });
    const early = [{ text: 'x', article: null, deadline: '2026-02-01' }];
    expect(await record(inspector, { findings: early })).toMatchObject({
      body: { code: 'inspection.deadline-before' },
    });
    const answer = await record(inspector);
    expect(answer).toMatchObject({ status: 200, body: { kind: 'periodic' } });
    inspection = answer.body as unknown as typeof inspection;
  });

  it('are seen by the owner without the name of the officer', async () => {
    const seen = async (client: TestClient) =>
      JSON.stringify((await client.ask('GET', `/facilities/${facility}/inspections`)).body);
    expect(await seen(desk)).toContain('inspector-1');
    expect(await seen(owner)).not.toContain('inspector-1');
    expect(await seen(owner)).toContain('Bình chữa cháy');
  });

  it('have overdue findings on the list of the area until somebody closes them', async () => {
    const list = async (client: TestClient, more = '') =>
      ((await client.ask('GET', `/inspections/overdue?kind=finding${more}`)).body.items ?? []) as {
        id: string;
        daysOverdue: number;
      }[];
    const [first, second] = inspection.findings;
    expect((await list(inspector)).map((one) => [one.id, one.daysOverdue])).toEqual([
      [first?.id, 9],
      [second?.id, 4],
    ]);
    expect(await list(otherInspector)).toEqual([]);
    expect(await list(inspector, '&category=hospital')).toEqual([]);
    expect(await list(inspector, '&area=01&organisation=S1')).toHaveLength(2);
    const page = await inspector.ask('GET', '/inspections/overdue?kind=finding&limit=1');
    expect(page.body.items).toHaveLength(1);
    const rest = await inspector.ask(
      'GET',
      `/inspections/overdue?kind=finding&limit=1&cursor=${String(page.body.next)}`,
    );
    expect(rest.body).toMatchObject({ items: [{ id: second?.id }], next: null });
    const csv = await inspector.ask('GET', '/inspections/overdue.csv?kind=finding');
    expect(csv.body.text).toContain(`"'=cmd|""/c calc""!A1"`);
    expect(await owner.ask('GET', '/inspections/overdue?kind=finding')).toMatchObject({ status: 403 });

    const url = `/inspections/${inspection.id}/findings`;
    const close = () =>
      inspector.ask('POST', `${url}/${first?.id}/close`, { body: { on: '2026-03-01', note: 'đã thay' } });
    expect(await close()).toMatchObject({
      status: 200,
      body: { findings: [{ closed: { note: 'đã thay' } }, {}] },
    });
    expect(await close()).toMatchObject({ status: 409, body: { code: 'inspection.finding-closed' } });
    const move = (deadline: string) =>
      inspector.ask('POST', `${url}/${second?.id}/deadline`, { body: { deadline, reason: 'chờ vật tư' } });
    expect(await move('2026-02-28')).toMatchObject({ body: { code: 'inspection.deadline-over' } });
    expect(await move('2026-04-01')).toMatchObject({
      body: {
        findings: [{}, { deadline: '2026-04-01', moved: [{ from: '2026-02-25', reason: 'chờ vật tư' }] }],
      },
    });
    expect(await list(inspector)).toEqual([]);
  });

  it('and self-inspections that nobody did are on the lists when their time has passed', async () => {
    const overdue = async (kind: string) =>
      ((await inspector.ask('GET', `/inspections/overdue?kind=${kind}`)).body.items as { id: string }[]).map(
        (one) => one.id,
      );
    expect(await overdue('self-inspection')).toEqual([]);
    people.clock.advance(LIVE, 40 * 86_400);
    inspector = await people.loggedIn('inspector-1');
    // Registered on 1 March: the first is due at the end of April; filed for February, the next at the end of March.
    expect(await overdue('self-inspection')).toEqual([facility]);
    people.clock.advance(LIVE, 400 * 86_400);
    inspector = await people.loggedIn('inspector-1');
    expect(await overdue('inspection')).toContain(neighbour);
    people.clock.advance(LIVE, -440 * 86_400);
    await logInAgain();
  });
});

describe('declarations', () => {
  const facts = async () => {
    const { body } = await owner.ask('GET', `/facilities/${facility}`);
    const { contacts, hazards, onSiteForce, water, name, address } = body;
    return { contacts, hazards, onSiteForce, water, name, address } as Record<string, unknown>;
  };
  const declare = async (change: object) => {
    people.clock.advance(LIVE, 1);
    return owner.ask('POST', `/my/facilities/${facility}/declarations`, {
      body: { facts: { ...(await facts()), ...change }, note: 'sửa' },
    });
  };

  it('change nothing before somebody of the police accepts them; one at a time', async () => {
    const sent = await declare({ hazards: ['gas'], address: '17 Trần Hưng Đạo' });
    expect(sent).toMatchObject({ status: 200, body: { status: 'open' } });
    expect((await facts()).address).toBe('15 Trần Hưng Đạo');
    expect(await declare({})).toMatchObject({ status: 409, body: { code: 'declaration.open-already' } });
    const waiting = await inspector.ask('GET', '/declarations');
    expect(waiting.body.declarations).toMatchObject([
      { declaration: { id: sent.body.id }, facility: { address: '15 Trần Hưng Đạo' } },
    ]);
    expect((await otherInspector.ask('GET', '/declarations')).body.declarations).toEqual([]);
    expect(await desk.ask('POST', `/declarations/${sent.body.id}/accept`, { body: {} })).toMatchObject({
      status: 403,
    });
    expect(
      await otherInspector.ask('POST', `/declarations/${sent.body.id}/accept`, { body: {} }),
    ).toMatchObject({
      status: 404,
    });
    const accepted = await inspector.ask('POST', `/declarations/${sent.body.id}/accept`, { body: {} });
    expect(accepted).toMatchObject({ status: 200, body: { status: 'accepted' } });
    expect(await facts()).toMatchObject({ address: '17 Trần Hưng Đạo', hazards: ['gas'] });
  });

  it('are refused with a reason that the owner reads, or taken back', async () => {
    const first = await declare({ hazards: [] });
    await inspector.ask('POST', `/declarations/${first.body.id}/refuse`, {
      body: { reason: 'thiếu giấy tờ' },
    });
    const second = await declare({ hazards: [] });
    expect(
      await owner.ask('POST', `/my/declarations/${second.body.id}/take-back`, { body: {} }),
    ).toMatchObject({
      body: { status: 'taken-back' },
    });
    expect(await inspector.ask('POST', `/declarations/${second.body.id}/accept`, { body: {} })).toMatchObject(
      {
        status: 409,
        body: { code: 'declaration.decided' },
      },
    );
    const { body } = await owner.ask('GET', `/facilities/${facility}/declarations`);
    expect(
      (body.declarations as { status: string; decided: { text: string } }[]).map((one) => [
        one.status,
        one.decided.text,
      ]),
    ).toEqual([
      ['taken-back', ''],
      ['refused', 'thiếu giấy tờ'],
      ['accepted', ''],
    ]);
  });

  it('are checked by the rules of the register when they are sent', async () => {
    expect(await declare({ contacts: [] })).toMatchObject({
      status: 422,
      body: { code: 'facility.invalid', problems: [{ code: 'facility.contacts-too-few' }] },
    });
    expect(
      await stranger.ask('POST', `/my/facilities/${facility}/declarations`, {
        body: { facts: await facts() },
      }),
    ).toMatchObject({ status: 404 });
  });
});

describe('test mode', () => {
  const transmitterOf = async () => {
    const { body } = await owner.ask('GET', `/facilities/${facility}`);
    return (body.transmitters as { id: TransmitterId }[])[0]?.id ?? ('' as TransmitterId);
  };
  const after = (seconds: number) =>
    new Date(people.clock.now(LIVE).getTime() + seconds * 1_000).toISOString();
  const announce = async (client: TestClient, change: object = {}) =>
    client.ask('POST', `/my/facilities/${facility}/tests`, {
      body: {
        transmitterId: await transmitterOf(),
        zones: ['1'],
        until: after(3_600),
        reason: 'thử đầu báo',
        ...change,
      },
    });
  const atTheDesk = async (): Promise<WorksState[]> =>
    ((await desk.ask('GET', '/works')).body.works as WorksState[]).filter((one) => one.purpose === 'test');

  it('is announced for named zones of an own facility, and never for a call point or for longer than allowed', async () => {
    expect(await announce(owner, { zones: ['2'] })).toMatchObject({
      status: 422,
      body: { code: 'works.call-point' },
    });
    expect(await announce(owner, { zones: ['9'] })).toMatchObject({
      status: 422,
      body: { code: 'works.unknown-zone' },
    });
    expect(await announce(owner, { until: after(7_201) })).toMatchObject({
      body: { code: 'works.too-long' },
    });
    expect(await announce(stranger)).toMatchObject({ status: 404 });
    expect(await announce(desk)).toMatchObject({ status: 403 });
    expect(await atTheDesk()).toEqual([]);
    expect(await announce(owner)).toMatchObject({ status: 200, body: { purpose: 'test', zones: ['1'] } });
  });

  it('stands at the desk as a test, and nothing is silent before an officer has called back', async () => {
    const transmitter = await transmitterOf();
    const [before] = await atTheDesk();
    expect(before).toMatchObject({ purpose: 'test', calledBack: null, requestedBy: 'owner-1 (synthetic)' });
    if (before === undefined) throw new Error('no test at the desk');
    expect(mutes(before, transmitter, '1', after(60))).toBe(false);
    const { body } = await desk.ask('GET', `/facilities/${facility}`);
    const [contact] = body.contacts as { id: string }[];
    await desk.ask('POST', `/works/${before.id}/call-back`, { body: { contactId: contact?.id } });
    const [confirmed] = await atTheDesk();
    if (confirmed === undefined) throw new Error('no test at the desk');
    const silent = (zone: string, seconds: number) => mutes(confirmed, transmitter, zone, after(seconds));
    expect([silent('1', 60), silent('2', 60), silent('3', 60), silent('1', 3_601)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('is ended by its owner at once; works of the desk are not theirs to end', async () => {
    const [running] = await atTheDesk();
    const end = (client: TestClient, id: string | undefined) =>
      client.ask('POST', `/my/works/${id}/end`, { body: {} });
    expect(await end(stranger, running?.id)).toMatchObject({ status: 404 });
    expect(await end(owner, running?.id)).toMatchObject({ status: 200 });
    expect(await atTheDesk()).toEqual([]);
    const planned = await desk.ask('POST', '/works', {
      body: {
        facilityId: facility,
        transmitterId: await transmitterOf(),
        zones: ['1'],
        from: after(0),
        until: after(600),
        reason: 'hàn',
      },
    });
    expect(await end(owner, String(planned.body.id))).toMatchObject({
      status: 404,
      body: { code: 'test.not-found' },
    });
  });
});

describe('the history of a facility', () => {
  it('holds what was done with it and its papers, newest first, for its owner without the names of officers', async () => {
    await expectRebuilds();
    const kinds = async (client: TestClient, query = '') => {
      const { body } = await client.ask('GET', `/facilities/${facility}/history${query}`);
      return (body.entries as { kind: string }[] | undefined)?.map((one) => one.kind) ?? [];
    };
    const all = await kinds(desk, '?limit=100');
    expect(all).toContain('facility.registered');
    for (const kind of [
      'plan.added',
      'plan.withdrawn',
      'fire-plan.filed',
      'self-inspection.filed',
      'inspection.recorded',
      'inspection.finding-closed',
      'declaration.refused',
      'facility.changed',
    ]) {
      expect(all).toContain(kind);
    }
    const { body } = await owner.ask('GET', `/facilities/${facility}/history?limit=100`);
    expect(JSON.stringify(body)).not.toContain('inspector-1');
    expect(await kinds(owner, '?limit=3')).toEqual(all.slice(0, 3));
    expect(await stranger.ask('GET', `/facilities/${facility}/history`)).toMatchObject({ status: 404 });
  });

  it('and the log gives back every state', expectRebuilds);
});
