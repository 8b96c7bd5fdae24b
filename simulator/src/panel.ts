import type { DemonstrationTransmitter } from '@keng/country-vn';
import type { Ledger } from './ledger.ts';
import type { PanelMessage } from './message.ts';
import type { PanelLink } from './panel-link.ts';
import { type Answered, type DutyQuestion, type Speech, speechOf, type Written } from './speech.ts';

/** Seen on real panels: Ajax and ELDES repeat after 11 s (domain: alarm-protocols.md, 2.7); here shorter, to show it. */
const ANSWER_WAIT_MS = 5_000;

export interface PanelOptions {
  readonly transmitter: DemonstrationTransmitter;
  readonly link: PanelLink;
  readonly ledger: Ledger | null;
  readonly firstSequence: number;
  /** How often the same frame is sent before the panel gives up and goes on; a real one never gives up an alarm. */
  readonly tries?: number;
  /** Of the place where it stands; 7 unless told, as in Viet Nam. */
  readonly hoursAheadOfUtc?: number;
  /** The device begins to sound: somebody in the control room may press the button (`duty-answer`), or nobody is there. */
  readonly onDutyCheck?: (question: DutyQuestion) => void;
}

/** One panel: one frame outstanding, the same sequence number on every repeat, everything in the ledger. */
export class Panel {
  readonly transmitter: DemonstrationTransmitter;
  readonly #link: PanelLink;
  readonly #ledger: Ledger | null;
  readonly #speech: Speech;
  readonly #tries: number;
  #sequence: number;
  #stopped = false;
  #busy: Promise<unknown> = Promise.resolve();
  readonly #onDutyCheck: (question: DutyQuestion) => void;
  /** A question that is sent again sounds once. */
  #lastDutyCheck: string | null = null;

  constructor(options: PanelOptions) {
    this.transmitter = options.transmitter;
    this.#link = options.link;
    this.#ledger = options.ledger;
    this.#sequence = options.firstSequence;
    this.#tries = options.tries ?? 1_000;
    this.#speech = speechOf(options.transmitter, options.hoursAheadOfUtc ?? 7);
    this.#onDutyCheck = options.onDutyCheck ?? (() => undefined);
    this.#link.listen?.((bytes) => this.#told(bytes));
  }

  /** Sends after what is being sent; resolves with the answer that counted, 'none' when it gave up. */
  send(message: PanelMessage): Promise<Answered> {
    const sent = this.#busy.then(() => this.#deliver(message));
    this.#busy = sent;
    return sent;
  }

  /** Its connection breaks; the next message opens another one. */
  cut(): void {
    this.#link.drop();
  }

  stop(): void {
    this.#stopped = true;
    this.#link.close();
  }

  #told(bytes: Uint8Array): { readonly reply: Uint8Array | null } | null {
    const told = this.#speech.told?.(bytes) ?? null;
    const dutyCheck = told?.dutyCheck ?? null;
    if (dutyCheck !== null && dutyCheck.id !== this.#lastDutyCheck) {
      this.#lastDutyCheck = dutyCheck.id;
      this.#onDutyCheck(dutyCheck);
    }
    return told;
  }

  async #deliver(message: PanelMessage): Promise<Answered> {
    const written = this.#speech.write(message);
    this.#sequence = this.#speech.nextSequence(this.#sequence);
    const sentAt = new Date().toISOString();
    let answer: Answered = 'none';
    let tries = 0;
    while (answer !== 'ACK' && tries < this.#tries && !this.#stopped) {
      tries += 1;
      answer = await this.#exchange(written);
    }
    this.#ledger?.write({
      account: this.transmitter.account,
      sequence: this.#speech.sequenceText(this.#sequence),
      ...written,
      sentAt,
      acknowledgedAt: answer === 'ACK' ? new Date().toISOString() : null,
      answer: answer === 'RSP' ? 'ACK' : answer,
      tries,
    });
    return answer;
  }

  async #exchange(written: Written): Promise<Answered> {
    const bytes = await this.#link.exchange(this.#speech.frame(written, this.#sequence), ANSWER_WAIT_MS);
    if (bytes === null) {
      // The link is down at once when nobody listens: a panel does not hammer.
      await new Promise((resolve) => setTimeout(resolve, this.#stopped ? 0 : 500));
      return 'none';
    }
    return this.#speech.understand(bytes);
  }
}
