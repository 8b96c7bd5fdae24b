import type { Server as TlsServer } from 'node:tls';
import cookie from '@fastify/cookie';
import { newUuid, type World } from '@keng/model';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyServerOptions } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import type { Clock } from '../clock.ts';
import type { Pool } from '../database.ts';
import type { Logger } from '../logger.ts';
import { formatListenAddress } from '../setting.ts';
import type { Settings } from '../settings.ts';
import { AddressLimits } from './address-limits.ts';
import { refuseUnreadable } from './client-error.ts';
import { addCompression } from './compression.ts';
import { addOpenApi } from './openapi.ts';
import { answerError } from './problem-reply.ts';
import { addRoutes, type OnAnswered } from './register-routes.ts';
import type { Route } from './route.ts';
import { addSecurityHeaders } from './security-headers.ts';
import type { Sessions } from './sessions.ts';
import { addConsole } from './static-console.ts';
import { readTls, type Tls } from './tls-files.ts';
import { reloadTls } from './tls-reload.ts';

export interface HttpServerOptions {
  readonly routes: readonly Route[];
  readonly sessions: Sessions;
  /** `web` connects as keng_web. */
  readonly pools: { readonly web: Pool };
  readonly clock: Clock;
  readonly world: World;
  readonly settings: Pick<Settings, 'http' | 'publicUrl' | 'tlsCertificate' | 'tlsKey'>;
  readonly log: Logger;
  /** The built console, e.g. console/dist; without it only the API is served. */
  readonly staticFolder?: string;
  /** Addresses of proxies whose X-Forwarded-For is believed; default none. */
  readonly trustedProxies?: readonly string[];
  readonly version?: string;
  readonly limits?: Partial<HttpLimits>;
  readonly onAnswered?: OnAnswered;
}

export interface HttpLimits {
  readonly connections: number;
  readonly bodyBytes: number;
  /** A client has this long to send its head, and its whole request: slow senders hold no socket. */
  readonly headersMs: number;
  readonly requestMs: number;
  readonly keepAliveMs: number;
  /** How long answers may still take when the centre stops. */
  readonly drainMs: number;
}

export const HTTP_LIMITS: HttpLimits = {
  connections: 8_192,
  bodyBytes: 256 * 1024,
  headersMs: 5_000,
  requestMs: 60_000,
  keepAliveMs: 15_000,
  drainMs: 5_000,
};

export interface HttpServer {
  readonly app: FastifyInstance;
  /** Live feeds that are open. */
  readonly streams: number;
  /** Resolves to `host:port` as bound. */
  listen(): Promise<string>;
  /** Ends streams, lets running requests finish for `drainMs`, closes. */
  close(): Promise<void>;
}

/** Builds the HTTP side of a centre from the routes that its modules declare. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const limits = { ...HTTP_LIMITS, ...options.limits };
  const { settings, log } = options;
  const tls = readTls(settings);
  const secure = tls !== null || (settings.publicUrl?.startsWith('https:') ?? false);
  // fastify chooses its type by `https`; what both kinds share is all that is used here.
  const app = Fastify(serverOptions(options, limits, tls) as FastifyServerOptions) as FastifyInstance;
  app.server.maxConnections = limits.connections;
  const streams = trackStreams(app, limits.drainMs);
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply, log));
  app.setValidatorCompiler(validatorCompiler);
  app.addHook('onRequest', async (request, reply) => {
    reply.raw.setHeader('x-request-id', request.id);
  });
  await addSecurityHeaders(app, { tls: secure });
  await app.register(cookie);
  addCompression(app);
  await addOpenApi(app, options.version ?? '0.0.0');
  const origins = settings.publicUrl === null ? [] : [new URL(settings.publicUrl).origin];
  await app.register(
    async (api) => {
      addRoutes(api, options.routes, {
        gate: {
          sessions: options.sessions,
          limits: new AddressLimits(),
          origins,
          nowMs: () => performance.now(),
        },
        context: {
          pool: options.pools.web,
          clock: options.clock,
          world: options.world,
          sessions: options.sessions,
          secure,
        },
        onStream: streams.add,
        onBroken: (err, request) =>
          log.error(
            { err, requestId: request.id, method: request.method, route: request.routeOptions.url },
            'an answer broke off',
          ),
        ...(options.onAnswered ? { onAnswered: options.onAnswered } : {}),
      });
    },
    { prefix: '/api' },
  );
  await addConsole(app, options.staticFolder);
  await app.ready();
  // fastify made an https server of it, which it does not say.
  const renewal = tls && reloadTls(app.server as unknown as TlsServer, settings, log);
  return {
    app,
    get streams() {
      return streams.open;
    },
    listen: async () => {
      await app.listen({ host: settings.http.host, port: settings.http.port });
      const bound = app.server.address();
      if (bound === null || typeof bound === 'string') return String(bound);
      return formatListenAddress({ host: bound.address, port: bound.port });
    },
    close: async () => {
      renewal?.stop();
      await app.close();
    },
  };
}

function serverOptions(options: HttpServerOptions, limits: HttpLimits, tls: Tls | null) {
  const http = {
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    // Node looks for late heads only this often; its default of 30 s would make the 5 s above a half minute.
    connectionsCheckingInterval: Math.min(1_000, limits.headersMs),
    maxHeaderSize: 16 * 1024,
  };
  return {
    logger: false,
    genReqId: () => newUuid(),
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    trustProxy: options.trustedProxies ? [...options.trustedProxies] : false,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 512 },
    clientErrorHandler: refuseUnreadable,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    ...(tls ? { https: { ...http, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: 10_000 } } : { http }),
  };
}

/** Live feeds have no end of their own: they are ended when the server closes, and stragglers are cut off after a while. */
function trackStreams(app: FastifyInstance, drainMs: number) {
  const open = new Set<FastifyReply>();
  app.addHook('preClose', async () => {
    for (const reply of open) {
      // Taken over by its handler; whatever fastify still sends itself comes to its own end.
      if (reply.sent && !reply.raw.writableEnded) reply.raw.end();
    }
    setTimeout(() => app.server.closeAllConnections(), drainMs).unref();
  });
  return {
    get open() {
      return open.size;
    },
    add: (reply: FastifyReply): void => {
      open.add(reply);
      reply.raw.once('close', () => open.delete(reply));
    },
  };
}
