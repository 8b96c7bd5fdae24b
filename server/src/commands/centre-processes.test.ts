import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, test } from 'vitest';
import { loadSettings, openPool, provideDatabase } from '../platform/index.ts';
import { isRunning, waitUntil, waitUntilGone } from '../platform/process-table.ts';
import { type ServingCentre, serveCentre } from './centre-processes.ts';

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
const running: ServingCentre[] = [];

async function serve(): Promise<ServingCentre> {
  const centre = await serveCentre({ settings, env: {}, progress: () => {} });
  running.push(centre);
  return centre;
}

afterEach(async () => {
  for (const centre of running.splice(0)) await centre.stop();
});
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));

test('receivers, rules and web run in processes of their own; a killed one comes back; stopping leaves nothing', async () => {
  const centre = await serve();
  // Port 0 gives every part a port of its own, and the page answers behind its.
  const { listening } = centre;
  expect(new Set([listening.http, listening.dc09Tcp, listening.gb26875Tcp]).size).toBe(3);
  const answer = await fetch(`http://${listening.http}/api/session`, { signal: AbortSignal.timeout(30_000) });
  expect(answer.status).toBe(401);
  const before = centre.childPids();
  expect([...before.keys()]).toEqual(['receiver', 'sequencer', 'consumer,sender,supervisor', 'web']);
  const receiver = before.get('receiver') ?? 0;
  process.kill(receiver, 'SIGKILL');
  const back = await waitUntil(() => {
    const now = centre.childPids().get('receiver') ?? 0;
    return now !== receiver && isRunning(now);
  }, 30_000);
  expect(back).toBe(true);
  // Written by the centre, once: a child that comes back is no start.
  const pool = openPool({ address: centre.database.address, role: 'keng_core', applicationName: 'test' });
  const { rows } = await pool.query(`select body from entry where kind = 'centre.started'`);
  expect(rows).toMatchObject([{ body: { origin: settings.origin, roles: settings.roles } }]);
  const watches = await pool.query(`select from timer where kind = 'desk.watch'`);
  expect(watches.rowCount).toBe(1);
  await pool.end();

  const all = [...centre.childPids().values(), centre.database.server?.pid ?? 0];
  running.pop();
  await centre.stop();
  expect(all.filter(isRunning)).toEqual([]);
});

test('PostgreSQL that was killed comes back where the pools look for it', async () => {
  const centre = await serve();
  const { server, address } = centre.database;
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
});

test('a second centre on the same data folder is refused; a command borrows the database and leaves it running', async () => {
  const centre = await serve();
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
  expect(isRunning(centre.database.server?.pid ?? 0)).toBe(true);
});

test('when the parent is killed its children end, and the next start takes the database over', async () => {
  const holder = fileURLToPath(new URL('../testing/centre-holder.ts', import.meta.url));
  const parent = spawn(process.execPath, ['--import', 'tsx', holder, dataFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve) =>
    parent.stdout.once('data', (data) => resolve(String(data))),
  );
  const pids: { children: number[]; postgres: number } = JSON.parse(line);
  expect(pids.children).toHaveLength(4);
  parent.kill('SIGKILL');
  for (const pid of pids.children) expect(await waitUntilGone(pid, 20_000)).toBe(true);
  expect(isRunning(pids.postgres)).toBe(true);

  const centre = await serve();
  expect(centre.database.server).toMatchObject({ reused: true, pid: pids.postgres });
});

test('a forced stop ends everything at once', async () => {
  const centre = await serve();
  const all = [...centre.childPids().values(), centre.database.server?.pid ?? 0];
  running.pop();
  await centre.forceStop();
  for (const pid of all) expect(await waitUntilGone(pid, 10_000)).toBe(true);
  const database = await provideDatabase({ settings, env: {} });
  await database.close();
});
