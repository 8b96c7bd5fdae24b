import { once } from 'node:events';
import net from 'node:net';
import { encodeData, encodeFrame, localTime } from '@keng/gb26875';
import { checkBody } from '@keng/model';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asAdministrator, createTestDatabase, type TestDatabase } from '../../testing/index.ts';
import { until } from '../../testing/until.ts';
import { listSource, MemoryRegistry } from '../registry.ts';
import { type Rig, type StoredSignal, startRig, storedSignals, transmitter } from '../test-rig.ts';
import {
  CENTRE,
  Device,
  deviceState,
  frameOf,
  gb26875Transmitter,
  heartbeat,
  partState,
} from './device.fixture.ts';

const SOURCE = 889;
const OTHER = 890;
const KEYED = 891;

let database: TestDatabase;
let rig: Rig;
let device: Device;
const registered = gb26875Transmitter(SOURCE);
const devices = [
  registered,
  gb26875Transmitter(OTHER),
  gb26875Transmitter(KEYED, { key: { bytes: Buffer.alloc(16) } }),
  // The same account as a panel of another protocol is another transmitter.
  transmitter(registered.account),
];

beforeAll(async () => {
  database = await createTestDatabase();
  rig = await startRig(database.pool('keng_receiver'), devices);
  await rig.registry.load();
});
afterAll(async () => {
  await rig.stop();
  await database.drop();
});
beforeEach(async () => {
  device = await Device.connect(rig.gb26875Port);
  return () => device.close();
});

const all = (): Promise<StoredSignal[]> => storedSignals(database.pool('keng_auditor'));
const received = async () => (await all()).filter((one) => one.kind === 'signal.received');
const refused = async () => (await all()).filter((one) => one.kind === 'signal.refused');
const fire = (source = SOURCE): Buffer => frameOf(source, partState(2));

/** What was sent got no answer: the next one is that of a heartbeat sent after it. */
async function expectSilence(bytes: Uint8Array, on = device): Promise<void> {
  const beat = heartbeat(SOURCE);
  on.send(bytes);
  expect(await on.ask(beat)).toMatchObject({ commandName: 'confirm', serial: beat.readUInt16LE(2) });
}

describe('a frame of a registered device', () => {
  it('is in the log, decoded, when its confirmation arrives', async () => {
    const at = localTime(Date.now() - 3_000, 0);
    const frame = frameOf(SOURCE, partState(2, { text: '一层走廊', time: at }), { serial: 4_711 });
    expect(await device.ask(frame)).toMatchObject({
      commandName: 'confirm',
      serial: 4_711,
      source: CENTRE,
      destination: SOURCE,
      dataLength: 0,
    });
    const stored = (await all()).at(-1);
    expect(stored).toMatchObject({
      kind: 'signal.received',
      lane: 0,
      subject: registered.transmitterId,
      body: {
        facilityId: registered.facilityId,
        receiver: 'gb26875-tcp',
        protocol: 'gb26875',
        account: '000000000379',
        sequence: '4711',
        encrypted: false,
        deviceAt: `${at}.000Z`,
        raw: frame.toString('base64'),
        events: [
          { class: 'alarm', family: 'smoke', zone: '1-10-2', area: '1', code: '2.1', text: '一层走廊' },
        ],
      },
    });
    if (stored) expect(() => checkBody('signal.received', stored.body)).not.toThrow();
  });

  it.each([
    ['fire', partState(2), 0],
    ['fault', partState(4), 1],
    ['test', partState(0), 2],
    ['a type that nobody knows', Uint8Array.of(200, 1, 9), 1],
  ] as const)('goes into the lane of its most urgent event: %s', async (_, data, lane) => {
    await device.ask(frameOf(SOURCE, data));
    expect((await all()).at(-1)?.lane).toBe(lane);
  });

  it('may say more than an entry holds: what burns is kept readable', async () => {
    const at = localTime(Date.now(), 0);
    const states = Array.from({ length: 102 }, (_, index) => ({
      systemAddress: index,
      state: index === 101 ? 2 : 4,
      time: at,
    }));
    expect(await device.ask(frameOf(SOURCE, encodeData(1, states)))).toMatchObject({
      commandName: 'confirm',
    });
    const events = (await all()).at(-1)?.body.events;
    expect([events?.length, events?.[0]?.class, events?.[0]?.area]).toEqual([64, 'alarm', '101']);
  });

  it('may end more than an entry holds: each end of an alarm is kept, before what was only switched on again', async () => {
    const at = localTime(Date.now(), 0);
    const parts = Array.from({ length: 22 }, (_, index) => ({
      systemAddress: 1,
      position: index,
      state: 1,
      time: at,
    }));
    await device.ask(frameOf(SOURCE, encodeData(2, parts)));
    const classes = (await all()).at(-1)?.body.events.map((event) => event.class) ?? [];
    const count = (wanted: string): number => classes.filter((one) => one === wanted).length;
    expect([count('restore'), count('trouble-restore'), classes.length]).toEqual([22, 22, 64]);
  });

  it('is answered in order, whatever is stored first', async () => {
    const frames = Array.from({ length: 30 }, (_, index) => (index % 3 === 0 ? heartbeat(SOURCE) : fire()));
    device.send(Buffer.concat(frames));
    for (const frame of frames) expect((await device.answer())?.serial).toBe(frame.readUInt16LE(2));
  });

  it('is cut from the stream wherever it was split', async () => {
    const frame = fire();
    const before = (await received()).length;
    for (let at = 0; at < frame.length; at += 7) device.send(frame.subarray(at, at + 7));
    expect(await device.answer()).toMatchObject({ commandName: 'confirm' });
    expect(await received()).toHaveLength(before + 1);
  });
});

