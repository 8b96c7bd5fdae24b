import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFrameBytes, cut, foreignBytes, framesOf, onlyFrame, sent, smoke } from './frames.fixture.ts';
import { encodeData, Gb26875StreamReader, readDatagram, type StreamItem } from './index.ts';

const alarm = sent(encodeData(2, [{ ...smoke, state: 2 }]));
const fault = sent(encodeData(2, [{ ...smoke, state: 4 }]), { serial: 8 });
const ascii = (text: string) => Buffer.from(text, 'latin1');
const nothing = new Uint8Array();

function bytesOf(items: readonly StreamItem[]): string[] {
  return framesOf(items).map((frame) => Buffer.from(frame.bytes).toString('hex'));
}
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function changed(bytes: Uint8Array, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at < 0 ? copy.length + at : at] = value;
  return copy;
}

describe('finding frames in a stream', () => {
  it('gives the same frames and counts the same foreign bytes however the stream is cut', () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(
        ascii('@'),
        ascii('@@'),
        ascii('@@@'),
        ascii('##'),
        ascii('@@\u0001\u0000\u0001\u0001'),
      ),
      anyFrameBytes.map((bytes) => bytes.subarray(0, bytes.length - 3)),
    );
    const stream = fc
      .array(fc.oneof(anyFrameBytes, noise), { maxLength: 6 })
      .map((parts) => Buffer.concat(parts));
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 12 }), (bytes, places) => {
        const whole = new Gb26875StreamReader();
        const pieces = new Gb26875StreamReader();
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
      fc.property(fc.array(anyFrameBytes, { minLength: 1, maxLength: 8 }), (frames) => {
        const items = new Gb26875StreamReader().push(Buffer.concat(frames));
        expect(bytesOf(items)).toEqual(frames.map(hexOf));
        expect(items).toHaveLength(frames.length);
      }),
    );
  });

  it('goes by length: both marks may stand inside a frame', () => {
    const tricky = sent(encodeData(2, [{ ...smoke, state: 2, text: '@@ ## @@##' }]), {
      source: 0x404023234040,
    });
    const items = new Gb26875StreamReader().push(Buffer.concat([tricky, alarm]));
    expect(bytesOf(items)).toEqual([hexOf(tricky), hexOf(alarm)]);
  });

  it('takes a stray mark before a frame for what it is', () => {
    for (const stray of ['@', '@@', '@@@', '#@', '@@##']) {
      const items = new Gb26875StreamReader().push(Buffer.concat([ascii(stray), alarm, fault]));
      expect(bytesOf(items)).toEqual([hexOf(alarm), hexOf(fault)]);
      expect(foreignBytes(items)).toBe(stray.length);
    }
  });

  it('gives a frame with a wrong checksum, to be denied, and the one behind it', () => {
    const frames = framesOf(new Gb26875StreamReader().push(Buffer.concat([changed(alarm, 40, 0xaa), fault])));
    expect(frames.map((frame) => [frame.checksumOk, frame.endOk])).toEqual([
      [false, true],
      [true, true],
    ]);
  });

  it('gives a frame with a wrong end, to be denied, and the one behind it', () => {
    const frames = framesOf(new Gb26875StreamReader().push(Buffer.concat([changed(alarm, -1, 0x24), fault])));
    expect(frames.map((frame) => [frame.checksumOk, frame.endOk])).toEqual([
      [true, false],
      [true, true],
    ]);
  });

  it('finds the frame that begins where the lost end of the one before should stand', () => {
    const items = new Gb26875StreamReader().push(Buffer.concat([alarm.subarray(0, -2), fault]));
    expect(framesOf(items).map((frame) => [frame.serial, frame.checksumOk, frame.endOk])).toEqual([
      [7, true, false],
      [8, true, true],
    ]);
  });

  it('gives the header of a frame that announces too much, to be denied, and the frame behind it', () => {
    const frames = framesOf(new Gb26875StreamReader().push(Buffer.concat([changed(alarm, 25, 0x05), fault])));
    expect(frames.map((frame) => [frame.lengthOk, frame.serial, frame.bytes.length])).toEqual([
      [false, 7, 27],
      [true, 8, fault.length],
    ]);
  });

  it('finds the whole frame behind one that lost its tail, at once or when the first is given up', () => {
    const cutShort = Buffer.concat([alarm.subarray(0, 40), fault]);
    const reader = new Gb26875StreamReader();
    expect(bytesOf(reader.push(Buffer.concat([cutShort, fault])))).toEqual([hexOf(fault), hexOf(fault)]);
    expect(bytesOf(reader.push(Buffer.concat([alarm.subarray(0, 10), fault.subarray(0, 20)])))).toEqual([]);
    const late = new Gb26875StreamReader();
    const long = sent(
      encodeData(
        3,
        Array.from({ length: 40 }, () => smoke),
      ),
    );
    expect(late.push(Buffer.concat([long.subarray(0, 60), fault]))).toEqual([]);
    expect(late.pending).toBe(true);
    expect(late.dropPending()).toBe(60);
    expect(bytesOf(late.push(nothing))).toEqual([hexOf(fault)]);
    expect(late.pending).toBe(false);
  });

  it('keeps nothing once what waits was given up', () => {
    const reader = new Gb26875StreamReader();
    reader.push(alarm.subarray(0, 30));
    expect(reader.dropPending()).toBe(30);
    expect([reader.pending, reader.dropPending(), reader.push(nothing)]).toEqual([false, 0, []]);
  });

  it('counts foreign protocols, keeps a sample and goes on', () => {
    const items = new Gb26875StreamReader().push(Buffer.concat([ascii('GET / HTTP/1.1\r\n\r\n'), alarm]));
    expect(items[0]).toMatchObject({ kind: 'foreign', bytes: 18 });
    expect(framesOf(items)).toHaveLength(1);
  });

  it('takes another main version when everything else is right, and noise for noise', () => {
    const other = sent(encodeData(28, [{}]), { mainVersion: 2 });
    expect(onlyFrame(other).mainVersion).toBe(2);
    expect(framesOf(readDatagram(changed(other, 30, 0xee)))).toEqual([]);
  });

  it('gives frames that do not change when the read buffer is used again', () => {
    const chunk = Buffer.from(alarm);
    const reader = new Gb26875StreamReader();
    const [frame] = framesOf(reader.push(chunk));
    const start = Buffer.from(fault.subarray(0, 20));
    reader.push(start);
    chunk.fill(0);
    start.fill(0);
    expect(hexOf(frame?.bytes ?? nothing)).toBe(hexOf(alarm));
    expect(bytesOf(reader.push(fault.subarray(20)))).toEqual([hexOf(fault)]);
  });

  it('takes a part of a frame in a datagram for foreign', () => {
    expect(readDatagram(alarm.subarray(0, 50))).toMatchObject([{ kind: 'foreign', bytes: 50 }]);
  });
});
