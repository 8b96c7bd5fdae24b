import dgram from 'node:dgram';
import { once } from 'node:events';
import { encodeFrame, parseKey } from '@keng/sia-dc09';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { type Panel, type Rig, startRig, storedSignals, transmitter } from './test-rig.ts';

let database: TestDatabase;
let rig: Rig;
let panel: Panel;

const plain = transmitter('1234', { zones: ['015'] });
const key = parseKey('AAAAAAAAAAAAAAAA', 'ascii');
const keyed = transmitter('5678', { key });
let sequence = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  rig = await startRig(database.pool('keng_receiver'), [plain, keyed]);
  await rig.registry.load();
});
afterAll(async () => {
  await rig.stop();
  await database.drop();
});
beforeEach(async () => {
  panel = await rig.connect();
  return () => panel.close();
});

/** A frame of the plain panel that was never sent before. */
function event(data: string, more: { readonly account?: string; readonly sequence?: number } = {}): Buffer {
  sequence = more.sequence ?? sequence + 1;
  const account = more.account ?? '1234';
  return Buffer.from(encodeFrame({ token: 'SIA-DCS', account, sequence, data: `#${account}|${data}` }));
}

const linkTest = (account = '1234'): Buffer =>
  Buffer.from(encodeFrame({ token: 'NULL', account, sequence: '0000' }));

/** What was sent before got no answer: the next answer is that of a link test sent after it. */
async function expectSilence(bytes: Uint8Array): Promise<void> {
  panel.send(bytes);
  expect(await panel.ask(linkTest())).toContain('"ACK"0000L0#1234[]');
}

async function newest(): Promise<Awaited<ReturnType<typeof storedSignals>>[number] | undefined> {
  return (await storedSignals(database.pool('keng_auditor'))).at(-1);
}

describe('a frame of a registered panel', () => {
  it('is in the log, decoded, when its acknowledgement arrives', async () => {
    const answer = await panel.ask(event('Nri2/FA0015^Kho tầng 2^'));
    expect(answer).toMatch(/"ACK"\d{4}L0#1234\[\]\r$/);
    expect(await newest()).toMatchObject({
      kind: 'signal.received',
      lane: 0,
      subject: plain.transmitterId,
      body: {
        facilityId: plain.facilityId,
        receiver: 'dc09-tcp',
        events: [{ code: 'FA', class: 'alarm', family: 'fire', zone: '015', area: '2', text: 'Kho tầng 2' }],
      },
    });
  });

  it('goes by lanes: fire, fault, test', async () => {
    for (const [data, lane] of [
      ['Nri1/FT1', 1],
      ['Nri1/RP', 2],
      ['NZZ9', 1],
      ['NFA1', 0],
    ] as const) {
      await panel.ask(event(data));
      const stored = await storedSignals(database.pool('keng_auditor'));
      expect(
        stored.filter((one) => one.body.sequence === String(sequence).padStart(4, '0')).at(-1)?.lane,
      ).toBe(lane);
    }
  });
});

describe('UDP', () => {
  it('is answered to the port it came from, after it is stored', async () => {
    const socket = dgram.createSocket('udp4');
    const frame = event('NFA7');
    socket.send(frame, rig.udpPort, '127.0.0.1');
    const [answer] = (await once(socket, 'message')) as [Buffer];
    socket.close();
    expect(answer.toString('latin1')).toContain(`"ACK"${String(sequence).padStart(4, '0')}L0#1234[]`);
    expect(answer.length).toBeLessThanOrEqual(frame.length);
    expect((await newest())?.body.receiver).toBe('dc09-udp');
  });
});

describe('refused', () => {
  it('wrong CRC is silence', async () => {
    const bytes = event('NFA1');
    bytes[3] = bytes[3] === 0x30 ? 0x31 : 0x30;
    await expectSilence(bytes);
  });
});