describe('a retry', () => {
  it('with another time of sending is confirmed and raised once, also after a restart', async () => {
    const data = partState(2, { position: 77 });
    const first = frameOf(SOURCE, data, { serial: 900 });
    const again = frameOf(SOURCE, data, { serial: 900, time: localTime(Date.now() + 10_000, 0) });
    const before = (await received()).length;
    expect(await device.ask(first)).toMatchObject({ commandName: 'confirm', serial: 900 });
    expect(await device.ask(again)).toMatchObject({ commandName: 'confirm', serial: 900 });
    const second = await startRig(database.pool('keng_receiver'), devices, { name: 'second' });
    const elsewhere = await Device.connect(second.gb26875Port);
    expect(await elsewhere.ask(again)).toMatchObject({ commandName: 'confirm' });
    elsewhere.close();
    await second.stop();
    expect(await received()).toHaveLength(before + 1);
  });

  it('of the same content by another device, or with another serial number, is another event', async () => {
    const data = partState(2, { position: 78 });
    const before = (await received()).length;
    for (const [source, serial] of [
      [SOURCE, 901],
      [OTHER, 901],
      [SOURCE, 902],
    ] as const) {
      await device.ask(frameOf(source, data, { serial }));
    }
    expect(await received()).toHaveLength(before + 3);
  });
});

describe('signs of life', () => {
  it.each([
    ['an empty data unit', new Uint8Array()],
    ['its clock', encodeData(28, [{ time: localTime(Date.now(), 0) }])],
    ['its version', encodeData(25, [{ major: 1, minor: 1 }])],
    ['a measurement', encodeData(3, [{ kind: 3, value: 215, time: localTime(Date.now(), 0) }])],
  ])('%s is confirmed, counts as heard, and is no entry', async (_, data) => {
    const before = (await all()).length;
    const counted = (): number => {
      const { heartbeats, measured } = rig.receivers.metrics().gb26875.frames;
      return heartbeats + measured;
    };
    const heard = counted();
    expect(await device.ask(frameOf(SOURCE, data))).toMatchObject({ commandName: 'confirm' });
    expect(await all()).toHaveLength(before);
    expect(counted()).toBe(heard + 1);
  });

  it.each([
    ['a heartbeat', 0x5001, new Uint8Array(), []],
    [
      'a duty check answered',
      0x5002,
      encodeData(24, [{ operation: 32, operator: 1, time: localTime(Date.now(), 0) }]),
      [{ class: 'service', code: '24.5' }],
    ],
  ])('%s is all that supervision needs', async (_, source, data, events) => {
    const one = gb26875Transmitter(source);
    devices.push(one);
    await device.ask(frameOf(source, data));
    const entries = (await all()).filter((entry) => entry.subject === one.transmitterId);
    expect(entries.flatMap((entry) => entry.body.events)).toMatchObject(events);
    const id = one.transmitterId.replaceAll('-', '');
    await until(async () => {
      const { rows } = await database
        .pool('keng_core')
        .query("select from heard_batch where position(decode($1, 'hex') in transmitters) > 0", [id]);
      return rows.length > 0;
    });
  });

  it('"all normal", again and again, is stored once for each time that it was not', async () => {
    const before = (await received()).length;
    for (const state of [1, 1, 8, 1, 1]) {
      expect(await device.ask(frameOf(SOURCE, deviceState(state)))).toMatchObject({ commandName: 'confirm' });
    }
    expect(
      (await received()).slice(before).map((one) => one.body.events.map((event) => event.class)),
    ).toEqual([['restore', 'trouble-restore'], ['trouble'], ['restore', 'trouble-restore']]);
  });

  it('a fault sent while "all normal" is still on its way to the disk is not forgotten', async () => {
    const before = (await received()).length;
    device.send(Buffer.concat([1, 8].map((state) => frameOf(SOURCE, deviceState(state)))));
    await device.answer();
    await device.answer();
    await device.ask(frameOf(SOURCE, deviceState(1)));
    expect(await received()).toHaveLength(before + 3);
  });
});

