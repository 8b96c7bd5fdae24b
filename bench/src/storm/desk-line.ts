import type { AnyEntry, ArrivalNews } from '@keng/model';
import { type CountSeen, delaysOf } from '../delays-of.ts';

/**
 * What a national desk has heard of the storm, by its live feed: how many signals stood in incidents and when it knew so, and up to which
 * position it was told of signals that had arrived and stood in none.
 */
export class DeskLine {
  readonly #sorted: CountSeen[] = [];
  readonly #arrived: { readonly position: number; readonly atMs: number }[] = [];
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

  /** Milliseconds from each frame into its socket to its incident at the desk. Signals are handled in the order in which they were stored. */
  delaysToIncident(sentAtMs: Float64Array): number[] {
    return delaysOf(sentAtMs, this.#sorted);
  }

  /**
   * Milliseconds from each frame into its socket to the desk, which hears of an alarm by its incident or, when the rules are late, before.
   * @param positions of the signals in the log, ascending
   */
  delaysToDesk(sentAtMs: Float64Array, positions: readonly number[]): number[] {
    return delaysOf(sentAtMs, this.#known(positions));
  }

  /** Most signals that were written at a moment and not yet in an incident, in each half of the storm. */
  mostWaiting(sentAtMs: Float64Array): readonly [first: number, second: number] {
    let sent = 0;
    let known = 0;
    const most: [number, number] = [0, 0];
    for (const { count, atMs } of this.#sorted) {
      while (sent < sentAtMs.length && (sentAtMs[sent] ?? 0) <= atMs) sent += 1;
      const half = sent * 2 < sentAtMs.length ? 0 : 1;
      most[half] = Math.max(most[half], sent - known);
      known = count;
    }
    return most;
  }

  #known(positions: readonly number[]): CountSeen[] {
    const byArrival = this.#arrived.map(({ position, atMs }) => ({
      count: countUpto(positions, position),
      atMs,
    }));
    let most = 0;
    return [...this.#sorted, ...byArrival]
      .sort((one, other) => one.atMs - other.atMs)
      .map(({ count, atMs }) => {
        most = Math.max(most, count);
        return { count: most, atMs };
      });
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
      for (const event of events) this.#take(event, atMs);
      if (this.#sorted.at(-1)?.count !== this.#signals) this.#sorted.push({ count: this.#signals, atMs });
    }
  }

  #take(event: string, atMs: number): void {
    const data = event.slice(event.indexOf('data: ') + 'data: '.length);
    // Only the centre of this bench speaks here.
    if (event.startsWith('event: entries')) {
      for (const entry of JSON.parse(data) as AnyEntry[]) this.#signals += signalsIn(entry);
    } else if (event.startsWith('event: arrivals')) {
      const position = (JSON.parse(data) as ArrivalNews).arrivals.at(-1)?.upto;
      if (position !== undefined) this.#arrived.push({ position, atMs });
    }
  }
}

function signalsIn(entry: AnyEntry): number {
  if (entry.kind === 'incident.opened') return entry.body.signals.length;
  if (entry.kind !== 'incident.signals-joined') return 0;
  return entry.body.signals.length + entry.body.repeats.reduce((sum, one) => sum + one.count, 0);
}

/** How many of them are not behind a position, by halving. */
function countUpto(positions: readonly number[], position: number): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((positions[middle] ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}
