import net from 'node:net';
import { vietNam } from '@keng/country-vn';
import { accountOf, decodeFrame, encodeData, encodeFrame, localTime, readDatagram } from '@keng/gb26875';
import {
  type AnyEntry,
  applyDutyCheck,
  checkBody,
  type DutyCheckEntry,
  type DutyCheckState,
  LIVE,
} from '@keng/model';
import mqtt from 'mqtt';
import mqttPacket, { type Packet } from 'mqtt-packet';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Device, frameOf, gb26875Transmitter } from '../intake/gb26875/device.fixture.ts';
import { type Rig, startRig, transmitter } from '../intake/test-rig.ts';
import { code, type PeopleTest, startPeople, type TestClient } from '../people/people.fixture.ts';
import { transaction } from '../platform/index.ts';
import { asAdministrator } from '../testing/index.ts';
import { until } from '../testing/until.ts';
import { type RunningTimers, startTimers } from '../timers/index.ts';
import { dutyCheckRoutes } from './routes.ts';
import { dutyCheckTimers, regularDutyChecks, startAbsenceWatch, startRegularDutyChecks } from './timers.ts';

const SOURCE = 7_001;
const key = Buffer.alloc(16, 9);
const gateway = gb26875Transmitter(SOURCE, { organisation: code('P1') });
const sounder = transmitter('A0B1', { protocol: 'mqtt', key: { bytes: key }, organisation: code('P1') });
const dialler = transmitter('D1A1', { organisation: code('P1') });
const all = [gateway, sounder, dialler];
const any = { host: '127.0.0.1', port: 0 };
const MINUTE = 60;

let people: PeopleTest;
let desk: TestClient;
let rig: Rig;
let timers: RunningTimers;

beforeAll(async () => {
  people = await startPeople({ routes: dutyCheckRoutes() });
  desk = await people.loggedIn('desk-1');
  for (const one of all) {
    await asAdministrator(
      people.database.address,
      `insert into facility (world, id, revision, organisation, name, category, area_code, managing_level, synthetic, changed_at, state)
         values ('live', '${one.facilityId}', 1, 'P1', 'Synthetic ${one.account}', 'school', '01', 'province', true, now(), '{}');
       insert into transmitter (world, id, facility, organisation, protocol, account, zones)
         values ('live', '${one.transmitterId}', '${one.facilityId}', 'P1', '${one.protocol}', '${one.account}', '[]')`,
    );
  }
  timers = startTimers({
    pool: people.database.pool('keng_core'),
    world: LIVE,
    clock: people.clock,
    handlers: [...dutyCheckTimers(vietNam), regularDutyChecks(24)],
    log: () => undefined,
    beatMs: 0,
  });
});
beforeEach(async () => {
  rig = await receivers();
});
afterEach(async () => {
  await rig.stop();
  await asAdministrator(people.database.address, 'delete from duty_check; delete from timer');
});
afterAll(async () => {
  await timers.stop();
  await people.end();
});

const receivers = (): Promise<Rig> =>
  startRig(people.database.pool('keng_receiver'), all, {
    settings: { gb26875Tcp: any, mqttTcp: any },
    clock: people.clock,
  });

const ask = (transmitterId: string, who = desk) =>
  who.ask('POST', '/duty-checks', { body: { transmitterId } });

async function listed(): Promise<DutyCheckState[]> {
  return (await desk.ask('GET', '/duty-checks')).body.dutyChecks as DutyCheckState[];
}

/** Entries about one duty check, in the order of their writing. */
async function entriesOf(id: string): Promise<DutyCheckEntry[]> {
  const { rows } = await people.database.pool('keng_auditor').query<DutyCheckEntry>(
    `select kind, version, lane, subject, organisation, facility, revision, body,
        to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
      from entry where subject = $1 order by revision`,
    [id],
  );
  return rows;
}

/** The entries give what the table has. */
async function expectRebuilt(id: string, entries: readonly DutyCheckEntry[]): Promise<void> {
  const { rows } = await people.database
    .pool('keng_auditor')
    .query<{ state: DutyCheckState }>('select state from duty_check where id = $1', [id]);
  const rebuilt = entries.reduce<DutyCheckState | null>(
    (state, entry) => applyDutyCheck(state, entry as Extract<AnyEntry, DutyCheckEntry>),
    null,
  );
  expect(rebuilt).toEqual(rows[0]?.state);
}

