import { execFile, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { checkBody, newId, type TransmitterId } from '@keng/model';
import fc from 'fast-check';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import mqttPacket, { type Packet } from 'mqtt-packet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openClient } from '../../platform/index.ts';
import {
  asAdministrator,
  createTestDatabase,
  hasOpenssl,
  makeCertificate,
  type TestDatabase,
  withoutOpenssl,
} from '../../testing/index.ts';
import { until } from '../../testing/until.ts';
import { listSource, MemoryRegistry, type RegisteredTransmitter } from '../registry.ts';
import type { ReceiversOptions } from '../start-receivers.ts';
import { type Rig, startRig, storedSignals, transmitter } from '../test-rig.ts';

const KEY = '00112233445566778899AABBCCDDEEFF';
const key = { bytes: Buffer.from(KEY, 'hex') };
const device = transmitter('A001', { protocol: 'mqtt', key, zones: ['015'] });
const ascii = transmitter('A002', { protocol: 'mqtt', key: { bytes: Buffer.from('sixteen-letters!') } });
const devices = [
  device,
  ascii,
  transmitter('A003', { protocol: 'mqtt' }),
  // Characters that could be hex digits of another key.
  transmitter('A004', { protocol: 'mqtt', key: { bytes: Buffer.from(KEY) } }),
  ...Array.from({ length: 8 }, (_, at) => transmitter(`B00${at}`, { protocol: 'mqtt', key })),
];
const any = { host: '127.0.0.1', port: 0 };

let database: TestDatabase;
let rig: Rig;
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  rig = await start();
});
afterAll(async () => {
  await rig.stop();
  await database.drop();
});

const start = (more: Partial<ReceiversOptions> = {}): Promise<Rig> =>
  startRig(database.pool('keng_receiver'), devices, { settings: { mqttTcp: any }, ...more });
const portOf = (one: Rig): number => Number(one.receivers.addresses.mqttTcp?.split(':').at(-1));
const all = () => storedSignals(database.pool('keng_auditor'));
const refused = async () => (await all()).filter((one) => one.kind === 'signal.refused');

function fire(more: object = {}): string {
  count += 1;
  const signal = { id: `m-${count}`, events: [{ family: 'fire', class: 'alarm', zone: 15 }], ...more };
  return JSON.stringify({ signals: [signal] });
}

const topic = (account = 'A001', name = 'signal'): string => `keng/v1/${account}/${name}`;

/** A client of the mqtt.js library. */
function client(more: IClientOptions = {}, port = portOf(rig)): Promise<MqttClient> {
  const clientId = more.clientId ?? 'A001';
  return mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, {
    clientId,
    username: clientId,
    password: KEY,
    reconnectPeriod: 0,
    connectTimeout: 5_000,
    ...more,
  });
}

/** A socket with packets of our own making. */
class Raw {
  readonly socket: net.Socket;
  readonly packets: Packet[] = [];
  closed = false;

  constructor(port = portOf(rig)) {
    this.socket = net.connect({ host: '127.0.0.1', port, noDelay: true, allowHalfOpen: true });
    const parser = mqttPacket.parser();
    parser.on('packet', (packet) => this.packets.push(packet));
    this.socket.on('data', (chunk) => parser.parse(chunk));
    this.socket.on('error', () => undefined);
    this.socket.on('end', () => this.socket.end());
    this.socket.on('close', () => {
      this.closed = true;
    });
  }

  send(...packets: (Packet | Uint8Array)[]): void {
    this.socket.write(
      Buffer.concat(packets.map((one) => (one instanceof Uint8Array ? one : mqttPacket.generate(one)))),
    );
  }

  async next(): Promise<Packet | undefined> {
    await until(() => this.packets.length > 0 || this.closed);
    return this.packets.shift();
  }

  async gone(): Promise<void> {
    await until(() => this.closed);
  }
}

const connect = (more: object = {}): Packet => ({
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clean: true,
  clientId: 'A001',
  keepalive: 0,
  username: 'A001',
  password: Buffer.from(KEY),
  ...more,
});
const publish = (messageId: number, payload: string, more: object = {}): Packet => ({
  cmd: 'publish',
  topic: topic(),
  payload,
  qos: 1,
  messageId,
  dup: false,
  retain: false,
  ...more,
});

