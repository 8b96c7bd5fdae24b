import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { answerWithin, NoAnswer } from './answer-within.ts';

let server: http.Server;
let address: string;
const held: http.ServerResponse[] = [];

beforeAll(async () => {
  server = http.createServer((request, response) => {
    held.push(response);
    if (request.url === '/head') response.writeHead(200).write('first ');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const ask = (path: string) => (signal: AbortSignal) => fetch(`${address}${path}`, { signal });

describe('an answer that does not come', () => {
  it('is given up, and named', async () => {
    await expect(answerWithin(100, undefined, ask('/silent'))).rejects.toThrow(NoAnswer);
  });

  it('may be waited for however long it takes', async () => {
    const before = held.length;
    const answer = answerWithin(null, undefined, ask('/silent'));
    await expect.poll(() => held.length).toBe(before + 1);
    held.at(-1)?.writeHead(204).end();
    expect((await answer).status).toBe(204);
  });

  it('is not waited for when nobody wants it any more', async () => {
    const stop = new AbortController();
    const answer = answerWithin(60_000, stop.signal, ask('/silent'));
    stop.abort(new Error('the page was left'));
    await expect(answer).rejects.toThrow('the page was left');
  });
});

it('a body may take longer than its head, until nobody wants it any more', async () => {
  const stop = new AbortController();
  const answer = await answerWithin(1_000, stop.signal, ask('/head'));
  held.at(-1)?.end('second');
  expect(await answer.text()).toBe('first second');

  const left = await answerWithin(1_000, stop.signal, ask('/head'));
  stop.abort(new Error('the page was left'));
  await expect(left.text()).rejects.toThrow();
});

it('the time for the head does not end a body that is under way', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    let given: AbortSignal | undefined;
    await answerWithin(1_000, undefined, async (signal) => {
      given = signal;
      return new Response('first');
    });
    vi.advanceTimersByTime(60_000);
    expect(given?.aborted).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});
