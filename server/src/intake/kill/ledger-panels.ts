import net from 'node:net';
import type { LedgerSpeech } from './ledger-speech.ts';

/** Without an answer for so long a panel sends the same frame again, on a new connection. */
const RETRY_MS = 400;
const RECONNECT_MS = 20;

export interface Place {
  readonly host: string;
  readonly port: number;
}

export interface LedgerOptions {
  /** Between an acknowledgement and the next frame; 0 unless told. */
  readonly pauseMs?: number;
}

/** Panels that keep their own book of what was acknowledged: the only witness that counts. */
export class LedgerPanels {
  /** Ids that are in the log exactly once or the centre lied. */
  readonly acknowledged = new Set<string>();
  retries = 0;
  readonly pauseMs: number;
  readonly #panels: LedgerPanel[];

  /** @param where a port of this machine, or several receivers: each panel begins at the next of them, and goes on from one that is silent */
  constructor(
    accounts: readonly string[],
    where: number | readonly Place[],
    speech: LedgerSpeech,
    { pauseMs = 0 }: LedgerOptions = {},
  ) {
    this.pauseMs = pauseMs;
    const places = typeof where === 'number' ? [{ host: '127.0.0.1', port: where }] : where;
    this.#panels = accounts.map((account, index) => new LedgerPanel(account, places, index, speech, this));
  }

  /** Who acknowledged the last frame of each panel, and how many it has been told so far. */
  standing(): { readonly host: string; readonly acknowledged: number }[] {
    return this.#panels.map((panel) => panel.standing);
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
  readonly #places: readonly Place[];
  readonly #speech: LedgerSpeech;
  readonly #book: LedgerPanels;
  #socket: net.Socket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #count = 0;
  #frame: Uint8Array = new Uint8Array();
  #finishing: (() => void) | undefined;
  #at: number;
  #standing = { host: '', acknowledged: 0 };

  constructor(
    account: string,
    places: readonly Place[],
    first: number,
    speech: LedgerSpeech,
    book: LedgerPanels,
  ) {
    this.#account = account;
    this.#places = places;
    this.#at = first;
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

  get standing(): { readonly host: string; readonly acknowledged: number } {
    return this.#standing;
  }

  get #place(): Place {
    return this.#places[this.#at % this.#places.length] ?? { host: '127.0.0.1', port: 0 };
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
    const socket = net.connect({ ...this.#place, noDelay: true }, () => {
      const hello = this.#speech.hello?.(this.#account);
      if (hello) socket.write(hello);
      this.#send();
    });
    this.#socket = socket;
    this.#patience();
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
    this.#patience();
  }

  /** Also of a connection: whoever is cut off does not even refuse one. */
  #patience(): void {
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
    this.#at += 1;
    this.#connect();
  }

  #answered(answer: Uint8Array): void {
    // An answer to an earlier try is an answer to this frame only if it names its sequence.
    if (!this.#speech.acknowledges(answer, this.#account, this.#count)) return;
    clearTimeout(this.#timer);
    this.#book.acknowledged.add(this.#id);
    this.#standing = { host: this.#place.host, acknowledged: this.#standing.acknowledged + 1 };
    if (this.#finishing) {
      const socket = this.#socket;
      this.#socket = undefined;
      socket?.destroy();
      this.#finishing();
      return;
    }
    this.#makeFrame();
    if (this.#book.pauseMs === 0) this.#send();
    else this.#timer = setTimeout(() => this.#send(), this.#book.pauseMs);
  }
}