async function raw(more: object = {}, port = portOf(rig)): Promise<Raw> {
  const one = new Raw(port);
  one.send(connect(more));
  expect(await one.next()).toMatchObject({ cmd: 'connack', returnCode: 0 });
  return one;
}

describe('mqtt.js', () => {
  it('QoS 1: the signal is in the log when the PUBACK is there', async () => {
    const one = await client();
    const before = (await all()).length;
    await one.publishAsync(topic(), fire(), { qos: 1 });
    const stored = (await all()).slice(before);
    expect(stored).toMatchObject([
      {
        kind: 'signal.received',
        lane: 0,
        subject: device.transmitterId,
        body: {
          account: 'A001',
          protocol: 'mqtt',
          receiver: 'mqtt',
          quirks: [],
          events: [{ family: 'fire', class: 'alarm', zone: '015' }],
        },
      },
    ]);
    expect(checkBody('signal.received', stored[0]?.body)).toBeTruthy();
    await one.endAsync();
  });

  it('QoS 0 is stored and marked as unconfirmed', async () => {
    const one = await client();
    const before = (await all()).length;
    await one.publishAsync(topic(), fire(), { qos: 0, retain: true });
    await until(async () => (await all()).length > before);
    expect((await all()).at(-1)?.body.quirks).toEqual(['unconfirmed', 'retained']);
    await one.endAsync();
  });

  it('QoS 2 ends the connection, and what it said is shown as refused', async () => {
    const one = await client({ clientId: 'B000' });
    const closed = new Promise<void>((resolve) => one.once('close', () => resolve()));
    one.on('error', () => undefined);
    one.publish(topic('B000'), fire(), { qos: 2 });
    await closed;
    await until(async () => (await refused()).at(-1)?.body.reason === 'qos-2');
    expect((await refused()).at(-1)).toMatchObject({ lane: 0, body: { events: [{ family: 'fire' }] } });
    one.end(true);
  });

  it('heartbeats and pings count as heard and are no entries', async () => {
    const before = (await all()).length;
    const heartbeats = rig.receivers.metrics().mqtt.messages.heartbeats;
    const one = await client({ clientId: 'B001' });
    await one.publishAsync(topic('B001', 'heartbeat'), '', { qos: 1 });
    expect(rig.receivers.metrics().mqtt.messages.heartbeats).toBe(heartbeats + 2);
    await one.endAsync();
    const ping = await raw({ clientId: 'B001', username: 'B001' });
    ping.send({ cmd: 'pingreq' });
    expect(await ping.next()).toMatchObject({ cmd: 'pingresp' });
    expect(rig.receivers.metrics().mqtt.messages.heartbeats).toBe(heartbeats + 4);
    ping.socket.destroy();
    const id = (devices.find(({ account }) => account === 'B001')?.transmitterId ?? '').replaceAll('-', '');
    await until(async () => {
      const { rows } = await database
        .pool('keng_core')
        .query(`select from heard_batch where position('${id}' in encode(transmitters, 'hex')) > 0`);
      return rows.length > 0;
    });
    expect(await all()).toHaveLength(before);
  });

  it('may listen to its own down topic and to nothing else', async () => {
    const one = await client();
    expect(await one.subscribeAsync(topic('A001', 'down'))).toMatchObject([{ qos: 0 }]);
    for (const other of ['#', topic('A002', 'down'), topic()])
      await expect(one.subscribeAsync(other)).rejects.toThrow();
    await one.endAsync();
  });

  it('a key set as characters is the password as it is', async () => {
    for (const [clientId, password] of [
      ['A002', 'sixteen-letters!'],
      ['A004', KEY],
    ] as const) {
      const one = await client({ clientId, password });
      await one.publishAsync(topic(clientId), fire(), { qos: 1 });
      await one.endAsync();
    }
  });

  it.each<[string, IClientOptions]>([
    ['a wrong password', { password: 'wrong' }],
    ['no password', { password: '' }],
    ['the name of another', { username: 'A002' }],
    ['an unknown account', { clientId: 'EEEE' }],
    ['a device without a key', { clientId: 'A003' }],
  ])('%s is refused, and that is shown', async (_what, more) => {
    const own = await start();
    const before = (await refused()).length;
    await expect(client(more, portOf(own))).rejects.toThrow(/Bad username or password/);
    await until(async () => (await refused()).length > before);
    expect(checkBody('signal.refused', (await refused()).at(-1)?.body)).toBeTruthy();
    await own.stop();
  });

  it('while the register cannot be asked a device is sent back to come again, and nothing is held against it', async () => {
    const source = { ...listSource(() => []), byAccount: () => Promise.reject(new Error('away')) };
    const own = await start({ registry: new MemoryRegistry({ source }) });
    const before = (await all()).length;
    await expect(client({}, portOf(own))).rejects.toThrow(/Server unavailable/);
    await own.stop();
    expect(await all()).toHaveLength(before);
  });

  it('MQTT 5 is told that it is not spoken here', async () => {
    await expect(client({ protocolVersion: 5 })).rejects.toThrow(/Unsupported Protocol Version/);
  });
});

