/** Who was refused why. */
export interface Refusal<Detail> {
  readonly account: string;
  readonly address: string;
  readonly reason: string;
  /** The newest of its kind: what the report of the suppressed ones shows. */
  readonly detail: Detail;
}

export interface RefusalReport<Detail> extends Refusal<Detail> {
  readonly suppressed: number;
}

interface Counted<Detail> {
  refusal: Refusal<Detail>;
  suppressed: number;
  reportedAt: number;
}

export interface RefusalLimits {
  /** Kinds of refusal remembered at once; the one unused longest is forgotten. */
  readonly kinds: number;
  readonly reportEveryMs: number;
  /** First reports of one address in `reportEveryMs`; what it sends beyond is gathered whatever the account. */
  readonly perAddress: number;
  /** First reports of all in a second: a flood from invented addresses must not fill the log. */
  readonly perSecond: number;
}

export const defaultRefusalLimits: RefusalLimits = {
  kinds: 10_000,
  reportEveryMs: 60_000,
  perAddress: 60,
  perSecond: 50,
};

/**
 * Shape, never drop: the first refusal of an account, address and reason is reported at once, further ones are counted and reported at
 * most once a minute. Memory is bounded, whatever arrives.
 */
export class RefusalLimiter<Detail> {
  readonly #limits: RefusalLimits;
  readonly #kinds = new Map<string, Counted<Detail>>();
  readonly #addresses = new Map<string, number>();
  #second = 0;
  #inSecond = 0;
  #lastSweep = 0;
  /** Refusals that no report will count, because their kind was forgotten. */
  forgotten = 0;

  constructor(limits: RefusalLimits = defaultRefusalLimits) {
    this.#limits = limits;
  }

  get kinds(): number {
    return this.#kinds.size;
  }

  /** Returns what to report at once, or null when it was counted. `nowMs`: any origin, rising. */
  refuse(refusal: Refusal<Detail>, nowMs: number): RefusalReport<Detail> | null {
    const exact = `${refusal.address}\n${refusal.reason}\n${refusal.account}`;
    const known = this.#touch(exact, refusal) ?? this.#gathered(refusal, nowMs);
    if (known) {
      known.suppressed += 1;
      return null;
    }
    this.#remember(exact, { refusal, suppressed: 0, reportedAt: nowMs });
    return { ...refusal, suppressed: 0 };
  }

  /** What was counted and is due. Call it each second or so. */
  due(nowMs: number): RefusalReport<Detail>[] {
    const reports: RefusalReport<Detail>[] = [];
    for (const [key, counted] of this.#kinds) {
      if (nowMs - counted.reportedAt < this.#limits.reportEveryMs) continue;
      if (counted.suppressed === 0) {
        this.#kinds.delete(key);
        continue;
      }
      // The frame of the report is itself one of those counted.
      reports.push({ ...counted.refusal, suppressed: counted.suppressed - 1 });
      counted.suppressed = 0;
      counted.reportedAt = nowMs;
    }
    if (nowMs - this.#lastSweep >= this.#limits.reportEveryMs) {
      this.#lastSweep = nowMs;
      this.#addresses.clear();
    }
    return reports;
  }

  #touch(key: string, refusal: Refusal<Detail>): Counted<Detail> | undefined {
    const counted = this.#kinds.get(key);
    if (!counted) return undefined;
    counted.refusal = refusal;
    // A Map keeps the order of insertion: the first is the one unused longest.
    this.#kinds.delete(key);
    this.#kinds.set(key, counted);
    return counted;
  }

  /** The common row of an address, or of all, when it has had its share of first reports; else undefined. */
  #gathered(refusal: Refusal<Detail>, nowMs: number): Counted<Detail> | undefined {
    const ofAddress = (this.#addresses.get(refusal.address) ?? 0) + 1;
    if (this.#addresses.size < this.#limits.kinds) this.#addresses.set(refusal.address, ofAddress);
    const second = Math.floor(nowMs / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#inSecond = 0;
    }
    const addressSpent = ofAddress > this.#limits.perAddress;
    if (!addressSpent && ++this.#inSecond <= this.#limits.perSecond) return undefined;
    const key = addressSpent ? `${refusal.address}\n${refusal.reason}` : `\n${refusal.reason}`;
    const counted = this.#touch(key, refusal);
    if (counted) return counted;
    const fresh = { refusal, suppressed: 0, reportedAt: nowMs };
    this.#remember(key, fresh);
    return fresh;
  }

  #remember(key: string, counted: Counted<Detail>): void {
    this.#kinds.set(key, counted);
    if (this.#kinds.size <= this.#limits.kinds) return;
    for (const [oldest, { suppressed }] of this.#kinds) {
      this.#kinds.delete(oldest);
      this.forgotten += suppressed;
      return;
    }
  }
}
