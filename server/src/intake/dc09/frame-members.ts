import { newId, type SignalId } from '@keng/model';
import type { DecodedFrame, RawFrame } from '@keng/sia-dc09';
import type { FrameSource } from '../intake-desk.ts';
import type { RegisteredTransmitter } from '../registry.ts';
import type { FrameMembers } from '../signal-draft.ts';
import { visibleText } from '../signal-text.ts';
import { signalEvents } from './signal-event.ts';

const MOST_ACCOUNT = 32;
const MOST_FIELD = 16;

/** What is written down of a DC-09 frame. */
export function frameMembers(
  raw: RawFrame,
  decoded: DecodedFrame,
  source: FrameSource,
  device: RegisteredTransmitter | null,
  at: Date,
): FrameMembers {
  return {
    account: visibleText(decoded.identity ?? '', MOST_ACCOUNT),
    deviceAt: decoded.timestamp,
    encrypted: decoded.encrypted,
    events: signalEvents(decoded, device),
    line: decoded.line === null ? null : visibleText(decoded.line, MOST_FIELD),
    protocol: 'dc09',
    quirks: decoded.quirks.slice(),
    raw: Buffer.from(raw.bytes.buffer, raw.bytes.byteOffset, raw.bytes.byteLength).toString('base64'),
    receiver: source.receiver,
    remote: source.remote,
    sequence: decoded.sequence === '' ? null : decoded.sequence,
    signalId: newId<SignalId>(at.getTime()),
  };
}
