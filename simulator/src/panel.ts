import type { DemonstrationTransmitter } from '@keng/country-vn';
import {
  Dc09AnswerError,
  type DecodedAnswer,
  decodeAnswer,
  encodeFrame,
  type FrameKey,
  nextSequence,
  parseKey,
} from '@keng/sia-dc09';
import type { Ledger } from './ledger.ts';
import { type PanelMessage, writeMessage } from './message.ts';
import type { PanelLink } from './panel-link.ts';

/** Seen on real panels: Ajax and ELDES repeat after 11 s (domain: alarm-protocols.md, 2.7); here shorter, to show it. */
const ANSWER_WAIT_MS = 5_000;

export interface PanelOptions {
  readonly transmitter: DemonstrationTransmitter;
  readonly link: PanelLink;
  readonly ledger: Ledger | null;
  readonly firstSequence: number;
  /** How often the same frame is sent before the panel gives up and goes on; a real one never gives up an alarm. */
  readonly tries?: number;
}

/** One panel: one frame outstanding, the same sequence number on every repeat, everything in the ledger. */
export class Panel {
  readonly transmitter: DemonstrationTransmitter;
  readonly #link: PanelLink;
  readonly #ledger: Ledger | null;
  readonly #key: FrameKey | null;
  readonly #tries: number;
  #sequence: number;
  #stopped = false;
  #busy: Promise<unknown> = Promise.resolve();

  constructor(options: PanelOptions) {
    this.transmitter = options.transmitter;
    this.#link = options.link;
    this.#ledger = options.ledger;
    this.#sequence = options.firstSequence;
    this.#tries = options.tries ?? 1_000;
    const { keyHex } = options.transmitter;
    this.#key = keyHex === undefined ? null : parseKey(keyHex, 'hex');
  }

  /** Sends after what is being sent; resolves with the answer that counted, 'none' when it gave up. */
  send(message: PanelMessage): Promise<DecodedAnswer['kind'] | 'none'> {
    const sent = this.#busy.then(() => this.#deliver(message));
    this.#busy = sent;
    return sent;
  }

  stop(): void {
    this.#stopped = true;
    this.#link.close();
  }

  async #deliver(message: PanelMessage): Promise<DecodedAnswer['kind'] | 'none'> {
    const { token, data } = writeMessage(this.transmitter, message);
    this.#sequence = nextSequence(this.#sequence);
    const sequence = String(this.#sequence).padStart(4, '0');
    const sentAt = new Date().toISOString();
    let answer: DecodedAnswer['kind'] | 'none' = 'none';
    let tries = 0;
    while (answer !== 'ACK' && tries < this.#tries && !this.#stopped) {
      tries += 1;
      answer = await this.#exchange(token, data, sequence);
    }
    this.#ledger?.write({
      account: this.transmitter.account,
      sequence,
      token,
      data,
      sentAt,
      acknowledgedAt: answer === 'ACK' ? new Date().toISOString() : null,
      answer: answer === 'RSP' ? 'ACK' : answer,
      tries,
    });
    return answer;
  }

  async #exchange(token: string, data: string, sequence: string): Promise<DecodedAnswer['kind'] | 'none'> {
    const frame = encodeFrame({
      token,
      sequence,
      account: this.transmitter.account,
      data,
      timestampMs: Date.now(),
      ...(this.#key ? { key: this.#key } : {}),
    });
    const bytes = await this.#link.exchange(frame, ANSWER_WAIT_MS);
    if (bytes === null) {
      // The link is down at once when nobody listens: a panel does not hammer.
      await new Promise((resolve) => setTimeout(resolve, this.#stopped ? 0 : 500));
      return 'none';
    }
    const answer = decodeAnswer(bytes, this.#key ?? undefined);
    return answer instanceof Dc09AnswerError ? 'none' : answer.kind;
  }
}
