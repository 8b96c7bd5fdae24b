import type { FacilityId, TransmitterId } from '@keng/model';
import { type BookedLink, LinkMembers } from './link-members.ts';
import type { SupervisedTransmitter } from './supervised-transmitters.ts';
import { TimingWheel } from './timing-wheel.ts';

/** What the book noticed: to be written down, in this order. */
export interface LinkChange {
  readonly link: BookedLink;
  readonly change: 'lost' | 'restored';
  /** `unregistered`: it need not report any more, and is lost no more. */
  readonly because: 'heard' | 'unregistered';
}

/** How a transmitter was heard. */
export interface Hearing {
  /** Seconds since 1970, for people. */
  readonly second: number;
  /** The second of listening in which it was heard. */
  readonly tick: number;
  /** Bit 1: by its primary path; bit 2: by the alternative. */
  readonly paths: number;
  /** 1 to 255; 0: it is not known. */
  readonly receiver: number;
}

/** One row of a snapshot. */
export interface HeardRow {
  readonly transmitter: TransmitterId;
  readonly second: number;
  readonly tick: number;
  /** 0: by any path. */
  readonly path: number;
}

/** One more than its time: reporting to the second is not what tells a dead line from a living one. */
const GRACE_TICKS = 1;
export const CHUNK_MEMBERS = 4_096;

const LOST = 1;
/** The link of a transmitter with paths: out of its time, while a path is not yet lost. */
const OVERDUE = 2;
/** Its receiver went away or was overrun after hearing it: it was given its time once more, to find another one or to say it again. */
const GRANTED = 4;

/**
 * When each link was last heard and when it is due, in typed arrays. Ticks count seconds in which receivers listened, by a clock
 * that nobody sets: a stopped centre takes no link for lost, and neither does one whose clock was put an hour forward.
 *
 * A transmitter with two paths is three members: its link, and each path. The link is lost when all its paths are. When the
 * primary path is lost, the alternative has to be heard in the primary's time (EN 50136-1, domain/alarm-protocols.md section 8).
 */
export class LinkBook {
  readonly #members = new LinkMembers();
  readonly #wheel: TimingWheel;
  readonly #dirtyChunks = new Set<number>();
  readonly #mayHaveMissed: (receiver: number) => boolean;
  #changes: LinkChange[] = [];
  #lost = 0;

  /**
   * @param tick at which it begins: of the snapshot, when there is one
   * @param mayHaveMissed has this receiver stopped to tell whom it heard, or is something thrown away before it can read it?
   */
  constructor(tick = 0, mayHaveMissed: (receiver: number) => boolean = () => false) {
    this.#wheel = new TimingWheel(tick);
    this.#mayHaveMissed = mayHaveMissed;
  }

  get tick(): number {
    return this.#wheel.tick;
  }

  /** Transmitters. */
  get size(): number {
    return this.#members.size;
  }

  /** Links, not paths. */
  get lost(): number {
    return this.#lost;
  }

  /** How many are supervised, by area and carrier: what losses are compared with. */
  supervised(): Iterable<{ area: string; carrier: string | null; links: number }> {
    return this.#members.supervised();
  }

