import { mostAddress } from './address.ts';
import { writeNumber } from './bytes.ts';
import { type CommandName, commandNames } from './codes.ts';
import { encodeData, Gb26875EncodeError } from './data-unit.ts';
import { writeTime } from './local-time.ts';
import {
  checksumOf,
  END,
  envelopeBytes,
  headerBytes,
  mainVersion,
  maximumDataBytes,
  START,
} from './raw-frame.ts';

export interface FrameToEncode {
  /** 0..65535. */
  readonly serial: number;
  /** Local time of sending, `2012-09-26T09:58:32`; null: zeros, as a device without a clock sends. */
  readonly time: string | null;
  /** 0..2^48 - 1. */
  readonly source: number;
  readonly destination: number;
  readonly command: CommandName | number;
  /** The data unit; `encodeData` makes one. None unless given. */
  readonly data?: Uint8Array;
  /** 1 unless told. */
  readonly mainVersion?: number;
  readonly userVersion?: number;
}

const commandNumbers: ReadonlyMap<string, number> = new Map(
  [...commandNames].map(([number, name]) => [name, number]),
);
const nothing = new Uint8Array();

/**
 * Encodes a frame, `@@` to `##`.
 * @throws Gb26875EncodeError when a field cannot be written or the data unit exceeds 1,024 bytes
 */
export function encodeFrame(frame: FrameToEncode): Uint8Array {
  const data = frame.data ?? nothing;
  if (data.length > maximumDataBytes) {
    throw new Gb26875EncodeError(
      'data',
      `The data unit has ${data.length} bytes; the standard allows ${maximumDataBytes}.`,
    );
  }
  const bytes = Buffer.allocUnsafe(envelopeBytes + data.length);
  bytes.fill(START, 0, 2);
  put(bytes, 2, 2, 'serial', frame.serial);
  put(bytes, 4, 1, 'mainVersion', frame.mainVersion ?? mainVersion);
  put(bytes, 5, 1, 'userVersion', frame.userVersion ?? 1);
  if (!writeTime(bytes, 6, frame.time)) {
    throw new Gb26875EncodeError('time', 'time must be a local time of 2000 to 2255, to the second.');
  }
  put(bytes, 12, 6, 'source', frame.source);
  put(bytes, 18, 6, 'destination', frame.destination);
  writeNumber(bytes, 24, 2, data.length);
  const command =
    typeof frame.command === 'number' ? frame.command : (commandNumbers.get(frame.command) ?? 0);
  put(bytes, 26, 1, 'command', command);
  bytes.set(data, headerBytes);
  bytes[headerBytes + data.length] = checksumOf(bytes, 0, data.length);
  bytes.fill(END, headerBytes + data.length + 1);
  return bytes;
}

function put(bytes: Uint8Array, at: number, size: number, field: string, value: number): void {
  const most = size === 6 ? mostAddress : 2 ** (8 * size) - 1;
  if (!Number.isInteger(value) || value < 0 || value > most) {
    throw new Gb26875EncodeError(field, `${field} must be a whole number of 0 to ${most}.`);
  }
  writeNumber(bytes, at, size, value);
}

/** From a centre to a device: who, to whom, when, with which number of the centre's own count. */
export type Order = Omit<FrameToEncode, 'command' | 'data' | 'time'> & { readonly time: string };

/** Sets the clock of a device to the time of the order (control, type 90). */
export function clockSetting(order: Order): Uint8Array {
  return encodeFrame({ ...order, command: 'control', data: encodeData(90, [{ time: order.time }]) });
}

/**
 * Asks whether somebody is on duty at the premises (control, type 91): the device sounds until the answer, which comes as a
 * device operation (type 24, `duty-check-answered`). `minutes`: 1..255, ten by GB 26875.1.
 */
export function dutyCheck(order: Order, minutes: number): Uint8Array {
  const data = encodeData(91, [{ timeoutMinutes: minutes }]);
  return encodeFrame({ ...order, command: 'control', data });
}

/** The serial number after this one. */
export function nextSerial(serial: number): number {
  return (serial + 1) & 0xffff;
}
