import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { checkDurability, openClient } from './database.ts';
import { type DatabaseAddress, embeddedAddress } from './database-address.ts';
import { findAccount, findPackagedBinaries } from './postgres-binaries.ts';
import { availableModes } from './postgres-run-mode.ts';
import { type PostgresOptions, type PostgresServer, startPostgres } from './postgres-server.ts';
import { isRunning, waitUntilGone } from './process-table.ts';

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-launch-'));
fs.chmodSync(base, 0o711);
const started: PostgresServer[] = [];
const isRoot = process.getuid?.() === 0;
const hasNamespaces = spawnSync('unshare', ['--user', 'true']).status === 0;
let folders = 0;

function newFolder(): string {
  folders += 1;
  return path.join(base, `data-${folders}`);
}

async function start(options: PostgresOptions): Promise<PostgresServer> {
  const server = await startPostgres(options);
  started.push(server);
  return server;
}

async function query(server: PostgresServer, sql: string): Promise<unknown[]> {
  const client = await openClient(address(server), 'administrator', 'test');
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function address(server: PostgresServer): DatabaseAddress {
  return embeddedAddress(server, 'postgres');
}

afterEach(async () => {
  for (const server of started.splice(0)) {
    if (isRunning(server.pid)) await server.stop();
  }
});
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));

