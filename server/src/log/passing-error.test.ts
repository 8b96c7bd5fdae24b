import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPool } from '../platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
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

it('a refused value is not passing', async () => {
  const error = await database
    .pool('keng_core')
    .query('select 1 / 0')
    .catch((reason: unknown) => reason);
  expect(isPassing(error)).toBe(false);
});
