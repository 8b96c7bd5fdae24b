import type { FacilityId, OrganisationCode, TransmitterId } from '@keng/model';
import { TimingWheel } from './timing-wheel.ts';

/** A transmitter that must be heard in its time. */
export interface SupervisedTransmitter {
  readonly transmitterId: TransmitterId;
  readonly facilityId: FacilityId;
  readonly organisation: OrganisationCode;
  readonly reportingSeconds: number;
}

/** A link as the book has it. `heardSecond`: since 1970, 0 for never. */
export interface BookedLink extends SupervisedTransmitter {
  readonly member: number;
  readonly heardSecond: number;
}

/**
 * The tick of the beat in which it is heard, and one more than its time: reporting to the second is not what tells a dead line
 * from a living one.
 */
const GRACE_TICKS = 2;
export const CHUNK_MEMBERS = 4_096;

/**
 * When each link was last heard and when it is due, in typed arrays: below 200 bytes a device with its place in the map. Due times
 * count seconds in which receivers listened, so that a stopped centre takes no link for lost.
 */
export class LinkBook {
  readonly #wheel = new TimingWheel();
  readonly #members = new Map<TransmitterId, number>();
  readonly #transmitters: (TransmitterId | null)[] = [];
  readonly #facilities: FacilityId[] = [];
  readonly #organisations: OrganisationCode[] = [];
  readonly #free: number[] = [];
  readonly #lost = new Set<number>();
  readonly #dirtyChunks = new Set<number>();
  #heard = new Uint32Array(1_024);
  #reporting = new Uint32Array(1_024);

  get size(): number {
    return this.#members.size;
  }

  get lost(): number {
    return this.#lost.size;
  }

  /** Takes a transmitter into supervision, or its new reporting time. */
  put(one: SupervisedTransmitter): void {
    const known = this.#members.get(one.transmitterId);
    const member = known ?? this.#free.pop() ?? this.#transmitters.length;
    this.#makeRoom(member);
    this.#members.set(one.transmitterId, member);
    this.#transmitters[member] = one.transmitterId;
    this.#facilities[member] = one.facilityId;
    this.#organisations[member] = one.organisation;
    if (known !== undefined && this.#reporting[member] === one.reportingSeconds) return;
    this.#reporting[member] = one.reportingSeconds;
    if (known === undefined) this.#heard[member] = 0;
    if (!this.#lost.has(member))
      this.#wheel.set(member, this.#wheel.tick + one.reportingSeconds + GRACE_TICKS);
  }

  remove(transmitter: TransmitterId): void {
    const member = this.#members.get(transmitter);
    if (member === undefined) return;
    this.#members.delete(transmitter);
    this.#transmitters[member] = null;
    this.#lost.delete(member);
    this.#wheel.remove(member);
    this.#dirty(member);
    this.#free.push(member);
  }

  /**
   * The transmitter was heard `ageSeconds` of listening ago. Hearing the same twice changes nothing.
   * @returns the link if it was lost until now
   */
  hear(transmitter: TransmitterId, second: number, ageSeconds: number): BookedLink | null {
    const member = this.#members.get(transmitter);
    if (member === undefined || second <= (this.#heard[member] ?? 0)) return null;
    this.#heard[member] = second;
    this.#dirty(member);
    if (this.#lost.has(member)) return this.#link(member);
    this.#arm(member, ageSeconds);
    return null;
  }

  /** Known to be lost, from the table: it is not due again before it was heard. */
  markLost(transmitter: TransmitterId): void {
    const member = this.#members.get(transmitter);
    if (member === undefined) return;
    this.#lost.add(member);
    this.#wheel.remove(member);
  }

  markRestored(link: BookedLink): void {
    if (this.#transmitters[link.member] !== link.transmitterId) return;
    this.#lost.delete(link.member);
    this.#arm(link.member, 0);
  }

  /** One second of listening more: the links that have not been heard in their time. */
  advance(): BookedLink[] {
    return this.#wheel
      .advance()
      .map((member) => this.#link(member))
      .filter((link) => link !== null);
  }

  /** Transmitters of these facilities. Walks the book: the register changes rarely, and a million is walked in 10 ms. */
  ofFacilities(facilities: ReadonlySet<FacilityId>): TransmitterId[] {
    return this.#transmitters.filter((one, member): one is TransmitterId => {
      const facility = this.#facilities[member];
      return one !== null && facility !== undefined && facilities.has(facility);
    });
  }

  /** What could not be written is due again with the next tick. */
  again(links: readonly BookedLink[]): void {
    for (const { member, transmitterId } of links) {
      if (this.#transmitters[member] === transmitterId) this.#wheel.set(member, this.#wheel.tick + 1);
    }
  }

  /** Members of the chunks that have changed since they were asked for. */
  *changedChunks(): IterableIterator<{
    chunk: number;
    rows: { transmitter: TransmitterId; second: number }[];
  }> {
    for (const chunk of this.#dirtyChunks) {
      const rows: { transmitter: TransmitterId; second: number }[] = [];
      const end = Math.min((chunk + 1) * CHUNK_MEMBERS, this.#transmitters.length);
      for (let member = chunk * CHUNK_MEMBERS; member < end; member += 1) {
        const transmitter = this.#transmitters[member];
        const second = this.#heard[member] ?? 0;
        if (transmitter && second > 0) rows.push({ transmitter, second });
      }
      yield { chunk, rows };
    }
    this.#dirtyChunks.clear();
  }

  /** A snapshot that was not written has to be written again. */
  allChanged(): void {
    for (let chunk = 0; chunk * CHUNK_MEMBERS < this.#transmitters.length; chunk += 1)
      this.#dirtyChunks.add(chunk);
  }

  #arm(member: number, ageSeconds: number): void {
    const left = (this.#reporting[member] ?? 0) - ageSeconds + GRACE_TICKS;
    this.#wheel.set(member, this.#wheel.tick + Math.max(1, left));
  }

  #link(member: number): BookedLink | null {
    const transmitterId = this.#transmitters[member];
    const facilityId = this.#facilities[member];
    const organisation = this.#organisations[member];
    if (!transmitterId || facilityId === undefined || organisation === undefined) return null;
    return {
      member,
      transmitterId,
      facilityId,
      organisation,
      reportingSeconds: this.#reporting[member] ?? 0,
      heardSecond: this.#heard[member] ?? 0,
    };
  }

  #dirty(member: number): void {
    this.#dirtyChunks.add(Math.floor(member / CHUNK_MEMBERS));
  }

  #makeRoom(member: number): void {
    if (member < this.#heard.length) return;
    const heard = new Uint32Array(this.#heard.length * 2);
    const reporting = new Uint32Array(this.#heard.length * 2);
    heard.set(this.#heard);
    reporting.set(this.#reporting);
    this.#heard = heard;
    this.#reporting = reporting;
  }
}
