import { hash } from 'node:crypto';
import { asBuffer } from './bytes.ts';
import type { DecodedFrame } from './decoded-frame.ts';
import { headerBytes, type RawFrame } from './raw-frame.ts';

export interface DuplicateKey {
  /** 16 bytes. */
  readonly key: Uint8Array;
  /** How long a stored frame with this key makes a new one its retry. */
  readonly windowSeconds: number;
  /** No object has a time: the key covers the time of sending as well, so only identical repeats match. */
  readonly bytesOnly: boolean;
}

const retryWindowSeconds = 300;
const bytesOnlyWindowSeconds = 60;
const keyBytes = 16;
const timeOffset = 6;
const sourceOffset = 12;

/**
 * Key by which a retry is known: both addresses, serial number, versions, command and data unit. The time of sending may be
 * written anew. Devices repeat three times within 10 s each (7.1); serial numbers start at 0 again with the device, so a frame
 * whose objects have no date that would tell two events apart is a retry only when it is the same to the byte, and for a minute.
 *
 * Null when nothing can be a retry of it: signs of life, and frames that are not stored as received.
 */
export function duplicateKey(raw: RawFrame, decoded: DecodedFrame): DuplicateKey | null {
  if (decoded.verdict !== 'confirm' || decoded.newEvents === 0) return null;
  const dated =
    decoded.objects.length > 0 && decoded.objects.every((object) => typeof object.time === 'string');
  const bytes = asBuffer(raw.bytes);
  const end = headerBytes + raw.dataLength;
  const text = dated
    ? bytes.toString('latin1', 2, timeOffset) + bytes.toString('latin1', sourceOffset, end)
    : bytes.toString('latin1', 2, end);
  return {
    // Through hex: half the time of asking for a Buffer. The name keeps it apart from the keys of other protocols.
    key: Buffer.from(hash('sha256', `gb26875\r${text}`, 'hex').slice(0, 2 * keyBytes), 'hex'),
    windowSeconds: dated ? retryWindowSeconds : bytesOnlyWindowSeconds,
    bytesOnly: !dated,
  };
}
