import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLogger, type DatabaseAddress, withDatabase } from '../platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { awaitDatabase } from './await-database.ts';

let database: TestDatabase;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-await-'));
let said: string[] = [];
const log = createLogger('test', { pretty: false, write: (line) => said.push(JSON.parse(line).msg) });

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Where no server is, until the socket of this name is made. */
function away(): { readonly address: DatabaseAddress; readonly socket: string } {
  const { address } = database;
  if (address.kind !== 'embedded') throw new Error('tests run on a server of their own');
  return { address: { ...address, host: folder }, socket: path.join(folder, `.s.PGSQL.${address.port}`) };
}

function begin(address: DatabaseAddress) {
  said = [];
  const stop = new AbortController();
  let waits = (): void => undefined;
  const waiting = new Promise<void>((resolve) => {
    waits = resolve;
  });
  const done = awaitDatabase({
    address,
    role: 'keng_receiver',
    log,
    signal: stop.signal,
    onWaiting: () => waits(),
  });
  // Looked at when the test has come so far.
  done.catch(() => undefined);
  return { stop, waiting, done };
}

it('a database that is there is not spoken about', async () => {
  await begin(database.address).done;
  expect(said).toEqual([]);
});

it('what does not pass by itself is said at once, with its reason', async () => {
  const nowhere = withDatabase(database.address, 'keng_nowhere');
  await expect(begin(nowhere).done).rejects.toMatchObject({ code: '3D000' });
  expect(said).toEqual([]);
});

it('while no server is there it waits and says so once; when one comes it goes on, and says that, too', async () => {
  const { address, socket } = away();
  const { waiting, done } = begin(address);
  await waiting;
  // The socket of a server that ends as soon as somebody comes: the next try fails, too, and is not told again.
  const ending = net.createServer((one) => one.destroy()).listen(socket);
  await once(ending, 'connection');
  await new Promise((resolve) => ending.close(resolve));
  const { host, port } = database.address as Extract<DatabaseAddress, { kind: 'embedded' }>;
  const relay = net.createServer((one) => {
    const other = net.connect(path.join(host, `.s.PGSQL.${port}`));
    one.pipe(other).pipe(one);
    one.on('error', () => other.destroy());
    other.on('error', () => one.destroy());
  });
  relay.listen(socket);
  await done;
  relay.close();
  expect(said).toEqual([
    'the database cannot be reached; starting as soon as it can',
    'the database is reached; starting',
  ]);
});

it('can be given up between two tries, and while a server takes the connection and says nothing', async () => {
  const { address, socket } = away();
  const idle = begin(address);
  await idle.waiting;
  idle.stop.abort();
  await expect(idle.done).rejects.toThrow(/abort/);
  const silent = net.createServer((one) => one.unref()).listen(socket);
  const held = begin(address);
  await once(silent, 'connection');
  held.stop.abort();
  await expect(held.done).rejects.toThrow(/abort/);
  silent.close();
});
