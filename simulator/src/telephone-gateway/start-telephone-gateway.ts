import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Call, Message } from './call-book.ts';
import { EventSender } from './event-sender.ts';
import { Exchange } from './exchange.ts';
import { PAGE, PAGE_SCRIPT, PAGE_STYLE } from './page.ts';
import { RequestRefused, readCall, readMessage, readObject, text } from './requests.ts';
import { isSigned, keyOf } from './standard-webhook.ts';

export interface TelephoneGatewayOptions {
  /** Default 127.0.0.1: whoever reaches the page answers for the owners. */
  readonly host?: string;
  /** 0: the system chooses. */
  readonly port: number;
  /** Where the centre takes receipts: http://.../api/gateway/telephone/events */
  readonly callback: string;
  /** Shared with the centre. */
  readonly secret: string;
  /** How long an unanswered call rings; default 30 s. */
  readonly ringSeconds?: number;
  readonly log?: (line: string) => void;
}

export interface RunningTelephoneGateway {
  /** http://host:port, for the centre's --telephone-gateway-url and for the page. */
  readonly url: string;
  readonly exchange: Exchange;
  stop(): Promise<void>;
}

const BODY_BYTES = 64 * 1024;
const SHOWN = 200;
const RING_SECONDS = 30;
/** In every answer: nobody may take it for the real thing. */
const STAND_IN = 'stand-in; no telephone is reached';
const POLICY = `default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; script-src ${hashOf(PAGE_SCRIPT)}; style-src ${hashOf(PAGE_STYLE)}`;

/** Starts the stand-in for a telephone gateway on a socket of its own. */
export async function startTelephoneGateway(
  options: TelephoneGatewayOptions,
): Promise<RunningTelephoneGateway> {
  const key = keyOf(options.secret);
  const log = options.log ?? (() => {});
  const events = new EventSender({ callback: options.callback, key, log });
  const exchange = new Exchange({ events, ringMs: (options.ringSeconds ?? RING_SECONDS) * 1000 });
  const server = http.createServer((request, response) => {
    respond(request, exchange, key).then(
      (answer) => send(response, answer),
      (error: unknown) => send(response, refusal(error, log)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host ?? '127.0.0.1', resolve);
  });
  // A server that listens on a port has an address of this form.
  const { address, port } = server.address() as AddressInfo;
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${port}`,
    exchange,
    async stop() {
      exchange.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await events.stop();
      await closed;
    },
  };
}

interface Answer {
  readonly status: number;
  readonly type: 'json' | 'html';
  readonly body: string;
}

const json = (status: number, value: unknown): Answer => ({
  status,
  type: 'json',
  body: JSON.stringify(value),
});

async function respond(request: http.IncomingMessage, exchange: Exchange, key: Buffer): Promise<Answer> {
  const path = new URL(request.url ?? '/', 'http://stand-in').pathname;
  if (request.method === 'GET') return read(path, exchange);
  if (request.method !== 'POST') throw new RequestRefused(405, 'GET or POST was expected');
  const body = await readBody(request);
  if (path === '/calls' || path === '/messages') {
    if (!isSigned(key, request.headers, body, Date.now())) {
      throw new RequestRefused(401, 'the signature does not fit, or its time is over');
    }
    return place(path, String(request.headers['idempotency-key'] ?? ''), body, exchange);
  }
  checkSameSite(request);
  return json(200, await act(path, readObject(body), exchange));
}

function read(path: string, { book }: Exchange): Answer {
  if (path === '/') return { status: 200, type: 'html', body: PAGE };
  if (path === '/calls') return json(200, book.calls());
  if (path === '/messages') return json(200, book.messages());
  if (path === '/state') {
    const all: (Call | Message)[] = [...book.calls(), ...book.messages()];
    return json(200, all.sort((one, other) => (one.at < other.at ? 1 : -1)).slice(0, SHOWN));
  }
  throw new RequestRefused(404, `there is no ${path}`);
}

function place(
  path: '/calls' | '/messages',
  idempotencyKey: string,
  body: string,
  exchange: Exchange,
): Answer {
  if (idempotencyKey === '') throw new RequestRefused(400, 'idempotency-key is missing');
  const entry =
    path === '/calls'
      ? exchange.placeCall(idempotencyKey, readCall(body))
      : exchange.sendMessage(idempotencyKey, readMessage(body));
  return json(202, { id: entry.id, state: entry.state, standIn: STAND_IN });
}

/** What the person who is called does. */
async function act(path: string, body: Record<string, unknown>, exchange: Exchange): Promise<Call | Message> {
  const [, kind, id = '', action, more] = path.split('/');
  if (more !== undefined) throw new RequestRefused(404, `there is no ${path}`);
  if (kind === 'messages' && action === 'reply') return await exchange.reply(id, text(body, 'text'));
  if (kind === 'calls') {
    if (action === 'answer') return exchange.answer(id);
    if (action === 'press') return await exchange.press(id, text(body, 'key'));
    if (action === 'no-answer') return exchange.noAnswer(id);
    if (action === 'hang-up') return exchange.hangUp(id);
    if (action === 'fail') return exchange.fail(id);
  }
  throw new RequestRefused(404, `there is no ${path}`);
}

/** A page of another site must not answer for an owner. */
function checkSameSite({ headers }: http.IncomingMessage): void {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  throw new RequestRefused(403, 'this was sent by a page of another site');
}

async function readBody(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    // Nobody has set an encoding: chunks are bytes.
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length > BODY_BYTES) throw new RequestRefused(413, `more than ${BODY_BYTES} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refusal(error: unknown, log: (line: string) => void): Answer {
  if (error instanceof RequestRefused) return json(error.status, { error: error.message, standIn: STAND_IN });
  log(`failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return json(500, { error: 'the stand-in failed', standIn: STAND_IN });
}

function send(response: http.ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  response.writeHead(answer.status, {
    'content-type': answer.type === 'html' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-keng-stand-in': STAND_IN,
    ...(answer.type === 'html' ? { 'content-security-policy': POLICY } : {}),
  });
  response.end(answer.body);
}

function hashOf(source: string): string {
  return `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
}
