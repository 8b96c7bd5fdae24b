import dgram from 'node:dgram';
import { once } from 'node:events';
import { encodeFrame, parseKey } from '@keng/sia-dc09';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { framed, type Rig, startRig, storedSignals, transmitter } from './test-rig.ts';

/** Domain handbook alarm-protocols.md, 9.3: the probes that other receivers fail, through real sockets and a real database. */
const key = parseKey('AAAAAAAAAAAAAAAA', 'ascii');
const KEYED = '5678';
const ACCOUNT = '1234';

let database: TestDatabase;
let rig: Rig;
beforeAll(async () => {
  database = await createTestDatabase();
  rig = await startRig(database.pool('keng_receiver'), [transmitter(ACCOUNT), transmitter(KEYED, { key })]);
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
  /** Beginning at the quote; of an encrypted answer only the header. */
  readonly answers: readonly string[];
  readonly events: number;
}

const text = (sequence: string, data: string, header = `L0#${ACCOUNT}`): string =>
  `"SIA-DCS"${sequence}${header}[#${ACCOUNT}|${data}]`;
const ack = (sequence: string, header = `L0#${ACCOUNT}`): string => `"ACK"${sequence}${header}[]`;
const one = (row: string, bytes: Uint8Array, answer: string, events = 1): Probe => ({
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
const stamp = (ms: number): string => {
  const iso = new Date(Date.now() + ms).toISOString();
  return `_${iso.slice(11, 19)},${iso.slice(5, 7)}-${iso.slice(8, 10)}-${iso.slice(0, 4)}`;
};
const damaged = (body: string, at: number): Buffer => {
  const bytes = framed(body);
  bytes[at] = bytes[at] === 0x30 ? 0x31 : 0x30;
  return bytes;
};
const split = framed(text('0107', 'Nri1/FA7'));

const PROBES: readonly Probe[] = [
  one('plain event, with R', framed(text('0101', 'NFA1', `R1L0#${ACCOUNT}`)), ack('0101', `R1L0#${ACCOUNT}`)),
  one('event without R field', framed(text('0102', 'NFA1')), ack('0102')),
  one('NULL, sequence 0000', framed(`"NULL"0000L0#${ACCOUNT}[]`), ack('0000'), 0),
  one(
    'encrypted NULL',
    encodeFrame({ token: 'NULL', sequence: 103, account: KEYED, timestampMs: Date.now(), key }),
    `"*ACK"0103L0#${KEYED}[`,
    0,
  ),
  {
    row: 'two frames in one segment',
    segments: [[Buffer.concat([framed(text('0104', 'NFA1')), framed(text('0105', 'NFA2'))]), 2]],
    answers: [ack('0104'), ack('0105')],
    events: 2,
  },
  {
    row: 'frame split over two segments',
    segments: [
      [split.subarray(0, 20), 0],
      [split.subarray(20), 1],
    ],
    answers: [ack('0107')],
    events: 1,
  },
  {
    row: 'two frames in turn, one connection',
    segments: [
      [framed(text('0108', 'NFA1')), 1],
      [framed(text('0109', 'NFA1')), 1],
    ],
    answers: [ack('0108'), ack('0109')],
    events: 2,
  },
  silent('wrong CRC', damaged(text('0110', 'NFA1'), 2)),
  silent('wrong length field', damaged(text('0111', 'NFA1'), 6)),
  one('NUL after CR', Buffer.concat([framed(text('0112', 'NFA1')), Buffer.of(0)]), ack('0112')),
  one('extra LF', Buffer.concat([Buffer.of(0x0a, 0x0a), framed(text('0113', 'NFA1'))]), ack('0113')),
  one(
    'garbage before LF',
    Buffer.concat([Buffer.from('garbage'), framed(text('0114', 'NFA1'))]),
    ack('0114'),
  ),
  one('binary CRC, answered in kind', framed(text('0115', 'NFA1'), 'binary'), ack('0115')),
  one('unknown code', framed(text('0116', 'NQQ1')), ack('0116')),
  one('user', framed(text('0117', 'Nri2/id15/OP')), ack('0117')),
  one('peripheral', framed(text('0118', 'Npi0/AT')), ack('0118')),
  one('time and date', framed(text('0119', 'Nti10:01:00/da08-18-24/RP')), ack('0119')),
  one(
    'Contact ID with two x-data blocks',
    framed(`"ADM-CID"0120L0#${ACCOUNT}[#${ACCOUNT}|1110 01 015][RRoom][IText]`),
    ack('0120'),
  ),
  one('Windows-1252 in x-data', framed(`${text('0121', 'NFA1')}[SStra\u00dfe \u0080]`), ack('0121')),
  one('two events in one message', framed(text('0122', 'Nri1/FA001/FA002')), ack('0122'), 2),
  one('L without digits', framed(text('0123', 'NFA1', `L#${ACCOUNT}`)), ack('0123', `L#${ACCOUNT}`)),
  one('no L', framed(text('0124', 'NFA1', `#${ACCOUNT}`)), ack('0124', `#${ACCOUNT}`)),
  one('account only in the data', framed(text('0125', 'NFA1', 'L0')), ack('0125', 'L0')),
  one('frame of 1,500 bytes', framed(text('0126', `NFA1^${'x'.repeat(1_450)}^`)), ack('0126')),
  one(
    'frame of 4,095 bytes',
    framed(`${text('0127', `NFA1^${'y'.repeat(4_060)}`).slice(0, 4_094)}]`),
    ack('0127'),
  ),
  one('plain frame 2 min old', framed(text('0128', 'NFA1') + stamp(-120_000)), ack('0128')),
  one('plain frame 1 h ahead', framed(text('0129', 'NFA1') + stamp(3_600_000)), ack('0129')),
  {
    row: 'retransmitted frame, with a new timestamp',
    segments: [
      [framed(text('0130', 'NFA1') + stamp(0)), 1],
      [framed(text('0130', 'NFA1') + stamp(11_000)), 1],
    ],
    answers: [ack('0130'), ack('0130')],
    events: 1,
  },
  one(
    'Contact ID 115 (call point)',
    framed(`"ADM-CID"0131L0#${ACCOUNT}[#${ACCOUNT}|1115 01 003]`),
    ack('0131'),
  ),
];

async function storedEvents(): Promise<number> {
  const signals = await storedSignals(database.pool('keng_auditor'));
  return signals.reduce((sum, one) => sum + one.body.events.length, 0);
}

describe('every row of the peers table, through the server', () => {
  it.each(PROBES.map((probe) => [probe.row, probe] as const))('%s', async (_, probe) => {
    const before = await storedEvents();
    const panel = await rig.connect();
    const answers: string[] = [];
    for (const [bytes, expected] of probe.segments) {
      panel.send(bytes);
      for (let count = 0; count < expected; count += 1) answers.push((await panel.answer()) ?? 'closed');
    }
    // Silence is seen by what comes next: the connection stays open and answers a link test and nothing before it.
    panel.send(framed(`"NULL"0000L0#${ACCOUNT}[]`));
    expect(await panel.answer()).toContain(ack('0000'));
    panel.close();
    expect(answers.map((answer) => answer.slice(answer.indexOf('"')).slice(0, -1))).toEqual(
      probe.answers.map((answer) => (answer.startsWith('"*') ? expect.stringContaining(answer) : answer)),
    );
    expect(answers.every((answer) => answer.startsWith('\n') && answer.endsWith('\r'))).toBe(true);
    expect((await storedEvents()) - before).toBe(probe.events);
  });

  it('a pulled call point is a fire, manual', async () => {
    const signals = await storedSignals(database.pool('keng_auditor'));
    expect(signals.find((signal) => signal.body.sequence === '0131')).toMatchObject({
      lane: 0,
      body: { events: [{ family: 'manual', class: 'alarm', zone: '3', area: '01' }] },
    });
  });

  it('UDP', async () => {
    const before = await storedEvents();
    const socket = dgram.createSocket('udp4');
    const frame = framed(text('0140', 'NFA1'));
    socket.send(frame, rig.udpPort, '127.0.0.1');
    const [answer] = (await once(socket, 'message')) as [Buffer];
    socket.close();
    expect(answer.toString('latin1')).toContain(ack('0140'));
    expect(await storedEvents()).toBe(before + 1);
  });
});
