import type { SignalEvent } from '@keng/model';
import { type Dc09Event, type DecodedFrame, textCode } from '@keng/sia-dc09';
import type { RegisteredTransmitter } from '../registry.ts';
import {
  MOST_NUMBER,
  MOST_TEXT,
  mostUrgent,
  unknownEvent,
  visibleText,
  withoutZeros,
} from '../signal-text.ts';

const MOST_CODE = 16;

/** Events of a frame in the words of all protocols. A frame that says nothing we understand is one unknown event, never none. */
export function signalEvents(decoded: DecodedFrame, device: RegisteredTransmitter | null): SignalEvent[] {
  const contactId = decoded.token === 'ADM-CID';
  if (decoded.events.length === 0) return decoded.newEvents > 0 ? [unknownOf(decoded)] : [];
  const events = decoded.events.map((event) => signalEvent(event, contactId, device));
  return mostUrgent(events);
}

// Members in the order of their names: that is the order in which the log writes them.
function signalEvent(
  event: Dc09Event,
  contactId: boolean,
  device: RegisteredTransmitter | null,
): SignalEvent {
  const meaning = contactId ? 'zone' : textCode(event.code).number;
  const area = event.area ?? (meaning === 'area' ? event.number : null) ?? group(event.group);
  return {
    area: area === null ? null : visibleText(area, MOST_NUMBER),
    class: event.class,
    code: event.code.slice(0, MOST_CODE),
    family: event.family,
    repeat: event.repeat === true,
    text: event.text === undefined ? null : visibleText(event.text, MOST_TEXT),
    zone: meaning === 'zone' ? zoneNumber(event.number, device) : null,
  };
}

/** Group 00 of Contact ID means the whole panel. */
function group(text: string | undefined): string | null {
  return text === undefined || text === '00' ? null : text;
}

/** Panels write zone 15 as `15`, `015` or `0015`; the register writes it once. 0 is no zone. */
function zoneNumber(number: string | null, device: RegisteredTransmitter | null): string | null {
  if (number === null) return null;
  const short = withoutZeros(number);
  if (short === '') return null;
  return (device?.zones?.find((zone) => withoutZeros(zone) === short) ?? short).slice(0, MOST_NUMBER);
}

function unknownOf(decoded: DecodedFrame): SignalEvent {
  return unknownEvent(
    decoded.data === null || decoded.data === '' ? null : visibleText(decoded.data, MOST_TEXT),
  );
}
