import { randomUUID } from 'node:crypto';
import { signedHeaders } from './standard-webhook.ts';

export interface EventAnswer {
  readonly say: readonly string[];
  readonly next: 'listen' | 'hang-up';
}

const TRIES = 8;
const TIMEOUT_MS = 10_000;
const LONGEST_PAUSE_MS = 15_000;

/** Tells the centre what happened on the lines, in order for each line, again and again until it is heard. */
export class EventSender {
  readonly #callback: string;
  readonly #key: Buffer;
  readonly #log: (line: string) => void;
  readonly #chains = new Map<string, Promise<unknown>>();
  readonly #stop = new AbortController();

  constructor(options: { callback: string; key: Buffer; log: (line: string) => void }) {
    this.#callback = options.callback;
    this.#key = options.key;
    this.#log = options.log;
  }

  /** Resolves with what the centre wants said; null when it could not be told. */
  tell(line: string, event: Readonly<Record<string, unknown>>): Promise<EventAnswer | null> {
    const before = this.#chains.get(line) ?? Promise.resolve();
    const task = before.then(() => this.#deliver(event));
    const chain = task.finally(() => {
      if (this.#chains.get(line) === chain) this.#chains.delete(line);
    });
    this.#chains.set(line, chain);
    return task;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#chains.values());
  }

  async #deliver(event: Readonly<Record<string, unknown>>): Promise<EventAnswer | null> {
    // One id for one event: the centre takes it once, however often it hears of it.
    const id = randomUUID();
    const body = JSON.stringify(event);
    for (let attempt = 1; attempt <= TRIES && !this.#stop.signal.aborted; attempt += 1) {
      const answer = await this.#post(id, body);
      if (answer !== 'again') return answer;
      // A repetition is signed anew, and the signature counts in whole seconds.
      await this.#pause(Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** (attempt - 1)));
    }
    this.#log(`given up telling the centre: ${body}`);
    return null;
  }

  async #post(id: string, body: string): Promise<EventAnswer | null | 'again'> {
    try {
      const response = await fetch(this.#callback, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...signedHeaders(this.#key, id, Math.floor(Date.now() / 1000), body),
        },
        body,
        redirect: 'error',
        signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), this.#stop.signal]),
      });
      const text = await response.text();
      // The centre's own contract: { say, next }.
      if (response.ok) return JSON.parse(text) as EventAnswer;
      this.#log(`the centre answered ${response.status}: ${text.slice(0, 300)}`);
      return response.status >= 500 || response.status === 429 ? 'again' : null;
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#log(`the centre cannot be reached: ${String(error)}`);
      return 'again';
    }
  }

  #pause(ms: number): Promise<void> {
    const { signal } = this.#stop;
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
    });
  }
}
