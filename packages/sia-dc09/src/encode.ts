import { encryptHex, paddingFor, pooledRandom, type RandomSource } from './cipher.ts';
import type { XData } from './content.ts';
import type { FrameKey } from './key.ts';
import { type CrcForm, maximumBodyBytes, wrapBody } from './raw-frame.ts';
import { encodeText } from './text.ts';
import { formatTimestamp } from './timestamp.ts';

/** A frame that DC-09 cannot express; `field` names the part at fault. */
export class Dc09EncodeError extends Error {
  override readonly name = 'Dc09EncodeError';
  readonly code = 'dc09-frame-impossible';
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

export interface FrameToEncode {
  readonly token: 'SIA-DCS' | 'ADM-CID' | 'NULL' | (string & {});
  /** 0..9999, or four digits. */
  readonly sequence: number | string;
  /** Hex digits behind R; no R field unless given. */
  readonly receiver?: string;
  /** Hex digits behind L, '0' unless given; null leaves the field out, as some panels do. */
  readonly line?: string | null;
  /** 3..16 hex digits; empty leaves the field out, as some panels do. */
  readonly account: string;
  /**
   * The data block, such as `#1234|Nri1/FA015`. Unless given: empty for NULL, else a periodic test of the
   * account (`NRP`, Contact ID 602).
   */
  readonly data?: string;
  readonly xdata?: readonly XData[];
  /** Milliseconds since 1970. Must be given when encrypted. */
  readonly timestampMs?: number;
  /** Encrypts the frame. */
  readonly key?: FrameKey;
  /** Source of padding; a pool of `crypto.randomBytes` unless told. */
  readonly random?: RandomSource;
  readonly crcForm?: CrcForm;
}

/**
 * Encodes a frame as a panel sends it, LF to CR. Text outside ASCII is written as UTF-8.
 * @throws Dc09EncodeError when a field cannot be written or the body exceeds 4,095 bytes
 * @throws Dc09KeyError when the key is no AES key
 */
export function encodeFrame(frame: FrameToEncode): Uint8Array {
  const body = frame.key === undefined ? plainBody(frame) : encryptedBody(frame, frame.key);
  if (body.length > maximumBodyBytes) {
    throw new Dc09EncodeError(
      'data',
      `The body has ${body.length} bytes; DC-09 can announce ${maximumBodyBytes}.`,
    );
  }
  return wrapBody(body, frame.crcForm ?? 'hex');
}

function plainBody(frame: FrameToEncode): string {
  return `"${tokenOf(frame)}"${headerOf(frame)}[${dataOf(frame)}${tailOf(frame)}`;
}

function encryptedBody(frame: FrameToEncode, key: FrameKey): string {
  if (frame.timestampMs === undefined) {
    throw new Dc09EncodeError(
      'timestampMs',
      'An encrypted frame must carry a timestamp (DC-09; handbook 2.1).',
    );
  }
  const text = `|${dataOf(frame)}${tailOf(frame)}`;
  const plain = paddingFor(text.length, frame.random ?? pooledRandom) + text;
  return `"*${tokenOf(frame)}"${headerOf(frame)}[${encryptHex(plain, key)}`;
}

function tokenOf(frame: FrameToEncode): string {
  return checked('token', frame.token, /^[A-Z0-9-]{1,24}$/, '1..24 capital letters, digits or dashes');
}

function headerOf(frame: FrameToEncode): string {
  const sequence = checked('sequence', String(frame.sequence).padStart(4, '0'), /^\d{4}$/, '0..9999');
  const receiver = frame.receiver === undefined ? '' : `R${hexField('receiver', frame.receiver, 1, 6)}`;
  const line = frame.line === null ? '' : `L${hexField('line', frame.line ?? '0', 0, 6)}`;
  const account = frame.account === '' ? '' : `#${hexField('account', frame.account, 3, 16)}`;
  return sequence + receiver + line + account;
}

function hexField(field: string, text: string, least: number, most: number): string {
  if (text.length < least || text.length > most) fail(field, `${least}..${most} hex digits`);
  return checked(field, text, /^[0-9A-Fa-f]*$/, `${least}..${most} hex digits`);
}

function dataOf(frame: FrameToEncode): string {
  return checked('data', encodeText(frame.data ?? defaultData(frame)), /^[^[\]\r]*$/, 'free of [ ] and CR');
}

function defaultData(frame: FrameToEncode): string {
  if (frame.token === 'NULL') return '';
  return `#${frame.account}|${frame.token === 'ADM-CID' ? '1602 00 000' : 'NRP'}`;
}

function tailOf(frame: FrameToEncode): string {
  let tail = ']';
  for (const { id, text } of frame.xdata ?? []) {
    const letter = checked('xdata', id, /^[A-Z]$/, 'named by one capital letter');
    tail += `[${letter}${checked('xdata', encodeText(text), /^[^[\]\r]*$/, 'free of [ ] and CR')}]`;
  }
  return frame.timestampMs === undefined ? tail : tail + formatTimestamp(frame.timestampMs);
}

function checked(field: string, text: string, form: RegExp, wanted: string): string {
  if (!form.test(text)) fail(field, wanted);
  return text;
}

function fail(field: string, wanted: string): never {
  throw new Dc09EncodeError(field, `The ${field} of the frame must be ${wanted}.`);
}