describe('mosquitto_pub', () => {
  const there = spawnSync('mosquitto_pub', ['--help']).error === undefined;
  it.skipIf(!there)(`QoS 0 and 1${there ? '' : ' (skipped: there is no mosquitto_pub here)'}`, async () => {
    const mine = async () =>
      (await all()).filter((entry) => entry.kind === 'signal.received' && entry.body.account === 'B002');
    const common = [
      '-h',
      '127.0.0.1',
      '-p',
      String(portOf(rig)),
      '-i',
      'B002',
      '-u',
      'B002',
      '-P',
      KEY,
      '-t',
      topic('B002'),
    ];
    await promisify(execFile)('mosquitto_pub', [...common, '-q', '1', '-m', fire()]);
    expect(await mine()).toHaveLength(1);
    await promisify(execFile)('mosquitto_pub', [...common, '-q', '0', '-m', fire()]);
    await until(async () => (await mine()).length === 2);
    await expect(
      promisify(execFile)('mosquitto_pub', [...common, '-P', 'wrong', '-q', '1', '-m', fire()]),
    ).rejects.toThrow();
  });
});

describe('acknowledgements', () => {
  it('a PUBACK comes after the commit and not before', async () => {
    const one = await raw();
    const blocker = await openClient(database.address, 'administrator', 'blocker');
    try {
      await blocker.query('begin; lock table entry in access exclusive mode');
      one.send(publish(7, fire()));
      await until(async () => {
        const { rows } = await blocker.query(
          "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
        );
        return rows.length > 0;
      });
      // Whatever could be sent without the commit has had its turn: the ping behind it is answered.
      one.send({ cmd: 'pingreq' });
      expect(await one.next()).toMatchObject({ cmd: 'pingresp' });
      expect(one.packets).toEqual([]);
    } finally {
      await blocker.query('commit');
      await blocker.end();
    }
    expect(await one.next()).toMatchObject({ cmd: 'puback', messageId: 7 });
    one.socket.destroy();
  });

  it('a repeat with DUP, on the same or a new connection or another receiver, is acknowledged and stored once', async () => {
    const before = (await all()).length;
    const payload = fire();
    const one = await raw({ clean: false });
    one.send(publish(9, payload), publish(9, payload, { dup: true }));
    expect([await one.next(), await one.next()]).toMatchObject([{ messageId: 9 }, { messageId: 9 }]);
    one.socket.destroy();
    const other = await start();
    for (const port of [portOf(rig), portOf(other)]) {
      const again = new Raw(port);
      again.send(connect({ clean: false }));
      expect(await again.next()).toMatchObject({ cmd: 'connack', returnCode: 0, sessionPresent: true });
      again.send(publish(9, payload, { dup: true }));
      expect(await again.next()).toMatchObject({ cmd: 'puback', messageId: 9 });
      again.socket.destroy();
    }
    await other.stop();
    expect(await all()).toHaveLength(before + 1);
  });

  it('come in the order of the messages, in whatever pieces the stream arrives', async () => {
    const before = (await all()).length;
    const packets = [connect(), ...Array.from({ length: 20 }, (_, at) => publish(100 + at, fire()))];
    const bytes = Buffer.concat(packets.map((packet) => mqttPacket.generate(packet)));
    const one = new Raw();
    let at = 0;
    for (const size of [1, 2, 3, 500, 1, 1, 1, 64]) {
      one.socket.write(bytes.subarray(at, at + size));
      at += size;
      await new Promise((resolve) => setImmediate(resolve));
    }
    one.socket.write(bytes.subarray(at));
    const answers: (Packet | undefined)[] = [];
    while (answers.length < 21) answers.push(await one.next());
    expect(answers.map((packet) => packet?.messageId).slice(1)).toEqual(
      Array.from({ length: 20 }, (_, index) => 100 + index),
    );
    expect(await all()).toHaveLength(before + 20);
    one.socket.destroy();
  });

  it('are not sent when nothing can be stored: the connection ends, and the repeat is taken', async () => {
    const own = await start();
    const one = await raw({}, portOf(own));
    await asAdministrator(database.address, 'revoke insert on entry from keng_receiver');
    const payload = fire();
    one.send(publish(1, payload));
    await one.gone();
    expect(one.packets).toEqual([]);
    await asAdministrator(database.address, 'grant insert on entry to keng_receiver');
    await until(() => own.receivers.failing === null);
    const again = await raw({ clean: true }, portOf(own));
    again.send(publish(1, payload, { dup: true }));
    expect(await again.next()).toMatchObject({ cmd: 'puback' });
    again.socket.destroy();
    await own.stop();
  });

  it('are not sent for values that cannot be stored, nor for an answer to a duty check', async () => {
    const own = await start();
    const value = { part: '1', kind: 'pressure', unit: 'kPa', value: 610 };
    for (const [name, right, payload] of [
      ['measurement', 'insert on measurement', { measurements: [value] }],
      ['answer', 'select on duty_check', { dutyCheck: '018f0000-0000-7000-8000-000000000000' }],
    ] as const) {
      await asAdministrator(database.address, `revoke ${right} from keng_receiver`);
      const one = await raw({}, portOf(own));
      one.send(publish(1, JSON.stringify(payload), { topic: topic('A001', name) }));
      await one.gone();
      expect(one.packets, name).toEqual([]);
      await asAdministrator(database.address, `grant ${right} to keng_receiver`);
      await until(() => own.receivers.failing === null);
    }
    await own.stop();
  });

  it.each<[string, (one: Raw) => void]>([
    ['a good-bye', (one) => one.send({ cmd: 'disconnect' })],
    ['the end of its stream', (one) => one.socket.end()],
  ])('%s right behind the messages takes no acknowledgement away', async (_what, leave) => {
    const one = await raw();
    one.send(...Array.from({ length: 5 }, (_, at) => publish(at + 1, fire())));
    leave(one);
    await one.gone();
    expect(one.packets.map(({ cmd, messageId }) => [cmd, messageId])).toEqual(
      [1, 2, 3, 4, 5].map((id) => ['puback', id]),
    );
  });

  it('a stop acknowledges what was read, then closes', async () => {
    const own = await start();
    const one = await raw({}, portOf(own));
    const before = (await all()).length;
    one.send(...Array.from({ length: 30 }, (_, at) => publish(at + 1, fire())));
    await one.next();
    await own.stop();
    await one.gone();
    expect(await all()).toHaveLength(before + 1 + one.packets.length);
  });
});

