import type { HeardBatch } from './store.ts';

/** Receivers are numbered 1 to 255, which fits a byte of each link; whoever comes beyond is not told apart. */
const MOST_RECEIVERS = 255;

/**
 * How long ago each row of the receivers was written, in seconds of listening: a receiver writes one a second, so the rows that
 * follow one of its own are its age. No clock is asked for it, for clocks are set.
 */
export class ReceiverAges {
  readonly #left: Map<string, number>;

  /** @param rows how many each receiver has written that are not taken yet */
  constructor(rows: ReadonlyMap<string, number>) {
    this.#left = new Map(rows);
  }

  static of(batches: readonly HeardBatch[]): ReceiverAges {
    const rows = new Map<string, number>();
    for (const { receiver } of batches) rows.set(receiver, (rows.get(receiver) ?? 0) + 1);
    return new ReceiverAges(rows);
  }

  /** The most that one of them has written. */
  get longest(): number {
    return Math.max(0, ...this.#left.values());
  }

  /** Takes the next row of a receiver. */
  take(receiver: string): number {
    const left = Math.max(0, (this.#left.get(receiver) ?? 1) - 1);
    this.#left.set(receiver, left);
    return left;
  }
}

/** Which receivers there are, and when each was last heard of, in seconds of the supervisor's own clock. */
export class ReceiverBook {
  readonly #numbers = new Map<string, number>();
  readonly #lastSecond = new Float64Array(MOST_RECEIVERS + 1);

  heard(receiver: string, second: number): number {
    let number = this.#numbers.get(receiver);
    if (number === undefined) {
      if (this.#numbers.size >= MOST_RECEIVERS) return 0;
      number = this.#numbers.size + 1;
      this.#numbers.set(receiver, number);
    }
    this.#lastSecond[number] = second;
    return number;
  }

  /** Has it been silent for longer than this? One that is not known is not silent. */
  isSilent(number: number, second: number, seconds: number): boolean {
    return number !== 0 && second - (this.#lastSecond[number] ?? 0) > seconds;
  }
}
