import type { DemonstrationTransmitter } from '@keng/country-vn';
import {
  Dc09AnswerError,
  decodeAnswer,
  encodeFrame,
  type FrameKey,
  nextSequence,
  parseKey,
} from '@keng/sia-dc09';
import { type PanelMessage, writeMessage } from './message.ts';
import type { Answered, Speech, Written } from './speech.ts';

/** SIA DC-09, plain or encrypted. */
export class Dc09Speech implements Speech {
  readonly #transmitter: DemonstrationTransmitter;
  readonly #key: FrameKey | null;

  constructor(transmitter: DemonstrationTransmitter) {
    this.#transmitter = transmitter;
    const { keyHex } = transmitter;
    this.#key = keyHex === undefined ? null : parseKey(keyHex, 'hex');
  }

  write(message: PanelMessage): Written {
    return writeMessage(this.#transmitter, message);
  }

  nextSequence(sequence: number): number {
    return nextSequence(sequence);
  }

  sequenceText(sequence: number): string {
    return String(sequence).padStart(4, '0');
  }

  frame({ token, data }: Written, sequence: number): Uint8Array {
    return encodeFrame({
      token,
      sequence,
      account: this.#transmitter.account,
      data,
      timestampMs: Date.now(),
      ...(this.#key ? { key: this.#key } : {}),
    });
  }

  understand(bytes: Uint8Array): Answered {
    const answer = decodeAnswer(bytes, this.#key ?? undefined);
    return answer instanceof Dc09AnswerError ? 'none' : answer.kind;
  }
}
