import { isHexDigit } from './ascii.ts';
import { contactIdClass, contactIdCode } from './contact-id-codes.ts';
import type { EventDraft, Payload } from './event.ts';
import { decodeText } from './text.ts';

const noModifiers: Readonly<Record<string, string>> = Object.freeze({});

/**
 * Reads ADM-CID blocks `QEEE GG CCC` from `data[from..]`, one character a byte. The spaces may be missing;
 * several blocks are several events; `|Atext` is text of the event before it. Nothing is ever refused.
 */
export function readContactIdPayload(data: string, from: number): Payload {
  const events: EventDraft[] = [];
  const unparsed: string[] = [];
  let start = from;
  while (start < data.length) {
    const bar = data.indexOf('|', start);
    const end = bar < 0 ? data.length : bar;
    const last = events[events.length - 1];
    if (end > start) {
      const event = readEvent(data, start, end, unparsed);
      if (event) events.push(event);
      else if (last && data.charAt(start) === 'A') last.text = decodeText(data.slice(start + 1, end));
      else unparsed.push(decodeText(data.slice(start, end)));
    }
    start = end + 1;
  }
  return { events, modifiers: noModifiers, unparsed };
}

function readEvent(data: string, start: number, end: number, unparsed: string[]): EventDraft | null {
  const qualifier = qualifierAt(data, start);
  const groupAt = skipSpaces(data, start + 4, end);
  const numberAt = skipSpaces(data, groupAt + 2, end);
  if (qualifier === null || numberAt + 3 > end) return null;
  if (!(hexRun(data, start + 1, 3) && hexRun(data, groupAt, 2) && hexRun(data, numberAt, 3))) return null;
  const code = data.slice(start + 1, start + 4);
  const known = contactIdCode(code);
  const event: EventDraft = {
    qualifier,
    code,
    group: data.slice(groupAt, groupAt + 2),
    number: data.slice(numberAt, numberAt + 3),
    family: known.family,
    class: contactIdClass(known, qualifier),
  };
  if (qualifier === 6) event.repeat = true;
  if (numberAt + 3 < end) unparsed.push(decodeText(data.slice(numberAt + 3, end)));
  return event;
}

function qualifierAt(data: string, at: number): 1 | 3 | 6 | null {
  switch (data.charAt(at)) {
    case '1':
      return 1;
    case '3':
      return 3;
    case '6':
      return 6;
    default:
      return null;
  }
}

function skipSpaces(data: string, from: number, end: number): number {
  let at = from;
  while (at < end && data.charCodeAt(at) === 0x20) at++;
  return at;
}

function hexRun(data: string, from: number, count: number): boolean {
  for (let at = from; at < from + count; at++) if (!isHexDigit(data.charCodeAt(at))) return false;
  return true;
}
