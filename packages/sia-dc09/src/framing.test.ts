import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFrame, anyFrameBytes, cut, foreignBytes, framed, framesOf } from './frames.fixture.ts';
import {
  crc16,
  Dc09StreamReader,
  encodeFrame,
  maximumFrameBytes,
  readDatagram,
  type StreamItem,
} from './index.ts';

const alarm = framed('"SIA-DCS"0001L0#1234[#1234|NFA001]');
const second = framed('"SIA-DCS"0002L0#1234[#1234|NFA002]');
const ascii = (text: string) => Buffer.from(text, 'latin1');

function bytesOf(items: readonly StreamItem[]): string[] {
  return framesOf(items).map((frame) => Buffer.from(frame.bytes).toString('latin1'));
}

describe('CRC-16/ARC', () => {
  it('has the check value of the handbook', () => {
    expect(crc16(ascii('123456789'))).toBe(0xbb3d);
  });

  it('fits the first test vector of the standard', () => {
    expect(crc16(ascii('"SIA-DCS"9876R579BDFL789ABC#12345A[#12345A|NFA129]'))).toBe(0xce11);
  });

  it('goes on from an earlier value', () => {
    expect(crc16(ascii('6789'), 0, 4, crc16(ascii('12345')))).toBe(0xbb3d);
  });
});

describe('finding frames in a stream', () => {
  it('gives the same frames and counts the same foreign bytes however the stream is cut', () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 30 }),
      fc.constantFrom(ascii('\0'), ascii('\n\n'), ascii('\r\n')),
    );
    const stream = fc
      .array(fc.oneof(anyFrameBytes, noise), { maxLength: 6 })
      .map((parts) => Buffer.concat(parts));
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 12 }), (bytes, places) => {
        const whole = new Dc09StreamReader();
        const pieces = new Dc09StreamReader();
        const wholeItems = whole.push(bytes);
        const pieceItems = cut(bytes, places).flatMap((piece) => pieces.push(piece));
        expect(bytesOf(pieceItems)).toEqual(bytesOf(wholeItems));
        expect(foreignBytes(pieceItems)).toBe(foreignBytes(wholeItems));
        expect(pieces.dropPending()).toBe(whole.dropPending());
      }),
    );
  });

  it('finds every one of coalesced frames, in order', () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { minLength: 1, maxLength: 8 }), (frames) => {
        const encoded = frames.map((frame) => Buffer.from(encodeFrame(frame)));
        const items = new Dc09StreamReader().push(Buffer.concat(encoded));
        expect(bytesOf(items)).toEqual(encoded.map((bytes) => bytes.toString('latin1')));
        expect(items).toHaveLength(frames.length);
      }),
    );
  });

  it('takes raw CRC bytes that are LF, CR or a quote for what they are', () => {
    const wanted = new Set([0x0a, 0x0d, 0x22]);
    let found = 0;
    for (let sequence = 1; sequence <= 9_999; sequence++) {
      const bytes = encodeFrame({ token: 'NULL', sequence, account: '1234', crcForm: 'binary' });
      if (!wanted.has(bytes[1] ?? 0) && !wanted.has(bytes[2] ?? 0)) continue;
      found++;
      const frames = framesOf(new Dc09StreamReader().push(Buffer.concat([ascii('\n'), bytes, alarm])));
      expect(frames.map((frame) => frame.crcOk)).toEqual([true, true]);
    }
    expect(found).toBeGreaterThan(100);
  });

  it('answers the frame behind a damaged one in the same segment', () => {
    const damaged = Buffer.from(alarm);
    damaged[20] = 0x58;
    const frames = framesOf(new Dc09StreamReader().push(Buffer.concat([damaged, second])));
    expect(frames.map((frame) => frame.crcOk)).toEqual([false, true]);
  });

  it('finds the whole frame behind one that lost its tail', () => {
    const items = new Dc09StreamReader().push(Buffer.concat([alarm.subarray(0, 30), second]));
    expect(bytesOf(items)).toEqual([Buffer.from(second).toString('latin1')]);
    expect(foreignBytes(items)).toBe(29);
  });

  it('counts foreign protocols, keeps a sample and goes on', () => {
    const items = new Dc09StreamReader().push(
      Buffer.concat([ascii('SR0001L0001    006969XX    [ID00000000]'), alarm]),
    );
    expect(items[0]).toMatchObject({ kind: 'foreign', bytes: 39 });
    expect(items[0]?.kind === 'foreign' && items[0].sample[0]).toBe(0x53);
    expect(framesOf(items)).toHaveLength(1);
  });

  it('takes NUL, LF and CR between frames for filler, not for a foreign protocol', () => {
    const items = new Dc09StreamReader().push(
      Buffer.concat([ascii('\0\n'), alarm, ascii('\0\r\n\n'), second]),
    );
    expect(items.map((item) => item.kind)).toEqual(['frame', 'frame']);
  });

  it('gives frames that do not change when the read buffer is used again', () => {
    const chunk = Buffer.from(alarm);
    const [frame] = framesOf(new Dc09StreamReader().push(chunk));
    chunk.fill(0);
    expect(Buffer.from(frame?.bytes ?? [])).toEqual(Buffer.from(alarm));
  });

  it('keeps the part that waits when the read buffer is used again', () => {
    const reader = new Dc09StreamReader();
    const chunk = Buffer.from(alarm.subarray(0, 30));
    reader.push(chunk);
    chunk.fill(0);
    expect(framesOf(reader.push(alarm.subarray(30)))).toMatchObject([{ crcOk: true, lengthOk: true }]);
  });

  it('accepts plain Uint8Arrays that are views into a larger buffer', () => {
    const large = new Uint8Array(500);
    large.set(alarm, 100);
    const items = new Dc09StreamReader().push(large.subarray(100, 100 + alarm.length));
    expect(framesOf(items)).toHaveLength(1);
  });
});

