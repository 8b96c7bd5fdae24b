import net from 'node:net';
import type { LedgerSpeech } from './ledger-speech.ts';

/** Without an answer for so long a panel sends the same frame again, on a new connection. */
const RETRY_MS = 400;
const RECONNECT_MS = 20;

/** Panels that keep their own book of what was acknowledged: the only witness that counts. */
export class LedgerPanels {
  /** Ids that are in the log exactly once or the centre lied. */
  readonly acknowledged = new Set<string>();
  retries = 0;
  readonly #panels: LedgerPanel[];

  constructor(accounts: readonly string[], port: number, speech: LedgerSpeech) {
    this.#panels = accounts.map((account) => new LedgerPanel(account, port, speech, this));
  }

  start(): void {
    for (const panel of this.#panels) panel.start();
  }

  /** No new frames; resolves when each panel has its last answer. */
  async finish(): Promise<void> {
    await Promise.all(this.#panels.map((panel) => panel.finish()));
  }
}

class LedgerPanel {
  readonly #account: string;
  readonly #port: number;
  readonly #speech: LedgerSpeech;
  readonly #book: LedgerPanels;
  #socket: net.Socket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #count = 0;
  #frame: Uint8Array = new Uint8Array();
  #finishing: (() => void) | undefined;

  constructor(account: string, port: number, speech: LedgerSpeech, book: LedgerPanels) {
    this.#account = account;
    this.#port = port;
    this.#speech = speech;
    this.#book = book;
  }

  start(): void {
    this.#makeFrame();
    this.#connect();
  }

  finish(): Promise<void> {
    return new Promise((resolve) => {
      this.#finishing = resolve;
    });
  }

  get #id(): string {
    return `${this.#account}-${this.#count}`;
  }

  #makeFrame(): void {
    this.#count += 1;
    this.#frame = this.#speech.frame(this.#account, this.#count, this.#id);
  }

  #connect(): void {
    clearTimeout(this.#timer);
    const reader = this.#speech.reader();
    const socket = net.connect({ host: '127.0.0.1', port: this.#port, noDelay: true }, () => {
      const hello = this.#speech.hello?.(this.#account);
      if (hello) socket.write(hello);
      this.#send();
    });
    this.#socket = socket;
    socket.on('data', (chunk) => {
      for (const item of reader.push(chunk)) if (item.kind === 'frame') this.#answered(item.frame.bytes);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#again(), RECONNECT_MS);
    });
  }

  #send(): void {
    this.#socket?.write(this.#frame);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const socket = this.#socket;
      this.#socket = undefined;
      socket?.destroy();
      this.#again();
    }, RETRY_MS);
  }

  /** The same sequence and data: a retry as panels send it. */
  #again(): void {
    this.#book.retries += 1;
    this.#connect();
  }

  #answered(answer: Uint8Array): void {
    // An answer to an earlier try is an answer to this frame only if it names its sequence.
    if (!this.#speech.acknowledges(answer, this.#account, this.#count)) return;
    clearTimeout(this.#timer);
    this.#book.acknowledged.add(this.#id);
    if (this.#finishing) {
      const socket = this.#socket;
      this.#socket = undefined;
      socket?.destroy();
      this.#finishing();
      return;
    }
    this.#makeFrame();
    this.#send();
  }
}
