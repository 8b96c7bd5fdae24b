import net from 'node:net';
import type { ListenAddress } from '../../platform/index.ts';
import type { IntakeLimits } from '../limits.ts';
import { addressOf, listenAt } from '../listening.ts';
import { type CrowdCounters, StrangerCrowd } from '../stranger-crowd.ts';
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

export interface TcpCounters extends CrowdCounters {
  /** Unfinished frames given up after their time. */
  unfinishedDropped: number;
  idleClosed: number;
}

export interface TcpMetrics extends TcpCounters {
  readonly connections: number;
  readonly registered: number;
}

const SWEEP_MS = 1_000;
const IDLE_SWEEP_MS = 30_000;
const KEEP_ALIVE_MS = 60_000;
/** Reporting times without a word before a registered connection counts as dead (handbook 2.7: several intervals). */
const IDLE_INTERVALS = 4;

/** A protocol of frames over TCP. No timer a connection: one sweep a second looks at all that have an unfinished frame. */
export class TcpListener<Item> {
  readonly #protocol: TcpProtocol<Item>;
  readonly #limits: IntakeLimits;
  readonly #server: net.Server;
  readonly #crowd: StrangerCrowd<FrameConnection<Item>>;
  #unfinishedDropped = 0;
  #idleClosed = 0;
  #sweep: NodeJS.Timeout | undefined;
  #lastIdleSweep = performance.now();
  readonly #idleSweepMs: number;

  private constructor(protocol: TcpProtocol<Item>, limits: IntakeLimits) {
    this.#protocol = protocol;
    this.#limits = limits;
    this.#idleSweepMs = Math.min(IDLE_SWEEP_MS, limits.strangerIdleMs, limits.idleMs);
    this.#crowd = new StrangerCrowd(limits, (connection) => connection.outstanding > 0);
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
    await listenAt(listener.#server, address, protocol.title, protocol.receiver);
    listener.#sweep = setInterval(() => listener.#sweepAll(), Math.min(SWEEP_MS, listener.#idleSweepMs));
    listener.#sweep.unref();
    return listener;
  }

  metrics(): TcpMetrics {
    const { size: connections, registered, counters } = this.#crowd;
    return {
      ...counters,
      unfinishedDropped: this.#unfinishedDropped,
      idleClosed: this.#idleClosed,
      connections,
      registered,
    };
  }

  get address(): string {
    return addressOf(this.#server);
  }

  /** Accepts no more, answers what was read, closes. */
  async stop(): Promise<void> {
    clearInterval(this.#sweep);
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await Promise.all([...this.#crowd.connections()].map((connection) => connection.finish()));
    await closed;
  }

  #accept(socket: net.Socket): void {
    const address = socket.remoteAddress ?? '';
    const { receiver, intake } = this.#protocol;
    const source = {
      receiver,
      address,
      remote: `${address}:${socket.remotePort ?? 0}`,
      push: (bytes: Uint8Array) => pushTo(socket, bytes, this.#limits.unreadAnswerBytes),
    };
    const connection = new FrameConnection(socket, source, this.#protocol.reader(), intake, this.#limits, {
      registered: (one) => this.#crowd.greet(one),
      closed: (one) => {
        this.#crowd.leave(one);
        intake.gone?.(one.source);
      },
    });
    this.#crowd.enter(connection);
  }

  #sweepAll(): void {
    const now = performance.now();
    const idle = now - this.#lastIdleSweep >= this.#idleSweepMs;
    if (idle) this.#lastIdleSweep = now;
    for (const connection of this.#crowd.connections()) {
      const since = connection.unfinishedSinceMs;
      if (since !== 0 && now - since >= this.#limits.unfinishedMs && connection.dropUnfinished()) {
        this.#unfinishedDropped += 1;
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
    this.#idleClosed += 1;
    connection.socket.destroy();
  }
}

/** Who does not even take his answers is sent nothing else. */
function pushTo(socket: net.Socket, bytes: Uint8Array, mostUnread: number): boolean {
  if (socket.destroyed || !socket.writable || socket.writableLength > mostUnread) return false;
  socket.write(bytes);
  return true;
}
