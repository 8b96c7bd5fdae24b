import dgram from 'node:dgram';
import dns from 'node:dns/promises';
import fs from 'node:fs';
import { readDatagram } from '@keng/sia-dc09';
import {
  errorCode,
  errorMessage,
  formatListenAddress,
  type ListenAddress,
  type Logger,
  PlatformError,
} from '../../platform/index.ts';
import type { Dc09Intake } from './frame-intake.ts';

export interface UdpCounters {
  datagrams: number;
  /** Answers not sent, as they had more bytes than what was received (reflection). */
  tooLongAnswers: number;
  sendErrors: number;
}

/** Asked of the kernel; it grants at most net.core.rmem_max. */
const RECEIVE_BUFFER_BYTES = 8 * 1_024 * 1_024;
const DROPS_EVERY_MS = 5_000;
const NOT_RUNNING = 'ERR_SOCKET_DGRAM_NOT_RUNNING';

/** DC-09 over UDP: one socket, whole frames in a datagram, the answer to the port it came from. */
export class UdpListener {
  readonly counters: UdpCounters = { datagrams: 0, tooLongAnswers: 0, sendErrors: 0 };
  readonly #intake: Dc09Intake;
  readonly #socket: dgram.Socket;
  readonly #log: Logger;
  #outstanding = 0;
  #stopping = false;
  #drained: (() => void) | undefined;
  #watch: NodeJS.Timeout | undefined;
  #drops = 0;
  #receiveBufferBytes = 0;

  private constructor(intake: Dc09Intake, log: Logger, type: 'udp4' | 'udp6') {
    this.#intake = intake;
    this.#log = log;
    const family = type === 'udp4' ? 4 : 6;
    // Answers go to addresses that were received, never to names: nothing is to be looked up.
    this.#socket = dgram.createSocket({ type, lookup: (host, _options, done) => done(null, host, family) });
    this.#socket.on('message', (bytes, from) => this.#read(bytes, from));
  }

  static async open(address: ListenAddress, intake: Dc09Intake, log: Logger): Promise<UdpListener> {
    try {
      const { address: host, family } = await dns.lookup(address.host);
      const listener = new UdpListener(intake, log, family === 6 ? 'udp6' : 'udp4');
      await listener.#bind({ host, port: address.port });
      return listener;
    } catch (cause) {
      throw new PlatformError(
        'listen-failed',
        `DC-09 over UDP cannot listen on ${formatListenAddress(address)}: ${errorMessage(cause)}`,
        'stop what uses this address, or choose another with --dc09-udp',
        { cause },
      );
    }
  }

  get address(): string {
    const at = this.#socket.address();
    return formatListenAddress({ host: at.address, port: at.port });
  }

  /** What the kernel granted. */
  get receiveBufferBytes(): number {
    return this.#receiveBufferBytes;
  }

  /** Datagrams that the kernel threw away because this process did not read fast enough. */
  get kernelDrops(): number {
    return this.#drops;
  }

  /** Reads no more, answers what was read, closes. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#watch);
    if (this.#outstanding > 0) {
      await new Promise<void>((resolve) => {
        this.#drained = resolve;
      });
    }
    await new Promise<void>((resolve, reject) => {
      try {
        this.#socket.close(resolve);
      } catch (error) {
        // A process that was taken over has given its socket back already.
        if (errorCode(error) === NOT_RUNNING) resolve();
        else reject(error);
      }
    });
  }

  async #bind(address: ListenAddress): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#socket.once('error', reject);
      this.#socket.bind({ address: address.host, port: address.port }, () => {
        this.#socket.off('error', reject);
        resolve();
      });
    });
    // An unreachable sender is reported here on some systems; it is the sender who repeats.
    this.#socket.on('error', () => {
      this.counters.sendErrors += 1;
    });
    this.#socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
    this.#receiveBufferBytes = this.#socket.getRecvBufferSize();
    const port = this.#socket.address().port;
    this.#watch = setInterval(() => this.#watchDrops(port), DROPS_EVERY_MS);
    this.#watch.unref();
  }

  #read(bytes: Buffer, from: dgram.RemoteInfo): void {
    if (this.#stopping) return;
    this.counters.datagrams += 1;
    const source = {
      receiver: 'dc09-udp',
      address: from.address,
      remote: `${from.address}:${from.port}`,
    } as const;
    // An answer, and all answers together, may not be longer than what asked for them.
    let left = bytes.length;
    for (const item of readDatagram(bytes)) {
      const waits = this.#intake.take(item, source, (answer) => {
        this.#outstanding -= 1;
        if (answer !== null) {
          if (answer.length > left) this.counters.tooLongAnswers += 1;
          else {
            left -= answer.length;
            this.#send(answer, from);
          }
        }
        if (this.#outstanding === 0) this.#drained?.();
      });
      if (waits) this.#outstanding += 1;
    }
  }

  #send(answer: Uint8Array, to: dgram.RemoteInfo): void {
    try {
      this.#socket.send(answer, to.port, to.address, (error) => {
        if (error) this.counters.sendErrors += 1;
      });
    } catch (error) {
      // The socket was given back while this frame was being stored: its sender repeats, and the process that took over answers.
      if (errorCode(error) !== NOT_RUNNING) throw error;
      this.counters.sendErrors += 1;
    }
  }

  #watchDrops(port: number): void {
    const drops = readDrops(port);
    if (drops > this.#drops) {
      this.#log.warn(
        { drops, buffer: this.receiveBufferBytes },
        'the kernel dropped datagrams: raise net.core.rmem_max or add a receiver',
      );
    }
    this.#drops = drops;
  }
}

/** The last column of /proc/net/udp and udp6, for the sockets on a port; 0 where there is no /proc. */
function readDrops(port: number): number {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  let drops = 0;
  for (const file of ['/proc/net/udp', '/proc/net/udp6']) {
    if (!fs.existsSync(file)) continue;
    for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
      const fields = line.trim().split(/\s+/);
      if (fields[1]?.endsWith(wanted)) drops += Number(fields.at(-1));
    }
  }
  return drops;
}
