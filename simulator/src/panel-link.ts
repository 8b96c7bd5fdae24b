import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { connect, type Socket } from 'node:net';
import { Dc09StreamReader } from '@keng/sia-dc09';
import type { AnswerReader } from './speech.ts';

export interface Target {
  readonly host: string;
  readonly port: number;
}

/** Looks at what came: null when it answers what was sent, else what is to be said at once, if anything. */
export type Listener = (bytes: Uint8Array) => { readonly reply: Uint8Array | null } | null;

/** Sends a frame and gives the next answer; null when none came in time. */
export interface PanelLink {
  exchange(frame: Uint8Array, waitMs: number): Promise<Uint8Array | null>;
  /** Whoever wants to hear what a centre says of its own accord; absent where it cannot. */
  listen?(listener: Listener): void;
  /** What is open breaks; it can be used again. */
  drop(): void;
  close(): void;
}

/** One TCP connection that stays open, as most panels keep it; opened again after it broke. */
export class TcpLink implements PanelLink {
  readonly #target: Target;
  #socket: Socket | null = null;
  readonly #makeReader: () => AnswerReader;
  readonly #hello: Uint8Array | null;
  #reader: AnswerReader;
  #waiting: ((answer: Uint8Array | null) => void) | null = null;
  #listener: Listener = () => null;

  /** @param hello what goes first on each connection */
  constructor(
    target: Target,
    makeReader: () => AnswerReader = () => new Dc09StreamReader(),
    hello: Uint8Array | null = null,
  ) {
    this.#hello = hello;
    this.#target = target;
    this.#makeReader = makeReader;
    this.#reader = makeReader();
  }

  async exchange(frame: Uint8Array, waitMs: number): Promise<Uint8Array | null> {
    const socket = await this.#open(waitMs);
    if (socket === null) return null;
    return await new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(null), waitMs);
      this.#waiting = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      socket.write(frame);
    });
  }

  listen(listener: Listener): void {
    this.#listener = listener;
  }

  drop(): void {
    this.#socket?.destroy();
    this.#settle(null);
  }

  close(): void {
    this.drop();
  }

  async #open(waitMs: number): Promise<Socket | null> {
    if (this.#socket && !this.#socket.destroyed) return this.#socket;
    const socket = connect({ ...this.#target, noDelay: true });
    this.#reader = this.#makeReader();
    socket.on('data', (bytes) => {
      for (const item of this.#reader.push(bytes)) {
        if (item.kind !== 'frame') continue;
        const told = this.#listener(item.frame.bytes);
        if (told === null) this.#settle(item.frame.bytes);
        else if (told.reply !== null) socket.write(told.reply);
      }
    });
    return await new Promise((resolve) => {
      const timer = setTimeout(() => socket.destroy(), waitMs);
      socket.once('connect', () => {
        clearTimeout(timer);
        if (this.#hello !== null) socket.write(this.#hello);
        this.#socket = socket;
        resolve(socket);
      });
      // A refused or broken connection is what a panel lives with: it repeats.
      socket.on('error', () => socket.destroy());
      socket.once('close', () => {
        clearTimeout(timer);
        if (this.#socket === socket) this.#socket = null;
        this.#settle(null);
        resolve(null);
      });
    });
  }

  #settle(answer: Uint8Array | null): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.(answer);
  }
}

/** A UDP socket of the panel's own: the receiver answers to the port it came from. */
export class UdpLink implements PanelLink {
  readonly #target: Target;
  readonly #socket: UdpSocket;
  #waiting: ((answer: Uint8Array | null) => void) | null = null;

  constructor(target: Target) {
    this.#target = target;
    this.#socket = createSocket('udp4');
    this.#socket.on('message', (bytes) => this.#settle(bytes));
    // An unreachable port shows as an error here and as silence to the panel.
    this.#socket.on('error', () => this.#settle(null));
    this.#socket.unref();
  }

  exchange(frame: Uint8Array, waitMs: number): Promise<Uint8Array | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(null), waitMs);
      this.#waiting = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      this.#socket.send(frame, this.#target.port, this.#target.host);
    });
  }

  drop(): void {
    this.#settle(null);
  }

  close(): void {
    this.#settle(null);
    this.#socket.close();
  }

  #settle(answer: Uint8Array | null): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.(answer);
  }
}
