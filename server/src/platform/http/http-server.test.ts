import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Problem } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type PeopleTest, startPeople, type TestClient } from '../../people/people.fixture.ts';
import { hasOpenssl, makeCertificate, withoutOpenssl } from '../../testing/index.ts';
import { createLogger } from '../logger.ts';
import { openStream } from './event-stream.ts';
import { createHttpServer, type HttpServerOptions } from './http-server.ts';
import { defineRoute, type Route } from './route.ts';

const big = { rows: Array.from({ length: 2_000 }, (_, index) => ({ id: index, text: 'kẻng báo cháy' })) };
const open = { access: 'open', summary: 'test' } as const;

const routes: Route[] = [
  defineRoute({
    ...open,
    method: 'POST',
    url: '/t/echo/:number',
    schemas: {
      params: z.object({ number: z.coerce.number().int() }),
      query: z.object({ word: z.string().optional() }),
      body: z.object({ name: z.string().min(2), list: z.array(z.object({ age: z.int() })).default([]) }),
      response: z.object({ number: z.number(), name: z.string() }),
    },
    handle: async ({ params, body }) => ({ ...params, ...body, secret: 'never declared' }),
  }),
  defineRoute({
    ...open,
    method: 'GET',
    url: '/t/crash',
    schemas: { response: z.null() },
    handle: async () => {
      throw new Error('the password of the database is hunter2');
    },
  }),
  defineRoute({
    ...open,
    method: 'GET',
    url: '/t/problem',
    schemas: { response: z.null() },
    handle: async () => {
      throw new Problem(409, 'tea.pot', 'short and stout', { params: { cups: 2 } });
    },
  }),
  defineRoute({
    ...open,
    method: 'GET',
    url: '/t/undeclared',
    schemas: { response: z.object({ a: z.string() }) },
    handle: async () => ({ a: 1 }),
  }),
  defineRoute({
    ...open,
    method: 'GET',
    url: '/t/big',
    schemas: { response: z.object({ rows: z.array(z.object({ id: z.number(), text: z.string() })) }) },
    handle: async () => big,
  }),
  defineRoute({
    ...open,
    method: 'POST',
    url: '/t/raw',
    rawBody: 'text/csv',
    bodyLimit: 1_000,
    schemas: { response: z.object({ bytes: z.number(), first: z.string() }) },
    handle: async ({ context }) => {
      const body = context.request.body as Buffer;
      return { bytes: body.length, first: body.toString('utf8', 0, 5) };
    },
  }),
  defineRoute({
    ...open,
    method: 'GET',
    url: '/t/stream',
    streams: true,
    schemas: { response: z.string() },
    handle: async ({ context }) => {
      const response = openStream(context, 'text/event-stream');
      response.write('data: 1\n\n');
      await once(response, 'close');
    },
  }),
  defineRoute({
    ...open,
    method: 'GET',
    url: '/t/file',
    streams: true,
    schemas: { response: z.string() },
    handle: async ({ context }) => {
      context.reply.header('content-type', 'text/csv');
      return Readable.from(['a,b\n']);
    },
  }),
  defineRoute({
    method: 'POST',
    url: '/t/act',
    access: 'incident.claim',
    summary: 'test',
    schemas: { response: z.object({ actor: z.string() }) },
    handle: async ({ context }) => ({ actor: context.actor.id }),
  }),
  defineRoute({
    method: 'GET',
    url: '/t/logins',
    access: 'session',
    summary: 'test',
    schemas: { response: z.object({ logins: z.array(z.string()) }) },
    handle: async ({ context }) => ({
      logins: await context.transaction(async (client) => {
        const first = await client.query<{ login: string }>('select login from app_user order by login');
        // Another turn of the event loop, so that transactions of other users come in between.
        await client.query('select pg_sleep(0.002)');
        const second = await client.query<{ login: string }>('select login from app_user order by login');
        expect(second.rows).toEqual(first.rows);
        return first.rows.map((row) => row.login);
      }),
    }),
  }),
  defineRoute({
    method: 'GET',
    url: '/t/limited',
    access: 'open',
    summary: 'test',
    limit: { requests: 2, seconds: 60 },
    schemas: { response: z.null() },
    handle: async () => null,
  }),
];

let test: PeopleTest;
let address: string;
let folder: string;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-console-'));
  fs.mkdirSync(path.join(folder, 'assets'));
  fs.writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Keng</title>');
  fs.writeFileSync(path.join(folder, 'assets', 'app-1a2b3c.js'), `export const x = '${'a'.repeat(20_000)}';`);
  fs.writeFileSync(path.join(folder, '.secret'), 'no');
  test = await startPeople({
    routes,
    staticFolder: folder,
    limits: { headersMs: 300, drainMs: 200 },
  });
  address = await test.http.listen();
});
afterAll(async () => {
  await test.end();
  fs.rmSync(folder, { recursive: true, force: true });
});