describe('the clock of a device', () => {
  it('is set once when it is wrong or was never set, and left alone when it is right', async () => {
    expect(await device.ask(frameOf(SOURCE, new Uint8Array(), { time: null }))).toMatchObject({
      commandName: 'confirm',
    });
    const order = await device.answer();
    expect(order).toMatchObject({ type: 90, commandName: 'control', source: CENTRE, destination: SOURCE });
    const set = Date.parse(`${order?.objects[0]?.time}Z`);
    expect(Math.abs(set - Date.now())).toBeLessThan(60_000);
    device.send(
      encodeFrame({ serial: 0, time: null, source: SOURCE, destination: CENTRE, command: 'confirm' }),
    );
    expect(await device.ask(frameOf(SOURCE, new Uint8Array(), { time: null }))).toMatchObject({
      commandName: 'confirm',
    });
    expect(await device.ask(heartbeat(SOURCE))).toMatchObject({ commandName: 'confirm' });
  });

  it('is local: the country says how far it is from UTC', async () => {
    const own = await startRig(database.pool('keng_receiver'), devices, { timeZone: 'Asia/Ho_Chi_Minh' });
    const there = await Device.connect(own.gb26875Port);
    const at = Math.floor(Date.now() / 1_000) * 1_000;
    const time = localTime(at, 420);
    const answer = await there.ask(frameOf(SOURCE, partState(2, { time }), { time }));
    expect(Math.abs(Date.parse(`${answer?.time}Z`) - at - 420 * 60_000)).toBeLessThan(60_000);
    expect((await all()).at(-1)?.body.deviceAt).toBe(new Date(at).toISOString());
    // Its clock was right: nothing but the next confirmation follows.
    expect(await there.ask(frameOf(SOURCE, new Uint8Array(), { time }))).toMatchObject({
      commandName: 'confirm',
    });
    there.close();
    await own.stop();
  });
});

describe('refused means unconfirmed, never hidden', () => {
  it.each([
    ['an unknown address', 'account-unknown', 'unknown:gb26875:00000000EEE1', () => fire(0xeee1)],
    ['an address that has a key', 'plain-from-keyed-account', devices[2]?.transmitterId, () => fire(KEYED)],
  ] as const)('%s is silence and a refused entry, once', async (_, reason, subject, frame) => {
    const found = async () =>
      (await refused()).filter((one) => one.body.reason === reason && one.subject === subject);
    await expectSilence(frame());
    await until(async () => (await found()).length === 1);
    for (let count = 0; count < 20; count += 1) device.send(frame());
    await expectSilence(frame());
    expect(await found()).toHaveLength(1);
    expect((await found())[0]?.body.events).toMatchObject([{ class: 'alarm', zone: '1-10-2' }]);
  });

  it('a wrong checksum is denied, and the fire in it is shown', async () => {
    const frame = fire(OTHER);
    frame[frame.length - 3] = (frame[frame.length - 3] ?? 0) ^ 1;
    expect(await device.ask(frame)).toMatchObject({ commandName: 'deny', destination: OTHER });
    await until(async () => (await refused()).some((one) => one.body.reason === 'checksum-wrong'));
  });

  it('an unknown command is denied and shown', async () => {
    expect(await device.ask(frameOf(SOURCE, Uint8Array.of(1, 2), { command: 130 }))).toMatchObject({
      commandName: 'deny',
    });
    await until(async () => (await refused()).some((one) => one.body.reason === 'command-unknown'));
  });

  it('questions, orders and answers of others are not answered', async () => {
    for (const command of ['control', 'request', 'confirm', 'answer', 'deny'] as const) {
      await expectSilence(frameOf(SOURCE, encodeData(81, [{}]), { command }));
    }
  });

  it('the heartbeat of an unknown address is counted and not stored', async () => {
    const before = (await all()).length;
    await expectSilence(heartbeat(0xeee2));
    expect(await all()).toHaveLength(before);
  });

  it('a device registered a moment ago is known at once', async () => {
    await expectSilence(fire(0xab01));
    const fresh = gb26875Transmitter(0xab02);
    devices.push(fresh);
    expect(await device.ask(fire(0xab02))).toMatchObject({ commandName: 'confirm' });
    expect((await all()).some((one) => one.subject === fresh.transmitterId)).toBe(true);
  });
});