describe('a device and its connection', () => {
  it('speaks only for itself: a topic of another ends the connection, and is shown', async () => {
    const one = await raw();
    one.send(publish(1, fire(), { topic: topic('A002') }));
    await one.gone();
    expect(one.packets).toEqual([]);
    await until(async () => (await refused()).at(-1)?.body.reason === 'topic-wrong');
  });

  it('a message that breaks its schema is stored as far as it can be read, and acknowledged', async () => {
    const one = await raw();
    one.send(publish(1, fire({ id: '' })), publish(2, 'help!'));
    expect([await one.next(), await one.next()]).toMatchObject([{ messageId: 1 }, { messageId: 2 }]);
    expect((await all()).slice(-2)).toMatchObject([
      { lane: 0, body: { quirks: ['message-invalid'], events: [{ family: 'fire', class: 'alarm' }] } },
      { lane: 1, body: { quirks: ['message-unreadable'], events: [{ family: 'other', text: 'help!' }] } },
    ]);
    one.socket.destroy();
  });

  it('what a refused device sent behind its CONNECT is shown, and not acknowledged', async () => {
    const own = await start();
    const one = new Raw(portOf(own));
    one.send(connect({ password: Buffer.from('wrong') }), publish(3, fire()));
    expect(await one.next()).toMatchObject({ cmd: 'connack', returnCode: 4 });
    await one.gone();
    expect(one.packets).toEqual([]);
    await own.stop();
    expect(rig.receivers.failing).toBeNull();
    expect(own.receivers.metrics().mqtt.messages.refused).toBe(2);
    // At once, and not because it was silent for long.
    expect(own.receivers.metrics().mqtt.tcp?.silentClosed).toBe(0);
  });

  it('connects again: the old connection ends without its will', async () => {
    const will = { topic: topic('B003'), payload: Buffer.from(fire()), qos: 1, retain: false };
    const login = { clientId: 'B003', username: 'B003', will };
    const before = (await all()).length;
    const first = await raw(login);
    const second = await raw(login);
    await first.gone();
    second.send({ cmd: 'disconnect' });
    await second.gone();
    expect(await all()).toHaveLength(before);
  });

  it('may write its account in small letters', async () => {
    const one = await raw();
    one.send(publish(1, fire(), { topic: 'keng/v1/a001/signal' }));
    expect(await one.next()).toMatchObject({ cmd: 'puback', messageId: 1 });
    one.socket.destroy();
  });

  it('goes without a good-bye: its will is a signal, and that of a later loss another', async () => {
    const payload = JSON.stringify({
      signals: [{ id: 'will', events: [{ family: 'system', class: 'trouble', code: 'link' }] }],
    });
    const will = { topic: topic('B004'), payload: Buffer.from(payload), qos: 1, retain: false };
    const before = (await all()).length;
    const one = await raw({ clientId: 'B004', username: 'B004', will });
    one.socket.destroy();
    await until(async () => (await all()).length > before);
    expect((await all()).at(-1)).toMatchObject({
      lane: 1,
      body: { quirks: ['will'], events: [{ class: 'trouble', code: 'link' }] },
    });
    // Each will has the same id: it counts for minutes, and not for the day of a retry.
    const { rows } = await database
      .pool('keng_receiver')
      .query('select window_seconds as seconds from signal_seen order by seen_at desc limit 1');
    expect(rows).toEqual([{ seconds: 600 }]);
  });

  it('a will to another topic is none', async () => {
    const will = { topic: topic('B004', 'heartbeat'), payload: Buffer.from(fire()), qos: 1, retain: false };
    const own = await start();
    const before = (await all()).length;
    const one = await raw({ clientId: 'B004', username: 'B004', will }, portOf(own));
    one.socket.destroy();
    await until(() => own.receivers.metrics().mqtt.tcp?.connections === 0);
    await own.stop();
    expect(await all()).toHaveLength(before);
  });

  it('that sends faster than can be stored is read on when its messages are stored', async () => {
    const own = await start({ limits: { outstanding: 4 } });
    const [busy, other] = [
      await raw({}, portOf(own)),
      await raw({ clientId: 'B006', username: 'B006' }, portOf(own)),
    ];
    const blocker = await openClient(database.address, 'administrator', 'blocker');
    try {
      await blocker.query('begin; lock table entry in access exclusive mode');
      busy.send(...[1, 2, 3, 4].map((id) => publish(id, fire())));
      await until(() => own.receivers.metrics().mqtt.messages.frames === 4);
      busy.send({ cmd: 'pingreq' });
      other.send({ cmd: 'pingreq' });
      expect(await other.next()).toMatchObject({ cmd: 'pingresp' });
      expect(busy.packets).toEqual([]);
    } finally {
      await blocker.query('commit');
      await blocker.end();
    }
    await until(() => busy.packets.length === 5);
    expect(busy.packets.map(({ cmd }) => cmd)).toEqual(['puback', 'puback', 'puback', 'puback', 'pingresp']);
    for (const one of [busy, other]) one.socket.destroy();
    await own.stop();
  });

  it('is silent for one and a half keep-alives: closed', async () => {
    const one = await raw({ clientId: 'B005', username: 'B005', keepalive: 1 });
    await one.gone();
    expect(rig.receivers.metrics().mqtt.tcp?.silentClosed).toBeGreaterThan(0);
  });
});

