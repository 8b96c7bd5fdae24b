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

/** Which receivers there are, when each was last heard of, and when its machine last threw something away, in seconds of the supervisor's own clock. */
export class ReceiverBook {
  readonly #numbers = new Map<string, number>();
  readonly #lastSecond = new Float64Array(MOST_RECEIVERS + 1);
  readonly #drops = new Map<number, number>();
  readonly #lastDropSecond = new Float64Array(MOST_RECEIVERS + 1).fill(Number.NEGATIVE_INFINITY);

  heard(receiver: string, second: number): number {
    const number = this.#numberOf(receiver);
    this.#lastSecond[number] = second;
    return number;
  }

  /** @param total datagrams that its kernel threw away since it started */
  dropped(receiver: string, total: number, second: number): void {
    const number = this.#numberOf(receiver);
    if (total > (this.#drops.get(number) ?? total)) this.#lastDropSecond[number] = second;
    this.#drops.set(number, total);
  }

  /** Has it been silent for longer than this? One that is not known is not silent. */
  isSilent(number: number, second: number, seconds: number): boolean {
    return number !== 0 && second - (this.#lastSecond[number] ?? 0) > seconds;
  }

  /** Has something been thrown away before it could read it, not longer ago than this? */
  isDropping(number: number, second: number, seconds: number): boolean {
    return number !== 0 && second - (this.#lastDropSecond[number] ?? 0) <= seconds;
  }

  /** 0: beyond those that are told apart. */
  #numberOf(receiver: string): number {
    const known = this.#numbers.get(receiver);
    if (known !== undefined) return known;
    if (this.#numbers.size >= MOST_RECEIVERS) return 0;
    this.#numbers.set(receiver, this.#numbers.size + 1);
    return this.#numbers.size;
  }
}
