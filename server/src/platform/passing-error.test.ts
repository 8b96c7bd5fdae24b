import { once } from 'node:events';
import net from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { openClient, openPool } from './database.ts';
import { externalAddress } from './database-address.ts';
import { isPassing } from './passing-error.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

it('whoever hangs inside a transaction lets go of what it has locked, and does the same work again', async () => {
  const { address } = database;
  const hangs = openPool({ address, role: 'keng_core', applicationName: 'hangs', idleInTransactionMs: 100 });
  const other = database.pool('keng_core');
  const count = `insert into incident_counter (world, last) values ('live', 0) on conflict (world) do update set last = 0`;
  const client = await hangs.connect();
  await client.query('begin');
  await client.query(count);
  // It waits for the lock, and gets it although the other one never says another word.
  await other.query(count);
  const error = await client.query('select 1').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect(isPassing(error)).toBe(true);
  client.release(true);
  await hangs.end();
});

it('a statement that has no answer is given up with its connection, and the next one has another', async () => {
  const { address } = database;
  const pool = openPool({
    address,
    role: 'keng_receiver',
    applicationName: 'cut off',
    max: 1,
    answerWithinMs: 200,
  });
  const session = async () =>
    (await pool.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
  const before = await session();
  const error = await pool.query('select pg_sleep(60)').catch((reason: unknown) => reason);
  expect(isPassing(error)).toBe(true);
  expect(await session()).not.toBe(before);
  await pool.end();
});

it('a server that takes no writes passes: in a fail-over it is promoted', async () => {
  const client = await openClient(database.address, 'keng_core', 'reads only');
  await client.query('set default_transaction_read_only = on');
  const error = await client.query(`delete from incident_counter`).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect(isPassing(error)).toBe(true);
  await client.end();
});

it('a host that cannot be reached or says nothing passes', async () => {
  for (const host of ['127.0.0.1:1', 'keng.invalid:5432', '127.0.0.1:1,127.0.0.1:2']) {
    const address = externalAddress(`postgresql://keng_core@${host}/keng`);
    const error = await openClient(address, 'keng_core', 'test').catch((reason: unknown) => reason);
    expect(isPassing(error), `${host}: ${String(error)}`).toBe(true);
  }
  // It takes the connection and never says a word, as a machine behind a line that was cut.
  const silent = net.createServer((socket) => socket.unref()).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as net.AddressInfo;
  const client = new pg.Client({ host: '127.0.0.1', port, connectionTimeoutMillis: 50 });
  const error = await client.connect().catch((reason: unknown) => reason);
  expect(isPassing(error), String(error)).toBe(true);
  silent.close();
});

it('a refused value is not passing', async () => {
  const error = await database
    .pool('keng_core')
    .query('select 1 / 0')
    .catch((reason: unknown) => reason);
  expect(isPassing(error)).toBe(false);
});
