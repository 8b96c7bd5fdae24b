import { vietNam } from '@keng/country-vn';
import {
  type DeviceState,
  type FacilityId,
  LIVE,
  newId,
  type SignalId,
  type TransmitterId,
} from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AreaBook, areaRoutes } from '../areas/index.ts';
import { appendEntries, Sequencer } from '../log/index.ts';
import {
  type Answer,
  code,
  type PeopleTest,
  startPeople,
  type TestClient,
} from '../people/people.fixture.ts';
import { transaction } from '../platform/index.ts';
import { loadTransmittersOf } from './receiver-store.ts';
import { facilityRoutes } from './routes.ts';
import { FacilityService } from './service.ts';
import { at, goodInput, kek } from './test-register.ts';

let people: PeopleTest;
let admin: TestClient;
let desk: TestClient;
const health: DeviceState & { lastHeardAt: string | null } = {
  transmitterId: newId<TransmitterId>(),
  facilityId: newId<FacilityId>(),
  faults: [],
  link: 'lost',
  linkChangedAt: null,
  lastTestAt: null,
  lastHeardAt: '2026-03-01T02:00:00.000Z',
};

beforeAll(async () => {
  const service = new FacilityService({
    country: vietNam,
    areas: new AreaBook(vietNam),
    kek,
    wallClock: () => at,
  });
  people = await startPeople({
    routes: [
      ...facilityRoutes({ service, healthOf: async () => [health] }),
      ...areaRoutes({ country: vietNam }),
    ],
  });
  admin = await people.loggedIn('root');
  desk = await people.loggedIn('desk-1');
});
afterAll(async () => {
  await people.end();
});

let accounts = 0;
function body(change: Parameters<typeof goodInput>[0] = {}) {
  accounts += 1;
  const input = goodInput({ organisation: code('S1'), ...change });
  const account = `C${accounts.toString(16).toUpperCase().padStart(4, '0')}`;
  return { ...input, transmitters: input.transmitters.map((one) => ({ ...one, account })) };
}
async function registered(
  change: Parameters<typeof goodInput>[0] = {},
): Promise<{ id: string; transmitter: string; account: string }> {
  const answer = await admin.ask('POST', '/facilities', { body: body(change) });
  expect(answer).toMatchObject({ status: 200 });
  const [transmitter] = answer.body.transmitters as { id: string; account: string }[];
  return {
    id: String(answer.body.id),
    transmitter: transmitter?.id ?? '',
    account: transmitter?.account ?? '',
  };
}
const namesOf = (answer: Answer): string[] =>
  (answer.body.facilities as { name: string }[]).map((one) => one.name);