const now = (): string => localTime(people.clock.now(LIVE).getTime(), 0);
/** A device that a receiver has heard. */
async function connected(port: number): Promise<Device> {
  const device = await Device.connect(port);
  await device.ask(frameOf(SOURCE, new Uint8Array(), { time: now() }));
  return device;
}
/** What a device does with a question: confirms it, with the number that the centre gave. */
const confirm = (serial: number): Buffer =>
  Buffer.from(encodeFrame({ serial, time: now(), source: SOURCE, destination: 88_888, command: 'confirm' }));
const button = (): Buffer =>
  frameOf(SOURCE, encodeData(24, [{ operation: 0x20, operator: 1, time: now() }]), { time: now() });

const stateOf = async (id: string): Promise<DutyCheckState | undefined> =>
  (await listed()).find((one) => one.id === id);

describe('a GB/T 26875.3 device', () => {
  it('is asked over its connection; its confirmation and its answer in time are entries that rebuild the state', async () => {
    const device = await connected(rig.gb26875Port);
    const asked = await ask(gateway.transmitterId);
    expect(asked).toMatchObject({ status: 200, body: { minutes: 10, deliveredAt: null } });
    const id = String(asked.body.id);
    const question = await device.answer();
    expect(question).toMatchObject({
      commandName: 'control',
      type: 91,
      account: accountOf(88_888),
      objects: [{ timeoutMinutes: 10 }],
    });
    device.send(confirm(question?.serial ?? -1));
    await until(async () => (await stateOf(id))?.deliveredAt !== null);
    people.clock.advance(LIVE, 2 * MINUTE);
    expect(await device.ask(button())).toMatchObject({ commandName: 'confirm' });
    // Confirmed means written down.
    expect(await stateOf(id)).toMatchObject({
      answeredAt: people.clock.now(LIVE).toISOString(),
      unanswered: null,
    });
    people.clock.advance(LIVE, 20 * MINUTE);
    await timers.poke();
    const entries = await entriesOf(id);
    expect(entries.map(({ kind, lane }) => [kind, lane])).toEqual([
      ['duty-check.asked', 2],
      ['duty-check.delivered', 2],
      ['duty-check.answered', 2],
    ]);
    for (const { kind, body } of entries) expect(checkBody(kind, body)).toBeTruthy();
    await expectRebuilt(id, entries);
    device.close();
  });

  it('that says nothing is an entry of its time-out, before tests and book-keeping', async () => {
    const device = await connected(rig.gb26875Port);
    const id = String((await ask(gateway.transmitterId)).body.id);
    const question = await device.answer();
    device.send(confirm(question?.serial ?? -1));
    await until(async () => (await stateOf(id))?.deliveredAt !== null);
    people.clock.advance(LIVE, 9 * MINUTE);
    await timers.poke();
    expect((await stateOf(id))?.unanswered).toBeNull();
    people.clock.advance(LIVE, MINUTE);
    await timers.poke();
    expect(await stateOf(id)).toMatchObject({ unanswered: 'silence', answeredAt: null });
    expect((await entriesOf(id)).at(-1)).toMatchObject({ kind: 'duty-check.unanswered', lane: 1 });
    // A late answer is a signal like any other, and the absence stays what it was.
    expect(await device.ask(button())).toMatchObject({ commandName: 'confirm' });
    expect(await stateOf(id)).toMatchObject({ unanswered: 'silence' });
    device.close();
  });

  it('that is not connected is asked when it comes, at whichever receiver; else the time-out says that it was not reached', async () => {
    const id = String((await ask(gateway.transmitterId)).body.id);
    const other = await receivers();
    const device = await connected(other.gb26875Port);
    expect(await device.answer()).toMatchObject({ type: 91 });
    device.close();
    await other.stop();
    expect(rig.receivers.metrics().gb26875.frames.dutyChecks).toBe(0);
    people.clock.advance(LIVE, 10 * MINUTE);
    await timers.poke();
    expect(await stateOf(id)).toMatchObject({ unanswered: 'not-delivered' });
  });

  it('is confirmed nothing that could not be written down', async () => {
    const device = await connected(rig.gb26875Port);
    const id = String((await ask(gateway.transmitterId)).body.id);
    await device.answer();
    await asAdministrator(people.database.address, 'revoke update on duty_check from keng_receiver');
    const pressed = button();
    device.send(pressed);
    await until(() => rig.receivers.failing !== null);
    expect((await stateOf(id))?.answeredAt).toBeNull();
    await asAdministrator(
      people.database.address,
      'grant update (delivered_at, ended_at, revision, state) on duty_check to keng_receiver',
    );
    await until(() => rig.receivers.failing === null);
    expect(await device.ask(pressed)).toMatchObject({ commandName: 'confirm' });
    expect((await stateOf(id))?.answeredAt).not.toBeNull();
    device.close();
  });
});

