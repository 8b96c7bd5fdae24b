/** Helpers of the tests of this package; not exported by it. */
import * as fc from 'fast-check';
import {
  type DecodeContext,
  type DecodedFrame,
  decodeFrame,
  encodeFrame,
  type FrameKey,
  type FrameToEncode,
  type RawFrame,
  readDatagram,
  type StreamItem,
} from './index.ts';
import { wrapBody } from './raw-frame.ts';

export const now = Date.parse('2026-01-02T10:00:00Z');

export const withoutKeys: DecodeContext = { nowMs: now, keyFor: () => undefined };

export function withKey(key: FrameKey): DecodeContext {
  return { nowMs: now, keyFor: () => key };
}

export function framesOf(items: readonly StreamItem[]): RawFrame[] {
  return items.flatMap((item) => (item.kind === 'frame' ? [item.frame] : []));
}

export function foreignBytes(items: readonly StreamItem[]): number {
  return items.reduce((sum, item) => sum + (item.kind === 'foreign' ? item.bytes : 0), 0);
}

/** The only frame in the bytes. */
export function onlyFrame(bytes: Uint8Array): RawFrame {
  const [frame, ...more] = framesOf(readDatagram(bytes));
  if (frame === undefined || more.length > 0) throw new Error('exactly one frame was expected');
  return frame;
}

/** Bytes on the wire of a body given as text, one character a byte, with right CRC and length. */
export function framed(body: string, crcForm: 'hex' | 'binary' = 'hex'): Uint8Array {
  return wrapBody(body, crcForm);
}

export function decodeBody(body: string, context: DecodeContext = withoutKeys): DecodedFrame {
  return decodeFrame(onlyFrame(framed(body)), context);
}

/** Events of one SIA-DCS data block, such as `Nri1/FA001`. */
export function textEvents(blocks: string): DecodedFrame['events'] {
  return decodeBody(`"SIA-DCS"0001L0#1234[#1234|${blocks}]`).events;
}

export const anyKey: fc.Arbitrary<FrameKey> = fc
  .constantFrom(16, 24, 32)
  .chain((size) => fc.uint8Array({ minLength: size, maxLength: size }))
  .map((bytes) => ({ bytes }));

const hex = (least: number, most: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789ABCDEF'), minLength: least, maxLength: most });

/** Text that fits between brackets, from all of Unicode. */
const blockText = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replaceAll(/[[\]\r]/g, ''));

export const anyFrame: fc.Arbitrary<FrameToEncode & { readonly data: string }> = fc
  .record({
    token: fc.constantFrom('SIA-DCS', 'ADM-CID', 'NULL'),
    sequence: fc.integer({ min: 0, max: 9_999 }),
    receiver: fc.option(hex(1, 6), { nil: undefined }),
    line: fc.oneof(hex(0, 6), fc.constant(null)),
    account: hex(3, 16),
    blocks: fc.oneof(
      blockText,
      fc.constantFrom('Nri1/FA015', 'NFA001/FT002^Khói tầng 3^', '1110 01 015', '3115 00 002', 'ORP'),
    ),
    xdata: fc.array(fc.record({ id: fc.constantFrom(...'CHILMNORSTVXYZ'), text: blockText }), {
      maxLength: 3,
    }),
    // Inside the window of encrypted frames, whole seconds as DC-09 writes them.
    timestampMs: fc.integer({ min: -40, max: 20 }).map((seconds) => now + seconds * 1_000),
    crcForm: fc.constantFrom('hex' as const, 'binary' as const),
  })
  .map(({ blocks, receiver, ...frame }) => ({
    ...frame,
    ...(receiver === undefined ? {} : { receiver }),
    data: `#${frame.account}|${blocks}`,
  }));

export const anyFrameBytes: fc.Arbitrary<Uint8Array> = anyFrame.map((frame) => encodeFrame(frame));

/** Cuts bytes at the given places (taken modulo the length, in any order). */
export function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...sorted].map((from, index) => bytes.subarray(from, sorted[index] ?? bytes.length));
}
