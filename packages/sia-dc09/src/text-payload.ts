import { CARET, isDigit, isLower, isUpper, SLASH } from './ascii.ts';
import type { EventDraft, Payload } from './event.ts';
import { decodeText } from './text.ts';
import { textCode, textCodes } from './text-codes.ts';

/** Payload being read: events of all blocks so far. */
interface Reading {
  readonly events: EventDraft[];
  readonly modifiers: Record<string, string>;
  readonly unparsed: string[];
}

/** Modifiers that hold for the events of one block. */
interface Scope {
  area: string | undefined;
  user: string | undefined;
  peripheral: string | undefined;
}

/**
 * Reads SIA-DCS blocks (DC-03 codes in DC-07 form) from `data[from..]`, one character a byte. A block that
 * starts with N or O holds events, `A` is text of the event before it, other blocks are kept unparsed.
 * Nothing is ever refused.
 */
export function readTextPayload(data: string, from: number): Payload {
  const reading: Reading = { events: [], modifiers: {}, unparsed: [] };
  let start = from;
  while (start < data.length) {
    const bar = data.indexOf('|', start);
    const end = bar < 0 ? data.length : bar;
    if (end > start) readBlock(data.slice(start, end), reading);
    start = end + 1;
  }
  return reading;
}

function readBlock(block: string, reading: Reading): void {
  const first = block.charAt(0);
  if (first === 'N' || first === 'O') readEvents(block, first, reading);
  else if (first === 'A' && reading.events.length > 0) addText(reading, block.slice(1));
  else reading.unparsed.push(decodeText(block));
}

/** `N<modifiers><CODE><number>^text^...`: parts joined by `/`, which is often missing. */
function readEvents(block: string, qualifier: 'N' | 'O', reading: Reading): void {
  const scope: Scope = { area: undefined, user: undefined, peripheral: undefined };
  const firstEvent = reading.events.length;
  let at = 1;
  while (at < block.length) {
    const code = block.charCodeAt(at);
    if (code === SLASH) at++;
    else if (code === CARET) at = readCaretText(block, at, firstEvent, reading);
    else if (isLower(code) && isLower(block.charCodeAt(at + 1))) at = readModifier(block, at, scope, reading);
    else if (isUpper(code) && isUpper(block.charCodeAt(at + 1))) {
      at = readCode(block, at, qualifier, scope, reading);
    } else at = keepUnparsed(block, at, reading);
  }
  // Cooper M2000 writes `NFA2/ri6`: with one code in the block a modifier holds wherever it stands.
  const only = reading.events.length === firstEvent + 1 ? reading.events[firstEvent] : undefined;
  if (only) applyScope(only, scope);
}

function readCaretText(block: string, at: number, firstEvent: number, reading: Reading): number {
  const close = block.indexOf('^', at + 1);
  const end = close < 0 ? block.length : close;
  const text = block.slice(at + 1, end);
  if (reading.events.length > firstEvent) addText(reading, text);
  else if (text !== '') reading.unparsed.push(decodeText(text));
  return end + 1;
}

/** Two small letters and a value. The value ends at `/`, `^` or where a code begins (`ri1CL0`). */
function readModifier(block: string, at: number, scope: Scope, reading: Reading): number {
  let end = at + 2;
  while (end < block.length) {
    const code = block.charCodeAt(end);
    if (code === SLASH || code === CARET) break;
    if (isUpper(code) && isUpper(block.charCodeAt(end + 1))) break;
    end++;
  }
  const name = block.slice(at, at + 2);
  const value = block.slice(at + 2, end);
  reading.modifiers[name] = decodeText(value);
  if (name === 'ri') scope.area = value;
  else if (name === 'id') scope.user = value;
  else if (name === 'pi') scope.peripheral = value;
  return end;
}

function readCode(block: string, at: number, qualifier: 'N' | 'O', scope: Scope, reading: Reading): number {
  const code = block.slice(at, at + 2);
  const end = digitsEnd(block, at + 2);
  const known = textCode(code);
  const event: EventDraft = {
    qualifier,
    code,
    number: end > at + 2 ? block.slice(at + 2, end) : null,
    family: known.family,
    class: known.class,
  };
  applyScope(event, scope);
  reading.events.push(event);
  if (end === block.length) return end;
  const next = block.charCodeAt(end);
  if (next === SLASH || next === CARET || numberedCodeAt(block, end)) return end;
  // xSIA writes a suffix behind the number (`OP001NM`): kept, not taken for a code.
  return keepUnparsed(block, end, reading);
}

/** A known code with a number: a further event whose slash is missing (`FA001FA002`). */
function numberedCodeAt(block: string, at: number): boolean {
  return isDigit(block.charCodeAt(at + 2)) && textCodes.has(block.slice(at, at + 2));
}

function digitsEnd(block: string, from: number): number {
  let end = from;
  while (end < block.length && isDigit(block.charCodeAt(end))) end++;
  return end;
}

function keepUnparsed(block: string, at: number, reading: Reading): number {
  let end = at + 1;
  while (end < block.length) {
    const code = block.charCodeAt(end);
    if (code === SLASH || code === CARET) break;
    end++;
  }
  reading.unparsed.push(decodeText(block.slice(at, end)));
  return end;
}

function applyScope(event: EventDraft, scope: Scope): void {
  if (scope.area !== undefined) event.area = scope.area;
  if (scope.user !== undefined) event.user = scope.user;
  if (scope.peripheral !== undefined) event.peripheral = scope.peripheral;
}

function addText(reading: Reading, text: string): void {
  const event = reading.events[reading.events.length - 1];
  if (event === undefined || text === '') return;
  const readable = decodeText(text);
  event.text = event.text === undefined ? readable : `${event.text} ${readable}`;
}