describe('an MQTT device', () => {
  const client = () =>
    mqtt.connectAsync(`mqtt://127.0.0.1:${rig.receivers.addresses.mqttTcp?.split(':').at(-1)}`, {
      clientId: 'A0B1',
      username: 'A0B1',
      password: key,
    });

  it.each([0, 1] as const)('that listens with QoS %i is told the time, asked, and answers', async (qos) => {
    const device = await client();
    const heard: Record<string, unknown>[] = [];
    device.on('message', (topic, payload) => heard.push({ topic, ...JSON.parse(payload.toString()) }));
    await device.subscribeAsync('keng/v1/A0B1/down', { qos });
    const id = String((await ask(sounder.transmitterId)).body.id);
    await until(() => heard.length >= 2);
    expect(heard).toMatchObject([
      { topic: 'keng/v1/A0B1/down', now: people.clock.now(LIVE).toISOString() },
      { topic: 'keng/v1/A0B1/down', dutyCheck: { id, minutes: 10 } },
    ]);
    await until(async () => (await stateOf(id))?.deliveredAt !== null);
    await device.publishAsync('keng/v1/A0B1/answer', JSON.stringify({ dutyCheck: id }), { qos: 1 });
    expect((await stateOf(id))?.answeredAt).not.toBeNull();
    await device.endAsync();
  });

  it('that does not acknowledge is not sent the same at each look, and was not told; another acknowledgement is none', async () => {
    const port = Number(rig.receivers.addresses.mqttTcp?.split(':').at(-1));
    const device = net.connect({ host: '127.0.0.1', port });
    const heard: { readonly messageId: number; readonly text: string }[] = [];
    let pinged = false;
    const parser = mqttPacket.parser();
    parser.on('packet', (packet) => {
      pinged ||= packet.cmd === 'pingresp';
      if (packet.cmd === 'publish')
        heard.push({ messageId: packet.messageId ?? 0, text: packet.payload.toString() });
    });
    device.on('data', (chunk) => parser.parse(chunk));
    const send = (packet: Packet) => device.write(mqttPacket.generate(packet));
    send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId: 'A0B1',
      keepalive: 0,
      username: 'A0B1',
      password: key,
    });
    send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'keng/v1/A0B1/down', qos: 2 }] });
    const id = String((await ask(sounder.transmitterId)).body.id);
    await until(() => heard.length === 2);
    expect(heard[1]?.text).toContain(id);
    const asked = heard[1]?.messageId ?? 0;
    send({ cmd: 'puback', messageId: asked + 1 });
    const other = await connected(rig.gb26875Port);
    await ask(gateway.transmitterId);
    await other.answer();
    // Whatever the same look wrote to this device stands before the answer to its ping.
    send({ cmd: 'pingreq' });
    await until(() => pinged);
    expect(heard).toHaveLength(2);
    expect((await stateOf(id))?.deliveredAt).toBeNull();
    send({ cmd: 'puback', messageId: asked });
    await until(async () => (await stateOf(id))?.deliveredAt !== null);
    other.close();
    device.destroy();
  });

  it('that says something else is acknowledged, and nobody has answered', async () => {
    const device = await client();
    const id = String((await ask(sounder.transmitterId)).body.id);
    for (const said of ['{}', 'yes', JSON.stringify({ dutyCheck: 'no id' })])
      await device.publishAsync('keng/v1/A0B1/answer', said, { qos: 1 });
    expect((await stateOf(id))?.answeredAt).toBeNull();
    await device.endAsync();
  });

  it('that has connected again is asked over the new connection', async () => {
    const old = await client();
    const gone = new Promise<void>((resolve) => old.once('close', () => resolve()));
    old.options.reconnectPeriod = 0;
    const device = await client();
    await gone;
    const heard: string[] = [];
    device.on('message', (_topic, payload) => heard.push(payload.toString()));
    await device.subscribeAsync('keng/v1/A0B1/down', { qos: 1 });
    const id = String((await ask(sounder.transmitterId)).body.id);
    await until(() => heard.some((one) => one.includes(id)));
    await device.endAsync();
    await old.endAsync(true);
  });

  it('that does not listen, or listens no more, is sent nothing', async () => {
    const device = await client();
    const heard: unknown[] = [];
    device.on('message', (topic) => heard.push(topic));
    await device.subscribeAsync('keng/v1/A0B1/down', { qos: 1 });
    await until(() => heard.length === 1);
    await device.unsubscribeAsync('keng/v1/A0B1/down');
    const id = String((await ask(sounder.transmitterId)).body.id);
    // The look that would have carried it is over when a device that listens has been asked in the meantime.
    const other = await connected(rig.gb26875Port);
    await ask(gateway.transmitterId);
    await other.answer();
    expect(heard).toHaveLength(1);
    expect((await stateOf(id))?.deliveredAt).toBeNull();
    other.close();
    await device.endAsync();
  });
});

