import {
  type FacilityId,
  type LinkPath,
  type OrganisationCode,
  PATH_MEDIA,
  type TransmitterId,
} from '@keng/model';
import { LinkColumns, Names } from './link-columns.ts';
import type { SupervisedPath, SupervisedTransmitter } from './supervised-transmitters.ts';

/** A link or a path as the book has it. `heardSecond`: since 1970, 0 for never. */
export interface BookedLink {
  readonly member: number;
  readonly transmitterId: TransmitterId;
  readonly facilityId: FacilityId;
  readonly organisation: OrganisationCode;
  readonly area: string | null;
  readonly carrier: string | null;
  readonly reportingSeconds: number;
  readonly heardSecond: number;
  /** null: the link as a whole. */
  readonly path: LinkPath | null;
  /** The link of a transmitter with two paths: its loss is counted by those. */
  readonly ofPaths: boolean;
  /** The outage that its loss belongs to, as a number of the supervisor's; 0: none. */
  readonly outage: number;
}

const NONE = -1;

/** Who is supervised: a member for each transmitter, and one for each path of those that have two. */
export class LinkMembers {
  readonly columns = new LinkColumns();
  readonly #members = new Map<TransmitterId, number>();
  readonly #transmitters: (TransmitterId | null)[] = [];
  readonly #facilities: FacilityId[] = [];
  readonly #names = new Names();
  readonly #free: number[] = [];
  /** Supervised links by area and carrier. */
  readonly #cells = new Map<string, number>();

  /** Transmitters. */
  get size(): number {
    return this.#members.size;
  }

  /** Members, used or free. */
  get length(): number {
    return this.#transmitters.length;
  }

  /** How many are supervised, by area and carrier. */
  *supervised(): IterableIterator<{ area: string; carrier: string | null; links: number }> {
    for (const [cell, links] of this.#cells) {
      const [area = '', carrier = ''] = cell.split('/');
      if (links > 0) yield { area, carrier: carrier === '' ? null : carrier, links };
    }
  }

