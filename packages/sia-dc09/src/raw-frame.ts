import { asBuffer, CR, hexValue } from './ascii.ts';
import { crc16 } from './crc.ts';

/** Longest piece from LF to CR that is looked at: 4,095 bytes of body, the envelope, and some room. */
export const maximumFrameBytes = 4_200;

/** Largest body that `0LLL` can announce. */
export const maximumBodyBytes = 4_095;

/** How the two CRC bytes are written: four hex digits, or raw (Lupus, Climax, Egardia, TRIKDIS). */
export type CrcForm = 'hex' | 'binary';

/**
 * One frame cut out of the stream, with the result of its two checks. Nothing inside it is read yet:
 * a frame with a wrong CRC is a frame all the same, kept so that it can be shown.
 */
export interface RawFrame {
  /** LF..CR, a copy that is safe to keep. */
  readonly bytes: Uint8Array;
  readonly crcForm: CrcForm;
  /** Offset of the opening quote in `bytes`: 9 in hex form, 7 in binary form. */
  readonly bodyStart: number;
  readonly crcSent: number;
  readonly crcComputed: number;
  readonly lengthSent: number;
  readonly lengthComputed: number;
  readonly crcOk: boolean;
  readonly lengthOk: boolean;
  /** ELDES: length and CRC also count the closing CR. The checks above take this as right. */
  readonly countsCr: boolean;
  /** A NUL stood behind the CR in the same piece (G90B-Plus, Tellmon); informative only. */
  readonly trailingNul: boolean;
}

/**
 * Checks `source[start..end]` (LF to CR, both included) and copies it.
 * `quoteOffset` is 9 (hex form) or 7 (binary form), counted from the LF.
 */
export function rawFrameAt(source: Buffer, start: number, end: number, quoteOffset: 7 | 9): RawFrame {
  const size = end - start + 1;
  const bytes = Buffer.allocUnsafe(size);
  source.copy(bytes, 0, start, end + 1);
  return checkedFrame(bytes, quoteOffset, source[end + 1] === 0);
}

function checkedFrame(bytes: Buffer, quoteOffset: 7 | 9, trailingNul: boolean): RawFrame {
  const crcForm: CrcForm = quoteOffset === 9 ? 'hex' : 'binary';
  const crcSent = crcForm === 'hex' ? hex16(bytes, 1) : ((bytes[1] ?? 0) << 8) | (bytes[2] ?? 0);
  const lengthSent = hex16(bytes, quoteOffset - 4);
  const end = bytes.length - 1;
  let lengthComputed = end - quoteOffset;
  let crcComputed = crc16(bytes, quoteOffset, end);
  let countsCr = false;
  if (lengthSent === lengthComputed + 1 && crcComputed !== crcSent) {
    // Handbook 2.10: the ELDES rule needs both, length = body + 1 and a CRC that fits body + CR.
    const crcWithCr = crc16(bytes, end, end + 1, crcComputed);
    countsCr = crcWithCr === crcSent;
    if (countsCr) {
      lengthComputed++;
      crcComputed = crcWithCr;
    }
  }
  return {
    bytes,
    crcForm,
    bodyStart: quoteOffset,
    crcSent,
    crcComputed,
    lengthSent,
    lengthComputed,
    crcOk: crcSent === crcComputed,
    lengthOk: lengthSent === lengthComputed && lengthSent <= maximumBodyBytes,
    countsCr,
    trailingNul,
  };
}

/** True when `source[start..end]` would pass both checks; copies nothing. */
export function isSoundFrame(source: Buffer, start: number, end: number, quoteOffset: 7 | 9): boolean {
  const body = start + quoteOffset;
  if (hex16(source, body - 4) !== end - body) return false;
  const sent =
    quoteOffset === 9 ? hex16(source, start + 1) : ((source[start + 1] ?? 0) << 8) | (source[start + 2] ?? 0);
  return crc16(source, body, end) === sent;
}

/** Body of a frame (quote to the byte before CR) as text with one character a byte. */
export function bodyText(raw: RawFrame): string {
  return asBuffer(raw.bytes).toString('latin1', raw.bodyStart, raw.bytes.length - 1);
}

/**
 * Wraps a body (text, one character a byte) into LF, CRC, length and CR.
 * The CRC is written in upper case in hex form: panels that send lower case accept it.
 */
export function wrapBody(body: string, crcForm: CrcForm): Buffer {
  const start = crcForm === 'hex' ? 9 : 7;
  const bytes = Buffer.allocUnsafe(start + body.length + 1);
  bytes.write(body, start, 'latin1');
  const crc = crc16(bytes, start, start + body.length);
  bytes[0] = 0x0a;
  if (crcForm === 'hex') writeHex16(bytes, 1, crc);
  else bytes.writeUInt16BE(crc, 1);
  writeHex16(bytes, start - 4, body.length);
  bytes[bytes.length - 1] = CR;
  return bytes;
}

function hex16(bytes: Uint8Array, at: number): number {
  return (
    (hexValue(bytes[at]) << 12) |
    (hexValue(bytes[at + 1]) << 8) |
    (hexValue(bytes[at + 2]) << 4) |
    hexValue(bytes[at + 3])
  );
}

function writeHex16(bytes: Uint8Array, at: number, value: number): void {
  for (let digit = 0; digit < 4; digit++) {
    const nibble = (value >>> (12 - 4 * digit)) & 0xf;
    bytes[at + digit] = nibble < 10 ? 0x30 + nibble : 0x37 + nibble;
  }
}