describe('a control room where nobody answered', () => {
  const waiting = async (who = desk): Promise<unknown[]> =>
    (await who.ask('GET', '/duty-checks?waiting=true')).body.dutyChecks as unknown[];
  const say = (id: string, what: 'claim' | 'settle', who: TestClient, body?: object) =>
    who.ask('POST', `/duty-checks/${id}/${what}`, body === undefined ? {} : { body });
  /** Nobody can see it ring before its time is over. */
  async function unanswered(): Promise<string> {
    const id = String((await ask(gateway.transmitterId)).body.id);
    expect(await waiting()).toEqual([]);
    people.clock.advance(LIVE, 10 * MINUTE);
    await timers.poke();
    return id;
  }

  it('waits until a person claims it and says what came of it; each step is an entry that rebuilds the state', async () => {
    const id = await unanswered();
    expect(await waiting()).toMatchObject([
      { id, absence: 'open', facilityName: `Synthetic ${gateway.account}` },
    ]);
    expect(await say(id, 'claim', desk)).toMatchObject({ status: 200, body: { absence: 'claimed' } });
    // Pressed twice it is claimed once.
    expect(await say(id, 'claim', desk)).toMatchObject({ status: 200 });
    expect(await waiting()).toMatchObject([{ id, claimedBy: { name: expect.any(String) } }]);
    expect(await say(id, 'settle', desk, { note: '  ' })).toMatchObject({ status: 422 });
    expect(await say(id, 'settle', desk, { note: 'the guard was on his round' })).toMatchObject({
      status: 200,
      body: { absence: 'settled', settledBy: { note: 'the guard was on his round' } },
    });
    expect(await waiting()).toEqual([]);
    expect(await say(id, 'settle', desk, { note: 'again' })).toMatchObject({
      status: 409,
      body: { code: 'duty-check.settled' },
    });
    const entries = await entriesOf(id);
    expect(entries.map(({ kind, lane }) => [kind, lane])).toEqual([
      ['duty-check.asked', 2],
      ['duty-check.unanswered', 1],
      ['duty-check.claimed', 1],
      ['duty-check.settled', 1],
    ]);
    for (const { kind, body } of entries) expect(checkBody(kind, body)).toBeTruthy();
    await expectRebuilt(id, entries);
  });

  it('is nobody else’s once claimed; not of another province, nor of a station', async () => {
    const id = await unanswered();
    const other = await people.loggedIn('desk-2');
    expect(await waiting(other)).toEqual([]);
    expect(await say(id, 'claim', other)).toMatchObject({ status: 404 });
    expect(await say(id, 'claim', await people.loggedIn('station-1'))).toMatchObject({ status: 403 });
    expect(await say(id, 'claim', await people.loggedIn('national'))).toMatchObject({ status: 200 });
    expect(await say(id, 'claim', desk)).toMatchObject({ status: 409, body: { code: 'duty-check.claimed' } });
    // Who learns it may say it, whoever has claimed it.
    expect(await say(id, 'settle', desk, { note: 'reached by telephone' })).toMatchObject({ status: 200 });
  });

  it('that nobody at the province claims in its time goes on to the nation, once; one that is claimed stays', async () => {
    const id = await unanswered();
    people.clock.advance(LIVE, 4 * MINUTE);
    await timers.poke();
    expect(await waiting()).not.toMatchObject([{ raised: expect.anything() }]);
    people.clock.advance(LIVE, MINUTE);
    await timers.poke();
    const at = people.clock.now(LIVE).toISOString();
    expect(await waiting()).toMatchObject([{ id, absence: 'open', raised: { to: 'national', at } }]);
    // It still is the province's, too.
    expect(await say(id, 'claim', desk)).toMatchObject({ status: 200, body: { absence: 'claimed' } });
    const entries = await entriesOf(id);
    expect(entries.map(({ kind, lane }) => [kind, lane])).toEqual([
      ['duty-check.asked', 2],
      ['duty-check.unanswered', 1],
      ['duty-check.raised', 1],
      ['duty-check.claimed', 1],
    ]);
    expect(entries[2]?.body).toMatchObject({ limit: { seconds: 300, source: 'keng', official: false } });
    for (const { kind, body } of entries) expect(checkBody(kind, body)).toBeTruthy();
    await expectRebuilt(id, entries);

    await say(id, 'settle', desk, { note: 'reached by telephone' });
    const held = await unanswered();
    await say(held, 'claim', desk);
    people.clock.advance(LIVE, 10 * MINUTE);
    await timers.poke();
    expect((await entriesOf(held)).map(({ kind }) => kind)).not.toContain('duty-check.raised');
  });

  it('since before the nation was told of any gets its time when the centre starts, once', async () => {
    const id = await unanswered();
    await asAdministrator(people.database.address, 'delete from timer');
    people.clock.advance(LIVE, 20 * MINUTE);
    await timers.poke();
    const begin = () =>
      transaction(people.database.pool('keng_core'), (client) => startAbsenceWatch(client, LIVE, vietNam));
    const set = async () =>
      (await people.database.pool('keng_auditor').query('select kind, subject from timer')).rows;
    await Promise.all([begin(), begin()]);
    expect(await set()).toEqual([{ kind: 'duty-check.unclaimed', subject: id }]);
    // It was over long ago.
    await timers.poke();
    expect(await waiting()).toMatchObject([{ id, absence: 'open', raised: { to: 'national' } }]);
    await begin();
    expect(await set()).toEqual([]);
    await expectRebuilt(id, await entriesOf(id));
  });

  it('of before, when none rang, waits for nobody', async () => {
    const id = await unanswered();
    await asAdministrator(
      people.database.address,
      `update duty_check set state = state - 'absence' where id = '${id}'`,
    );
    expect(await waiting()).toEqual([]);
    expect(await say(id, 'claim', desk)).toMatchObject({ body: { code: 'duty-check.not-absent' } });
  });
});

