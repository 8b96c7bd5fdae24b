import net from 'node:net';
import tls from 'node:tls';
import type { Tls } from '../../platform/http/index.ts';
import type { ListenAddress, Logger } from '../../platform/index.ts';
import type { MessageIntake } from '../device-messages/message-intake.ts';
import type { Downstream } from '../downstream.ts';
import type { IntakeLimits } from '../limits.ts';
import { addressOf, listenAt } from '../listening.ts';
import { type CrowdCounters, StrangerCrowd } from '../stranger-crowd.ts';
import { MqttConnection } from './mqtt-connection.ts';

export interface MqttListenerCounters extends CrowdCounters {
  readonly connections: number;
  readonly registered: number;
  /** Closed for silence: no CONNECT, an unfinished packet, keep-alive over, nothing for days. */
  readonly silentClosed: number;
  /** Closed because the same device connected again. */
  readonly takenOver: number;
}

const SWEEP_MS = 1_000;
const KEEP_ALIVE_MS = 60_000;
const HANDSHAKE_MS = 5_000;
/** [MQTT-3.1.2-24]: one and a half times the keep-alive. */
const KEEP_ALIVE_TIMES = 1.5;
/** Reporting times without a word before a connection without keep-alive counts as dead. */
const IDLE_INTERVALS = 4;

/** All MQTT connections of one address. No timer a connection: one sweep a second. */
export class MqttListener {
  readonly #messages: MessageIntake;
  readonly #limits: IntakeLimits;
  readonly #downstream: Downstream;
  readonly #log: Logger;
  readonly #server: net.Server;
  readonly #encrypted: boolean;
  readonly #crowd: StrangerCrowd<MqttConnection>;
  /** One connection a device ([MQTT-3.1.4-2]), over all listeners of this receiver. */
  readonly #byAccount: Map<string, MqttConnection>;
  #sweep: NodeJS.Timeout | undefined;
  #silentClosed = 0;
  #takenOver = 0;

  private constructor(
    messages: MessageIntake,
    limits: IntakeLimits,
    log: Logger,
    downstream: Downstream,
    byAccount: Map<string, MqttConnection>,
    certificate: Tls | null,
  ) {
    this.#messages = messages;
    this.#limits = limits;
    this.#log = log;
    this.#downstream = downstream;
    this.#byAccount = byAccount;
    this.#encrypted = certificate !== null;
    this.#crowd = new StrangerCrowd(limits, (connection) => connection.outstanding > 0);
    const options = {
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: KEEP_ALIVE_MS,
      allowHalfOpen: true,
    };
    const accept = (socket: net.Socket): void => this.#accept(socket);
    this.#server = certificate
      ? tls.createServer(
          { ...options, ...certificate, minVersion: 'TLSv1.2', handshakeTimeout: HANDSHAKE_MS },
          accept,
        )
      : net.createServer(options, accept);
    this.#server.on('tlsClientError', (_error: Error, socket: tls.TLSSocket) => socket.destroy());
  }

  static async open(
    address: ListenAddress,
    messages: MessageIntake,
    limits: IntakeLimits,
    log: Logger,
    downstream: Downstream,
    byAccount: Map<string, MqttConnection>,
    certificate: Tls | null,
  ): Promise<MqttListener> {
    const listener = new MqttListener(messages, limits, log, downstream, byAccount, certificate);
    await listenAt(listener.#server, address, 'MQTT', `mqtt-${certificate ? 'tls' : 'tcp'}`);
    listener.#sweep = setInterval(() => listener.#sweepAll(), SWEEP_MS);
    listener.#sweep.unref();
    return listener;
  }

  get address(): string {
    return addressOf(this.#server);
  }

  metrics(): MqttListenerCounters {
    const { size: connections, registered, counters } = this.#crowd;
    return {
      ...counters,
      connections,
      registered,
      silentClosed: this.#silentClosed,
      takenOver: this.#takenOver,
    };
  }

  /** Accepts no more, acknowledges what was read, closes. */
  async stop(): Promise<void> {
    clearInterval(this.#sweep);
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await Promise.all([...this.#crowd.connections()].map((connection) => connection.finish()));
    await closed;
  }

  #accept(socket: net.Socket): void {
    const address = socket.remoteAddress ?? '';
    const remote = `${address}:${socket.remotePort ?? 0}`;
    const source = {
      protocol: 'mqtt',
      receiver: 'mqtt',
      address,
      remote,
      encrypted: this.#encrypted,
    } as const;
    const connection = new MqttConnection(
      socket,
      source,
      this.#messages,
      this.#limits,
      this.#log,
      this.#downstream,
      {
        loggedIn: (one, account) => this.#greet(one, account),
        closed: (one) => this.#forget(one),
      },
    );
    this.#crowd.enter(connection);
  }

  #greet(connection: MqttConnection, account: string): void {
    this.#crowd.greet(connection);
    const before = this.#byAccount.get(account);
    this.#byAccount.set(account, connection);
    if (before === undefined) return;
    this.#takenOver += 1;
    before.dismiss();
  }

  #forget(connection: MqttConnection): void {
    this.#crowd.leave(connection);
    const { account } = connection;
    if (account !== null && this.#byAccount.get(account) === connection) this.#byAccount.delete(account);
  }

  #sweepAll(): void {
    const now = performance.now();
    for (const connection of this.#crowd.connections()) {
      if (connection.outstanding > 0 || !this.#isSilent(connection, now)) continue;
      this.#silentClosed += 1;
      connection.socket.destroy();
    }
  }

  #isSilent(connection: MqttConnection, now: number): boolean {
    const { unfinishedMs, idleMs } = this.#limits;
    const since = connection.unfinishedSinceMs;
    if (since !== 0 && now - since >= unfinishedMs) return true;
    if (!connection.loggedIn) return now - connection.openedMs >= unfinishedMs;
    const silence = now - connection.lastHeardMs;
    if (connection.keepAliveSeconds > 0)
      return silence > connection.keepAliveSeconds * 1_000 * KEEP_ALIVE_TIMES;
    return silence > Math.max(idleMs, connection.reportingSeconds * 1_000 * IDLE_INTERVALS);
  }
}
