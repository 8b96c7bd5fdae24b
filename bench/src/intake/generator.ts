import dgram from 'node:dgram';
import net from 'node:net';
import { answerParent } from '../child.ts';
import type { Dialect } from './dialect.ts';
import { DIALECTS } from './dialects.ts';
import type { Load, LoadResult } from './load.ts';

/**
 * Ready-made frames, one outstanding on each socket as panels do, every answer looked at. Its own process. `prepare` makes the frames of the
 * next `run`, whose processor time is then that of sending alone.
 */
answerParent(async (message) => {
  if (message.type === 'stop') return {};
  const load = message as unknown as Load;
  if (message.type === 'prepare') {
    prepared = new Run(load);
    return {};
  }
  const one = prepared ?? new Run(load);
  prepared = null;
  return await run(one);
});

const TIMEOUT_MS = 5_000;
let prepared: Run | null = null;

class Run {
  readonly load: Load;
  readonly #dialect: Dialect;
  readonly #frames: Uint8Array[] = [];
  readonly #latencies: Float64Array;
  #next = 0;
  #measured = 0;
  #measuring = false;
  #firstMs = 0;
  #lastMs = 0;
  over = false;
  total = 0;
  wrong = 0;
  timeouts = 0;

  constructor(load: Load) {
    this.load = load;
    this.#dialect = DIALECTS[load.protocol];
    // Encrypted frames carry their time, which must be within 40 s of the receiver's: made just before they leave.
    const now = Date.now();
    for (let index = 0; index < load.mostFrames; index += 1) {
      this.#frames.push(this.#dialect.frame(load.firstFrame + index, load.encrypted, now));
    }
    this.#latencies = new Float64Array(load.mostFrames);
  }

  opening(connection: number): Uint8Array | undefined {
    return this.#dialect.opening?.(connection);
  }

  /** The next frame, or undefined when the time is over or all are sent. */
  take(connection = 0): Uint8Array | undefined {
    if (this.over) return undefined;
    const frame = this.#frames[this.#next];
    this.#next += 1;
    if (frame) this.#dialect.forConnection?.(frame, connection);
    return frame;
  }

