import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Problem } from '@keng/model';
import { type Job, type Refusal, WORKSHOP_LIMITS, type WorkshopLimits } from './job.ts';

const PROGRAM = fileURLToPath(new URL('./workshop-child.ts', import.meta.url));
const LOOK_EVERY_MS = 100;
const PAGE_BYTES = 4_096;

export interface Finished {
  readonly facts: unknown;
  readonly content: Buffer;
}

/**
 * Files of strangers are opened in a process of their own, one file each: it knows no password and no connection, may be
 * killed at any moment, and shares no memory or thread with the web or a receiver.
 */
export class Workshop {
  readonly #limits: WorkshopLimits;
  readonly #queue: (() => void)[] = [];
  #working = 0;

  constructor(limits: Partial<WorkshopLimits> = {}) {
    this.#limits = { ...WORKSHOP_LIMITS, ...limits };
  }

  /**
   * @param content the file, or its pieces: they are asked for as fast as the process takes them, and what they throw is thrown
   * @param signal whoever wants it no more: the process is killed
   * @throws Problem 422 with the reason why the file is refused; `workshop.busy` (503) when too many wait
   */
  async work(
    job: Job,
    content: Uint8Array | AsyncIterable<Uint8Array>,
    signal?: AbortSignal,
  ): Promise<Finished> {
    await this.#turn();
    try {
      signal?.throwIfAborted();
      return await this.#run(job, content, signal);
    } finally {
      this.#working -= 1;
      this.#queue.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    if (this.#working >= this.#limits.atOnce) {
      if (this.#queue.length >= this.#limits.waiting) {
        throw new Problem(503, 'workshop.busy', 'Too many files wait to be checked; try again in a minute.');
      }
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    }
    this.#working += 1;
  }

  async #run(
    job: Job,
    content: Uint8Array | AsyncIterable<Uint8Array>,
    signal: AbortSignal | undefined,
  ): Promise<Finished> {
    const child = spawn(
      process.execPath,
      ['--max-old-space-size=512', '--import', import.meta.resolve('tsx'), PROGRAM, job],
      // No environment: addresses and secrets of the centre are in it or in messages to its own children.
      { env: { NODE_ENV: 'production' }, stdio: ['pipe', 'pipe', 'pipe'] },
    );
    const killed = watch(child, this.#limits);
    // A child that ends early leaves its input unread: its exit says why.
    child.stdin.on('error', () => {});
    const stop = (): void => {
      child.kill('SIGKILL');
    };
    signal?.addEventListener('abort', stop, { once: true });
    const [answer, complaint, broken] = await Promise.all([
      collect(child, 'stdout', this.#limits.answerBytes),
      collect(child, 'stderr', 64 * 1024),
      feed(child, content),
    ]);
    signal?.removeEventListener('abort', stop);
    signal?.throwIfAborted();
    const reason = broken ?? killed();
    if (reason !== null) throw reason;
    return readAnswer(answer, complaint);
  }
}

/** Gives the process its file; what came in between where the file comes from is returned, and the process is killed. */
async function feed(
  child: ChildProcess,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<Error | null> {
  const { stdin } = child;
  if (stdin === null) throw new TypeError('the workshop has no stdin');
  if (content instanceof Uint8Array) {
    stdin.end(content);
    return null;
  }
  try {
    for await (const piece of content) {
      if (!stdin.writable) break;
      if (!stdin.write(piece)) await drained(child);
    }
    stdin.end();
    return null;
  } catch (cause) {
    child.kill('SIGKILL');
    return cause instanceof Error ? cause : new Error(String(cause));
  }
}

/** The process has taken what waited, or is gone. */
function drained(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      child.stdin?.off('drain', done);
      child.off('exit', done);
      resolve();
    };
    child.stdin?.once('drain', done);
    child.once('exit', done);
    if (child.exitCode !== null || child.signalCode !== null) done();
  });
}

/** Kills what takes too long or too much; tells why afterwards. */
function watch(child: ChildProcess, limits: WorkshopLimits): () => Problem | null {
  let reason: Problem | null = null;
  const kill = (problem: Problem): void => {
    reason ??= problem;
    child.kill('SIGKILL');
  };
  const late = setTimeout(
    () => kill(new Problem(422, 'file.too-slow', 'The file takes too long to be checked.')),
    limits.milliseconds,
  );
  const look = setInterval(() => {
    void memoryOf(child.pid).then((bytes) => {
      if (bytes <= limits.memoryBytes) return;
      kill(new Problem(422, 'file.too-large-inside', 'The file needs too much memory when it is opened.'));
    });
  }, LOOK_EVERY_MS);
  child.once('close', () => {
    clearTimeout(late);
    clearInterval(look);
  });
  return () => reason;
}

/** Resident memory of a process; 0 where the system does not tell (then only the time limit holds). */
async function memoryOf(pid: number | undefined): Promise<number> {
  try {
    const text = await readFile(`/proc/${pid}/statm`, 'latin1');
    return Number(text.split(' ')[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}

async function collect(child: ChildProcess, name: 'stdout' | 'stderr', most: number): Promise<Buffer> {
  const stream = child[name];
  if (stream === null) throw new TypeError(`the workshop has no ${name}`);
  const parts: Buffer[] = [];
  let length = 0;
  stream.on('data', (part: Buffer) => {
    length += part.length;
    if (length <= most) parts.push(part);
    else if (name === 'stdout') child.kill('SIGKILL');
  });
  await new Promise<void>((resolve, reject) => {
    child.once('close', () => resolve());
    child.once('error', reject);
  });
  return Buffer.concat(parts);
}

/** A line of JSON, then the bytes. */
function readAnswer(answer: Buffer, complaint: Buffer): Finished {
  const end = answer.indexOf(0x0a);
  if (end < 0) {
    throw new Problem(422, 'file.broken', 'The file could not be read.', {
      cause: new Error(complaint.toString('utf8').slice(0, 2_000) || 'the workshop ended without an answer'),
    });
  }
  // Written by our own child, whatever the file was.
  const facts = JSON.parse(answer.subarray(0, end).toString('utf8')) as Refusal | { readonly facts: unknown };
  if ('refused' in facts) {
    throw new Problem(422, facts.refused, facts.detail, facts.params ? { params: facts.params } : {});
  }
  return { facts: facts.facts, content: answer.subarray(end + 1) };
}
