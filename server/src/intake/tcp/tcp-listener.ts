import net from 'node:net';
import {
  errorMessage,
  formatListenAddress,
  type ListenAddress,
  PlatformError,
} from '../../platform/index.ts';
import type { IntakeLimits } from '../limits.ts';
import { FrameConnection, type FrameReader, type ItemIntake } from './frame-connection.ts';

/** What a protocol brings to the sockets that all share. */
export interface TcpProtocol<Item> {
  /** As people call it: `DC-09 over TCP`. */
  readonly title: string;
  /** Name of the receiver in entries, and of its setting: `dc09-tcp`. */
  readonly receiver: string;
  readonly intake: ItemIntake<Item>;
  /** One for each connection. */
  reader(): FrameReader<Item>;
}

export interface TcpCounters {
  accepted: number;
  /** Unfinished frames given up after their time. */
  unfinishedDropped: number;
  /** Strangers' connections closed to make room, by number or by silence. */
  strangersClosed: number;
  idleClosed: number;
  /** Turned away because every place was taken by a registered device. */
  turnedAway: number;
}

export interface TcpMetrics extends TcpCounters {
  readonly connections: number;
  readonly registered: number;
}

const SWEEP_MS = 1_000;
const IDLE_SWEEP_MS = 30_000;
const KEEP_ALIVE_MS = 60_000;
const BACKLOG = 4_096;
/** Reporting times without a word before a registered connection counts as dead (handbook 2.7: several intervals). */
const IDLE_INTERVALS = 4;

/** A protocol of frames over TCP. No timer a connection: one sweep a second looks at all that have an unfinished frame. */
export class TcpListener<Item> {
  readonly counters: TcpCounters = {
    accepted: 0,
    unfinishedDropped: 0,
    strangersClosed: 0,
    idleClosed: 0,
    turnedAway: 0,
  };
  readonly #protocol: TcpProtocol<Item>;
  readonly #limits: IntakeLimits;
  readonly #server: net.Server;
  readonly #all = new Set<FrameConnection<Item>>();
  /** Nobody registered was heard on these yet; oldest first, by address. */
  readonly #strangers = new Map<string, Set<FrameConnection<Item>>>();
  #sweep: NodeJS.Timeout | undefined;
  #lastIdleSweep = performance.now();

  private constructor(protocol: TcpProtocol<Item>, limits: IntakeLimits) {
    this.#protocol = protocol;
    this.#limits = limits;
    this.#server = net.createServer(
      { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS, allowHalfOpen: true },
      (socket) => this.#accept(socket),
    );
  }

  static async open<Item>(
    address: ListenAddress,
    protocol: TcpProtocol<Item>,
    limits: IntakeLimits,
  ): Promise<TcpListener<Item>> {
    const listener = new TcpListener(protocol, limits);
    await listener.#listen(address);
    listener.#sweep = setInterval(() => listener.#sweepAll(), SWEEP_MS);
    listener.#sweep.unref();
    return listener;
  }

  metrics(): TcpMetrics {
    let registered = 0;
    for (const connection of this.#all) if (connection.registered) registered += 1;
    return { ...this.counters, connections: this.#all.size, registered };
  }

  get address(): string {
    const at = this.#server.address();
    return typeof at === 'object' && at !== null
      ? formatListenAddress({ host: at.address, port: at.port })
      : '';
  }

  /** Accepts no more, answers what was read, closes. */
  async stop(): Promise<void> {
    clearInterval(this.#sweep);
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await Promise.all([...this.#all].map((connection) => connection.finish()));
    await closed;
  }

  #listen(address: ListenAddress): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (cause: Error): void =>
        reject(
          new PlatformError(
            'listen-failed',
            `${this.#protocol.title} cannot listen on ${formatListenAddress(address)}: ${errorMessage(cause)}`,
            `stop what uses this address, or choose another with --${this.#protocol.receiver}`,
            { cause },
          ),
        );
      this.#server.once('error', fail);
      this.#server.listen({ host: address.host, port: address.port, backlog: BACKLOG }, () => {
        this.#server.off('error', fail);
        // Accepting can fail for want of files; those who wait are accepted later.
        this.#server.on('error', () => undefined);
        resolve();
      });
    });
  }

  #accept(socket: net.Socket): void {
    this.counters.accepted += 1;
    const address = socket.remoteAddress ?? '';
    if (this.#all.size >= this.#limits.connections && !this.#makeRoom()) {
      this.counters.turnedAway += 1;
      socket.destroy();
      return;
    }
    const { receiver, intake } = this.#protocol;
    const source = {
      receiver,
      address,
      remote: `${address}:${socket.remotePort ?? 0}`,
      push: (bytes: Uint8Array) => pushTo(socket, bytes, this.#limits.unreadAnswerBytes),
    };
    const connection = new FrameConnection(socket, source, this.#protocol.reader(), intake, this.#limits, {
      registered: (one) => this.#forgetStranger(one),
      closed: (one) => {
        this.#all.delete(one);
        this.#forgetStranger(one);
        intake.gone?.(one.source);
      },
    });
    this.#all.add(connection);
    const strangers = this.#strangers.get(address) ?? new Set();
    strangers.add(connection);
    this.#strangers.set(address, strangers);
    if (strangers.size > this.#limits.strangersPerAddress) this.#closeOldest(strangers);
  }

  #forgetStranger(connection: FrameConnection<Item>): void {
    const { address } = connection.source;
    const strangers = this.#strangers.get(address);
    if (!strangers?.delete(connection)) return;
    if (strangers.size === 0) this.#strangers.delete(address);
  }

  /** Closes the oldest stranger of the address that has most of them; false when there are only registered devices. */
  #makeRoom(): boolean {
    let most: Set<FrameConnection<Item>> | undefined;
    for (const strangers of this.#strangers.values())
      if (strangers.size > (most?.size ?? 0)) most = strangers;
    if (!most) return false;
    this.#closeOldest(most);
    return true;
  }

  #closeOldest(strangers: Set<FrameConnection<Item>>): void {
    for (const connection of strangers) {
      // A frame of a device that nobody has heard yet may be on its way to the disk: that one has its place.
      if (connection.outstanding > 0) continue;
      this.counters.strangersClosed += 1;
      this.#all.delete(connection);
      this.#forgetStranger(connection);
      connection.socket.destroy();
      return;
    }
  }

  #sweepAll(): void {
    const now = performance.now();
    const idle = now - this.#lastIdleSweep >= IDLE_SWEEP_MS;
    if (idle) this.#lastIdleSweep = now;
    for (const connection of this.#all) {
      const since = connection.unfinishedSinceMs;
      if (since !== 0 && now - since >= this.#limits.unfinishedMs && connection.dropUnfinished()) {
        this.counters.unfinishedDropped += 1;
      }
      if (idle && now - connection.lastHeardMs > this.#patience(connection)) this.#closeIdle(connection);
    }
  }

  #patience(connection: FrameConnection<Item>): number {
    if (!connection.registered) return this.#limits.strangerIdleMs;
    return Math.max(this.#limits.idleMs, connection.reportingSeconds * 1_000 * IDLE_INTERVALS);
  }

  #closeIdle(connection: FrameConnection<Item>): void {
    if (connection.outstanding > 0) return;
    this.counters.idleClosed += 1;
    connection.socket.destroy();
  }
}

/** Who does not even take his answers is sent nothing else. */
function pushTo(socket: net.Socket, bytes: Uint8Array, mostUnread: number): boolean {
  if (socket.destroyed || !socket.writable || socket.writableLength > mostUnread) return false;
  socket.write(bytes);
  return true;
}
