import type { Socket } from 'node:net';
import type { FrameSource, Reply } from '../intake-desk.ts';
import type { IntakeLimits } from '../limits.ts';
import type { RegisteredTransmitter } from '../registry.ts';
import { ReadingBrake } from './reading-brake.ts';

/** Cuts the messages of one connection out of its stream. */
export interface FrameReader<Item> {
  push(chunk: Uint8Array): readonly Item[];
  readonly pending: boolean;
  /** Gives up the unfinished message, bytes given up; the next `push`, of no bytes too, may find one that stood behind it. */
  dropPending(): number;
}

/** Decides about each item; knows no sockets. Returns false when it was no message and nothing will be replied. */
export interface ItemIntake<Item> {
  take(item: Item, source: FrameSource, reply: Reply): boolean;
  /** The connection has ended. */
  gone?(source: FrameSource): void;
}

/** Place of one frame in the order of answers of its connection. */
interface Slot {
  done: boolean;
  answer: Uint8Array | null;
}

const NOTHING = new Uint8Array();

export interface ConnectionEvents<Item> {
  /** A registered device was heard here for the first time. */
  readonly registered: (connection: FrameConnection<Item>) => void;
  readonly closed: (connection: FrameConnection<Item>) => void;
}

/** One TCP connection: reads frames out of the stream, and answers in the order in which they came. */
export class FrameConnection<Item> {
  readonly socket: Socket;
  readonly source: FrameSource;
  /** A frame of a registered device was accepted here: this connection is never given up for a stranger's. */
  registered = false;
  /** performance.now() of the last bytes. */
  lastHeardMs: number;
  /** Since when a frame is unfinished; 0: none is. */
  unfinishedSinceMs = 0;
  /** Longest reporting time of the devices heard here. */
  reportingSeconds = 0;
  readonly #reader: FrameReader<Item>;
  readonly #intake: ItemIntake<Item>;
  readonly #brake: ReadingBrake;
  readonly #events: ConnectionEvents<Item>;
  readonly #slots: Slot[] = [];
  #stopping = false;
  #ended = false;
  #drained: (() => void) | undefined;

  constructor(
    socket: Socket,
    source: FrameSource,
    reader: FrameReader<Item>,
    intake: ItemIntake<Item>,
    limits: IntakeLimits,
    events: ConnectionEvents<Item>,
  ) {
    this.socket = socket;
    this.source = source;
    this.#reader = reader;
    this.#intake = intake;
    this.#brake = new ReadingBrake(socket, limits);
    this.#events = events;
    this.lastHeardMs = performance.now();
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('drain', () => this.#resumeIfCalm());
    // Some panels say that they will send no more and still wait for the answer.
    socket.on('end', () => {
      this.#ended = true;
      if (this.#slots.length === 0) socket.end();
    });
    // A reset is how many panels hang up; `close` follows and does what there is to do.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#drained?.();
      events.closed(this);
    });
  }

  get outstanding(): number {
    return this.#slots.length;
  }

  /** Drops an unfinished frame; returns whether there was one. */
  dropUnfinished(): boolean {
    this.unfinishedSinceMs = 0;
    if (this.#reader.dropPending() === 0) return false;
    this.#take(this.#reader.push(NOTHING), performance.now());
    return true;
  }

  /** Reads no more, answers what was read, then closes. */
  async finish(): Promise<void> {
    this.#stopping = true;
    this.socket.pause();
    if (this.#slots.length > 0 && !this.socket.destroyed) {
      await new Promise<void>((resolve) => {
        this.#drained = resolve;
      });
    }
    if (!this.socket.destroyed) await new Promise<void>((resolve) => this.socket.end(resolve));
    this.socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.lastHeardMs = performance.now();
    this.#take(this.#reader.push(chunk), this.lastHeardMs);
  }

  #take(items: readonly Item[], nowMs: number): void {
    for (const item of items) {
      const slot: Slot = { done: false, answer: null };
      const waits = this.#intake.take(item, this.source, (answer, device) =>
        this.#reply(slot, answer, device),
      );
      if (waits && !slot.done) this.#slots.push(slot);
      // Answered at once, and nothing stands before it: it is written below without having queued.
      else if (waits && this.#slots.length > 0) this.#slots.push(slot);
      else if (slot.answer !== null) this.socket.write(slot.answer);
    }
    if (!this.#reader.pending) this.unfinishedSinceMs = 0;
    else if (items.length > 0 || this.unfinishedSinceMs === 0) this.unfinishedSinceMs = nowMs;
    this.#brake.pauseIfBusy(this.#slots.length);
  }

  #reply(slot: Slot, answer: Uint8Array | null, device: RegisteredTransmitter | null): void {
    slot.answer = answer;
    slot.done = true;
    if (device !== null) this.#greet(device);
    if (this.#slots[0] === slot) this.#writeReady();
  }

  #greet(device: RegisteredTransmitter): void {
    if ((device.reportingSeconds ?? 0) > this.reportingSeconds)
      this.reportingSeconds = device.reportingSeconds ?? 0;
    if (this.registered) return;
    this.registered = true;
    this.#events.registered(this);
  }

  #writeReady(): void {
    let ready = 0;
    while (this.#slots[ready]?.done) ready += 1;
    const answers: Uint8Array[] = [];
    for (const slot of this.#slots.splice(0, ready)) if (slot.answer !== null) answers.push(slot.answer);
    const first = answers[0];
    if (first !== undefined && !this.socket.destroyed) {
      this.socket.write(answers.length === 1 ? first : Buffer.concat(answers));
    }
    this.#resumeIfCalm();
    if (this.#slots.length > 0) return;
    if (this.#ended) this.socket.end();
    this.#drained?.();
  }

  #resumeIfCalm(): void {
    if (!this.#stopping) this.#brake.resumeIfCalm(this.#slots.length);
  }
}
