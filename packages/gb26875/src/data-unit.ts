import { readI16, readU16, readU32, writeNumber } from './bytes.ts';
import {
  deviceOperationBits,
  deviceStateBits,
  flagsOf,
  operationBits,
  type StateFlag,
  stateBits,
} from './codes.ts';
import { dataTypes, type Field, type FieldForm } from './data-types.ts';
import { readTime, timeBytes, writeTime } from './local-time.ts';
import { decodeText, encodeText } from './text.ts';

/** One object of a data unit. Which fields it has depends on the type: `dataTypes` says it. */
export interface Gb26875Object {
  readonly systemType?: number;
  readonly systemAddress?: number;
  readonly partType?: number;
  /** Whole address; `area` and `position` are its halves, the usual reading. The maker of the panel decides. */
  readonly partAddress?: number;
  readonly area?: number;
  readonly position?: number;
  /** Bits; `flags` names them. */
  readonly state?: number;
  readonly operation?: number;
  readonly flags?: readonly StateFlag[];
  readonly operator?: number;
  /** Of an analogue value: `analogueKinds` has unit and step. */
  readonly kind?: number;
  readonly value?: number;
  readonly major?: number;
  readonly minor?: number;
  readonly text?: string;
  /** Local time of the device; null when it is no date. */
  readonly time?: string | null;
  readonly startTime?: string | null;
  readonly recordCount?: number;
  readonly timeoutMinutes?: number;
  readonly reserved?: number;
}

type ObjectDraft = { -readonly [Name in keyof Gb26875Object]: Gb26875Object[Name] };

export interface DataUnit {
  readonly objects: readonly Gb26875Object[];
  /** Bytes behind the last object that could be read. */
  readonly unparsedBytes: number;
}

export const unitHeaderBytes = 2;
const textBytes = 31;

const fixedSizes: Readonly<Record<Exclude<FieldForm, 'sized-text'>, number>> = {
  u8: 1,
  u16: 2,
  i16: 2,
  u32: 4,
  state16: 2,
  state8: 1,
  'system-operation': 1,
  'device-operation': 1,
  text31: textBytes,
  time: timeBytes,
};

const flagNames: Partial<Record<FieldForm, readonly StateFlag[]>> = {
  state16: stateBits,
  state8: deviceStateBits,
  'system-operation': operationBits,
  'device-operation': deviceOperationBits,
};

/** Reads the objects of a known type behind type and count. Stops at the first that is not whole; never throws. */
export function readObjects(data: Uint8Array, fields: readonly Field[], count: number): DataUnit {
  const objects: Gb26875Object[] = [];
  let at = unitHeaderBytes;
  while (objects.length < count) {
    const draft: ObjectDraft = {};
    let next = at;
    for (const field of fields) {
      next = readField(data, next, field, draft);
      if (next < 0) return { objects, unparsedBytes: data.length - at };
    }
    objects.push(draft);
    at = next;
  }
  return { objects, unparsedBytes: data.length - at };
}

/** Returns the offset behind the field, -1 when the data end before. */
function readField(data: Uint8Array, at: number, { name, form }: Field, draft: ObjectDraft): number {
  if (at >= data.length) return -1;
  const size = form === 'sized-text' ? 1 + (data[at] ?? 0) : fixedSizes[form];
  const end = at + size;
  if (end > data.length) return -1;
  if (name === 'text') {
    draft.text = decodeText(data.subarray(form === 'sized-text' ? at + 1 : at, end));
    return end;
  }
  if (name === 'time' || name === 'startTime') {
    draft[name] = readTime(data, at);
    return end;
  }
  const value = form === 'i16' ? readI16(data, at) : readWhole(data, at, size);
  draft[name] = value;
  if (name === 'partAddress') {
    draft.area = value & 0xffff;
    draft.position = Math.floor(value / 0x1_0000);
  }
  const names = flagNames[form];
  if (names) draft.flags = flagsOf(value, names);
  return end;
}

function readWhole(data: Uint8Array, at: number, size: number): number {
  return size === 1 ? (data[at] ?? 0) : size === 2 ? readU16(data, at) : readU32(data, at);
}

/** A data unit that this protocol cannot express; `field` names the part at fault. */
export class Gb26875EncodeError extends Error {
  override readonly name = 'Gb26875EncodeError';
  readonly code = 'gb26875-frame-impossible';
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/**
 * Encodes type, count and objects. Fields left out are zero, a text blank, a time zero; `area` and `position` are taken when
 * there is no `partAddress`; `flags` are not looked at, the bits of `state` and `operation` are.
 * @throws Gb26875EncodeError when the type is not one of `dataTypes`, or a field cannot be written
 */
export function encodeData(type: number, objects: readonly Gb26875Object[]): Uint8Array {
  const known = dataTypes.get(type);
  if (!known)
    throw new Gb26875EncodeError('type', `There is no layout for type ${type}: give the bytes yourself.`);
  if (objects.length > 255) throw new Gb26875EncodeError('objects', 'A data unit counts to 255 objects.');
  const parts = objects.flatMap((one) => known.fields.map((field) => writeField(field, one)));
  return Buffer.concat([Uint8Array.of(type, objects.length), ...parts]);
}

function writeField({ name, form }: Field, object: Gb26875Object): Uint8Array {
  if (name === 'text') return writeText(form, object.text ?? '');
  const size = form === 'sized-text' ? 1 : fixedSizes[form];
  const bytes = new Uint8Array(size);
  if (name === 'time' || name === 'startTime') {
    if (!writeTime(bytes, 0, object[name] ?? null)) {
      throw new Gb26875EncodeError(name, `${name} must be a local time of 2000 to 2255, to the second.`);
    }
    return bytes;
  }
  const value = name === 'partAddress' ? partAddressOf(object) : (object[name] ?? 0);
  const [least, most] = form === 'i16' ? [-0x8000, 0x7fff] : [0, 2 ** (8 * size) - 1];
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new Gb26875EncodeError(name, `${name} must be a whole number of ${least} to ${most}.`);
  }
  writeNumber(bytes, 0, size, value);
  return bytes;
}

function partAddressOf({ partAddress, area = 0, position = 0 }: Gb26875Object): number {
  if (partAddress !== undefined) return partAddress;
  if (area > 0xffff) throw new Gb26875EncodeError('area', 'area must be a whole number of 0 to 65535.');
  return area + position * 0x1_0000;
}

function writeText(form: FieldForm, text: string): Uint8Array {
  if (form === 'sized-text') {
    const bytes = encodeText(text, 255);
    return Buffer.concat([Uint8Array.of(bytes.length), bytes]);
  }
  const bytes = Buffer.alloc(textBytes, ' ');
  bytes.set(encodeText(text, textBytes));
  return bytes;
}
