import type { DecodedFrame, RawFrame } from '@keng/gb26875';
import { newId, type SignalId } from '@keng/model';
import type { FrameSource } from '../intake-desk.ts';
import type { FrameMembers } from '../signal-draft.ts';
import type { LocalClock } from './local-clock.ts';
import { signalEvents } from './signal-event.ts';

/** What is written down of a GB/T 26875.3 frame. */
export function frameMembers(
  raw: RawFrame,
  decoded: DecodedFrame,
  source: FrameSource,
  at: Date,
  clock: LocalClock,
): FrameMembers {
  // The time of the event is in the object; the header has the time of this try to send it.
  const time = decoded.events[0]?.time ?? decoded.time;
  return {
    account: decoded.account,
    deviceAt: time === null ? null : clock.instant(time, at),
    encrypted: false,
    events: signalEvents(decoded),
    line: null,
    protocol: 'gb26875',
    quirks: decoded.quirks.slice(),
    raw: Buffer.from(raw.bytes.buffer, raw.bytes.byteOffset, raw.bytes.byteLength).toString('base64'),
    receiver: source.receiver,
    remote: source.remote,
    sequence: String(decoded.serial),
    signalId: newId<SignalId>(at.getTime()),
  };
}
