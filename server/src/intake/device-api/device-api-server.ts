import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { MOST_MESSAGE_BYTES } from '@keng/device-api';
import { Problem } from '@keng/model';
import { readTls, refuseUnreadable } from '../../platform/http/index.ts';
import type { ListenAddress, Settings } from '../../platform/index.ts';
import type { MessageSource } from '../device-messages/message-members.ts';
import type { IntakeLimits } from '../limits.ts';
import { addressOf, listenAt } from '../listening.ts';
import { StrangerCrowd } from '../stranger-crowd.ts';
import { type ApiAnswer, documentAnswer, problemAnswer } from './answers.ts';
import { deviceApiDocument } from './openapi.ts';
import type { ApiRequest, RequestIntake } from './request-intake.ts';

export const DEVICE_API_PATH = '/api/device/v1';

const ROUTES: ReadonlyMap<string, ApiRequest['kind']> = new Map([
  [`${DEVICE_API_PATH}/signals`, 'signals'],
  [`${DEVICE_API_PATH}/heartbeat`, 'heartbeat'],
  [`${DEVICE_API_PATH}/measurements`, 'measurements'],
]);

/** A device has so long to send its head. */
const HEADERS_MS = 5_000;
/** Devices that send every minute keep their connection; NAT of mobile networks forgets it after a few. */
const KEEP_ALIVE_MS = 150_000;
const MOST_HEADER_BYTES = 8 * 1_024;

interface Visitor {
  readonly socket: Socket;
  readonly source: MessageSource;
  /** Requests under way on it. */
  busy: number;
}

/** The sockets of the Device API: limits, bodies, answers. What a request means is decided elsewhere. */
export class DeviceApiServer {
  readonly #server: http.Server;
  readonly #intake: RequestIntake;
  readonly #crowd: StrangerCrowd<Visitor>;
  readonly #visitors = new WeakMap<Socket, Visitor>();
  readonly #document: string;
  readonly #under = new Set<Promise<void>>();

  private constructor(
    tls: { readonly cert: Buffer; readonly key: Buffer } | null,
    intake: RequestIntake,
    limits: IntakeLimits,
  ) {
    this.#intake = intake;
    this.#document = JSON.stringify(deviceApiDocument());
    this.#crowd = new StrangerCrowd(limits, (visitor) => visitor.busy > 0);
    const options = {
      headersTimeout: Math.min(HEADERS_MS, limits.unfinishedMs),
      requestTimeout: limits.unfinishedMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: Math.min(1_000, limits.unfinishedMs),
      maxHeaderSize: MOST_HEADER_BYTES,
      noDelay: true,
    };
    const handle = (request: IncomingMessage, response: ServerResponse): void =>
      this.#handle(request, response);
    this.#server = tls
      ? https.createServer(
          { ...options, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: HEADERS_MS },
          handle,
        )
      : http.createServer(options, handle);
    this.#server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) =>
      this.#welcome(socket, tls !== null),
    );
    this.#server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
      refuseUnreadable(error, socket as Socket),
    );
  }

  static async open(
    address: ListenAddress,
    settings: Partial<Pick<Settings, 'tlsCertificate' | 'tlsKey'>>,
    intake: RequestIntake,
    limits: IntakeLimits,
  ): Promise<DeviceApiServer> {
    const tls = readTls({
      tlsCertificate: settings.tlsCertificate ?? null,
      tlsKey: settings.tlsKey ?? null,
    });
    const server = new DeviceApiServer(tls, intake, limits);
    await listenAt(server.#server, address, 'The Device API', 'device-api');
    return server;
  }

  get address(): string {
    return addressOf(this.#server);
  }

  metrics() {
    const { size: connections, registered, counters } = this.#crowd;
    return { ...counters, connections, registered };
  }

  /** Accepts no more, answers what was read, closes. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    while (this.#under.size > 0) await Promise.allSettled(this.#under);
    this.#server.closeAllConnections();
    await closed;
  }

  #welcome(socket: Socket, encrypted: boolean): void {
    const address = socket.remoteAddress ?? '';
    const remote = `${address}:${socket.remotePort ?? 0}`;
    const source = { protocol: 'device-api', receiver: 'device-api', address, remote, encrypted } as const;
    const visitor: Visitor = { socket, source, busy: 0 };
    if (!this.#crowd.enter(visitor)) return;
    this.#visitors.set(socket, visitor);
    socket.once('close', () => this.#crowd.leave(visitor));
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const visitor = this.#visitors.get(request.socket);
    if (!visitor) {
      request.socket.destroy();
      return;
    }
    visitor.busy += 1;
    const under = this.#serve(request, response, visitor).finally(() => {
      visitor.busy -= 1;
      this.#under.delete(under);
    });
    this.#under.add(under);
  }

  async #serve(request: IncomingMessage, response: ServerResponse, visitor: Visitor): Promise<void> {
    const target = request.url ?? '';
    const question = target.indexOf('?');
    const path = question < 0 ? target : target.slice(0, question);
    const kind = ROUTES.get(path);
    if (kind === undefined || request.method !== 'POST') {
      respond(request, response, this.#elsewhere(path, request.method ?? '', kind));
      return;
    }
    const body = await readBody(request);
    if (body === 'gone') return;
    if (body === 'too-large') {
      respond(
        request,
        response,
        problemAnswer(
          new Problem(413, 'body.too-large', `A message has at most ${MOST_MESSAGE_BYTES} bytes.`),
        ),
      );
      return;
    }
    const { answer, device } = await this.#intake.take(
      {
        kind,
        body,
        method: 'POST',
        target,
        authority: request.headers.host ?? '',
        headers: request.headers,
      },
      visitor.source,
    );
    if (device !== null) this.#crowd.greet(visitor);
    respond(request, response, answer);
  }

  #elsewhere(path: string, method: string, kind: ApiRequest['kind'] | undefined): ApiAnswer {
    const document = path === `${DEVICE_API_PATH}/openapi.json`;
    if (document && method === 'GET') return documentAnswer(this.#document);
    if (document || kind !== undefined) {
      const allow = document ? 'GET' : 'POST';
      return problemAnswer(new Problem(405, 'method.not-allowed', `Use ${allow} here.`), { allow });
    }
    return problemAnswer(
      new Problem(404, 'route.not-found', `There is no such path; see ${DEVICE_API_PATH}/openapi.json.`),
    );
  }
}

/** The whole body; what is longer than a message is not read on. */
function readBody(request: IncomingMessage): Promise<Uint8Array | 'too-large' | 'gone'> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_MESSAGE_BYTES)
    return Promise.resolve('too-large');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MOST_MESSAGE_BYTES) chunks.push(chunk);
      else resolve('too-large');
    });
    request.on('end', () => {
      const first = chunks[0];
      resolve(chunks.length === 1 && first ? first : Buffer.concat(chunks));
    });
    request.on('error', () => resolve('gone'));
    request.on('close', () => resolve('gone'));
  });
}

function respond(request: IncomingMessage, response: ServerResponse, answer: ApiAnswer): void {
  // A body that nobody reads would stand before the next request.
  const close = !request.complete;
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-length': Buffer.byteLength(answer.body),
    'cache-control': 'no-store',
    ...(close ? { connection: 'close' } : {}),
  });
  response.end(answer.body);
}
