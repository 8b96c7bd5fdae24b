import type { HeardSignal } from '@keng/device-api';
import { newId, type SignalEvent, type SignalId } from '@keng/model';
import type { RegisteredTransmitter } from '../registry.ts';
import type { FrameMembers } from '../signal-draft.ts';
import { MOST_NUMBER, MOST_TEXT, visibleText, withoutZeros } from '../signal-text.ts';

/** What a listener knows about a message beside its bytes. */
export interface MessageSource {
  readonly protocol: 'device-api' | 'mqtt';
  readonly receiver: string;
  /** Without the port: what the limits count by. */
  readonly address: string;
  /** With the port. */
  readonly remote: string;
  /** It came over TLS that ends here. */
  readonly encrypted: boolean;
}

const MOST_ACCOUNT = 32;
const MOST_CODE = 16;
const MOST_SEQUENCE = 16;
/** The schema of a signal keeps 8,000 characters of base64. */
const MOST_RAW_BYTES = 6_000;

/** What is written down of one signal; the raw bytes are those of the whole message, which is what was signed. */
export function messageMembers(
  signal: HeardSignal | null,
  body: Uint8Array,
  account: string,
  source: MessageSource,
  device: RegisteredTransmitter | null,
  at: Date,
  quirks: readonly string[] = [],
): FrameMembers {
  const cut = body.length > MOST_RAW_BYTES;
  const id = signal?.id ?? null;
  return {
    account: visibleText(account, MOST_ACCOUNT),
    deviceAt: signal?.at ?? null,
    encrypted: source.encrypted,
    events: signal === null ? [] : signal.events.map((event) => visibleEvent(event, device)),
    line: null,
    protocol: source.protocol,
    quirks: [...(signal?.quirks ?? []), ...quirks, ...(cut ? ['raw-cut'] : [])],
    raw: Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, MOST_RAW_BYTES)).toString('base64'),
    receiver: source.receiver,
    remote: source.remote,
    sequence: id === null || id.length > MOST_SEQUENCE ? null : id,
    signalId: newId<SignalId>(at.getTime()),
  };
}

function visibleEvent(event: SignalEvent, device: RegisteredTransmitter | null): SignalEvent {
  return {
    area: event.area === null ? null : visibleText(event.area, MOST_NUMBER),
    class: event.class,
    code: visibleText(event.code, MOST_CODE),
    family: event.family,
    repeat: event.repeat,
    text: event.text === null ? null : visibleText(event.text, MOST_TEXT),
    zone: event.zone === null ? null : zoneNumber(event.zone, device),
  };
}

/** Devices write zone 15 as `15`, `015` or 15; the register writes it once. 0 is no zone. */
function zoneNumber(zone: string, device: RegisteredTransmitter | null): string | null {
  const short = withoutZeros(zone);
  if (short === '') return null;
  return device?.zones?.find((one) => withoutZeros(one) === short) ?? visibleText(short, MOST_NUMBER);
}
