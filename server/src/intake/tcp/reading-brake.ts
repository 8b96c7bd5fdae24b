import type { Socket } from 'node:net';
import type { IntakeLimits } from '../limits.ts';

/** Messages that may wait before reading goes on again, as a part of the limit at which it stopped. */
const RESUME_AT = 0.5;
/** Times `unreadAnswerBytes` at which somebody who never takes his answers is closed. */
const CLOSE_AT = 4;

/** Stops the reading of one connection while too many of its messages wait for their commit, or too many answers are not taken. */
export class ReadingBrake {
  readonly #socket: Socket;
  readonly #limits: IntakeLimits;
  #paused = false;

  constructor(socket: Socket, limits: IntakeLimits) {
    this.#socket = socket;
    this.#limits = limits;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** @param waiting messages of this connection that are not answered yet */
  pauseIfBusy(waiting: number): void {
    const { outstanding, unreadAnswerBytes } = this.#limits;
    const unread = this.#socket.writableLength;
    if (unread > unreadAnswerBytes * CLOSE_AT) this.#socket.destroy();
    else if (waiting >= outstanding || unread > unreadAnswerBytes) {
      this.#paused = true;
      this.#socket.pause();
    }
  }

  /** @param waiting messages of this connection that are not answered yet */
  resumeIfCalm(waiting: number): void {
    const { outstanding, unreadAnswerBytes } = this.#limits;
    if (!this.#paused || waiting > outstanding * RESUME_AT) return;
    if (this.#socket.writableLength > unreadAnswerBytes) return;
    this.#paused = false;
    this.#socket.resume();
  }
}
