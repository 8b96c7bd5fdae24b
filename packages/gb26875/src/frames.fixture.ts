/** Helpers of the tests of this package; not exported by it. */
import * as fc from 'fast-check';
import {
  type DecodedFrame,
  decodeFrame,
  encodeData,
  encodeFrame,
  type FrameToEncode,
  type Gb26875Object,
  type RawFrame,
  readDatagram,
  type StreamItem,
} from './index.ts';

export const noon = '2026-01-02T12:00:00';
export const happened = '2026-01-02T11:59:57';

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

/** A frame that a device sends. */
export function sent(data: Uint8Array, more: Partial<FrameToEncode> = {}): Uint8Array {
  return encodeFrame({ serial: 7, time: noon, source: 889, destination: 1, command: 'send', data, ...more });
}

export function decodeData(type: number, objects: readonly Gb26875Object[]): DecodedFrame {
  return decodeFrame(onlyFrame(sent(encodeData(type, objects))));
}

/** A smoke detector of loop 10, address 2. */
export const smoke: Gb26875Object = {
  systemType: 1,
  systemAddress: 1,
  partType: 40,
  area: 10,
  position: 2,
  time: happened,
};

const byte = fc.integer({ min: 0, max: 255 });
const word = fc.integer({ min: 0, max: 0xffff });
const address = fc.integer({ min: 0, max: 2 ** 48 - 1 });
export const anyTime = fc
  .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2255-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 19));

/** Text that survives padding: no NUL, no blank at its end, of all of Unicode that a device may hold. */
const text = fc
  .string({ unit: fc.constantFrom(...'Kho tầng 3 – Ａ区１层呷哺走廊ệЖ𠀋'), maxLength: 7 })
  .map((value) => value.trimEnd());

const part = { systemType: byte, systemAddress: byte, partType: byte, area: word, position: word };
const partState = fc.record({ ...part, state: word, text, time: anyTime });
const systemState = fc.record({ systemType: byte, systemAddress: byte, state: word, time: anyTime });
const analogue = fc.record({
  ...part,
  kind: byte,
  value: fc.integer({ min: -0x8000, max: 0x7fff }),
  time: anyTime,
});

export interface Unit {
  readonly type: number;
  readonly objects: readonly Gb26875Object[];
}

const unit = (type: number, object: fc.Arbitrary<Gb26875Object>, most: number): fc.Arbitrary<Unit> =>
  fc.record({ type: fc.constant(type), objects: fc.array(object, { minLength: 1, maxLength: most }) });

export const anyUnit: fc.Arbitrary<Unit> = fc.oneof(
  unit(1, systemState, 102),
  unit(2, partState, 22),
  unit(3, analogue, 63),
  unit(
    4,
    fc.record({ systemType: byte, systemAddress: byte, operation: byte, operator: byte, time: anyTime }),
    102,
  ),
  unit(21, fc.record({ state: byte, time: anyTime }), 1),
  unit(24, fc.record({ operation: byte, operator: byte, time: anyTime }), 127),
  unit(26, fc.record({ text }), 1),
  unit(28, fc.record({ time: anyTime }), 1),
  unit(90, fc.record({ time: anyTime }), 1),
  unit(91, fc.record({ timeoutMinutes: byte }), 1),
);

export const anyFrame: fc.Arbitrary<FrameToEncode & { readonly unit: Unit }> = fc
  .record({
    serial: word,
    time: fc.oneof(anyTime, fc.constant(null)),
    source: address,
    destination: address,
    command: fc.constantFrom('control', 'send', 'confirm', 'request', 'answer', 'deny'),
    userVersion: byte,
    unit: anyUnit,
  })
  .map((frame) => ({ ...frame, data: encodeData(frame.unit.type, frame.unit.objects) }));

export const anyFrameBytes: fc.Arbitrary<Uint8Array> = anyFrame.map((frame) => encodeFrame(frame));

/** Cuts bytes at the given places (taken modulo the length, in any order). */
export function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...sorted].map((from, index) => bytes.subarray(from, sorted[index] ?? bytes.length));
}
