import { once } from 'node:events';
import http from 'node:http';
import { AggregatorRegistry } from 'prom-client';
import type { Logger } from '../logger.ts';
import { errorMessage } from '../platform-error.ts';
import { formatListenAddress, type ListenAddress } from '../setting.ts';
import type { ProcessRole } from '../settings.ts';
import type { RoleHealth } from './health.ts';

/** What one process of this machine answers; null: it did not answer in time, or does not run. */
export interface ProcessReport {
  readonly process: string;
  readonly roles: readonly ProcessRole[];
  readonly answer: { readonly metrics: readonly object[]; readonly health: readonly RoleHealth[] } | null;
}

export interface MetricsServerOptions {
  readonly address: ListenAddress;
  readonly log: Logger;
  readonly reports: () => Promise<readonly ProcessReport[]>;
}

export interface RunningMetricsServer {
  /** As bound; null: the address could not be had, and is tried again. */
  readonly address: string | null;
  stop(): Promise<void>;
}

const RETRY_MS = 10_000;
const HEADERS_MS = 5_000;
const CONNECTIONS = 32;

/**
 * Metrics and health of all processes of one machine, on an address of its own: whoever watches needs no log-in, and no browser
 * reaches it. That the address is taken never keeps a centre from hearing alarms: it is logged and tried again.
 */
export async function startMetricsServer(options: MetricsServerOptions): Promise<RunningMetricsServer> {
  const { log, address } = options;
  const server = http.createServer(
    { headersTimeout: HEADERS_MS, requestTimeout: HEADERS_MS },
    (request, response) => {
      answer(options, request).then(
        ({ status, type, text }) => {
          response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
          response.end(request.method === 'HEAD' ? undefined : text);
        },
        (error: unknown) => {
          log.error({ err: error }, 'metrics could not be given');
          response.writeHead(500).end();
        },
      );
    },
  );
  server.maxConnections = CONNECTIONS;
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;
  const listen = async (): Promise<void> => {
    try {
      const listening = once(server, 'listening');
      server.listen({ host: address.host, port: address.port });
      await listening;
      server.on('error', (error) => log.warn({ err: error }, 'metrics'));
    } catch (error) {
      log.warn(
        { error: errorMessage(error) },
        `metrics cannot listen on ${formatListenAddress(address)}; trying again (--metrics names another address)`,
      );
      if (stopped) return;
      retry = setTimeout(() => void listen(), RETRY_MS);
      retry.unref();
    }
  };
  await listen();
  return {
    get address() {
      const at = server.address();
      return at === null || typeof at === 'string'
        ? null
        : formatListenAddress({ host: at.address, port: at.port });
    },
    stop: async () => {
      stopped = true;
      clearTimeout(retry);
      if (!server.listening) return;
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

async function answer(options: MetricsServerOptions, request: http.IncomingMessage): Promise<Answer> {
  const path = (request.url ?? '').split('?', 1)[0];
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'GET only\n');
  if (path === '/metrics') return await metrics(await options.reports());
  if (path === '/health/live') return health(await options.reports(), (role) => role.live);
  if (path === '/health/ready') return health(await options.reports(), (role) => role.live && role.ready);
  return plain(404, '/metrics, /health/live or /health/ready\n');
}

function plain(status: number, text: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', text };
}

async function metrics(reports: readonly ProcessReport[]): Promise<Answer> {
  const answered = reports.flatMap((report) => (report.answer ? [[...report.answer.metrics]] : []));
  const registry = AggregatorRegistry.aggregate(answered);
  const own = [
    '# HELP keng_process_up 1 while the process answers',
    '# TYPE keng_process_up gauge',
    ...reports.map((one) => `keng_process_up{process="${one.process}"} ${one.answer ? 1 : 0}`),
    '# HELP keng_role_ready 1 while the role does its work; /health/ready says why not',
    '# TYPE keng_role_ready gauge',
    ...rolesOf(reports).map(
      (one) =>
        `keng_role_ready{process="${one.process}",role="${one.role}"} ${one.live && one.ready ? 1 : 0}`,
    ),
  ];
  return {
    status: 200,
    type: 'text/plain; version=0.0.4; charset=utf-8',
    text: `${await registry.metrics()}\n${own.join('\n')}\n`,
  };
}

interface RoleState extends RoleHealth {
  readonly process: string;
  readonly live: boolean;
}

function rolesOf(reports: readonly ProcessReport[]): RoleState[] {
  return reports.flatMap(({ process, roles, answer: given }) =>
    roles.map((role) => {
      if (given === null)
        return { process, role, live: false, ready: false, reasons: ['the process does not answer'] };
      const said = given.health.find((one) => one.role === role);
      return { process, role, live: true, ready: said?.ready ?? true, reasons: said?.reasons ?? [] };
    }),
  );
}

function health(reports: readonly ProcessReport[], good: (role: RoleState) => boolean): Answer {
  const roles = rolesOf(reports);
  return {
    status: roles.every(good) ? 200 : 503,
    type: 'application/json; charset=utf-8',
    text: `${JSON.stringify({ roles }, null, 2)}\n`,
  };
}