test('it starts on a socket that others cannot enter, listens on no port, stops, and has its data afterwards', async () => {
  const dataFolder = newFolder();
  const first = await start({ dataFolder });
  expect(fs.statSync(first.host).mode & 0o777).toBe(0o700);
  expect(fs.statSync(dataFolder).mode & 0o777).toBe(0o700);
  expect(await query(first, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
  expect(await query(first, 'show data_checksums')).toEqual([{ data_checksums: 'on' }]);
  await query(first, 'create table kept as select 7 as value');
  await first.stop();
  await first.exited;
  expect(isRunning(first.pid)).toBe(false);
  expect(fs.existsSync(first.host)).toBe(false);

  const second = await start({ dataFolder });
  expect(second.reused).toBe(false);
  expect(await query(second, 'select value from kept')).toEqual([{ value: 7 }]);
});

test('what was committed is there after the server and all its backends were killed, on the same socket', async () => {
  const dataFolder = newFolder();
  const first = await start({ dataFolder });
  await query(first, 'create table kept as select 7 as value');
  const client = await openClient(address(first), 'administrator', 'test');
  const lost = expect(client.query('select pg_sleep(60)')).rejects.toThrow();
  first.kill('SIGKILL');
  await first.exited;
  await lost;
  await client.end().catch(() => undefined);

  const second = await start({ dataFolder, socketFolder: first.host });
  expect(second.host).toBe(first.host);
  expect(await query(second, 'select value from kept')).toEqual([{ value: 7 }]);
});

test('a server that outlived its killed Keng is taken over, and can be stopped', async () => {
  const dataFolder = newFolder();
  const holder = fileURLToPath(new URL('../testing/postgres-holder.ts', import.meta.url));
  const parent = spawn(process.execPath, ['--import', 'tsx', holder, dataFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve) =>
    parent.stdout.once('data', (data) => resolve(String(data))),
  );
  parent.kill('SIGKILL');
  await waitUntilGone(parent.pid ?? 0, 10_000);

  const server = await start({ dataFolder });
  expect(server).toMatchObject({ reused: true, pid: Number(line), mode: 'found' });
  expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  await server.stop();
  await server.exited;
  expect(isRunning(server.pid)).toBe(false);
});

test('a pid file left behind, whose number another program has by now, does not stop it', async () => {
  const dataFolder = newFolder();
  const first = await start({ dataFolder });
  await first.stop();
  fs.writeFileSync(
    path.join(dataFolder, 'postmaster.pid'),
    `${process.ppid}\n${dataFolder}\n0\n5432\n/nowhere\n\n\nready\n`,
  );
  const second = await start({ dataFolder });
  expect(second.reused).toBe(false);
});

test.each([
  [{ fsync: 'off' }, 'fsync is off'],
  [{ full_page_writes: 'off' }, 'full_page_writes is off'],
  [{ synchronous_commit: 'off' }, 'synchronous_commit is off'],
])('a server with %o is refused', async (settings, reason) => {
  const server = await start({ dataFolder: path.join(base, 'durability'), settings });
  const client = await openClient(address(server), 'administrator', 'test');
  await expect(checkDurability(client)).rejects.toMatchObject({
    code: 'database-not-durable',
    message: expect.stringContaining(reason),
  });
  await client.end();
});

test('the server as Keng starts it is durable', async () => {
  const server = await start({ dataFolder: path.join(base, 'durability') });
  const client = await openClient(address(server), 'administrator', 'test');
  await checkDurability(client);
  await client.end();
});

test('data of another major version is refused by name, and left alone', async () => {
  const dataFolder = path.join(base, 'durability');
  const server = await start({ dataFolder });
  await server.stop();
  const file = path.join(dataFolder, 'PG_VERSION');
  const version = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, '14\n');
  await expect(start({ dataFolder })).rejects.toMatchObject({ code: 'postgres-version-mismatch' });
  fs.writeFileSync(file, version);
});

test('a full disk is told as a full disk', async () => {
  const binaries = await findPackagedBinaries();
  const initdb = path.join(base, 'initdb-on-full-disk');
  fs.writeFileSync(initdb, '#!/bin/sh\necho "could not write: No space left on device" >&2\nexit 1\n', {
    mode: 0o755,
  });
  const dataFolder = newFolder();
  await expect(start({ dataFolder, binaries: { ...binaries, initdb } })).rejects.toMatchObject({
    code: 'postgres-disk-full',
  });
});

test('a server that cannot start says why', async () => {
  const failing = start({ dataFolder: path.join(base, 'durability'), settings: { shared_buffers: 'much' } });
  await expect(failing).rejects.toMatchObject({
    code: 'postgres-start-failed',
    message: expect.stringContaining('shared_buffers'),
  });
});

test('no way to run is an error that names each way tried', async () => {
  const modes = availableModes()
    .slice(0, 1)
    .map((mode) => ({
      ...mode,
      name: 'tried',
      command: () => ({ program: '/nonexistent', args: [], identity: {} }),
    }));
  await expect(start({ dataFolder: newFolder(), modes })).rejects.toMatchObject({
    code: 'postgres-cannot-run',
    message: expect.stringContaining('tried: '),
  });
});

describe.skipIf(!isRoot)('as root (skipped for a normal user)', () => {
  test('the data belongs to the user that PostgreSQL runs as', async () => {
    const dataFolder = newFolder();
    const server = await start({ dataFolder });
    const owner = findAccount(server.mode.replace('setuid:', ''));
    expect(fs.statSync(path.join(dataFolder, 'PG_VERSION')).uid).toBe(owner?.uid ?? 0);
    expect(fs.readFileSync(`/proc/${server.pid}/status`, 'utf8')).toContain(`Uid:\t${owner?.uid ?? 0}\t`);
  });

  test('data that came with the numbers of another machine is handed over', async () => {
    const dataFolder = newFolder();
    await (await start({ dataFolder })).stop();
    for (const name of ['.', 'PG_VERSION', 'base', 'postgresql.conf'])
      fs.chownSync(path.join(dataFolder, name), 4711, 4711);
    const server = await start({ dataFolder });
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(fs.statSync(path.join(dataFolder, 'PG_VERSION')).uid).not.toBe(4711);
  });

  test.skipIf(!hasNamespaces)(
    'below a home that only root can enter it runs in a user namespace',
    async () => {
      const home = path.join(base, 'home');
      fs.mkdirSync(home, { mode: 0o700 });
      const server = await start({ dataFolder: path.join(home, 'keng', 'postgres') });
      expect(server.mode).toBe('user-namespace');
      expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    },
  );
});
