import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import {
  createLogger,
  embeddedAddress,
  loadSecrets,
  loadSettings,
  openPool,
  postgresFolder,
  provideDatabase,
  revealSecrets,
  startPostgres,
} from '../platform/index.ts';
import { findRunningServer } from '../platform/postgres-pid-file.ts';
import { isRunning, waitUntil, waitUntilGone } from '../platform/process-table.ts';
import { CentreChild } from './centre-child.ts';
import { type ServingCentre, serveCentre } from './centre-processes.ts';

// Each start loads the program four times, beside whatever else the machine does.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-serve-'));
fs.chmodSync(base, 0o711);
const dataFolder = path.join(base, 'data');
const settings = loadSettings({
  flags: {},
  env: {
    KENG_DATA: dataFolder,
    KENG_HTTP: '127.0.0.1:0',
    KENG_DC09_TCP: '127.0.0.1:0',
    KENG_DC09_UDP: '127.0.0.1:0',
    KENG_GB26875_TCP: '127.0.0.1:0',
    KENG_METRICS: '127.0.0.1:0',
  },
});
/** One centre is asked about most things: each start is that of five processes. */
let centre: ServingCentre | undefined;

async function serve(): Promise<ServingCentre> {
  centre = await serveCentre({ settings, env: {}, progress: () => {} });
  return centre;
}

function serving(): ServingCentre {
  if (!centre) throw new Error('the test that starts the centre has failed');
  return centre;
}

afterAll(async () => {
  await centre?.stop();
  fs.rmSync(base, { recursive: true, force: true });
});

const postgresPid = (): number => findRunningServer(postgresFolder(dataFolder))?.pid ?? 0;

/** A child that was forked does not work yet: what is killed under it before that ends its start. Only one that has started answers here. */
async function untilAllWork(): Promise<void> {
  const live = async (): Promise<number> =>
    (await fetch(`http://${serving().listening.metrics}/health/live`)).status;
  await expect.poll(live, { timeout: 60_000 }).toBe(200);
}

test('receivers, rules and web run in processes of their own; a killed one comes back', async () => {
  const { listening, childPids, database } = await serve();
  // Port 0 gives every part a port of its own, and the page answers behind its.
  expect(new Set([listening.http, listening.dc09Tcp, listening.gb26875Tcp]).size).toBe(3);
  const answer = await fetch(`http://${listening.http}/api/session`, { signal: AbortSignal.timeout(30_000) });
  expect(answer.status).toBe(401);
  const before = childPids();
  expect([...before.keys()]).toEqual(['receiver', 'sequencer', 'consumer,sender,supervisor', 'web']);
  const receiver = before.get('receiver') ?? 0;
  process.kill(receiver, 'SIGKILL');
  const back = await waitUntil(() => {
    const now = childPids().get('receiver') ?? 0;
    return now !== receiver && isRunning(now);
  }, 30_000);
  expect(back).toBe(true);
  await untilAllWork();
  // Written by the centre, once: a child that comes back is no start.
  const pool = openPool({ address: database.address, role: 'keng_core', applicationName: 'test' });
  const { rows } = await pool.query(`select body from entry where kind = 'centre.started'`);
  expect(rows).toMatchObject([{ body: { origin: settings.origin, roles: settings.roles } }]);
  const watches = await pool.query(`select from timer where kind = 'desk.watch'`);
  expect(watches.rowCount).toBe(1);
  // What the database does for a process is as urgent as that process.
  const place = (child: string): number => os.getPriority(childPids().get(child));
  expect(place('consumer,sender,supervisor')).toBeGreaterThan(place('receiver'));
  const { rows: backends } = await pool.query<{ pid: number; name: string }>(
    `select pid, application_name as name from pg_stat_activity where application_name in ('keng-receiver', 'keng-supervisor')`,
  );
  expect(new Set(backends.map(({ name, pid }) => `${name} ${os.getPriority(pid)}`))).toEqual(
    new Set([`keng-receiver ${place('receiver')}`, `keng-supervisor ${place('consumer,sender,supervisor')}`]),
  );
  await pool.end();
});

test('a second centre on the same data folder is refused; a command borrows the database and leaves it running', async () => {
  const pid = serving().database.server?.pid ?? 0;
  await expect(serveCentre({ settings, env: {}, progress: () => {} })).rejects.toMatchObject({
    code: 'data-folder-in-use',
  });
  const other = spawn(
    process.execPath,
    ['--import', 'tsx', 'server/src/main.ts', 'migrate', '--data', dataFolder],
    {
      stdio: 'ignore',
    },
  );
  expect(await new Promise((resolve) => other.once('exit', resolve))).toBe(0);
  expect(isRunning(pid)).toBe(true);
});

