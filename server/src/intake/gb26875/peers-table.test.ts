import { encodeData, localTime } from '@keng/gb26875';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/index.ts';
import { type Rig, startRig, storedSignals } from '../test-rig.ts';
import { Device, frameOf, gb26875Transmitter, heartbeat, partState } from './device.fixture.ts';

/**
 * The probes of the domain handbook, alarm-protocols.md, 9.3, as far as they have a meaning in this protocol, and those of its
 * section 5: through real sockets and a real database.
 */
const SOURCE = 889;
let database: TestDatabase;
let rig: Rig;
beforeAll(async () => {
  database = await createTestDatabase();
  rig = await startRig(database.pool('keng_receiver'), [gb26875Transmitter(SOURCE), gb26875Transmitter(1)]);
  await rig.registry.load();
});
afterAll(async () => {
  await rig.stop();
  await database.drop();
});

interface Probe {
  readonly row: string;
  /** Separate writes; each waits for the answers that it must bring. */
  readonly segments: readonly (readonly [bytes: Uint8Array, answers: number])[];
  readonly answers: readonly ('confirm' | 'deny' | 'control')[];
  readonly events: number;
}

const fire = (position: number): Buffer => frameOf(SOURCE, partState(2, { position }));
const one = (row: string, bytes: Uint8Array, answer: 'confirm' | 'deny', events: number): Probe => ({
  row,
  segments: [[bytes, 1]],
  answers: [answer],
  events,
});
const silent = (row: string, bytes: Uint8Array): Probe => ({
  row,
  segments: [[bytes, 0]],
  answers: [],
  events: 0,
});
const changed = (bytes: Buffer, at: number, value: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at < 0 ? copy.length + at : at] = value;
  return copy;
};
const split = fire(3);
const retried = fire(4);
const now = (): string => localTime(Date.now(), 0);

const PROBES: readonly Probe[] = [
  one('plain event', fire(1), 'confirm', 1),
  one('link test, an empty data unit', heartbeat(SOURCE), 'confirm', 0),
  one('link test, the clock of the device', frameOf(SOURCE, encodeData(28, [{ time: now() }])), 'confirm', 0),
  {
    row: 'two frames in one segment',
    segments: [[Buffer.concat([fire(2), fire(2)]), 2]],
    answers: ['confirm', 'confirm'],
    events: 2,
  },
  {
    row: 'frame split over two segments',
    segments: [
      [split.subarray(0, 20), 0],
      [split.subarray(20), 1],
    ],
    answers: ['confirm'],
    events: 1,
  },
  {
    row: 'two frames in turn, one connection',
    segments: [
      [fire(5), 1],
      [fire(6), 1],
    ],
    answers: ['confirm', 'confirm'],
    events: 2,
  },
  {
    row: 'retransmitted frame',
    segments: [
      [retried, 1],
      [retried, 1],
    ],
    answers: ['confirm', 'confirm'],
    events: 1,
  },
  one('wrong checksum', changed(fire(7), 40, 0x7e), 'deny', 0),
  one('wrong end', changed(fire(7), -1, 0), 'deny', 0),
  one('a length above 1,024', changed(fire(7), 25, 0x7f).subarray(0, 27), 'deny', 0),
  one('unknown command', frameOf(SOURCE, partState(2), { command: 9 }), 'deny', 0),
  silent('somebody else\u2019s confirmation', frameOf(SOURCE, new Uint8Array(), { command: 'confirm' })),
  silent('foreign protocol on the port', Buffer.from('GET / HTTP/1.0\r\n\r\n')),
  one('NUL behind the frame', Buffer.concat([fire(8), Buffer.of(0)]), 'confirm', 1),
  one('garbage before the frame', Buffer.concat([Buffer.from('##@@x@'), fire(9)]), 'confirm', 1),
  one('unknown type', frameOf(SOURCE, Uint8Array.of(180, 1, 2, 3)), 'confirm', 1),
  one(
    'two events in one message',
    frameOf(
      SOURCE,
      encodeData(2, [
        { systemAddress: 1, partType: 40, position: 20, state: 2, time: now() },
        { systemAddress: 1, partType: 40, position: 21, state: 2, time: now() },
      ]),
    ),
    'confirm',
    2,
  ),
  one('fire and fault in one word', frameOf(SOURCE, partState(6)), 'confirm', 2),
  one('a call point (type 23) in fire', frameOf(SOURCE, partState(2, { partType: 23 })), 'confirm', 1),
  one('fire while bit 0 says "test"', fire(10), 'confirm', 1),
  one(
    'the longest frame there is, 1,054 bytes',
    frameOf(SOURCE, Buffer.concat([partState(2, { position: 11 }), Buffer.alloc(1_024 - 48)])),
    'confirm',
    1,
  ),
  {
    row: 'a frame an hour ahead',
    segments: [[frameOf(1, partState(2), { time: localTime(Date.now() + 3_600_000, 0) }), 2]],
    answers: ['confirm', 'control'],
    events: 1,
  },
];

describe('rows of the peers’ table', () => {
  it.each(PROBES.map((probe) => [probe.row, probe] as const))(
    '%s',
    async (_, { segments, answers, events }) => {
      const auditor = database.pool('keng_auditor');
      const raised = async (): Promise<number> =>
        (await storedSignals(auditor))
          .filter((signal) => signal.kind === 'signal.received')
          .reduce((sum, signal) => sum + signal.body.events.length, 0);
      const before = await raised();
      const device = await Device.connect(rig.gb26875Port);
      const heard: (string | null)[] = [];
      for (const [bytes, count] of segments) {
        device.send(bytes);
        for (let index = 0; index < count; index += 1)
          heard.push((await device.answer())?.commandName ?? null);
      }
      expect(heard).toEqual(answers);
      // The connection lives, and nothing else was said on it.
      const probe = heartbeat(SOURCE);
      expect(await device.ask(probe)).toMatchObject({
        commandName: 'confirm',
        serial: probe.readUInt16LE(2),
      });
      device.close();
      expect((await raised()) - before).toBe(events);
    },
  );
});
