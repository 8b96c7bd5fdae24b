import { once } from 'node:events';
import http from 'node:http';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { Problem } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type PeopleTest, startPeople } from '../../people/people.fixture.ts';
import { streamParts } from './parts-stream.ts';
import { defineRoute } from './route.ts';

/** Set by a test before it asks: what the handler does. */
let produce: (take: (part: string) => void) => Promise<void>;

const routes = [
  defineRoute({
    method: 'GET',
    url: '/t/parts',
    access: 'open',
    summary: 'test',
    streams: true,
    schemas: { response: z.string() },
    handle: ({ context }) => {
      context.reply.header('content-type', 'application/json');
      return streamParts(produce);
    },
  }),
];

let test: PeopleTest;
let address: string;
beforeAll(async () => {
  test = await startPeople({ routes });
  address = await test.http.listen();
});
afterAll(() => test.end());

async function ask(encoding: string): Promise<http.IncomingMessage> {
  const [host = '', port = ''] = address.split(':');
  const request = http.get({ host, port, path: '/api/t/parts', headers: { 'accept-encoding': encoding } });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  return response;
}

describe('an answer in parts', () => {
  it('is there part by part, compressed or not, while the rest is not known yet', async () => {
    for (const [encoding, expand] of [
      ['br', createBrotliDecompress],
      ['gzip', createGunzip],
      ['identity', null],
    ] as const) {
      let finish: () => void = () => undefined;
      const finished = new Promise<void>((resolve) => {
        finish = resolve;
      });
      produce = async (take) => {
        take('["first"');
        await finished;
        take(',"last"]');
      };
      const response = await ask(encoding);
      const body = expand === null ? response : response.pipe(expand());
      body.setEncoding('utf8');
      const parts = body[Symbol.asyncIterator]();
      expect(await parts.next()).toMatchObject({ value: '["first"' });
      finish();
      expect(await parts.next()).toMatchObject({ value: ',"last"]' });
      expect(await parts.next()).toMatchObject({ done: true });
    }
  });

  it('that fails before its first part says why', async () => {
    produce = async () => {
      throw new Problem(409, 'tea.pot', 'short and stout');
    };
    const response = await ask('br');
    expect(response.statusCode).toBe(409);
    response.resume();
  });

  it.each(['br', 'identity'])('that fails later is seen to be broken off (%s)', async (encoding) => {
    let fail: () => void = () => undefined;
    const failed = new Promise<void>((_, reject) => {
      fail = () => reject(new Error('the database went away'));
    });
    produce = async (take) => {
      take('["first"');
      await failed;
    };
    const response = await ask(encoding);
    response.resume();
    fail();
    const [error] = (await once(response, 'error')) as [Error];
    expect(error.message).toBe('aborted');
    expect(test.logged.at(-1)).toMatch(/the database went away.*an answer broke off/);
  });
});
