import type { DecodedFrame, Gb26875Event } from '@keng/gb26875';
import type { SignalClass, SignalEvent } from '@keng/model';
import { MOST_TEXT, mostUrgent, unknownEvent, visibleText } from '../signal-text.ts';

/** What goes first when a frame says more than an entry holds: what burns, then what has ended. */
const RANKS: Partial<Record<SignalClass, number>> = {
  alarm: 0,
  unverified: 0,
  'near-alarm': 0,
  cancel: 1,
  restore: 1,
  trouble: 1,
  supervisory: 1,
  disable: 1,
  'trouble-restore': 2,
};
const LAST = 3;

/** Events of a frame in the words of all protocols. A frame that says nothing we understand is one unknown event, never none. */
export function signalEvents(decoded: DecodedFrame): SignalEvent[] {
  if (decoded.events.length === 0) {
    return decoded.newEvents > 0 ? [unknownEvent(`type ${decoded.type ?? '?'}`)] : [];
  }
  const byUrgency = decoded.events.toSorted((one, other) => rank(one) - rank(other));
  return mostUrgent(byUrgency.map(signalEvent));
}

function rank(event: Gb26875Event): number {
  return RANKS[event.class] ?? LAST;
}

// Members in the order of their names: that is the order in which the log writes them.
function signalEvent(event: Gb26875Event): SignalEvent {
  return {
    area: event.area,
    class: event.class,
    code: event.code,
    family: event.family,
    repeat: false,
    text: event.text === null ? null : visibleText(event.text, MOST_TEXT),
    zone: event.zone,
  };
}
