import type { ChildProcess } from 'node:child_process';
import type { CentreReport } from '../centre.ts';
import { type Logger, PlatformError, type ProcessRole } from '../platform/index.ts';
import { placeProcess } from '../roles/priority.ts';
import { forkServing } from './fork-serving.ts';
import type { FromChild, StartMessage, ToChild } from './serve-messages.ts';

const firstPauseMs = 250;
const longestPauseMs = 15_000;
/** A child that lived this long had started well: the next pause is short again. */
const soundMs = 30_000;
/** Whoever asks for metrics gives up after some ten seconds. A process that does not answer by then has hung. */
const reportMs = 4_000;

/** Keeps one child process running: starts it, starts it again after a crash with growing pauses, and stops it. */
export class CentreChild {
  readonly roles: readonly ProcessRole[];
  readonly #log: Logger;
  readonly #message: () => StartMessage;
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #pauseMs = firstPauseMs;
  #stopping = false;
  #asked = 0;
  readonly #retired = new Set<ChildProcess>();
  readonly #reports = new Map<number, (report: CentreReport | null) => void>();

  constructor(roles: readonly ProcessRole[], log: Logger, message: () => StartMessage) {
    this.roles = roles;
    this.#log = log.child({ roles: roles.join(',') });
    this.#message = message;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** The first start. Rejects when the child cannot do its work, e.g. because a port is taken. */
  async start(): Promise<Readonly<Record<string, string>>> {
    return await this.#launch(true);
  }

  /** Stops accepting, drains and ends. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    if (this.#child?.connected) this.#child.send({ type: 'stop' } satisfies ToChild);
    await this.#exited;
  }

  /**
   * A new process, of the program as it is on disk now, takes the place of this one. Both hear the same sockets until the new one says
   * that it has started; then the old one accepts no more, goes on with whom it has for `lingerMs`, answers what it has read, and ends.
   * When the new one cannot start, the old one stays and this rejects.
   */
  async replace(lingerMs: number): Promise<void> {
    const old = this.#child;
    const oldExited = this.#exited;
    if (!old || this.#stopping) return;
    this.#retired.add(old);
    try {
      await this.#launch(true);
    } catch (error) {
      this.#child = old;
      this.#exited = oldExited;
      this.#retired.delete(old);
      throw error;
    }
    if (old.connected) old.send({ type: 'retire', lingerMs } satisfies ToChild);
    await oldExited;
    this.#retired.delete(old);
  }

  /** The same for roles of which one at a time is better: first the old one ends, then the new one starts. */
  async restart(): Promise<void> {
    const old = this.#child;
    if (!old || this.#stopping) return;
    this.#retired.add(old);
    if (old.connected) old.send({ type: 'stop' } satisfies ToChild);
    await this.#exited;
    this.#retired.delete(old);
    try {
      await this.#launch(true);
    } catch (error) {
      this.#startAgain(String(error), 0);
      throw error;
    }
  }

  /** What it counts and how its roles are; null when it does not run or does not answer in time. */
  async report(): Promise<CentreReport | null> {
    const child = this.#child;
    if (!child?.connected) return null;
    const number = ++this.#asked;
    return await new Promise((resolve) => {
      const done = (report: CentreReport | null): void => {
        clearTimeout(timer);
        this.#reports.delete(number);
        resolve(report);
      };
      const timer = setTimeout(() => done(null), reportMs);
      this.#reports.set(number, done);
      child.send({ type: 'report', number } satisfies ToChild, (error) => error && done(null));
    });
  }

  /** At once, without draining. */
  kill(): void {
    this.#stopping = true;
    clearTimeout(this.#timer);
    this.#child?.kill('SIGKILL');
  }

  #launch(first: boolean): Promise<Readonly<Record<string, string>>> {
    const startedAt = performance.now();
    const child = forkServing();
    this.#child = child;
    if (child.pid !== undefined) placeProcess(child.pid, this.roles, this.#log);
    return new Promise((resolve, reject) => {
      let failure = '';
      this.#exited = new Promise((done) => {
        child.once('exit', (code, signal) => {
          done();
          if (this.#retired.has(child)) return;
          const reason = failure || `ended with ${signal ?? `code ${code}`}`;
          if (first) reject(childFailed(this.roles, reason));
          else if (!this.#stopping) this.#startAgain(reason, performance.now() - startedAt);
        });
      });
      // Only serve-child.ts sends here.
      child.on('message', (raw) => {
        const message = raw as FromChild;
        // Told to stop before it could listen: a worker of `cluster` may not have heard it.
        if (message.type === 'awake')
          child.send(this.#stopping ? ({ type: 'stop' } satisfies ToChild) : this.#message());
        if (message.type === 'failed') failure = message.message;
        if (message.type === 'report') this.#reports.get(message.number)?.(message.report);
        if (message.type !== 'started') return;
        first = false;
        resolve(message.listening);
      });
      child.on('error', (error) => this.#log.error({ err: error }, 'child process'));
    });
  }

  #startAgain(reason: string, livedMs: number): void {
    if (livedMs > soundMs) this.#pauseMs = firstPauseMs;
    this.#log.error(`child process ${reason}; starting it again in ${this.#pauseMs} ms`);
    this.#timer = setTimeout(() => {
      this.#launch(false).then(
        () => this.#log.warn('child process runs again'),
        (error) => this.#log.error({ err: error }, 'child process could not be started'),
      );
    }, this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
  }
}

function childFailed(roles: readonly ProcessRole[], reason: string): PlatformError {
  return new PlatformError(
    'child-failed',
    `the process for ${roles.join(', ')} could not start: ${reason}`,
    'correct what it says and start again',
  );
}