const get = async (url: string, headers: Record<string, string> = {}): Promise<Response> =>
  await fetch(`http://${address}${url}`, { headers });
const post = async (url: string, body: string, type = 'application/json'): Promise<Response> =>
  await fetch(`http://${address}${url}`, { method: 'POST', body, headers: { 'content-type': type } });

describe('an answer', () => {
  it('holds what its schema declares and nothing else', async () => {
    const response = await post('/api/t/echo/7', '{"name":"Lan"}');
    expect(await response.json()).toEqual({ number: 7, name: 'Lan' });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('that is not as its schema says is our fault, logged and not sent', async () => {
    const response = await get('/api/t/undeclared');
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ code: 'server.failed' });
  });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('of many kilobytes is compressed with %s where the browser takes it', async (encoding, expand) => {
    const { headers, body } = await rawGet('/api/t/big', { 'accept-encoding': encoding });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toContain('accept-encoding');
    expect(body.length).toBeLessThan(20_000);
    expect(JSON.parse(expand(body).toString())).toEqual(big);
  });

  it.each(['', 'identity', 'gzip;q=0'])('stays as it is for a browser that takes %j', async (encoding) => {
    const { headers, body } = await rawGet('/api/t/big', { 'accept-encoding': encoding });
    expect(headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(body.toString())).toEqual(big);
  });

  it('of a few bytes is not compressed', async () => {
    const { headers } = await rawGet('/api/t/problem', { 'accept-encoding': 'br' });
    expect(headers['content-encoding']).toBeUndefined();
  });
});

describe('errors', () => {
  it('name every field that is wrong', async () => {
    const response = await post('/api/t/echo/7', '{"name":"L","list":[{"age":"old"}]}');
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await response.json()) as { code: string; problems: { at: string }[] };
    expect(problem.code).toBe('request.invalid');
    expect(problem.problems.map((one) => one.at)).toEqual(['name', 'list.0.age']);
  });

  it('of a handler keep their code and status', async () => {
    const response = await get('/api/t/problem');
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({
      code: 'tea.pot',
      detail: 'short and stout',
      params: { cups: 2 },
    });
  });

  it('nobody expected say nothing about the inside, and the log says all under the same id', async () => {
    const response = await get('/api/t/crash');
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain('hunter2');
    const id = (JSON.parse(text) as { params: { requestId: string } }).params.requestId;
    expect(response.headers.get('x-request-id')).toBe(id);
    const line = test.logged.find((one) => one.includes(id)) ?? '';
    expect(line).toContain('hunter2');
    expect(line).toContain('http-server.test.ts');
  });

  it.each([
    ['malformed JSON', '{"name":', 'application/json', 400, 'body.malformed'],
    ['an empty body', '', 'application/json', 400, 'body.malformed'],
    [
      'a poisoned prototype',
      '{"__proto__":{"admin":true},"name":"Lan"}',
      'application/json',
      400,
      'body.malformed',
    ],
    ['another content type', 'name=Lan', 'application/x-www-form-urlencoded', 415, 'body.media-type'],
    ['plain text', '{"name":"Lan"}', 'text/plain', 415, 'body.media-type'],
    [
      'an oversized body',
      JSON.stringify({ name: 'x'.repeat(300_000) }),
      'application/json',
      413,
      'body.too-large',
    ],
  ])('%s is refused', async (_, body, type, status, code) => {
    const response = await post('/api/t/echo/7', body, type);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code]);
  });

  it('of an unknown path below /api are problems, never the console', async () => {
    const response = await get('/api/nothing', { accept: 'text/html' });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'route.not-found' });
  });
});

describe('a route with a raw body', () => {
  it('gets its bytes, with or without a charset', async () => {
    for (const type of ['text/csv', 'text/csv; charset=utf-8']) {
      const response = await post('/api/t/raw', 'code;name', type);
      expect(await response.json()).toEqual({ bytes: 9, first: 'code;' });
    }
  });

  it('takes no other type and no more than its limit', async () => {
    expect((await post('/api/t/raw', '{}', 'application/json')).status).toBe(415);
    expect((await post('/api/t/raw', 'x'.repeat(1_001), 'text/csv')).status).toBe(413);
  });
});

