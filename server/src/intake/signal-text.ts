import type { SignalEvent } from '@keng/model';

/** The schema of a signal holds so many events; the most urgent ones are kept readable, the frame itself has all. */
const MOST_EVENTS = 64;
/** Longest text of an event. */
export const MOST_TEXT = 1_000;
export const MOST_NUMBER = 32;

/** As many events as an entry holds, alarms before others when there are more. */
export function mostUrgent(events: SignalEvent[]): SignalEvent[] {
  if (events.length <= MOST_EVENTS) return events;
  return [
    ...events.filter((one) => one.class === 'alarm'),
    ...events.filter((one) => one.class !== 'alarm'),
  ].slice(0, MOST_EVENTS);
}

/** A frame that says nothing we understand is one unknown event, never none. */
export function unknownEvent(text: string | null): SignalEvent {
  return { area: null, class: 'other', code: '', family: 'other', repeat: false, text, zone: null };
}

/**
 * Text of strangers for the log: control characters, which a database refuses or a screen obeys, become a visible mark; so does
 * half a character at the cut.
 */
export function visibleText(text: string, most: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.slice(0, most).replace(/[\u0000-\u001f\u007f]|[\ud800-\udbff]$/g, '\ufffd');
}

export function withoutZeros(number: string): string {
  let at = 0;
  while (number.charCodeAt(at) === 0x30) at += 1;
  return at === 0 ? number : number.slice(at);
}