describe('who may ask whom', () => {
  it('one question at a time; a device that cannot be asked, an unknown one and another province are refused by name', async () => {
    const first = await Promise.all([ask(gateway.transmitterId), ask(gateway.transmitterId)]);
    expect(first.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await ask(gateway.transmitterId)).toMatchObject({ body: { code: 'duty-check.open' } });
    expect(await ask(dialler.transmitterId)).toMatchObject({
      status: 422,
      body: { code: 'duty-check.impossible' },
    });
    expect(await ask(sounder.transmitterId, await people.loggedIn('desk-2'))).toMatchObject({ status: 404 });
    expect(await ask(sounder.transmitterId, await people.loggedIn('station-1'))).toMatchObject({
      status: 403,
    });
    expect((await (await people.loggedIn('desk-2')).ask('GET', '/duty-checks')).body.dutyChecks).toEqual([]);
  });
});

it('the question as it goes over the wire is one frame of the standard', async () => {
  const device = await connected(rig.gb26875Port);
  await ask(gateway.transmitterId);
  const bytes = Buffer.from((await device.panel.answer()) ?? '', 'latin1');
  const [item] = readDatagram(bytes);
  // Figure 46: control, type 91, one object: the minutes.
  expect(bytes.subarray(24, 30)).toEqual(Buffer.of(3, 0, 1, 91, 1, 10));
  expect(item?.kind === 'frame' ? decodeFrame(item.frame).checksumOk : false).toBe(true);
  device.close();
});

describe('regular duty checks', () => {
  it('ask each control room again when its hours are over, none twice, and none that cannot be asked', async () => {
    const core = people.database.pool('keng_core');
    const begin = () =>
      transaction(core, (client) => startRegularDutyChecks(client, LIVE, people.clock.now(LIVE)));
    await begin();
    await begin();
    await timers.poke();
    const asked = await listed();
    expect(asked.map(({ transmitterId }) => transmitterId).sort()).toEqual(
      [gateway.transmitterId, sounder.transmitterId].sort(),
    );
    expect(asked.every(({ by }) => by === null)).toBe(true);
    // The session of the desk is over by then.
    const count = async (): Promise<number> =>
      (await people.database.pool('keng_auditor').query('select from duty_check')).rowCount ?? 0;
    people.clock.advance(LIVE, 23 * 60 * MINUTE);
    await timers.poke();
    expect(await count()).toBe(2);
    people.clock.advance(LIVE, 61 * MINUTE);
    await timers.poke();
    expect(await count()).toBe(4);
  });
});
