import type { AnyEntry } from '@keng/model';
import { type CountSeen, delaysOf } from '../delays-of.ts';

/** What a national desk has heard of the storm, by its live feed: how many signals stood in incidents, and when it knew so. */
export class DeskLine {
  readonly #seen: CountSeen[] = [];
  readonly #abort = new AbortController();
  readonly #reading: Promise<void>;
  #signals = 0;

  private constructor(response: Response) {
    this.#reading = this.#read(response).catch((error: unknown) => {
      if (!this.#abort.signal.aborted) throw error;
    });
  }

  /** @param after the position from which on it listens */
  static async open(url: string, cookie: string, after: number): Promise<DeskLine> {
    const response = await fetch(`${url}/api/feed?after=${after}`, {
      headers: { accept: 'text/event-stream', cookie },
    });
    if (!response.ok) throw new Error(`the feed was answered with ${response.status}`);
    return new DeskLine(response);
  }

  get signals(): number {
    return this.#signals;
  }

  /** Milliseconds from each frame into its socket to the desk. Signals are handled in the order in which they were stored. */
  delaysOf(sentAtMs: Float64Array): number[] {
    return delaysOf(sentAtMs, this.#seen);
  }

  /** Most signals that were written at a moment and not yet at the desk. */
  mostWaiting(sentAtMs: Float64Array): number {
    let sent = 0;
    let known = 0;
    let most = 0;
    for (const { count, atMs } of this.#seen) {
      while (sent < sentAtMs.length && (sentAtMs[sent] ?? 0) <= atMs) sent += 1;
      most = Math.max(most, sent - known);
      known = count;
    }
    return most;
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await this.#reading;
  }

  async #read(response: Response): Promise<void> {
    if (response.body === null) throw new Error('the feed has no body');
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    this.#abort.signal.addEventListener('abort', () => void reader.cancel());
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const atMs = performance.timeOrigin + performance.now();
      text += value;
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) this.#take(event);
      if (this.#seen.at(-1)?.count !== this.#signals) this.#seen.push({ count: this.#signals, atMs });
    }
  }

  #take(event: string): void {
    if (!event.startsWith('event: entries')) return;
    const data = event.slice(event.indexOf('data: ') + 'data: '.length);
    // Only the centre of this bench speaks here.
    for (const entry of JSON.parse(data) as AnyEntry[]) this.#signals += signalsIn(entry);
  }
}

function signalsIn(entry: AnyEntry): number {
  if (entry.kind === 'incident.opened') return entry.body.signals.length;
  if (entry.kind !== 'incident.signals-joined') return 0;
  return entry.body.signals.length + entry.body.repeats.reduce((sum, one) => sum + one.count, 0);
}