  /**
   * Takes a transmitter, or what has changed of it.
   * @param dropping told of each path that is there no more, while it still can be asked about
   * @returns the members whose reporting time is new
   */
  put(one: SupervisedTransmitter, dropping: (member: number) => void): number[] {
    const known = this.#members.get(one.transmitterId);
    const member = known ?? this.#make(one.transmitterId);
    this.#members.set(one.transmitterId, member);
    if (known !== undefined) this.#count(member, -1);
    const changed = this.#describe(member, one, null);
    const paths = [...this.pathsOf(member)];
    if (paths.length === one.paths.length) {
      for (const [index, path] of one.paths.entries())
        changed.push(...this.#describe(paths[index] ?? member, one, path));
    } else {
      for (const path of paths) this.#drop(path, dropping);
      this.columns.next[member] = NONE;
      for (const path of one.paths.toReversed()) {
        const added = this.#make(one.transmitterId);
        this.columns.next[added] = this.columns.next[member] ?? NONE;
        this.columns.next[member] = added;
        changed.push(...this.#describe(added, one, path));
      }
    }
    this.#count(member, 1);
    return changed;
  }

  remove(transmitter: TransmitterId, dropping: (member: number) => void): void {
    const member = this.#members.get(transmitter);
    if (member === undefined) return;
    this.#count(member, -1);
    for (const path of this.pathsOf(member)) this.#drop(path, dropping);
    this.#drop(member, dropping);
    this.#members.delete(transmitter);
  }

  /** The member of a transmitter's link (0), or of one of its paths. */
  find(transmitter: TransmitterId, path = 0): number | undefined {
    const member = this.#members.get(transmitter);
    if (member === undefined || path === 0) return member;
    return [...this.pathsOf(member)].find((one) => this.columns.path[one] === path);
  }

  transmitterOf(member: number): TransmitterId | null {
    return this.#transmitters[member] ?? null;
  }

  isPath(member: number): boolean {
    return this.columns.path[member] !== 0;
  }

  hasPaths(member: number): boolean {
    return !this.isPath(member) && (this.columns.next[member] ?? NONE) !== NONE;
  }

  /** The primary path first. */
  *pathsOf(member: number): IterableIterator<number> {
    if (this.isPath(member)) return;
    for (let at = this.columns.next[member] ?? NONE; at !== NONE; ) {
      const next: number = this.columns.next[at] ?? NONE;
      yield at;
      at = next;
    }
  }

  /** The link that a path is of. */
  linkOf(path: number): number {
    const transmitter = this.#transmitters[path];
    return (transmitter ? this.#members.get(transmitter) : undefined) ?? path;
  }

  /** Transmitters of these facilities. Walks all: the register changes rarely, and a million is walked in 10 ms. */
  ofFacilities(facilities: ReadonlySet<FacilityId>): TransmitterId[] {
    return this.#transmitters.filter((one, member): one is TransmitterId => {
      const facility = this.#facilities[member];
      return one !== null && !this.isPath(member) && facility !== undefined && facilities.has(facility);
    });
  }

  describe(member: number): BookedLink | null {
    const transmitterId = this.#transmitters[member];
    const facilityId = this.#facilities[member];
    if (!transmitterId || facilityId === undefined) return null;
    const { organisation, area, carrier, path, medium, reporting, heardSecond } = this.columns;
    const number = path[member] ?? 0;
    const ofCarrier = this.#names.name(carrier[member] ?? 0);
    return {
      member,
      transmitterId,
      facilityId,
      // It was an organisation's code when it was put here.
      organisation: (this.#names.name(organisation[member] ?? 0) ?? '') as OrganisationCode,
      area: this.#names.name(area[member] ?? 0),
      carrier: ofCarrier,
      reportingSeconds: reporting[member] ?? 0,
      heardSecond: heardSecond[member] ?? 0,
      path:
        number === 0
          ? null
          : { number, medium: PATH_MEDIA[medium[member] ?? 0] ?? 'other', carrier: ofCarrier },
      ofPaths: this.hasPaths(member),
      outage: this.columns.outage[member] ?? 0,
    };
  }

  #make(transmitter: TransmitterId): number {
    const member = this.#free.pop() ?? this.#transmitters.length;
    this.columns.clear(member);
    this.#transmitters[member] = transmitter;
    return member;
  }

  #describe(member: number, one: SupervisedTransmitter, path: SupervisedPath | null): number[] {
    const { columns } = this;
    this.#facilities[member] = one.facilityId;
    columns.organisation[member] = this.#names.number(one.organisation);
    columns.area[member] = this.#names.number(one.area);
    columns.carrier[member] = this.#names.number(path === null ? one.carrier : path.carrier);
    columns.path[member] = path?.number ?? 0;
    columns.medium[member] = path === null ? 0 : PATH_MEDIA.indexOf(path.medium);
    const { reportingSeconds } = path ?? one;
    if (columns.reporting[member] === reportingSeconds) return [];
    columns.reporting[member] = reportingSeconds;
    return [member];
  }

  #drop(member: number, dropping: (member: number) => void): void {
    dropping(member);
    this.#transmitters[member] = null;
    this.columns.clear(member);
    this.#free.push(member);
  }

  /** Adds to the cells what is supervised of a transmitter, or takes it away. */
  #count(member: number, by: 1 | -1): void {
    for (const one of this.hasPaths(member) ? this.pathsOf(member) : [member]) {
      const area = this.#names.name(this.columns.area[one] ?? 0) ?? '';
      const carrier = this.#names.name(this.columns.carrier[one] ?? 0) ?? '';
      const cell = `${area}/${carrier}`;
      this.#cells.set(cell, (this.#cells.get(cell) ?? 0) + by);
    }
  }
}