test('PostgreSQL that was killed comes back where the pools look for it', async () => {
  const { server, address } = serving().database;
  const pool = openPool({ address, role: 'keng_core', applicationName: 'test' });
  await pool.query('select 1');
  server?.kill('SIGKILL');
  await server?.exited;
  let one: unknown;
  const end = performance.now() + 30_000;
  while (one === undefined && performance.now() < end) {
    one = await pool.query('select 1 as one').then(
      (result) => result.rows[0],
      () => undefined,
    );
  }
  expect(one).toEqual({ one: 1 });
  await pool.end();
  await untilAllWork();
});

test('stopping leaves nothing, also of what was started again', async () => {
  const stopped = serving();
  const all = [...stopped.childPids().values(), postgresPid()];
  expect(all.map(isRunning)).toEqual(all.map(() => true));
  centre = undefined;
  await stopped.stop();
  expect(all.filter(isRunning)).toEqual([]);
});

/** A receiver in a process of its own, as the parent of a centre has one. */
function receiver(socketFolder: string): CentreChild {
  const secrets = revealSecrets(loadSecrets(settings, {}));
  const address = embeddedAddress({ host: socketFolder, port: 5432, user: 'keng_admin' });
  const log = createLogger('test', { write: () => {} });
  return new CentreChild(['receiver'], log, () => ({
    type: 'start',
    settings,
    roles: ['receiver'],
    address,
    secrets,
  }));
}

test('a process that starts while PostgreSQL is stopped waits for it, and listens without having been replaced', async () => {
  const socketFolder = path.join(base, 'socket');
  const child = receiver(socketFolder);
  const other = receiver(socketFolder);
  const started = child.start();
  const stopped = other.start().catch((error: unknown) => error);
  const health = async (one: CentreChild) => (await one.report())?.health ?? [];
  const waits = {
    role: 'receiver',
    ready: false,
    reasons: [expect.stringMatching(/waits for the database/)],
  };
  await expect.poll(() => health(child), { timeout: 60_000 }).toEqual([waits]);
  await expect.poll(() => health(other), { timeout: 60_000 }).toEqual([waits]);
  const pid = child.pid;
  // Whoever only waits can be stopped.
  await other.stop();
  expect(await stopped).toMatchObject({ code: 'child-failed', message: expect.stringMatching(/code 0$/) });
  const postgres = await startPostgres({ dataFolder: postgresFolder(dataFolder), socketFolder });
  try {
    expect(await started).toMatchObject({ dc09Tcp: expect.stringMatching(/^127/) });
    expect(child.pid).toBe(pid);
    expect(await health(child)).toMatchObject([{ role: 'receiver', ready: true }]);
    await child.stop();
  } finally {
    child.kill();
    await postgres.stop();
  }
});

test('a part of a centre whose database is nowhere says so at its start instead of waiting', async () => {
  const env = {
    KENG_DATA: path.join(base, 'part'),
    KENG_ROLES: 'receiver',
    KENG_METRICS: 'off',
    DATABASE_URL: 'postgresql://keng_receiver@127.0.0.1:1/keng',
  };
  const part = loadSettings({ flags: {}, env });
  await expect(serveCentre({ settings: part, env, progress: () => {} })).rejects.toMatchObject({
    code: 'database-unreachable',
  });
});

test('when the parent is killed its children end, and the next start takes the database over', async () => {
  const holder = fileURLToPath(new URL('../testing/centre-holder.ts', import.meta.url));
  const parent = spawn(process.execPath, ['--import', 'tsx', holder, dataFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    parent.stdout.once('data', (data) => resolve(String(data)));
    parent.once('exit', (code) => reject(new Error(`the centre's holder ended with ${code}`)));
  });
  const pids: { children: number[]; postgres: number } = JSON.parse(line);
  expect(pids.children).toHaveLength(4);
  parent.kill('SIGKILL');
  for (const pid of pids.children) expect(await waitUntilGone(pid, 20_000)).toBe(true);
  expect(isRunning(pids.postgres)).toBe(true);

  const next = await serve();
  expect(next.database.server).toMatchObject({ reused: true, pid: pids.postgres });
});

test('a forced stop ends everything at once, a database that was taken over, too', async () => {
  const stopped = serving();
  const all = [...stopped.childPids().values(), postgresPid()];
  expect(all.map(isRunning)).toEqual(all.map(() => true));
  centre = undefined;
  await stopped.forceStop();
  for (const pid of all) expect(await waitUntilGone(pid, 10_000)).toBe(true);
  const database = await provideDatabase({ settings, env: {} });
  await database.close();
});