describe('a device whose entry in the register changes while it is connected', () => {
  const registered = transmitter('C001', { protocol: 'mqtt', key });

  /** It is connected, with a will, and then the register knows `next` in its place. */
  async function changed(next: RegisteredTransmitter | null): Promise<{ own: Rig; one: Raw }> {
    const list = [registered];
    const own = await startRig(database.pool('keng_receiver'), list, { settings: { mqttTcp: any } });
    const will = { topic: topic('C001'), payload: Buffer.from(fire()), qos: 1, retain: false };
    const one = await raw({ clientId: 'C001', username: 'C001', will }, portOf(own));
    list.splice(0, 1, ...(next === null ? [] : [next]));
    await own.registry.refresh([registered.facilityId]);
    return { own, one };
  }

  const otherKey = { bytes: Buffer.from(KEY.replace('00', 'FF'), 'hex') };
  it.each<[string, RegisteredTransmitter | null]>([
    ['is not there any more', null],
    ['has another key', { ...registered, key: otherKey }],
    ['has no key', { ...registered, key: null }],
  ])(
    'and %s: a message is shown and not acknowledged, a ping ends it, its will is nobody’s',
    async (_, next) => {
      const speaking = await changed(next);
      const before = (await all()).length;
      speaking.one.send(publish(1, fire(), { topic: topic('C001') }));
      await speaking.one.gone();
      expect(speaking.one.packets).toEqual([]);
      await speaking.own.stop();
      expect((await all()).slice(before)).toMatchObject([
        { kind: 'signal.refused', body: { reason: 'account-unknown', account: 'C001' } },
      ]);

      const silent = await changed(next);
      silent.one.send({ cmd: 'pingreq' });
      await silent.one.gone();
      expect(silent.one.packets).toEqual([]);
      await silent.own.stop();
      expect(await all()).toHaveLength(before + 1);
    },
  );

  it('and is another one now, with the same key: what it says is of that one', async () => {
    const moved = { ...registered, transmitterId: newId<TransmitterId>() };
    const { own, one } = await changed(moved);
    one.send(publish(1, fire(), { topic: topic('C001') }));
    expect(await one.next()).toMatchObject({ cmd: 'puback', messageId: 1 });
    expect((await all()).at(-1)).toMatchObject({ body: { transmitterId: moved.transmitterId } });
    one.send({ cmd: 'disconnect' });
    await one.gone();
    await own.stop();
  });
});

