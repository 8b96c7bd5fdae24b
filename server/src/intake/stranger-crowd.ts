import type { Socket } from 'node:net';
import type { IntakeLimits } from './limits.ts';

interface Guest {
  readonly address: string;
  registered: boolean;
}

export interface CrowdCounters {
  accepted: number;
  /** Strangers' connections closed to make room. */
  strangersClosed: number;
  /** Turned away because every place was taken by a registered device, or by a message on its way to the disk. */
  turnedAway: number;
}

/**
 * Who may stay when there are more connections than places: a registered device never gives way to a stranger, and no address
 * keeps more strangers than its share. When every stranger has a message on its way to the disk, whoever comes is turned away: the
 * places are those that the system has files for, each of those messages may be a fire, and a device that is turned away comes again.
 */
export class StrangerCrowd<Connection extends { readonly socket: Socket }> {
  readonly counters: CrowdCounters = { accepted: 0, strangersClosed: 0, turnedAway: 0 };
  readonly #limits: Pick<IntakeLimits, 'connections' | 'strangersPerAddress'>;
  /** A connection whose message is on its way to the disk keeps its place. */
  readonly #busy: (connection: Connection) => boolean;
  readonly #all = new Map<Connection, Guest>();
  /** Oldest first, by address. */
  readonly #strangers = new Map<string, Set<Connection>>();

  constructor(
    limits: Pick<IntakeLimits, 'connections' | 'strangersPerAddress'>,
    busy: (connection: Connection) => boolean,
  ) {
    this.#limits = limits;
    this.#busy = busy;
  }

  get size(): number {
    return this.#all.size;
  }

  get registered(): number {
    let count = 0;
    for (const guest of this.#all.values()) if (guest.registered) count += 1;
    return count;
  }

  connections(): IterableIterator<Connection> {
    return this.#all.keys();
  }

  /** False: there is no place, and the socket is closed. */
  enter(connection: Connection): boolean {
    this.counters.accepted += 1;
    if (this.#all.size >= this.#limits.connections && !this.#makeRoom()) {
      this.counters.turnedAway += 1;
      connection.socket.destroy();
      return false;
    }
    const address = connection.socket.remoteAddress ?? '';
    this.#all.set(connection, { address, registered: false });
    const strangers = this.#strangers.get(address) ?? new Set();
    strangers.add(connection);
    this.#strangers.set(address, strangers);
    if (strangers.size > this.#limits.strangersPerAddress) this.#closeOldest(strangers);
    return true;
  }

  /** A registered device was heard on it. */
  greet(connection: Connection): void {
    const guest = this.#all.get(connection);
    if (!guest || guest.registered) return;
    guest.registered = true;
    this.#forgetStranger(connection, guest);
  }

  leave(connection: Connection): void {
    const guest = this.#all.get(connection);
    if (!guest) return;
    this.#all.delete(connection);
    this.#forgetStranger(connection, guest);
  }

  #forgetStranger(connection: Connection, { address }: Guest): void {
    const strangers = this.#strangers.get(address);
    if (strangers?.delete(connection) && strangers.size === 0) this.#strangers.delete(address);
  }

  #makeRoom(): boolean {
    let most: Set<Connection> | undefined;
    for (const strangers of this.#strangers.values())
      if (strangers.size > (most?.size ?? 0)) most = strangers;
    return most !== undefined && this.#closeOldest(most);
  }

  #closeOldest(strangers: ReadonlySet<Connection>): boolean {
    for (const connection of strangers) {
      if (this.#busy(connection)) continue;
      this.counters.strangersClosed += 1;
      this.leave(connection);
      connection.socket.destroy();
      return true;
    }
    return false;
  }
}
