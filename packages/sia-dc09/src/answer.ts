import { encryptHex, paddingFor, pooledRandom, type RandomSource } from './cipher.ts';
import type { DecodedFrame } from './decoded-frame.ts';
import { Dc09KeyError, type FrameKey } from './key.ts';
import { type RawFrame, wrapBody } from './raw-frame.ts';
import { formatTimestamp } from './timestamp.ts';

export interface AnswerOptions {
  /** The receiver's clock, milliseconds since 1970, written into NAK and encrypted ACK. */
  readonly nowMs: number;
  /** Key of the account; needed for an encrypted frame that is acknowledged. */
  readonly key?: FrameKey;
  /** Source of padding; a pool of `crypto.randomBytes` unless told. */
  readonly random?: RandomSource;
}

/** The NAK of DC-09 names neither sequence nor account (handbook 2.6). */
const nakBody = '"NAK"0000R0L0A0[]';

/**
 * The answer for a frame, LF to CR, in the CRC form received; null means silence. An ACK must leave only
 * after the commit. Policies of the caller are said by changing the verdict: `{ ...decoded, verdict: 'nak' }`.
 * @throws Dc09KeyError when an encrypted ACK is due and `key` is missing
 */
export function answerFor(raw: RawFrame, decoded: DecodedFrame, options: AnswerOptions): Uint8Array | null {
  switch (decoded.verdict) {
    case 'ack':
      return decoded.encrypted
        ? wrapBody(encryptedAck(decoded, options), raw.crcForm)
        : wrapBody(`"ACK"${decoded.header}[]`, raw.crcForm);
    case 'nak':
      return wrapBody(nakBody + formatTimestamp(options.nowMs), raw.crcForm);
    case 'duh':
      return wrapBody(`"DUH"${decoded.header}[]`, raw.crcForm);
    case 'silent':
    case 'foreign':
    case 'answer-frame':
      return null;
  }
}

function encryptedAck(decoded: DecodedFrame, options: AnswerOptions): string {
  if (options.key === undefined) {
    const account = decoded.account ?? '';
    throw new Dc09KeyError(
      `The ACK for account ${account} must be encrypted: pass the key that decrypted the frame.`,
    );
  }
  // Handbook 2.4: receivers write `pad]` or `pad|]`, panels accept both; 2.6 gives the form without bar.
  const text = `]${formatTimestamp(options.nowMs)}`;
  const plain = paddingFor(text.length, options.random ?? pooledRandom) + text;
  return `"*ACK"${decoded.header}[${encryptHex(plain, options.key)}`;
}