describe('hostile senders', () => {
  it.each<[string, (Packet | Uint8Array)[]]>([
    [
      'a packet of 256 MiB',
      [connect({ clientId: 'B006', username: 'B006' }), Buffer.from('30ffffff7f', 'hex')],
    ],
    ['a length without end', [Buffer.from('108080808080', 'hex')]],
    ['a message before CONNECT', [publish(1, '{}')]],
    [
      'a second CONNECT',
      [connect({ clientId: 'B006', username: 'B006' }), connect({ clientId: 'B006', username: 'B006' })],
    ],
    ['a protocol of another name', [connect({ protocolId: 'MQIsdp', protocolVersion: 3 })]],
    ['HTTP', [Buffer.from('GET / HTTP/1.1\r\nhost: x\r\n\r\n')]],
    ['a string that is longer than its packet', [Buffer.from('100c00044d5154540402000affff4130', 'hex')]],
  ])('%s: the connection ends', async (_what, packets) => {
    const closedForSilence = () => rig.receivers.metrics().mqtt.tcp?.silentClosed;
    const before = closedForSilence();
    const one = new Raw();
    one.send(...packets);
    await one.gone();
    // At once: what cannot be right is not waited for.
    expect(closedForSilence()).toBe(before);
  });

  it('random and mutated packets end one connection at most and never the receiver', async () => {
    const good = Buffer.concat([
      mqttPacket.generate(connect({ clientId: 'B007', username: 'B007' })),
      mqttPacket.generate(publish(1, '{"signals":[]}', { topic: topic('B007', 'heartbeat') })),
      mqttPacket.generate({
        cmd: 'subscribe',
        messageId: 2,
        subscriptions: [{ topic: 'a', qos: 0 }],
      } as Packet),
    ]);
    const mutated = fc
      .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 })
      .map((changes) => {
        const bytes = Buffer.from(good);
        for (const [at, byte] of changes) bytes[at] = byte;
        return bytes as Uint8Array;
      });
    const faithful = await raw();
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated, fc.uint8Array({ minLength: 1, maxLength: 100 })), async (bytes) => {
        const one = new Raw();
        one.send(bytes);
        one.socket.end();
        await one.gone();
      }),
      { numRuns: 100 },
    );
    faithful.send(publish(5, fire()));
    expect(await faithful.next()).toMatchObject({ cmd: 'puback', messageId: 5 });
    faithful.socket.destroy();
  });

  it('who connects and says nothing, or never ends a packet, is closed after his time', async () => {
    const own = await start({ limits: { unfinishedMs: 100 } });
    const mute = new Raw(portOf(own));
    const slow = await raw({}, portOf(own));
    const message = mqttPacket.generate(publish(1, fire()));
    slow.send(message.subarray(0, -1));
    // Byte by byte is no end either; and a packet in two pieces is whole.
    const dripping = await raw({ clientId: 'B001', username: 'B001' }, portOf(own));
    dripping.send(mqttPacket.generate(publish(1, ' '.repeat(8_000))).subarray(0, 50));
    const drip = setInterval(() => dripping.socket.write(' '), 50);
    const whole = await raw({ clientId: 'B002', username: 'B002' }, portOf(own));
    const ping = mqttPacket.generate({ cmd: 'pingreq' });
    whole.send(ping.subarray(0, 1));
    await new Promise((resolve) => setImmediate(resolve));
    whole.send(ping.subarray(1));
    for (const one of [mute, slow, dripping]) await one.gone();
    clearInterval(drip);
    expect(await whole.next()).toMatchObject({ cmd: 'pingresp' });
    whole.send({ cmd: 'pingreq' });
    expect(await whole.next()).toMatchObject({ cmd: 'pingresp' });
    whole.socket.destroy();
    await own.stop();
  });

  it('strangers give way to each other and never cost a registered device its place', async () => {
    const own = await start({ limits: { connections: 8, strangersPerAddress: 4 } });
    const faithful = await raw({}, portOf(own));
    const strangers = Array.from({ length: 40 }, () => new Raw(portOf(own)));
    await until(() => (own.receivers.metrics().mqtt.tcp?.strangersClosed ?? 0) >= 36);
    faithful.send(publish(1, fire()));
    expect(await faithful.next()).toMatchObject({ cmd: 'puback' });
    for (const one of strangers) one.socket.destroy();
    faithful.socket.destroy();
    await own.stop();
  });
});

describe('with a certificate', () => {
  it.skipIf(!hasOpenssl)(
    `it speaks TLS, and the entry says that it was encrypted${withoutOpenssl}`,
    async () => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-mqtt-'));
      const files = makeCertificate(folder);
      const own = await start({ settings: { mqttTls: any, ...files } });
      const port = Number(own.receivers.addresses.mqttTls?.split(':').at(-1));
      const ca = fs.readFileSync(files.tlsCertificate);
      const one = await mqtt.connectAsync(`mqtts://localhost:${port}`, {
        clientId: 'A001',
        username: 'A001',
        password: KEY,
        reconnectPeriod: 0,
        ca,
        host: '127.0.0.1',
        servername: 'localhost',
      });
      await one.publishAsync(topic(), fire(), { qos: 1 });
      expect((await all()).at(-1)?.body.encrypted).toBe(true);
      await one.endAsync();
      await own.stop();
      fs.rmSync(folder, { recursive: true });
    },
  );
});
