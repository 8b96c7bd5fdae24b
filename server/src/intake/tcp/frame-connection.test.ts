import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../testing/until.ts';
import type { FrameSource, Reply } from '../intake-desk.ts';
import { defaultLimits } from '../limits.ts';
import { transmitter } from '../test-rig.ts';
import { FrameConnection, type FrameReader } from './frame-connection.ts';

const MEGABYTE = 2 ** 20;
const LIMITS = { ...defaultLimits(), outstanding: 8, unreadAnswerBytes: 8 * MEGABYTE };
const SOURCE: FrameSource = { receiver: 'lines', address: '127.0.0.1', remote: '127.0.0.1:1' };

/** The smallest protocol there is: a line is a message. */
class LineReader implements FrameReader<string> {
  #rest = '';
  get pending(): boolean {
    return this.#rest !== '';
  }
  push(chunk: Uint8Array): readonly string[] {
    const lines = (this.#rest + Buffer.from(chunk).toString()).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines;
  }
  dropPending(): number {
    const dropped = this.#rest.length;
    this.#rest = '';
    return dropped;
  }
}

let server: Server;
let device: Socket;
let connection: FrameConnection<string>;
let heard: string;
/** Messages on their way to the disk, in their order. */
let taken: { readonly line: string; readonly reply: Reply }[];

beforeEach(async () => {
  taken = [];
  heard = '';
  server = createServer({ allowHalfOpen: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  device = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true });
  device.on('data', (chunk) => {
    heard += chunk.toString();
  });
  const [socket] = (await accepted) as [Socket];
  const intake = {
    take: (line: string, _source: FrameSource, reply: Reply) => taken.push({ line, reply }) > 0,
  };
  const events = { registered: () => undefined, closed: () => undefined };
  connection = new FrameConnection(socket, SOURCE, new LineReader(), intake, LIMITS, events);
});
afterEach(() => {
  device.destroy();
  connection.socket.destroy();
  server.close();
});

/** So many messages after `from` are stored, and answered with their own line. */
function store(from: number, to: number): void {
  for (const { line, reply } of taken.slice(from, to)) reply(Buffer.from(`${line};`), null);
}

/** Both ends have had their turn: whatever would have been read by now is read. */
async function turns(): Promise<void> {
  for (let count = 0; count < 5; count += 1) await new Promise((resolve) => setImmediate(resolve));
}

const lines = (count: number): string => Array.from({ length: count }, (_, at) => `${at}\n`).join('');

describe('an unfinished message', () => {
  it('is as old as its first byte, however slowly the others drip in', async () => {
    device.write('a');
    await until(() => connection.unfinishedSinceMs > 0);
    const [since, before] = [connection.unfinishedSinceMs, connection.lastHeardMs];
    device.write('b');
    await until(() => connection.lastHeardMs > before);
    expect(connection.unfinishedSinceMs).toBe(since);
    device.write('\n');
    await until(() => taken.length === 1);
    expect(connection.unfinishedSinceMs).toBe(0);
  });

  it('is as old as the last whole message before it, on a connection that never pauses between two', async () => {
    device.write('a\nb');
    await until(() => taken.length === 1);
    const since = connection.unfinishedSinceMs;
    device.write('\nc');
    await until(() => taken.length === 2);
    expect(connection.unfinishedSinceMs).toBeGreaterThan(since);
    expect(connection.dropUnfinished()).toBe(true);
    expect([connection.unfinishedSinceMs, connection.dropUnfinished()]).toEqual([0, false]);
  });
});

describe('a device that asks faster than can be stored', () => {
  it('is not read on while too many of its messages wait, and is when half of them are answered', async () => {
    device.write(lines(8));
    await until(() => taken.length === 8);
    device.write('more\n');
    await turns();
    expect(taken).toHaveLength(8);
    store(0, 4);
    await until(() => taken.length === 9);
  });

  it('and does not take its answers is read on when it has taken them', async () => {
    device.pause();
    device.write('a\nb\n');
    await until(() => taken.length === 2);
    taken[0]?.reply(Buffer.alloc(16 * MEGABYTE), null);
    device.write('c\n');
    await until(() => taken.length === 3);
    expect(connection.socket.isPaused()).toBe(true);
    device.resume();
    store(1, 3);
    device.write('d\n');
    await until(() => taken.length === 4);
  });
});

describe('a device that says it will send no more', () => {
  it('gets all its answers, and then the end', async () => {
    device.end('a\nb\nc\n');
    await until(() => taken.length === 3);
    await turns();
    store(1, 2);
    store(0, 1);
    await until(() => heard === 'a;b;');
    store(2, 3);
    await once(device, 'end');
    expect(heard).toBe('a;b;c;');
  });
});

describe('a stop', () => {
  it.each([
    ['that is read', 3],
    ['whose reading had stopped', 8],
  ])('of a connection %s reads no more, and answers what was read', async (_, count) => {
    device.write(lines(count));
    await until(() => taken.length === count);
    const finished = connection.finish();
    device.write('late\n');
    await turns();
    store(0, count - 1);
    await turns();
    store(count - 1, count);
    await finished;
    expect(taken).toHaveLength(count);
    await once(device, 'end');
    expect(heard).toBe(lines(count).replaceAll('\n', ';'));
  });

  it('does not wait for the answers of a device that has gone', async () => {
    device.write('a\n');
    await until(() => taken.length === 1);
    const finished = connection.finish();
    device.resetAndDestroy();
    connection.socket.destroy();
    await finished;
    await connection.finish();
  });
});

it('of several devices on one connection the slowest says how long it may be silent, and a stranger says nothing', async () => {
  device.write('a\nb\nc\nd\n');
  await until(() => taken.length === 4);
  taken[3]?.reply(null, null);
  expect(connection.registered).toBe(false);
  for (const [at, reportingSeconds] of [90, 3_600, null].entries())
    taken[at]?.reply(null, transmitter('A001', { reportingSeconds }));
  expect([connection.reportingSeconds, connection.registered]).toEqual([3_600, true]);
});