describe('facilities over HTTP', () => {
  it('are registered by an administrator and found by those above them, with the health of their transmitters', async () => {
    const { id } = await registered({ name: 'Nhà máy Sao Mai' });
    expect(namesOf(await desk.ask('GET', '/facilities?search=nha%20may%20sao'))).toEqual(['Nhà máy Sao Mai']);
    const station = await people.loggedIn('station-1');
    expect(await station.ask('GET', `/facilities/${id}`)).toMatchObject({
      status: 200,
      body: { id, revision: 1, health: [health] },
    });
    const other = await people.loggedIn('desk-2');
    expect(await other.ask('GET', `/facilities/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'facility.not-found' },
    });
    expect(namesOf(await other.ask('GET', '/facilities'))).toEqual([]);
    expect(await desk.ask('POST', '/facilities', { body: body() })).toMatchObject({ status: 403 });
  });

  it('are changed with the revision that was read, and taken off the register', async () => {
    const { id, account } = await registered();
    const change = { ...body({ name: 'Tên khác', transmitters: [] }), transmitters: [] };
    expect(await admin.ask('PUT', `/facilities/${id}`, { body: { ...change, revision: 1 } })).toMatchObject({
      status: 200,
      body: { name: 'Tên khác', revision: 2 },
    });
    expect(await admin.ask('PUT', `/facilities/${id}`, { body: { ...change, revision: 1 } })).toMatchObject({
      status: 409,
    });
    expect(await admin.ask('POST', `/facilities/${id}/remove`, { body: { reason: 'phá dỡ' } })).toMatchObject(
      { status: 200, body: { revision: 3 } },
    );
    expect(namesOf(await desk.ask('GET', `/facilities?search=${account}`))).toEqual([]);
  });

  it('refuse what the rules refuse with every problem by its field', async () => {
    const answer = await admin.ask('POST', '/facilities', {
      body: { ...body({ category: 'castle' }), contacts: [] },
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'facility.invalid' } });
    expect(answer.body.problems).toMatchObject([
      { at: 'contacts', code: 'facility.contacts-too-few' },
      { at: 'category' },
    ]);
    const nul = await admin.ask('POST', '/facilities', { body: body({ name: 'a\0b' }) });
    expect(nul).toMatchObject({ status: 422, body: { problems: [{ code: 'facility.text-unstorable' }] } });
    expect(await desk.ask('GET', '/facilities?search=%00')).toMatchObject({ status: 200 });
  });

  it('take a key and never give it back', async () => {
    const { id, transmitter } = await registered();
    const key = '000102030405060708090A0B0C0D0E0F';
    const url = `/facilities/${id}/transmitters/${transmitter}/key`;
    const answer = await admin.ask('POST', url, { body: { key, form: 'hex' } });
    expect(answer).toMatchObject({
      status: 200,
      body: { transmitters: [{ id: transmitter, encrypted: true }] },
    });
    expect(JSON.stringify(answer.body)).not.toContain(key);
    const wrong = await admin.ask('POST', url, { body: { key: `${key}0`, form: 'hex' } });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'facility.key-invalid' } });
    expect(JSON.stringify(wrong.body)).not.toContain(key);
    expect(await desk.ask('POST', url, { body: { key, form: 'hex' } })).toMatchObject({ status: 403 });
    expect(await admin.ask('POST', url, { body: { key: null, form: 'hex' } })).toMatchObject({
      body: { transmitters: [{ encrypted: false }] },
    });
  });

  it('take a key that the centre made up, which is shown in one answer and nowhere else', async () => {
    const { id, transmitter } = await registered();
    const url = `/facilities/${id}/transmitters/${transmitter}/key/make`;
    const answer = await admin.ask('POST', url, { body: { bits: 256 } });
    const { key } = answer.body as { key: string };
    expect(key).toMatch(/^[0-9A-F]{64}$/);
    expect(answer.headers['cache-control']).toContain('no-store');
    const [loaded] = await loadTransmittersOf(
      people.database.pool('keng_receiver'),
      { world: LIVE, kek, onBrokenKey: () => undefined },
      [id as FacilityId],
    );
    expect(
      Buffer.from(loaded?.key ?? [])
        .toString('hex')
        .toUpperCase(),
    ).toBe(key);
    const { rows } = await people.database
      .pool('keng_auditor')
      .query('select body::text as text from entry where subject = $1', [id]);
    expect(rows.length).toBeGreaterThan(1);
    const elsewhere = JSON.stringify([rows, (await admin.ask('GET', `/facilities/${id}`)).body]);
    expect(elsewhere.toUpperCase()).not.toContain(key);
    expect((await admin.ask('POST', url, { body: { bits: 256 } })).body.key).not.toBe(key);
    expect(await desk.ask('POST', url, { body: { bits: 256 } })).toMatchObject({ status: 403 });
  });

  it('stand on the map, page by page', async () => {
    await registered();
    const whole = await desk.ask('GET', '/facilities/map');
    const all = whole.body.facilities as unknown[][];
    expect(all.length).toBeGreaterThan(1);
    expect(all[0]).toEqual([expect.any(String), 105.85, 21.03, 'school', expect.any(String)]);
    const paged: unknown[][] = [];
    for (let url = '/facilities/map?limit=1'; url !== ''; ) {
      const { body: page } = await desk.ask('GET', url);
      paged.push(...(page.facilities as unknown[][]));
      url = page.next === null ? '' : `/facilities/map?limit=1&after=${String(page.next)}`;
    }
    expect(paged).toEqual(all);
    const owner = await people.loggedIn('owner');
    expect(await owner.ask('GET', '/facilities/map')).toMatchObject({ status: 403 });
  });

  it('show what their transmitters said, newest first and by pages', async () => {
    const { id, transmitter, account } = await registered();
    const drafts = [1, 2, 3].map((minute) => {
      const said = new Date(at.getTime() + minute * 60_000);
      return {
        world: LIVE,
        kind: 'signal.received' as const,
        lane: 2 as const,
        subject: transmitter,
        organisation: code('S1'),
        facility: id as FacilityId,
        revision: null,
        at: said,
        actor: { kind: 'device' as const, id: transmitter },
        body: {
          signalId: newId<SignalId>(),
          receiver: 'dc09-tcp',
          protocol: 'dc09',
          account,
          line: null,
          sequence: `000${minute}`,
          remote: '192.0.2.7:1',
          encrypted: false,
          deviceAt: null,
          raw: '',
          quirks: [],
          events: [],
          transmitterId: transmitter as TransmitterId,
          facilityId: id as FacilityId,
        },
      };
    });
    await transaction(people.database.pool('keng_core'), (client) => appendEntries(client, drafts, at));
    const sequencer = new Sequencer({
      pool: people.database.pool('keng_sequencer'),
      origin: 'test',
      epoch: 1,
      log: () => {},
    });
    sequencer.start();
    const pageOf = () => desk.ask('GET', `/facilities/${id}/signals?limit=2`);
    await expect.poll(async () => (await pageOf()).body.entries).toHaveLength(2);
    await sequencer.stop();
    const first = await pageOf();
    const sequences = (answer: Answer) =>
      (answer.body.entries as { body: { sequence: string } }[]).map((one) => one.body.sequence);
    expect(sequences(first)).toEqual(['0003', '0002']);
    const second = await desk.ask(
      'GET',
      `/facilities/${id}/signals?limit=2&before=${String(first.body.next)}`,
    );
    expect(sequences(second)).toEqual(['0001']);
    expect(second.body.next).toBeNull();
  });

  it('are imported from a file as it is, after a look', async () => {
    const template = await admin.ask('GET', '/facilities/template.csv');
    expect(template.headers['content-type']).toContain('text/csv');
    const file = String(template.body.text);
    const send = (mode: string) =>
      admin.ask('POST', `/facilities/import?mode=${mode}&file=mau.csv`, {
        body: file,
        headers: { 'content-type': 'text/csv' },
      });
    expect(await send('check')).toMatchObject({
      status: 200,
      body: { rows: 1, taken: 1, refused: 0, problems: [] },
    });
    expect(namesOf(await admin.ask('GET', '/facilities?search=HN-000123'))).toEqual([]);
    expect(await send('all-or-nothing')).toMatchObject({ status: 200, body: { taken: 1, registered: 1 } });
    expect(namesOf(await admin.ask('GET', '/facilities?search=HN-000123'))).toHaveLength(1);
    expect(await send('whatever')).toMatchObject({ status: 422 });
    expect(
      await desk.ask('POST', '/facilities/import?mode=check', {
        body: file,
        headers: { 'content-type': 'text/csv' },
      }),
    ).toMatchObject({ status: 403 });
  });
});

describe('areas over HTTP', () => {
  it('gives provinces, the facts of the country, and says when no communes were imported', async () => {
    expect((await desk.ask('GET', '/areas/provinces')).body).toMatchObject({ type: 'Topology' });
    const { body: country } = await desk.ask('GET', '/country');
    expect(country.provinces).toHaveLength(34);
    expect(country.timers).not.toHaveLength(0);
    expect(country).not.toHaveProperty('areas');
    expect(await desk.ask('GET', '/areas/communes')).toMatchObject({
      status: 404,
      body: { code: 'areas.no-communes' },
    });
  });
});
