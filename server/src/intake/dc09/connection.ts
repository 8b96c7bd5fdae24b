import type { Socket } from 'node:net';
import { Dc09StreamReader } from '@keng/sia-dc09';
import type { IntakeLimits } from '../limits.ts';
import type { RegisteredTransmitter } from '../registry.ts';
import type { FrameIntake } from './frame-intake.ts';
import type { FrameSource } from './signal-draft.ts';

/** Place of one frame in the order of answers of its connection. */
interface Slot {
  done: boolean;
  answer: Uint8Array | null;
}

/** Frames that may wait before reading goes on again, as a part of the limit at which it stopped. */
const RESUME_AT = 0.5;
/** Times `unreadAnswerBytes` at which somebody who never takes his answers is closed. */
const CLOSE_AT = 4;

export interface ConnectionEvents {
  /** A registered device was heard here for the first time. */
  readonly registered: (connection: Dc09Connection) => void;
  readonly closed: (connection: Dc09Connection) => void;
}

/** One TCP connection: reads frames out of the stream, and answers in the order in which they came. */
export class Dc09Connection {
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
  readonly #reader = new Dc09StreamReader();
  readonly #intake: FrameIntake;
  readonly #limits: IntakeLimits;
  readonly #events: ConnectionEvents;
  readonly #slots: Slot[] = [];
  #paused = false;
  #stopping = false;
  #ended = false;
  #drained: (() => void) | undefined;

  constructor(
    socket: Socket,
    source: FrameSource,
    intake: FrameIntake,
    limits: IntakeLimits,
    events: ConnectionEvents,
  ) {
    this.socket = socket;
    this.source = source;
    this.#intake = intake;
    this.#limits = limits;
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
    return this.#reader.dropPending() > 0;
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
    const items = this.#reader.push(chunk);
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
    else if (items.length > 0 || this.unfinishedSinceMs === 0) this.unfinishedSinceMs = this.lastHeardMs;
    this.#pauseIfBusy();
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

  #pauseIfBusy(): void {
    const unread = this.socket.writableLength;
    if (unread > this.#limits.unreadAnswerBytes * CLOSE_AT) this.socket.destroy();
    else if (this.#slots.length >= this.#limits.outstanding || unread > this.#limits.unreadAnswerBytes) {
      this.#paused = true;
      this.socket.pause();
    }
  }

  #resumeIfCalm(): void {
    if (!this.#paused || this.#stopping) return;
    if (this.#slots.length > this.#limits.outstanding * RESUME_AT) return;
    if (this.socket.writableLength > this.#limits.unreadAnswerBytes) return;
    this.#paused = false;
    this.socket.resume();
  }
}
