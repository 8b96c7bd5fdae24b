import { readU16, readU48 } from './bytes.ts';

/** Bytes around a data unit: `@@`, control unit, checksum, `##`. */
export const envelopeBytes = 30;
/** `@@` and the control unit up to the command. */
export const headerBytes = 27;
/** Largest data unit of the standard. */
export const maximumDataBytes = 1_024;
export const maximumFrameBytes = envelopeBytes + maximumDataBytes;
/** The only main version there is. */
export const mainVersion = 1;

export const START = 0x40;
export const END = 0x23;

/**
 * One frame cut out of the stream with the result of its checks. The data unit is not read yet: a frame with a wrong checksum is
 * a frame all the same, kept so that it can be denied and shown.
 */
export interface RawFrame {
  /** `@@` to `##`, a copy that is safe to keep; the header alone when the announced length is impossible. */
  readonly bytes: Uint8Array;
  /** 0..65535: the initiator counts, the answer copies. */
  readonly serial: number;
  readonly mainVersion: number;
  readonly userVersion: number;
  /** 0..2^48 - 1. */
  readonly source: number;
  readonly destination: number;
  /** As announced; at most 1,024 in a frame that can be read. */
  readonly dataLength: number;
  readonly command: number;
  readonly checksumSent: number;
  readonly checksumComputed: number;
  readonly checksumOk: boolean;
  readonly lengthOk: boolean;
  /** `##` stands where the length says. */
  readonly endOk: boolean;
}

/** Sum of the bytes from the serial number to the end of the data unit, modulo 256. */
export function checksumOf(bytes: Uint8Array, start: number, dataLength: number): number {
  let sum = 0;
  const end = start + headerBytes + dataLength;
  for (let at = start + 2; at < end; at++) sum += bytes[at] ?? 0;
  return sum & 0xff;
}

/** Cuts a whole frame, `@@` at `start`, out of the stream. The caller has checked that all its bytes are there. */
export function rawFrameAt(source: Buffer, start: number): RawFrame {
  const dataLength = readU16(source, start + 24);
  const size = envelopeBytes + dataLength;
  const bytes = Buffer.allocUnsafe(size);
  source.copy(bytes, 0, start, start + size);
  const checksumSent = bytes[headerBytes + dataLength] ?? 0;
  const checksumComputed = checksumOf(bytes, 0, dataLength);
  const endOk = bytes[size - 2] === END && bytes[size - 1] === END;
  return frameOf(bytes, true, endOk, checksumSent, checksumComputed);
}

/** A header that announces more than 1,024 bytes: where its frame ends nobody can say. */
export function headerAt(source: Buffer, start: number): RawFrame {
  return frameOf(Buffer.from(source.subarray(start, start + headerBytes)), false, false, 0, null);
}

function frameOf(
  bytes: Buffer,
  lengthOk: boolean,
  endOk: boolean,
  checksumSent: number,
  checksumComputed: number | null,
): RawFrame {
  return {
    bytes,
    serial: readU16(bytes, 2),
    mainVersion: bytes[4] ?? 0,
    userVersion: bytes[5] ?? 0,
    source: readU48(bytes, 12),
    destination: readU48(bytes, 18),
    dataLength: readU16(bytes, 24),
    command: bytes[26] ?? 0,
    checksumSent,
    checksumComputed: checksumComputed ?? 0,
    checksumOk: checksumSent === checksumComputed,
    lengthOk,
    endOk,
  };
}
