import { SIGNAL_CLASSES, SIGNAL_FAMILIES, type SignalEvent } from '@keng/model';
import { z } from 'zod';

/** Most signals of one message, and most events of one signal. */
export const MOST_SIGNALS = 16;
export const MOST_EVENTS = 64;
/** Most bytes of one message. */
export const MOST_MESSAGE_BYTES = 32 * 1_024;

const label = z
  .union([z.string().max(32), z.int().min(0).max(999_999_999)])
  .nullish()
  .describe('as it stands in the register of the centre: a number or a short text');

export const deviceEvent = z.object({
  family: z.enum(SIGNAL_FAMILIES).describe('what spoke'),
  class: z.enum(SIGNAL_CLASSES).describe('what it said'),
  zone: label,
  area: label,
  code: z.string().max(16).nullish().describe("the device's own code, kept as it is"),
  text: z.string().max(1_000).nullish(),
  repeat: z.boolean().optional().describe('a state said again, not a new event'),
});

export const deviceSignal = z.object({
  id: z
    .string()
    .regex(/^[\x21-\x7e]{1,64}$/)
    .describe('made by the device, the same in every retry of this signal and in no other signal'),
  at: z.iso.datetime({ offset: true }).nullish().describe('when it happened, by the clock of the device'),
  events: z.array(deviceEvent).min(1).max(MOST_EVENTS),
});

export const signalMessage = z.object({ signals: z.array(deviceSignal).min(1).max(MOST_SIGNALS) });

/** Most values of one message. */
export const MOST_MEASUREMENTS = 256;

export const deviceMeasurement = z.object({
  kind: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,31}$/)
    .describe('what is measured: `temperature`, `pressure`, `voltage`, `level` ...'),
  part: label.describe('which part measured it, as it stands in the register; none: the device itself'),
  unit: z.string().max(16).nullish().describe('as it is written: `°C`, `kPa`'),
  value: z.number(),
  at: z.iso
    .datetime({ offset: true })
    .nullish()
    .describe('when it was measured; a repeat with the same time is stored once'),
});

export const measurementMessage = z.object({
  measurements: z.array(deviceMeasurement).min(1).max(MOST_MEASUREMENTS),
});

/** One value of a message. */
export interface HeardMeasurement {
  readonly part: string;
  readonly kind: string;
  readonly unit: string;
  readonly value: number;
  /** UTC; null: not said. */
  readonly at: string | null;
}

/** Values of a message as schema wants it. */
export function heardMeasurements(message: z.infer<typeof measurementMessage>): HeardMeasurement[] {
  return message.measurements.map(({ kind, part, unit, value, at }) => ({
    part: text(part) ?? '',
    kind,
    unit: unit ?? '',
    value,
    at: at == null ? null : instant(at),
  }));
}

/** A heartbeat says nothing but that the device lives; members may come later and are ignored until then. */
export const heartbeatMessage = z.object({});

/** One signal of a message, in the words of all protocols. */
export interface HeardSignal {
  /** null: it had none that could be read. */
  readonly id: string | null;
  /** UTC; null: not said. */
  readonly at: string | null;
  readonly events: readonly SignalEvent[];
  readonly quirks: readonly string[];
}

/** A message as schema wants it. */
export function heardSignals(message: z.infer<typeof signalMessage>): HeardSignal[] {
  return message.signals.map(({ id, at, events }) => ({
    id,
    at: at == null ? null : instant(at),
    events: events.map((event) => ({
      area: text(event.area),
      class: event.class,
      code: event.code ?? '',
      family: event.family,
      repeat: event.repeat === true,
      text: event.text ?? null,
      zone: text(event.zone),
    })),
    quirks: [],
  }));
}

/** A clock that shows a year before 0 says nothing. */
function instant(at: string): string | null {
  const iso = new Date(at).toISOString();
  return iso.length === 24 ? iso : null;
}

function text(value: string | number | null | undefined): string | null {
  return value == null || value === '' ? null : String(value);
}
