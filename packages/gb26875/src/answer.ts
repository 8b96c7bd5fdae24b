import type { DecodedFrame } from './decoded-frame.ts';
import { encodeFrame } from './encode.ts';

export interface AnswerOptions {
  /** The centre's clock as local time of the device (`localTime`). */
  readonly time: string;
}

/**
 * The confirmation or denial of a frame: same serial number and versions, addresses exchanged, no data unit; null means silence.
 * A confirmation must leave only after the commit. Policies of the caller are said by changing the verdict.
 */
export function answerFor(decoded: DecodedFrame, { time }: AnswerOptions): Uint8Array | null {
  if (decoded.verdict !== 'confirm' && decoded.verdict !== 'deny') return null;
  return encodeFrame({
    serial: decoded.serial,
    mainVersion: decoded.mainVersion,
    userVersion: decoded.userVersion,
    time,
    source: decoded.destination,
    destination: decoded.source,
    command: decoded.verdict,
  });
}
