import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import type { DatabaseAddress } from '../platform/index.ts';
import { embeddedAddress, startPostgres } from '../platform/index.ts';
import { binariesIn } from '../platform/postgres-binaries.ts';
import { findRunningServer } from '../platform/postgres-pid-file.ts';
import { isRunning, startMark } from '../platform/process-table.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testDatabaseServer: DatabaseAddress;
  }
}

const prefix = 'keng-test-';
/**
 * vitest globalSetup: one PostgreSQL for the whole run, durable as in production. The first test that wants a database makes the
 * migrated template, so that the tests of packages run while a migration is broken. KENG_TEST_POSTGRES_BIN=/usr/lib/postgresql/15/bin runs the suite on another version.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  removeStale();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), prefix));
  // The database may run as another user, which has to pass through here.
  fs.chmodSync(folder, 0o711);
  fs.writeFileSync(path.join(folder, 'owner'), `${process.pid} ${startMark(process.pid)}`);
  const bin = process.env.KENG_TEST_POSTGRES_BIN;
  const server = await startPostgres({
    dataFolder: path.join(folder, 'postgres'),
    settings: { max_connections: '300', shared_buffers: '128MB', max_wal_size: '1GB' },
    ...(bin ? { binaries: binariesIn(bin) } : {}),
  });
  project.provide('testDatabaseServer', embeddedAddress(server, 'postgres'));
  return async () => {
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  };
}

/** A run that was killed leaves its server; the mark says whose it was. */
function removeStale(): void {
  for (const name of fs.readdirSync(os.tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const folder = path.join(os.tmpdir(), name);
    const mark = path.join(folder, 'owner');
    if (!fs.existsSync(mark)) continue;
    const [pid, started] = fs.readFileSync(mark, 'utf8').split(' ');
    if (isRunning(Number(pid)) && startMark(Number(pid)) === (started ?? '')) continue;
    const left = findRunningServer(path.join(folder, 'postgres'));
    if (left) process.kill(left.pid, 'SIGQUIT');
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
