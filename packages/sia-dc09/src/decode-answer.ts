import { decodeFrame } from './decode.ts';
import type { Dc09Reason } from './decoded-frame.ts';
import type { FrameKey } from './key.ts';
import { readDatagram } from './stream-reader.ts';

export type AnswerKind = 'ACK' | 'NAK' | 'DUH' | 'RSP';

/** An answer as the panel understands it. */
export interface DecodedAnswer {
  readonly kind: AnswerKind;
  readonly sequence: string;
  /** Null for NAK, which names no account. */
  readonly account: string | null;
  /** The receiver's clock, ISO 8601; in NAK and encrypted ACK. */
  readonly timestamp?: string;
}

/** Bytes that are no answer; returned, not thrown, since a panel meets them in normal operation. */
export class Dc09AnswerError extends Error {
  override readonly name = 'Dc09AnswerError';
  readonly code = 'dc09-answer-unusable';
  readonly kind = 'error';
  readonly reason: Dc09Reason | 'no-frame' | 'several-frames' | 'not-an-answer';

  constructor(reason: Dc09AnswerError['reason']) {
    super(`The bytes are no usable DC-09 answer: ${reason}.`);
    this.reason = reason;
  }
}

const kinds: ReadonlyMap<string, AnswerKind> = new Map(
  (['ACK', 'NAK', 'DUH', 'RSP'] as const).map((kind) => [kind, kind]),
);

/**
 * Reads the answer to one frame, the side of the panel. `key` is needed for `*ACK`. Bytes of a stream go
 * through `Dc09StreamReader` first; this takes exactly one frame.
 */
export function decodeAnswer(bytes: Uint8Array, key?: FrameKey): DecodedAnswer | Dc09AnswerError {
  const frames = readDatagram(bytes).flatMap((item) => (item.kind === 'frame' ? [item.frame] : []));
  const raw = frames[0];
  if (raw === undefined) return new Dc09AnswerError('no-frame');
  if (frames.length > 1) return new Dc09AnswerError('several-frames');
  // The clock does not matter here: only events are judged by it.
  const decoded = decodeFrame(raw, { nowMs: 0, keyFor: () => key });
  const kind = kinds.get(decoded.token);
  if (!(decoded.crcOk && decoded.lengthOk)) return new Dc09AnswerError(decoded.reason ?? 'crc-wrong');
  if (kind === undefined) return new Dc09AnswerError('not-an-answer');
  if (decoded.encrypted && !decoded.authenticated) {
    return new Dc09AnswerError(key === undefined ? 'key-missing' : 'key-mismatch');
  }
  const answer = { kind, sequence: decoded.sequence, account: decoded.account };
  return decoded.timestamp === null ? answer : { ...answer, timestamp: decoded.timestamp };
}