describe('security headers', () => {
  it.each(['/api/t/problem', '/', '/assets/app-1a2b3c.js', '/api/nothing'])('stand on %s', async (url) => {
    const { headers } = await get(url, { accept: 'text/html' });
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("worker-src 'self' blob:");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('stand on a stream too', async () => {
    const controller = new AbortController();
    const response = await fetch(`http://${address}/api/t/stream`, { signal: controller.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.get('cache-control')).toBe('no-store');
    controller.abort();
  });
});

describe('the console', () => {
  it('is one page for every path of its own, asked for each time', async () => {
    for (const url of ['/', '/desk', '/owner/abc']) {
      const response = await get(url, { accept: 'text/html,*/*' });
      expect(await response.text()).toContain('<title>Keng</title>');
      expect(response.headers.get('cache-control')).toBe('no-cache');
    }
  });

  it('keeps files whose name holds their hash for ever', async () => {
    const { headers, body } = await rawGet('/assets/app-1a2b3c.js', { 'accept-encoding': 'gzip' });
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(body).toString()).toContain('export const x');
  });

  it.each(['/assets/missing.js', '/.secret', '/..%2f..%2fetc%2fpasswd', '/favicon.ico'])(
    'has no %s',
    async (url) => {
      const { status, body } = await rawGet(url, { accept: '*/*' });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(body.toString()).not.toContain('<title>');
    },
  );
});

describe('cross-site requests', () => {
  let client: TestClient;
  beforeAll(async () => {
    client = await test.loggedIn('desk-1');
  });
  const act = async (headers: Record<string, string>) => await client.ask('POST', '/t/act', { headers });

  it('pass with the CSRF value of the session', async () => {
    expect((await act({})).status).toBe(200);
    expect(
      (await act({ origin: 'http://localhost:80', host: 'localhost:80', 'sec-fetch-site': 'same-origin' }))
        .status,
    ).toBe(200);
  });

  it.each([
    ['no CSRF value', { 'x-keng-csrf': '' }, 'csrf.invalid'],
    ['a wrong one', { 'x-keng-csrf': 'A'.repeat(43) }, 'csrf.invalid'],
    ['a foreign origin', { origin: 'https://evil.example' }, 'origin.foreign'],
    ['the origin of a sandboxed frame', { origin: 'null' }, 'origin.foreign'],
    [
      'another port of the same host',
      { origin: 'http://localhost:8080', host: 'localhost:80' },
      'origin.foreign',
    ],
    ['a browser that says cross-site', { 'sec-fetch-site': 'cross-site' }, 'origin.foreign'],
    ['a browser that says same-site', { 'sec-fetch-site': 'same-site' }, 'origin.foreign'],
  ])('are refused with %s', async (_, headers, code) => {
    const answer = await act(headers);
    expect([answer.status, answer.body.code]).toEqual([403, code]);
  });

  it('are refused with the CSRF value of another session', async () => {
    const other = await test.loggedIn('desk-2');
    expect((await act({ 'x-keng-csrf': other.csrf ?? '' })).body.code).toBe('csrf.invalid');
  });

  it('cannot log anybody in from another site', async () => {
    const answer = await test.client().ask('POST', '/session', {
      body: { login: 'desk-1', password: 'x' },
      headers: { origin: 'https://evil.example' },
    });
    expect(answer.body.code).toBe('origin.foreign');
  });
});

describe('rows', () => {
  it('are those of the asker, however requests of others are mixed on the same few connections', async () => {
    const expected: Record<string, string[]> = {
      root: ['admin-1', 'auditor', 'desk-1', 'desk-2', 'national', 'owner', 'root', 'station-1'],
      'desk-1': ['admin-1', 'desk-1', 'station-1'],
      'desk-2': ['desk-2'],
      'station-1': ['station-1'],
      owner: [],
    };
    const clients = await Promise.all(
      Object.keys(expected).map(async (login) => ({ login, client: await test.loggedIn(login) })),
    );
    const rounds = Array.from({ length: 40 }, () => clients).flat();
    const answers = await Promise.all(
      rounds.map(async ({ login, client }) => ({ login, answer: await client.ask('GET', '/t/logins') })),
    );
    for (const { login, answer } of answers)
      expect([login, answer.body.logins]).toEqual([login, expected[login]]);
    // And nothing is left on a connection that goes back.
    const left = await Promise.all(
      Array.from({ length: 10 }, () =>
        test.database
          .pool('keng_web')
          .query("select coalesce(current_setting('keng.scope', true), '') as scope"),
      ),
    );
    expect(new Set(left.map((result) => result.rows[0].scope))).toEqual(new Set(['']));
  });
});

describe('slow and broken senders', () => {
  it('a head that does not come to its end is answered 408 and closed', async () => {
    const text = await speak('GET /api/t/problem HTTP/1.1\r\nhost: x\r\nx-slow:');
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(text).toContain('request.too-slow');
  });

  it('a connection that says nothing is closed', async () => {
    expect(await speak('')).toMatch(/^(HTTP\/1\.1 408 .*)?/s);
  });

  it('a body that does not come is given up', async () => {
    const server = await createHttpServer(another({ routes, limits: { headersMs: 300, requestMs: 400 } }));
    const head =
      'POST /api/t/echo/1 HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"na';
    expect(await speak(head, await server.listen())).toMatch(/^HTTP\/1\.1 408 /);
    await server.close();
  });

  it('bytes that are not HTTP get a problem', async () => {
    const text = await speak('\x16\x03\x01 hello\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('request.malformed');
  });

  it('a head of a megabyte is refused', async () => {
    expect(await speak(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
  });

  it('too many requests of one address hear how long to wait', async () => {
    const answers = [await get('/api/t/limited'), await get('/api/t/limited'), await get('/api/t/limited')];
    expect(answers.map((one) => one.status)).toEqual([200, 200, 429]);
    expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('the document of the interface', () => {
  it('is OpenAPI 3.1 with every route, its schemas and its access', async () => {
    const document = (await (await get('/api/openapi.json')).json()) as Record<string, never>;
    expect(document).toMatchObject({
      openapi: '3.1.0',
      paths: {
        '/api/users/{id}': {
          put: {
            security: [{ session: [], csrf: [] }],
            parameters: [{ name: 'id', in: 'path', schema: { type: 'string', format: 'uuid' } }],
            responses: {
              200: {
                content: { 'application/json': { schema: { properties: { id: { format: 'uuid' } } } } },
              },
            },
          },
        },
        '/api/session': { post: { security: [] } },
      },
    });
  });
});

describe('when the centre stops', () => {
  it('streams are ended and the port is free', async () => {
    const server = await createHttpServer(another({ routes }));
    const port = await server.listen();
    const response = await fetch(`http://${port}/api/t/stream`);
    const text = response.text();
    await server.close();
    expect(await text).toBe('data: 1\n\n');
    await expect(fetch(`http://${port}/api/t/problem`)).rejects.toThrow();
  });
});

describe('over TLS', () => {
  it('says so when one of the two files is missing', async () => {
    const settings = { ...another({}).settings, tlsCertificate: '/nowhere/certificate.pem' };
    await expect(createHttpServer(another({ settings }))).rejects.toMatchObject({ code: 'setting-invalid' });
    const both = { ...settings, tlsKey: '/nowhere/key.pem' };
    await expect(createHttpServer(another({ settings: both }))).rejects.toMatchObject({
      code: 'setting-invalid',
    });
  });

  it('behind a proxy that ends it: HSTS, a secure cookie, and the public origin is ours', async () => {
    const settings = { ...another({}).settings, publicUrl: 'https://keng.example' };
    const server = await createHttpServer(another({ settings, routes }));
    const response = await server.app.inject({
      method: 'POST',
      url: '/api/t/echo/1',
      headers: { origin: 'https://keng.example' },
      payload: { name: 'Lan' },
    });
    expect(response.statusCode).toBe(200);
    expect(response.headers['strict-transport-security']).toContain('max-age=31536000');
    await server.close();
  });

  it.skipIf(!hasOpenssl)(`answers HTTPS${withoutOpenssl}`, async () => {
    const files = makeCertificate(folder);
    const settings = { ...another({}).settings, ...files };
    const server = await createHttpServer(another({ settings, routes }));
    const [, port] = (await server.listen()).split(':');
    const request = https.get({
      host: '127.0.0.1',
      port,
      path: '/api/t/problem',
      ca: fs.readFileSync(files.tlsCertificate),
      servername: 'localhost',
    });
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(409);
    expect(response.headers['strict-transport-security']).toContain('max-age');
    await server.close();
  });
});

function another(more: Partial<HttpServerOptions>): HttpServerOptions {
  return {
    routes: [],
    sessions: test.sessions,
    pools: { web: test.database.pool('keng_web') },
    clock: test.clock,
    world: test.sessions.world,
    settings: { http: { host: '127.0.0.1', port: 0 }, publicUrl: null, tlsCertificate: null, tlsKey: null },
    log: createLogger('test', { level: 'fatal' }),
    ...more,
  };
}

async function rawGet(url: string, headers: Record<string, string>) {
  const [host = '', port = ''] = address.split(':');
  const request = http.get({ host, port, path: url, headers });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };
}

/** Sends bytes and gives everything that came back until the other side closed. */
async function speak(text: string, to = address): Promise<string> {
  const [host = '', port = ''] = to.split(':');
  const socket = net.connect(Number(port), host);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
  });
  // A reset after the answer is a close too.
  socket.on('error', () => {});
  socket.write(text, 'latin1');
  await once(socket, 'close');
  return answer;
}