describe('an unfinished frame', () => {
  it('waits, is dropped on demand, and the connection goes on', () => {
    const reader = new Dc09StreamReader();
    expect(reader.push(alarm.subarray(0, 20))).toEqual([]);
    expect(reader.pending).toBe(true);
    expect(reader.dropPending()).toBe(20);
    expect(reader.pending).toBe(false);
    expect(framesOf(reader.push(second))).toHaveLength(1);
  });

  it('does not wait for ever behind a panel that ends frames with CR LF', () => {
    const reader = new Dc09StreamReader();
    reader.push(Buffer.concat([alarm, ascii('\n')]));
    expect(reader.pending).toBe(false);
    expect(framesOf(reader.push(second))).toHaveLength(1);
  });

  it('is given up at 4,200 bytes without CR, in any pieces, and a frame behind it is found', () => {
    const start = ascii('\nAAAA0FFF"SIA-DCS"0001L0#1234[');
    const flood = Buffer.concat([start, Buffer.alloc(maximumFrameBytes, 0x41)]);
    for (const size of [1, 100, flood.length]) {
      const reader = new Dc09StreamReader();
      const items: StreamItem[] = [];
      for (let at = 0; at < flood.length; at += size)
        items.push(...reader.push(flood.subarray(at, at + size)));
      expect(reader.pending).toBe(false);
      items.push(...reader.push(alarm));
      expect(framesOf(items)).toHaveLength(1);
      expect(foreignBytes(items)).toBe(flood.length - 1);
    }
  });

  it('does not lend its end to a frame behind it whose raw CRC holds a CR', () => {
    const start = ascii('\nAAAA0FFF"SIA-DCS"0001L0#1234[');
    const flood = Buffer.concat([start, Buffer.alloc(maximumFrameBytes, 0x41)]);
    let tried = 0;
    for (let sequence = 1; sequence <= 9_999; sequence++) {
      const bytes = encodeFrame({ token: 'NULL', sequence, account: '1234', crcForm: 'binary' });
      if (bytes[1] !== 0x0d && bytes[2] !== 0x0d) continue;
      tried++;
      const frames = framesOf(new Dc09StreamReader().push(Buffer.concat([flood, bytes])));
      expect(frames.map((frame) => frame.crcOk)).toEqual([true]);
    }
    expect(tried).toBeGreaterThan(20);
  });

  it('keeps no more than one frame of a sender that never ends one', () => {
    const reader = new Dc09StreamReader();
    for (let count = 0; count < 2_000; count++) reader.push(ascii('\nAAAA0FFF"'));
    expect(reader.dropPending()).toBeLessThanOrEqual(maximumFrameBytes);
  });

  it('is lost in a datagram, which holds whole frames only', () => {
    expect(readDatagram(alarm.subarray(0, 20)).map((item) => item.kind)).toEqual(['foreign']);
    expect(framesOf(readDatagram(Buffer.concat([alarm, second, alarm.subarray(0, 9)])))).toHaveLength(2);
  });
});

describe('the length field', () => {
  it('announces at most 4,095 bytes', () => {
    const head = '"SIA-DCS"0001L0#1234[#1234|NFA001^';
    const body = (size: number) => `${head}${'x'.repeat(size - head.length - 2)}^]`;
    expect(framesOf(readDatagram(framed(body(4_095))))[0]).toMatchObject({ crcOk: true, lengthOk: true });
    expect(framesOf(readDatagram(framed(body(4_096))))[0]).toMatchObject({ crcOk: true, lengthOk: false });
  });
});
