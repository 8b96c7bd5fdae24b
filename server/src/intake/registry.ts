import type { FacilityId, OrganisationCode, TransmitterId, TransmitterProtocol } from '@keng/model';
import type { FrameKey } from '@keng/sia-dc09';
import type { KnownPath } from './path-of.ts';

/** What a receiver must know of a transmitter to decide about its frame; a million of them stay in memory. */
export interface RegisteredTransmitter {
  readonly protocol: TransmitterProtocol;
  /** Unique within its protocol: 3 to 16 hex digits, upper case. */
  readonly account: string;
  readonly transmitterId: TransmitterId;
  readonly facilityId: FacilityId;
  readonly organisation: OrganisationCode;
  /** With a key nothing is accepted that does not prove it. */
  readonly key: FrameKey | null;
  /** Any message is expected in this time; null: not supervised. */
  readonly reportingSeconds: number | null;
  /** Zone numbers registered in another form than without leading zeros (`015`); null when there are none, as is usual. */
  readonly zones: readonly string[] | null;
  /** By which of its paths it was heard; absent: by any. */
  readonly path?: number;
  /** The machine whose synthetic alarm it sends; absent: a device. */
  readonly probe?: string;
  /** What tells its paths apart; absent when it has one. */
  readonly paths?: readonly KnownPath[];
}

/** Where transmitters come from: the facility register, or a list in a test. */
export interface TransmitterSource {
  /** All of the world, in pages. */
  all(): AsyncIterable<readonly RegisteredTransmitter[]>;
  ofFacilities(facilities: readonly FacilityId[]): Promise<readonly RegisteredTransmitter[]>;
  byAccount(protocol: TransmitterProtocol, account: string): Promise<RegisteredTransmitter | undefined>;
}

/** The transmitters of all protocols; each receiver asks for those of its own. */
export interface TransmitterRegistries {
  readonly size: number;
  of(protocol: TransmitterProtocol): TransmitterRegistry;
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

export class MemoryRegistry implements TransmitterRegistries {
  readonly #source: TransmitterSource;
  readonly #now: () => number;
  readonly #perSecond: number;
  readonly #protocols = new Map<TransmitterProtocol, ProtocolRegistry>();
  /** One transmitter is the rule; several are a list. */
  readonly #ofFacility = new Map<FacilityId, RegisteredTransmitter | readonly RegisteredTransmitter[]>();

  constructor(options: RegistryOptions) {
    this.#source = options.source;
    this.#now = options.now ?? (() => performance.now());
    this.#perSecond = options.lookUpsPerSecond ?? 200;
  }

  get size(): number {
    let size = 0;
    for (const one of this.#protocols.values()) size += one.size;
    return size;
  }

  of(protocol: TransmitterProtocol): TransmitterRegistry {
    return this.#of(protocol);
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

  #of(protocol: TransmitterProtocol): ProtocolRegistry {
    const known = this.#protocols.get(protocol);
    if (known) return known;
    const made = new ProtocolRegistry({
      ask: (account) => this.#source.byAccount(protocol, account),
      found: (one) => this.#put(one),
      now: this.#now,
      perSecond: this.#perSecond,
    });
    this.#protocols.set(protocol, made);
    return made;
  }

  #put(one: RegisteredTransmitter): void {
    this.#of(one.protocol).put(one);
    const others = this.#ofFacility.get(one.facilityId);
    const rest = (others === undefined ? [] : 'account' in others ? [others] : others).filter(
      (other) => other.account !== one.account || other.protocol !== one.protocol,
    );
    this.#ofFacility.set(one.facilityId, rest.length === 0 ? one : [...rest, one]);
  }

  #remove(facility: FacilityId): void {
    const found = this.#ofFacility.get(facility);
    if (found === undefined) return;
    this.#ofFacility.delete(facility);
    for (const one of 'account' in found ? [found] : found) this.#of(one.protocol).remove(one);
  }
}

interface ProtocolRegistryOptions {
  readonly ask: (account: string) => Promise<RegisteredTransmitter | undefined>;
  readonly found: (one: RegisteredTransmitter) => void;
  readonly now: () => number;
  readonly perSecond: number;
}

/** Accounts of one protocol. */
class ProtocolRegistry implements TransmitterRegistry {
  readonly #options: ProtocolRegistryOptions;
  readonly #byAccount = new Map<string, RegisteredTransmitter>();
  readonly #unknownUntil = new Map<string, number>();
  readonly #asking = new Map<string, Promise<RegisteredTransmitter | undefined>>();
  #second = 0;
  #asked = 0;

  constructor(options: ProtocolRegistryOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#byAccount.size;
  }

  find(account: string): RegisteredTransmitter | undefined {
    return this.#byAccount.get(account);
  }

  async lookUp(account: string): Promise<RegisteredTransmitter | undefined> {
    const known = this.#byAccount.get(account);
    if (known) return known;
    const asking = this.#asking.get(account);
    if (asking) return asking;
    const now = this.#options.now();
    if ((this.#unknownUntil.get(account) ?? 0) > now || !this.#mayAsk(now)) return undefined;
    const question = this.#ask(account);
    this.#asking.set(account, question);
    try {
      return await question;
    } finally {
      this.#asking.delete(account);
    }
  }

  put(one: RegisteredTransmitter): void {
    this.#byAccount.set(one.account, one);
    this.#unknownUntil.delete(one.account);
  }

  remove(one: RegisteredTransmitter): void {
    // It may have moved to another facility in the meantime.
    if (this.#byAccount.get(one.account)?.facilityId === one.facilityId) this.#byAccount.delete(one.account);
  }

  async #ask(account: string): Promise<RegisteredTransmitter | undefined> {
    const found = await this.#options.ask(account);
    if (found) {
      this.#options.found(found);
      return found;
    }
    if (this.#unknownUntil.size >= MOST_NEGATIVE) this.#unknownUntil.clear();
    this.#unknownUntil.set(account, this.#options.now() + NEGATIVE_MS);
    return undefined;
  }

  #mayAsk(now: number): boolean {
    const second = Math.floor(now / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#asked = 0;
    }
    this.#asked += 1;
    return this.#asked <= this.#options.perSecond;
  }
}

/** A source that is a list in memory. */
export function listSource(transmitters: () => readonly RegisteredTransmitter[]): TransmitterSource {
  return {
    async *all() {
      yield transmitters();
    },
    ofFacilities: async (facilities) => transmitters().filter((one) => facilities.includes(one.facilityId)),
    byAccount: async (protocol, account) =>
      transmitters().find((one) => one.protocol === protocol && one.account === account),
  };
}
