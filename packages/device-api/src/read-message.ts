import { SIGNAL_CLASSES, SIGNAL_FAMILIES, type SignalEvent } from '@keng/model';
import type { z } from 'zod';
import {
  type HeardMeasurement,
  type HeardSignal,
  heardMeasurements,
  heardSignals,
  MOST_EVENTS,
  MOST_SIGNALS,
  measurementMessage,
  signalMessage,
} from './message.ts';

export interface MessageProblem {
  /** Member at fault, with dots: `signals.0.events.1.class`; empty: the whole. */
  readonly at: string;
  readonly code: string;
  readonly detail: string;
}

export interface ReadMessage {
  /** At least one, whatever came: what cannot be read is one unknown event. */
  readonly signals: readonly HeardSignal[];
  /** Empty: the message is as its schema says. */
  readonly problems: readonly MessageProblem[];
}

const MOST_PROBLEMS = 20;
const NOT_JSON: MessageProblem = { at: '', code: 'not-json', detail: 'the message is not JSON in UTF-8' };
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads the body of a signal message. Never throws. A message that breaks the schema is salvaged: a fire with a zone that is too
 * long is still a fire, and bytes that nobody can read may be one.
 */
export function readMessage(body: Uint8Array): ReadMessage {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(body));
  } catch {
    return { signals: [unreadable(body)], problems: [NOT_JSON] };
  }
  const checked = signalMessage.safeParse(value);
  if (checked.success) return { signals: heardSignals(checked.data), problems: [] };
  return {
    signals: salvage(value, body),
    problems: problemsOf(checked.error),
  };
}

function problemsOf(error: z.ZodError): MessageProblem[] {
  return error.issues.slice(0, MOST_PROBLEMS).map((issue) => ({
    at: issue.path.map(String).join('.').slice(0, 200),
    code: issue.code,
    detail: issue.message.slice(0, 300),
  }));
}

export interface ReadMeasurements {
  /** Empty when there are problems: a value that cannot be read is no alarm, and nothing is guessed. */
  readonly measurements: readonly HeardMeasurement[];
  readonly problems: readonly MessageProblem[];
}

/** Reads the body of a measurement message. Never throws. */
export function readMeasurements(body: Uint8Array): ReadMeasurements {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(body));
  } catch {
    return { measurements: [], problems: [NOT_JSON] };
  }
  const checked = measurementMessage.safeParse(value);
  if (checked.success) return { measurements: heardMeasurements(checked.data), problems: [] };
  return { measurements: [], problems: problemsOf(checked.error) };
}

const FAMILIES: ReadonlySet<unknown> = new Set(SIGNAL_FAMILIES);
const CLASSES: ReadonlySet<unknown> = new Set(SIGNAL_CLASSES);

/** One signal with all events that can be made out, wherever a part is wrong. */
function salvage(value: unknown, body: Uint8Array): HeardSignal[] {
  const signals = list(member(value, 'signals')).slice(0, MOST_SIGNALS);
  const events = (signals.length > 0 ? signals : [value]).flatMap((signal) =>
    list(member(signal, 'events')).slice(0, MOST_EVENTS).map(salvageEvent),
  );
  if (events.length === 0) return [unreadable(body)];
  const urgentFirst = [...events.filter(isAlarm), ...events.filter((event) => !isAlarm(event))];
  return [{ id: null, at: null, events: urgentFirst.slice(0, MOST_EVENTS), quirks: ['message-invalid'] }];
}

function salvageEvent(event: unknown): SignalEvent {
  const family = member(event, 'family');
  const kind = member(event, 'class');
  return {
    area: short(member(event, 'area'), 32),
    class: CLASSES.has(kind) ? (kind as SignalEvent['class']) : 'other',
    code: short(member(event, 'code'), 16) ?? '',
    family: FAMILIES.has(family) ? (family as SignalEvent['family']) : 'other',
    repeat: member(event, 'repeat') === true,
    text: short(member(event, 'text'), 1_000),
    zone: short(member(event, 'zone'), 32),
  };
}

function unreadable(body: Uint8Array): HeardSignal {
  const text = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, 1_000)).toString('utf8');
  const event: SignalEvent = {
    area: null,
    class: 'other',
    code: '',
    family: 'other',
    repeat: false,
    text: text === '' ? null : text,
    zone: null,
  };
  return { id: null, at: null, events: [event], quirks: ['message-unreadable'] };
}

const isAlarm = (event: SignalEvent): boolean => event.class === 'alarm';

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function short(value: unknown, most: number): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value).slice(0, most);
  return text === '' ? null : text;
}