  answered(answer: Uint8Array, sentMs: number): void {
    const nowMs = performance.now();
    if (!this.#dialect.isAcknowledgement(answer)) {
      this.wrong += 1;
      return;
    }
    this.total += 1;
    if (!this.#measuring || this.over) return;
    this.#latencies[this.#measured] = nowMs - sentMs;
    this.#measured += 1;
    this.#lastMs = nowMs;
  }

  clock(): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(() => {
        this.#measuring = true;
        this.#firstMs = performance.now();
        setTimeout(() => {
          this.over = true;
          resolve();
        }, this.load.seconds * 1_000);
      }, this.load.warmUpSeconds * 1_000);
    });
  }

  result(): LoadResult {
    const sorted = this.#latencies.slice(0, this.#measured).sort();
    const at = (part: number): number =>
      sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
    const seconds = Math.max(0.001, (this.#lastMs - this.#firstMs) / 1_000);
    return {
      acknowledged: this.#measured,
      perSecond: this.#measured / seconds,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      worstMs: at(1),
      wrongAnswers: this.wrong,
      timeouts: this.timeouts,
      total: this.total,
    };
  }
}

async function run(one: Run): Promise<LoadResult> {
  const { load } = one;
  const running = await WORKERS[load.mode](one);
  await one.clock();
  await running.done();
  return one.result();
}

interface Workers {
  done(): Promise<void>;
}

const WORKERS: Readonly<Record<Load['mode'], (run: Run) => Promise<Workers>>> = {
  tcp,
  'tcp-each': tcpEach,
  'tcp-paced': tcpPaced,
  udp,
};

async function tcp(run: Run): Promise<Workers> {
  const sockets = await Promise.all(
    Array.from({ length: run.load.connections }, () => connect(run.load.port)),
  );
  const finished = sockets.map(
    (socket, connection) =>
      new Promise<void>((resolve) => {
        let sentMs = 0;
        const opening = run.opening(connection);
        let opened = opening === undefined;
        const send = (): void => {
          const frame = run.take(connection);
          if (!frame) {
            socket.destroy();
            resolve();
            return;
          }
          sentMs = performance.now();
          socket.write(frame);
        };
        socket.on('data', (answer: Buffer) => {
          if (opened) run.answered(answer, sentMs);
          opened = true;
          send();
        });
        socket.setTimeout(TIMEOUT_MS, () => {
          run.timeouts += 1;
          socket.destroy();
        });
        socket.on('error', () => undefined);
        socket.on('close', () => resolve());
        if (opening) socket.write(opening);
        else send();
      }),
  );
  return { done: async () => void (await Promise.all(finished)) };
}

/** Frames that leave by the clock, each on the next free connection. */
async function tcpPaced(run: Run): Promise<Workers> {
  const { connections, port, perSecond } = run.load;
  if (perSecond === undefined) throw new RangeError('a paced load needs its rate');
  const free = await Promise.all(Array.from({ length: connections }, () => connect(port)));
  const all = [...free];
  const due: number[] = [];
  let nextMs = performance.now();
  const send = (): void => {
    while (due.length > 0 && free.length > 0) {
      const frame = run.take();
      const socket = frame && free.shift();
      const dueMs = due.shift();
      if (!frame || !socket || dueMs === undefined) return;
      socket.once('data', (answer: Buffer) => {
        run.answered(answer, dueMs);
        free.push(socket);
        send();
      });
      socket.write(frame);
    }
  };
  const timer = setInterval(() => {
    for (; nextMs <= performance.now(); nextMs += 1_000 / perSecond) due.push(nextMs);
    send();
  }, 1);
  for (const socket of all) socket.on('error', () => undefined);
  return {
    done: async () => {
      clearInterval(timer);
      due.length = 0;
      const untilMs = performance.now() + TIMEOUT_MS;
      while (free.length < all.length && performance.now() < untilMs)
        await new Promise((resolve) => setTimeout(resolve, 10));
      run.timeouts += all.length - free.length;
      for (const socket of all) socket.destroy();
    },
  };
}

/** A connection for each message, as old panels do; the time is from connect to the whole answer. */
async function tcpEach(run: Run): Promise<Workers> {
  const worker = async (): Promise<void> => {
    for (let frame = run.take(); frame; frame = run.take()) await onceConnected(run, frame);
  };
  const finished = Array.from({ length: run.load.connections }, worker);
  return { done: async () => void (await Promise.all(finished)) };
}

function onceConnected(run: Run, frame: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const sentMs = performance.now();
    const socket = net.connect({ host: '127.0.0.1', port: run.load.port, noDelay: true }, () =>
      socket.write(frame),
    );
    socket.on('data', (answer: Buffer) => {
      run.answered(answer, sentMs);
      socket.destroy();
    });
    socket.setTimeout(TIMEOUT_MS, () => {
      run.timeouts += 1;
      socket.destroy();
    });
    socket.on('error', () => {
      run.wrong += 1;
    });
    socket.on('close', () => resolve());
  });
}

/** As many datagrams in flight as there are sockets, each from a port of its own. */
async function udp(run: Run): Promise<Workers> {
  const finished = Array.from(
    { length: run.load.connections },
    () =>
      new Promise<void>((resolve) => {
        const socket = dgram.createSocket({
          type: 'udp4',
          lookup: (host, _options, done) => done(null, host, 4),
        });
        let sentMs = 0;
        let timer: NodeJS.Timeout | undefined;
        const send = (): void => {
          const frame = run.take();
          if (!frame) {
            clearTimeout(timer);
            socket.close(() => resolve());
            return;
          }
          sentMs = performance.now();
          timer?.refresh();
          socket.send(frame, run.load.port, '127.0.0.1');
        };
        timer = setTimeout(() => {
          run.timeouts += 1;
          send();
        }, TIMEOUT_MS);
        socket.on('message', (answer) => {
          run.answered(answer, sentMs);
          send();
        });
        socket.bind(0, '127.0.0.1', send);
      }),
  );
  return { done: async () => void (await Promise.all(finished)) };
}

function connect(port: number): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: '127.0.0.1', port, noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}
