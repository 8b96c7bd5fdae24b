import cluster from 'node:cluster';
import { type CentreReport, type RunningCentre, startCentre } from '../centre.ts';
import {
  createLogger,
  describeError,
  healthOf,
  type ProcessRole,
  setLogLevel,
  wrapSecrets,
} from '../platform/index.ts';
import { awaitDatabase } from '../roles/await-database.ts';
import { askingRole } from '../roles/role.ts';
import type { FromChild, StartMessage, ToChild } from './serve-messages.ts';

/**
 * One process of a centre. It is told what to do by IPC and lives no longer than its parent: when the channel breaks, it drains and
 * ends. Signals of the terminal reach the whole group; the parent alone decides the order, so they are ignored here.
 */
const drainLimitMs = 15_000;
/** Null when it was stopped before the database could be reached. */
let centre: Promise<RunningCentre | null> | undefined;
/** The roles that begin when the database can be reached. */
let waiting: readonly ProcessRole[] = [];
const ended = new AbortController();
let stopping = false;
let lingerMs = 0;

process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
// A worker of `cluster` would end by itself when the channel breaks, without draining.
if (cluster.worker) cluster.worker.exitedAfterDisconnect = true;
process.on('disconnect', () => setTimeout(() => void stop(), lingerMs));
// Only serve.ts sends here.
process.on('message', (message) => void receive(message as ToChild));
tell({ type: 'awake' });

async function receive(message: ToChild): Promise<void> {
  if (message.type === 'stop') return await stop();
  if (message.type === 'retire') return retire(message.lingerMs);
  if (message.type === 'report') return await report(message.number);
  // Whoever looks at the machine sees which process is which.
  process.title = `keng ${message.roles.join(',')}`;
  setLogLevel(message.settings.logLevel);
  centre = start(message);
  try {
    const running = await centre;
    if (running) tell({ type: 'started', listening: running.listening });
  } catch (error) {
    tell({ type: 'failed', message: describeError(error) });
    process.exitCode = 1;
    process.disconnect?.();
  }
}

/**
 * The first question waits for a database that is away, for this process would be replaced by one that has to load its program again. What
 * breaks later, until it listens, ends it: the next one begins with clean sockets, and waits here.
 */
async function start({ settings, roles, address, secrets }: StartMessage): Promise<RunningCentre | null> {
  const log = createLogger(roles.join('+'));
  const onWaiting = (): void => {
    waiting = roles;
  };
  try {
    await awaitDatabase({ address, role: askingRole(roles), log, signal: ended.signal, onWaiting });
  } catch (error) {
    if (ended.signal.aborted) return null;
    throw error;
  }
  waiting = [];
  return await startCentre(settings, roles, address, wrapSecrets(secrets));
}

/** Gives the listening sockets back, which breaks the channel; whoever is connected is heard a while longer. */
function retire(forMs: number): void {
  lingerMs = forMs;
  if (cluster.worker) cluster.worker.disconnect();
  else process.disconnect?.();
}

async function report(number: number): Promise<void> {
  try {
    if (waiting.length > 0) return tell({ type: 'report', number, report: waitingReport() });
    const given = await (await centre)?.report();
    if (given) tell({ type: 'report', number, report: given });
  } catch (error) {
    // No answer is an answer: the parent says that this process does not.
    createLogger('child').warn({ err: error }, 'metrics could not be read');
  }
}

function waitingReport(): CentreReport {
  const health = waiting.map((role) =>
    healthOf(role, ['it waits for the database, which cannot be reached']),
  );
  return { metrics: [], health };
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  ended.abort();
  const log = createLogger('child');
  const limit = setTimeout(() => {
    log.error(`did not drain within ${drainLimitMs / 1000} s; ending`);
    process.exit(1);
  }, drainLimitMs);
  limit.unref();
  try {
    await (await centre)?.stop();
    process.exit(process.exitCode ?? 0);
  } catch (error) {
    if (process.exitCode !== 1) log.error({ err: error }, 'stopping failed');
    process.exit(1);
  }
}

function tell(message: FromChild): void {
  if (process.connected) process.send?.(message);
}