describe('bytes from hell', () => {
  it('random bytes and mutated frames never cost a registered device its answer', async () => {
    const own = await startRig(database.pool('keng_receiver'), devices, { limits: { unfinishedMs: 1 } });
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.nat() }).map(({ at, byte, cut }) => {
        const frame = fire();
        frame[at % frame.length] = byte;
        return frame.subarray(0, cut % 5 === 0 ? cut % frame.length : frame.length);
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { maxLength: 8 }), async (pieces) => {
        const stranger = await Device.connect(own.gb26875Port);
        for (const piece of pieces) stranger.send(piece);
        // Longer than any frame that may still wait: behind it the next frame is found again, whatever stood before.
        stranger.send(Buffer.alloc(1_100));
        const wanted = fire();
        stranger.send(wanted);
        let answer = await stranger.answer();
        while (
          answer !== null &&
          !(answer.serial === wanted.readUInt16LE(2) && answer.commandName === 'confirm')
        ) {
          answer = await stranger.answer();
        }
        stranger.close();
        expect(answer).not.toBeNull();
      }),
      { numRuns: 100 },
    );
    await own.stop();
  });
});

describe('slow and silent senders', () => {
  it('a frame cut short is given up after its time, and the whole one behind it is answered', async () => {
    const own = await startRig(database.pool('keng_receiver'), devices, { limits: { unfinishedMs: 50 } });
    const slow = await Device.connect(own.gb26875Port);
    const long = frameOf(
      SOURCE,
      encodeData(
        1,
        Array.from({ length: 102 }, () => ({})),
      ),
    );
    const whole = fire();
    slow.send(Buffer.concat([long.subarray(0, 100), whole]));
    expect(await slow.answer()).toMatchObject({ commandName: 'confirm', serial: whole.readUInt16LE(2) });
    expect(own.receivers.metrics().gb26875.tcp?.unfinishedDropped).toBe(1);
    slow.close();
    await own.stop();
  });

  it('strangers give way to each other, never a registered device to them', async () => {
    const own = await startRig(database.pool('keng_receiver'), devices, { limits: { connections: 20 } });
    const known = await Device.connect(own.gb26875Port);
    await known.ask(heartbeat(SOURCE));
    const strangers = await Promise.all(Array.from({ length: 60 }, () => Device.connect(own.gb26875Port)));
    await until(() => strangers.filter((one) => one.panel.closed).length >= 41);
    expect(await known.ask(fire())).toMatchObject({ commandName: 'confirm' });
    for (const one of [known, ...strangers]) one.close();
    await own.stop();
  });

  it('a device that says it will send no more still gets its confirmation', async () => {
    const socket = net.connect({ port: rig.gb26875Port, host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    socket.end(fire());
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer[26]).toBe(3);
    await once(socket, 'close');
  });

  it('a stop answers what was read, then closes', async () => {
    const own = await startRig(database.pool('keng_receiver'), devices);
    const busy = await Device.connect(own.gb26875Port);
    const before = (await received()).length;
    for (let count = 0; count < 30; count += 1) busy.send(fire());
    let answers = (await busy.answer()) === null ? 0 : 1;
    await own.stop();
    while ((await busy.answer()) !== null) answers += 1;
    expect(await received()).toHaveLength(before + answers);
  });
});

describe('when nothing can be stored', () => {
  it('nobody is confirmed, connections stay, and it goes on by itself', async () => {
    const own = await startRig(database.pool('keng_receiver'), devices);
    const waiting = await Device.connect(own.gb26875Port);
    expect(await waiting.ask(fire())).toMatchObject({ commandName: 'confirm' });
    await asAdministrator(database.address, 'revoke insert on entry from keng_receiver');
    const lost = fire();
    await expectSilence(lost, waiting);
    expect(own.receivers.metrics()).toMatchObject({
      storage: 'failing',
      gb26875: { frames: { unstored: 1 } },
    });
    await asAdministrator(database.address, 'grant insert on entry to keng_receiver');
    await until(() => own.receivers.failing === null);
    const before = (await received()).length;
    expect(await waiting.ask(lost)).toMatchObject({ commandName: 'confirm', serial: lost.readUInt16LE(2) });
    expect(await received()).toHaveLength(before + 1);
    waiting.close();
    await own.stop();
  });

  it('a register that cannot be asked is silence, and no device is called unknown for it', async () => {
    const registry = new MemoryRegistry({
      source: { ...listSource(() => []), byAccount: () => Promise.reject(new Error('away')) },
    });
    const own = await startRig(database.pool('keng_receiver'), [gb26875Transmitter(SOURCE)], { registry });
    const asking = await Device.connect(own.gb26875Port);
    const before = (await refused()).length;
    asking.send(fire(0xabcd));
    await until(() => own.receivers.metrics().gb26875.frames.lookUpsFailed === 1);
    expect(await refused()).toHaveLength(before);
    asking.close();
    await own.stop();
  });
});
