import { describe, expect, it } from 'vitest';
import { framed, framesOf, now } from './frames.fixture.ts';
import {
  answerFor,
  Dc09StreamReader,
  decodeFrame,
  duplicateKey,
  encodeFrame,
  parseKey,
  readDatagram,
} from './index.ts';

/**
 * Handbook 9.3: the probes that running receivers fail, and what Keng must do. TCP through the stream reader,
 * UDP through the datagram reader; that the connection stays open is the server's part.
 */
const key = parseKey('AAAAAAAAAAAAAAAA', 'ascii');
const alarm = '"SIA-DCS"0001R1L0#1234[#1234|Nri1/FA001]';
const ack = (header: string) => Buffer.from(framed(`"ACK"${header}[]`)).toString('latin1');

function receiver(keyed = false) {
  const reader = new Dc09StreamReader();
  const seen = new Set<string>();
  let events = 0;
  const take = (items: ReturnType<typeof readDatagram>) =>
    framesOf(items).map((raw) => {
      const decoded = decodeFrame(raw, { nowMs: now, keyFor: () => (keyed ? key : undefined) });
      const duplicate = Buffer.from(duplicateKey(raw, decoded)?.key ?? []).toString('hex');
      if (duplicate === '' || !seen.has(duplicate)) events += decoded.newEvents;
      seen.add(duplicate);
      const answer = answerFor(raw, decoded, { nowMs: now, key });
      return answer === null ? null : Buffer.from(answer).toString('latin1');
    });
  return {
    tcp: (...segments: Uint8Array[]) => segments.flatMap((segment) => take(reader.push(segment))),
    udp: (datagram: Uint8Array) => take(readDatagram(datagram)),
    events: () => events,
  };
}

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('every row of the peers table is a yes', () => {
  it('plain event, with R', () => {
    expect(receiver().tcp(framed(alarm))).toEqual([ack('0001R1L0#1234')]);
  });

  it('event without R field: exact echo', () => {
    expect(receiver().tcp(framed('"SIA-DCS"0001L0#1234[#1234|NFA1]'))).toEqual([ack('0001L0#1234')]);
  });

  it('NULL, sequence 0000', () => {
    const one = receiver();
    expect(one.tcp(framed('"NULL"0000L0#1234[]'))).toEqual([ack('0000L0#1234')]);
    expect(one.events()).toBe(0);
  });

  it('encrypted NULL', () => {
    const frame = encodeFrame({ token: 'NULL', sequence: 1, account: '1234', timestampMs: now, key });
    expect(receiver(true).tcp(frame)).toEqual([expect.stringContaining('"*ACK"0001L0#1234[')]);
  });

  it('two frames in one segment', () => {
    const second = framed('"SIA-DCS"0002R1L0#1234[#1234|Nri1/FA002]');
    const both = Buffer.concat([framed(alarm), second]);
    expect(receiver().tcp(both)).toEqual([ack('0001R1L0#1234'), ack('0002R1L0#1234')]);
  });

  it('frame split over two segments', () => {
    const frame = framed(alarm);
    expect(receiver().tcp(frame.subarray(0, 25), frame.subarray(25))).toEqual([ack('0001R1L0#1234')]);
  });

  it('two frames in turn, one connection', () => {
    const one = receiver();
    expect(one.tcp(framed(alarm))).toHaveLength(1);
    expect(one.tcp(framed('"NULL"0002L0#1234[]'))).toEqual([ack('0002L0#1234')]);
  });

  it('wrong CRC: silence', () => {
    expect(receiver().tcp(bytes('\n00000016"SIA-DCS"0001L0#1234[]\r'))).toEqual([null]);
  });

  it('wrong length field: silence', () => {
    expect(receiver().tcp(bytes('\n96ED0017"SIA-DCS"0001L0#1234[]\r'))).toEqual([null]);
  });

  it.each([
    ['NUL after CR', [framed(alarm), bytes('\0')]],
    ['extra LF', [bytes('\n'), framed(alarm)]],
    ['garbage before LF', [bytes('garbage'), framed(alarm)]],
  ])('%s', (_, parts) => {
    expect(receiver().tcp(Buffer.concat(parts))).toEqual([ack('0001R1L0#1234')]);
    expect(receiver().tcp(...parts)).toEqual([ack('0001R1L0#1234')]);
  });

  it('binary CRC, answered in kind', () => {
    const answer = Buffer.from(framed('"ACK"0001R1L0#1234[]', 'binary')).toString('latin1');
    expect(receiver().tcp(framed(alarm, 'binary'))).toEqual([answer]);
  });

  it.each(['NZZ9', 'Nid15/OP', 'Npi0/AT', 'Nti10:01:00/da08-18-24/RP'])(
    'unknown code; user; peripheral; time and date: %s',
    (block) => {
      const one = receiver();
      expect(one.tcp(framed(`"SIA-DCS"0001L0#1234[#1234|${block}]`))).toEqual([ack('0001L0#1234')]);
      expect(one.events()).toBe(1);
    },
  );

  it('Contact ID with two x-data blocks', () => {
    const frame = framed('"ADM-CID"0001L0#1234[#1234|1110 00 001][RKho][IBao]');
    expect(receiver().tcp(frame)).toEqual([ack('0001L0#1234')]);
  });

  it('Windows-1252 in x-data', () => {
    expect(receiver().tcp(framed('"SIA-DCS"0001L0#1234[#1234|NFA1][IK\xfcche]'))).toEqual([
      ack('0001L0#1234'),
    ]);
  });

  it('two events in one message: both', () => {
    const one = receiver();
    expect(one.tcp(framed('"SIA-DCS"0001L0#1234[#1234|NFA1/FA2]'))).toEqual([ack('0001L0#1234')]);
    expect(one.events()).toBe(2);
  });

  it.each([
    ['L without digits', '0001L#1234'],
    ['no L', '0001#1234'],
    ['account only in the data', '0001L0'],
  ])('%s', (_, header) => {
    expect(receiver().tcp(framed(`"SIA-DCS"${header}[#1234|NFA1]`))).toEqual([ack(header)]);
  });

  it.each([1_500, 4_095])('frame of %s bytes', (size) => {
    const head = '"SIA-DCS"0001L0#1234[#1234|NFA1^';
    const frame = framed(`${head}${'x'.repeat(size - head.length - 2)}^]`);
    expect(receiver().tcp(frame)).toEqual([ack('0001L0#1234')]);
    expect(receiver().udp(frame)).toEqual([ack('0001L0#1234')]);
  });

  it.each([-120, 3_600])('plain frame %s s from the clock of the receiver', (seconds) => {
    const frame = encodeFrame({
      token: 'SIA-DCS',
      sequence: 1,
      account: '1234',
      timestampMs: now + seconds * 1_000,
    });
    expect(receiver().tcp(frame)).toEqual([ack('0001L0#1234')]);
  });

  it('retransmitted frame: acknowledged again, one event', () => {
    const one = receiver();
    const frame = { token: 'SIA-DCS', sequence: 1, account: '1234', data: '#1234|NFA1' };
    expect(one.tcp(encodeFrame({ ...frame, timestampMs: now }))).toHaveLength(1);
    expect(one.tcp(encodeFrame({ ...frame, timestampMs: now + 11_000 }))).toEqual([ack('0001L0#1234')]);
    expect(one.events()).toBe(1);
  });

  it('UDP', () => {
    expect(receiver().udp(framed(alarm))).toEqual([ack('0001R1L0#1234')]);
  });

  it('Contact ID 115: fire, manual', () => {
    const raw = framesOf(readDatagram(framed('"ADM-CID"0001L0#1234[#1234|1115 00 001]')))[0];
    if (raw === undefined) throw new Error('no frame');
    const decoded = decodeFrame(raw, { nowMs: now, keyFor: () => undefined });
    expect(decoded.events).toMatchObject([{ family: 'manual', class: 'alarm' }]);
  });
});
