import type { DemonstrationTransmitter } from '@keng/country-vn';
import { Dc09Speech } from './dc09-speech.ts';
import { DeviceApiSpeech, MqttSpeech } from './device-speech.ts';
import { Gb26875Speech } from './gb26875-speech.ts';
import type { PanelMessage } from './message.ts';

/** A message as the protocol writes it, the same on every repeat. */
export interface Written {
  readonly token: string;
  readonly data: string;
}

/** What the centre answered; 'none': nothing that means anything to the panel. */
export type Answered = 'ACK' | 'NAK' | 'DUH' | 'RSP' | 'none';

/** Cuts answers out of a stream. */
export interface AnswerReader {
  push(
    chunk: Uint8Array,
  ): readonly (
    | { readonly kind: 'frame'; readonly frame: { readonly bytes: Uint8Array } }
    | { readonly kind: 'foreign' }
  )[];
}

/** What a centre says of its own accord, over the connection that the device has opened. */
export interface Told {
  /** What the device says at once: it has heard. null: its protocol wants nothing. */
  readonly reply: Uint8Array | null;
  /** Is somebody in the control room? The device sounds until the button is pressed or the time is over. null: something else. */
  readonly dutyCheck: DutyQuestion | null;
}

export interface DutyQuestion {
  /** As the centre named it; one that is said again has the same. */
  readonly id: string;
  readonly minutes: number;
}

/** The language of one panel. */
export interface Speech {
  write(message: PanelMessage): Written;
  nextSequence(sequence: number): number;
  /** As it stands in the frame and in the ledger. */
  sequenceText(sequence: number): string;
  frame(written: Written, sequence: number): Uint8Array;
  understand(answer: Uint8Array): Answered;
  /** null: these bytes answer what the device said. Absent: in this protocol a centre only answers. */
  told?(bytes: Uint8Array): Told | null;
}

/** @param hoursAheadOfUtc of the place where the panel stands: some write local time. */
export function speechOf(transmitter: DemonstrationTransmitter, hoursAheadOfUtc: number): Speech {
  switch (transmitter.protocol) {
    case 'sia-dc09':
      return new Dc09Speech(transmitter);
    case 'gb26875':
      return new Gb26875Speech(transmitter, hoursAheadOfUtc);
    case 'device-api':
      return new DeviceApiSpeech(transmitter);
    case 'mqtt':
      return new MqttSpeech(transmitter);
  }
}
