import dgram from 'node:dgram';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openClient } from '../../platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/index.ts';
import { until } from '../../testing/until.ts';
import { framed, type Rig, startRig, storedSignals, transmitter } from '../test-rig.ts';

const LINK_TEST = framed('"NULL"0000L0#1234[]');
const FIRE = framed('"SIA-DCS"0001L0#1234[#1234|NFA1]');
/** Its answer, `"DUH"`, is two bytes longer. */
const SHORT_TOKEN = framed('"X"0002L0#1234[]');
const EQUAL_TOKEN = framed('"XYZ"0003L0#1234[]');

let database: TestDatabase;
let rig: Rig;
let panel: dgram.Socket;
let answers: string[];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  rig = await startRig(database.pool('keng_receiver'), [transmitter('1234')]);
  await rig.registry.load();
  answers = [];
  panel = dgram.createSocket('udp4');
  panel.on('message', (bytes) => answers.push(bytes.toString('latin1')));
  panel.bind(0, '127.0.0.1');
  await once(panel, 'listening');
});
afterEach(async () => {
  panel.close();
  await rig.stop();
});

const send = (bytes: Uint8Array): void => panel.send(bytes, rig.udpPort, '127.0.0.1');
const udp = () => rig.receivers.metrics().udp;

it('nobody is sent more bytes than he sent, be it one answer or several: a forged sender gains nothing', async () => {
  send(SHORT_TOKEN);
  // Both fit one by one, and not together.
  send(Buffer.concat([SHORT_TOKEN, SHORT_TOKEN]));
  send(EQUAL_TOKEN);
  await until(() => answers.some((one) => one.includes('"DUH"0003')));
  expect(answers.map((one) => one.slice(9, 18))).toEqual(['"DUH"0002', '"DUH"0003']);
  expect(udp()).toMatchObject({ datagrams: 3, tooLongAnswers: 2, sendErrors: 0 });
});

it('a stop reads no more, and answers what was read when it is stored', async () => {
  const blocker = await openClient(database.address, 'administrator', 'blocker');
  const frames = () => rig.receivers.metrics().frames.frames;
  let stopped: Promise<void>;
  try {
    await blocker.query('begin; lock table entry in access exclusive mode');
    // No frame: nobody waits for its answer.
    send(Buffer.from('foreign'));
    send(FIRE);
    await until(() => frames() === 1);
    stopped = rig.stop();
    send(LINK_TEST);
    const other = dgram.createSocket('udp4');
    other.bind(0, '127.0.0.1');
    await once(other, 'listening');
    // What it hears itself has stood behind the link test.
    other.send('echo', other.address().port, '127.0.0.1');
    await once(other, 'message');
    other.close();
    expect(frames()).toBe(1);
  } finally {
    await blocker.query('commit');
    await blocker.end();
  }
  await stopped;
  await until(() => answers.length > 0);
  expect(answers.map((one) => one.slice(9))).toEqual(['"ACK"0001L0#1234[]\r']);
  const stored = await storedSignals(database.pool('keng_auditor'));
  expect(stored.filter(({ kind }) => kind === 'signal.received')).toHaveLength(1);
});
