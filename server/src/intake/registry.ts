import type { FacilityId, OrganisationCode, TransmitterId } from '@keng/model';
import type { FrameKey } from '@keng/sia-dc09';

/** What a receiver must know of a transmitter to decide about its frame; a million of them stay in memory. */
export interface RegisteredTransmitter {
  /** 3 to 16 hex digits, upper case. */
  readonly account: string;
  readonly transmitterId: TransmitterId;
  readonly facilityId: FacilityId;
  readonly organisation: OrganisationCode;
  /** With a key no plain frame is accepted. */
  readonly key: FrameKey | null;
  /** Any message is expected in this time; null: not supervised. */
  readonly reportingSeconds: number | null;
  /** Zone numbers registered in another form than without leading zeros (`015`); null when there are none, as is usual. */
  readonly zones: readonly string[] | null;
}

/** Where transmitters come from: the facility register, or a list in a test. */
export interface TransmitterSource {
  /** All of the world, in pages. */
  all(): AsyncIterable<readonly RegisteredTransmitter[]>;
  ofFacilities(facilities: readonly FacilityId[]): Promise<readonly RegisteredTransmitter[]>;
  byAccount(account: string): Promise<RegisteredTransmitter | undefined>;
}

/** Answers from memory; the register may be asked once before an account is called unknown. */
export interface TransmitterRegistry {
  readonly size: number;
  find(account: string): RegisteredTransmitter | undefined;
  /** undefined also when too much is asked at once: a flood of invented accounts must not reach the database. */
  lookUp(account: string): Promise<RegisteredTransmitter | undefined>;
}

export interface RegistryOptions {
  readonly source: TransmitterSource;
  /** Milliseconds, any origin. */
  readonly now?: () => number;
  /** Questions to the register in a second. */
  readonly lookUpsPerSecond?: number;
}

const NEGATIVE_MS = 1_000;
const MOST_NEGATIVE = 10_000;

export class MemoryRegistry implements TransmitterRegistry {
  readonly #source: TransmitterSource;
  readonly #now: () => number;
  readonly #perSecond: number;
  readonly #byAccount = new Map<string, RegisteredTransmitter>();
  /** One account is the rule; several are a list. */
  readonly #ofFacility = new Map<FacilityId, string | readonly string[]>();
  readonly #unknownUntil = new Map<string, number>();
  readonly #asking = new Map<string, Promise<RegisteredTransmitter | undefined>>();
  #second = 0;
  #asked = 0;

  constructor(options: RegistryOptions) {
    this.#source = options.source;
    this.#now = options.now ?? (() => performance.now());
    this.#perSecond = options.lookUpsPerSecond ?? 200;
  }

  get size(): number {
    return this.#byAccount.size;
  }

  find(account: string): RegisteredTransmitter | undefined {
    return this.#byAccount.get(account);
  }

  *values(): IterableIterator<RegisteredTransmitter> {
    yield* this.#byAccount.values();
  }

  /** Reads all transmitters of the source. */
  async load(): Promise<void> {
    for await (const page of this.#source.all()) for (const one of page) this.#put(one);
  }

  /** Reads the transmitters of these facilities afresh: new ones come, removed ones go. Returns what they are now. */
  async refresh(facilities: readonly FacilityId[]): Promise<readonly RegisteredTransmitter[]> {
    const found = await this.#source.ofFacilities(facilities);
    for (const facility of facilities) this.#remove(facility);
    for (const one of found) this.#put(one);
    return found;
  }

  async lookUp(account: string): Promise<RegisteredTransmitter | undefined> {
    const known = this.#byAccount.get(account);
    if (known) return known;
    const asking = this.#asking.get(account);
    if (asking) return asking;
    const now = this.#now();
    if ((this.#unknownUntil.get(account) ?? 0) > now || !this.#mayAsk(now)) return undefined;
    const question = this.#ask(account);
    this.#asking.set(account, question);
    try {
      return await question;
    } finally {
      this.#asking.delete(account);
    }
  }

  async #ask(account: string): Promise<RegisteredTransmitter | undefined> {
    const found = await this.#source.byAccount(account);
    if (found) {
      this.#put(found);
      return found;
    }
    if (this.#unknownUntil.size >= MOST_NEGATIVE) this.#unknownUntil.clear();
    this.#unknownUntil.set(account, this.#now() + NEGATIVE_MS);
    return undefined;
  }

  #mayAsk(now: number): boolean {
    const second = Math.floor(now / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#asked = 0;
    }
    this.#asked += 1;
    return this.#asked <= this.#perSecond;
  }

  #put(one: RegisteredTransmitter): void {
    this.#byAccount.set(one.account, one);
    this.#unknownUntil.delete(one.account);
    const accounts = this.#ofFacility.get(one.facilityId);
    if (accounts === undefined) this.#ofFacility.set(one.facilityId, one.account);
    else if (typeof accounts === 'string') {
      if (accounts !== one.account) this.#ofFacility.set(one.facilityId, [accounts, one.account]);
    } else if (!accounts.includes(one.account))
      this.#ofFacility.set(one.facilityId, [...accounts, one.account]);
  }

  #remove(facility: FacilityId): void {
    const accounts = this.#ofFacility.get(facility);
    if (accounts === undefined) return;
    this.#ofFacility.delete(facility);
    for (const account of typeof accounts === 'string' ? [accounts] : accounts) {
      // It may have moved to another facility in the meantime.
      if (this.#byAccount.get(account)?.facilityId === facility) this.#byAccount.delete(account);
    }
  }
}

/** A source that is a list in memory. */
export function listSource(transmitters: () => readonly RegisteredTransmitter[]): TransmitterSource {
  return {
    async *all() {
      yield transmitters();
    },
    ofFacilities: async (facilities) => transmitters().filter((one) => facilities.includes(one.facilityId)),
    byAccount: async (account) => transmitters().find((one) => one.account === account),
  };
}