  /** Takes a transmitter into supervision, or what has changed of it. */
  put(one: SupervisedTransmitter): void {
    for (const member of this.#members.put(one, (path) => this.#dropping(path))) {
      const { heardTick } = this.#members.columns;
      if (heardTick[member] === 0) heardTick[member] = this.tick;
      if (!this.#has(member, LOST)) this.#arm(member, this.tick);
    }
  }

  remove(transmitter: TransmitterId): void {
    this.#members.remove(transmitter, (member) => this.#dropping(member));
  }

  /** The transmitter was heard. Hearing the same twice changes nothing. */
  hear(transmitter: TransmitterId, hearing: Hearing): void {
    const member = this.#members.find(transmitter);
    if (member === undefined) return;
    this.#touch(member, hearing);
    if (hearing.paths === 0) return;
    for (const path of this.#members.pathsOf(member)) {
      if (((hearing.paths >> (this.#members.columns.path[path] ?? 0)) & 1) === 1) this.#touch(path, hearing);
    }
  }

  /** As a snapshot has it. */
  recall({ transmitter, path, second, tick }: HeardRow): void {
    const member = this.#members.find(transmitter, path);
    if (member === undefined) return;
    this.#members.columns.heardSecond[member] = second;
    this.#members.columns.heardTick[member] = tick;
    this.#arm(member, tick);
  }

  /** Known to be lost, from the table: it is not due again before it was heard. */
  recallLost(transmitter: TransmitterId, path: number, outage: number): void {
    const member = this.#members.find(transmitter, path);
    if (member === undefined) return;
    this.#markLost(member);
    this.#members.columns.outage[member] = outage;
  }

  /** Nobody listened for a while: whoever reported in vain has its full time again. */
  startAfresh(tick: number): void {
    for (let member = 0; member < this.#members.length; member += 1) {
      const supervised = this.#members.transmitterOf(member) !== null && !this.#has(member, LOST);
      if (supervised) this.#arm(member, tick);
    }
  }

  /** Seconds of listening more. What is found lost is in the changes then. */
  advance(ticks: number): void {
    for (let count = 0; count < ticks; count += 1) this.#advance();
  }

  /** What was noticed since the last call: losses and returns in their order. */
  takeChanges(): LinkChange[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  /** The outage that a lost member belongs to, as a number of the supervisor's; 0: none. */
  outageOf(member: number): number {
    return this.#members.columns.outage[member] ?? 0;
  }

  setOutage(member: number, outage: number): void {
    this.#members.columns.outage[member] = outage;
  }

  isLost(member: number): boolean {
    return this.#has(member, LOST);
  }

  ofFacilities(facilities: ReadonlySet<FacilityId>): TransmitterId[] {
    return this.#members.ofFacilities(facilities);
  }

  /** Members of the chunks that have changed until now, each as it is when it is taken; what changes from here on is for the next call. */
  *changedChunks(): IterableIterator<{ chunk: number; rows: HeardRow[] }> {
    const { heardSecond, heardTick, path } = this.#members.columns;
    const chunks = [...this.#dirtyChunks];
    this.#dirtyChunks.clear();
    for (const chunk of chunks) {
      const rows: HeardRow[] = [];
      const end = Math.min((chunk + 1) * CHUNK_MEMBERS, this.#members.length);
      for (let member = chunk * CHUNK_MEMBERS; member < end; member += 1) {
        const transmitter = this.#members.transmitterOf(member);
        const second = heardSecond[member] ?? 0;
        if (transmitter && second > 0)
          rows.push({ transmitter, second, tick: heardTick[member] ?? 0, path: path[member] ?? 0 });
      }
      yield { chunk, rows };
    }
  }

  /** A snapshot that was not written has to be written again. */
  allChanged(): void {
    for (let chunk = 0; chunk * CHUNK_MEMBERS < this.#members.length; chunk += 1)
      this.#dirtyChunks.add(chunk);
  }

  #advance(): void {
    const links = new Set<number>();
    for (const member of this.#wheel.advance()) {
      if (this.#members.transmitterOf(member) === null) continue;
      if (this.#members.hasPaths(member)) {
        this.#set(member, OVERDUE);
        links.add(member);
      } else if (
        this.#mayHaveMissed(this.#members.columns.receiver[member] ?? 0) &&
        !this.#has(member, GRANTED)
      ) {
        this.#set(member, GRANTED);
        this.#arm(member, this.tick);
      } else {
        this.#lose(member);
        if (this.#members.isPath(member)) links.add(this.#members.linkOf(member));
      }
    }
    for (const member of links) this.#loseWithPaths(member);
  }

  #lose(member: number): void {
    if (this.#has(member, LOST)) return;
    this.#markLost(member);
    this.#say(member, 'lost', 'heard');
  }

  /** All paths of it are lost: it is, too. One is lost: the other has to be heard in the time of the primary. */
  #loseWithPaths(member: number): void {
    const paths = [...this.#members.pathsOf(member)];
    if (paths.every((path) => this.#has(path, LOST))) {
      if (this.#has(member, OVERDUE)) this.#lose(member);
      return;
    }
    for (const path of paths) {
      const due = this.tick + this.#interval(path) + GRACE_TICKS;
      if (!this.#has(path, LOST) && due < this.#wheel.due(path)) this.#wheel.set(path, due);
    }
  }

  #touch(member: number, { second, tick, receiver }: Hearing): void {
    const { columns } = this.#members;
    columns.heardSecond[member] = second;
    columns.heardTick[member] = Math.max(tick, columns.heardTick[member] ?? 0);
    columns.receiver[member] = receiver;
    this.#clear(member, OVERDUE | GRANTED);
    this.#dirtyChunks.add(Math.floor(member / CHUNK_MEMBERS));
    const wasLost = this.#has(member, LOST);
    if (wasLost) {
      this.#markFound(member);
      this.#say(member, 'restored', 'heard');
    }
    this.#arm(member, columns.heardTick[member] ?? 0);
    if (!wasLost || !this.#members.isPath(member)) return;
    // The other path has its own time again.
    for (const path of this.#members.pathsOf(this.#members.linkOf(member))) {
      if (path !== member && !this.#has(path, LOST)) this.#arm(path, columns.heardTick[path] ?? 0);
    }
  }

  #arm(member: number, heardTick: number): void {
    this.#wheel.set(member, Math.max(this.tick + 1, heardTick + this.#interval(member) + GRACE_TICKS));
  }

  #interval(member: number): number {
    const { reporting, path } = this.#members.columns;
    const own = reporting[member] ?? 0;
    if (path[member] !== 2) return own;
    for (const one of this.#members.pathsOf(this.#members.linkOf(member))) {
      if (one !== member && this.#has(one, LOST)) return Math.min(own, reporting[one] ?? own);
    }
    return own;
  }

  #markLost(member: number): void {
    if (this.#has(member, LOST)) return;
    this.#set(member, LOST);
    this.#wheel.remove(member);
    if (!this.#members.isPath(member)) this.#lost += 1;
  }

  #markFound(member: number): void {
    this.#clear(member, LOST);
    if (!this.#members.isPath(member)) this.#lost -= 1;
  }

  #dropping(member: number): void {
    if (this.#has(member, LOST)) {
      this.#markFound(member);
      this.#say(member, 'restored', 'unregistered');
    }
    this.#wheel.remove(member);
    this.#dirtyChunks.add(Math.floor(member / CHUNK_MEMBERS));
  }

  #say(member: number, change: LinkChange['change'], because: LinkChange['because']): void {
    const link = this.#members.describe(member);
    if (link) this.#changes.push({ link, change, because });
  }

  #has(member: number, flag: number): boolean {
    return ((this.#members.columns.flags[member] ?? 0) & flag) !== 0;
  }

  #set(member: number, flag: number): void {
    this.#members.columns.flags[member] = (this.#members.columns.flags[member] ?? 0) | flag;
  }

  #clear(member: number, flags: number): void {
    this.#members.columns.flags[member] = (this.#members.columns.flags[member] ?? 0) & ~flags;
  }
}
