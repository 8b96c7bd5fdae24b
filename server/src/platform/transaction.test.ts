import { afterAll, beforeAll, expect, test } from 'vitest';
import { asAdministrator, createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { openPool } from './database.ts';
import { isPassing } from './passing-error.ts';
import { transaction } from './transaction.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool('keng_owner').query('create table counted (value int8 primary key)');
});
afterAll(() => database.drop());

test('a transaction keeps all or nothing', async () => {
  const pool = database.pool('keng_owner');
  await transaction(pool, (client) => client.query('insert into counted values (1)'));
  const failing = transaction(pool, async (client) => {
    await client.query('insert into counted values (2)');
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  const { rows } = await pool.query('select value from counted order by value');
  expect(rows).toEqual([{ value: 1 }]);
});

test('a commit that PostgreSQL turned into a rollback is not reported as stored', async () => {
  const pool = database.pool('keng_owner');
  const work = transaction(pool, async (client) => {
    await client.query('insert into counted values (10)');
    await client.query('insert into counted values (10)').catch(() => undefined);
  });
  await expect(work).rejects.toMatchObject({ code: 'commit-rolled-back' });
});

test('a commit that PostgreSQL refuses keeps its reason: nothing is stored', async () => {
  const pool = database.pool('keng_owner');
  await pool.query('create table promised (value integer unique deferrable initially deferred)');
  const work = transaction(pool, (client) => client.query('insert into promised values (1), (1)'));
  await expect(work).rejects.toMatchObject({ code: '23505' });
});

test('a connection that ends under its commit leaves open whether it is stored, and whoever looks again may go on', async () => {
  const pool = database.pool('keng_owner');
  await pool.query(`create function end_at_commit() returns trigger language plpgsql as
    $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$`);
  await pool.query(`create constraint trigger ends after insert on counted deferrable initially deferred
    for each row execute function end_at_commit()`);
  const error = await transaction(pool, (client) => client.query('insert into counted values (30)')).catch(
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code: 'commit-uncertain' });
  expect(isPassing(error)).toBe(true);
  await pool.query('drop trigger ends on counted');
});

test('a commit without its standby, which PostgreSQL only warns of, is not reported as stored', async () => {
  const pool = database.pool('keng_owner');
  await pool.query(`create function warn_at_commit() returns trigger language plpgsql as
    $$ begin raise warning 'canceling wait for synchronous replication'; return null; end $$`);
  await pool.query(`create constraint trigger warn after insert on counted deferrable initially deferred
    for each row execute function warn_at_commit()`);
  const work = transaction(pool, (client) => client.query('insert into counted values (20)'));
  await expect(work).rejects.toMatchObject({ code: 'commit-uncertain' });
  await pool.query('drop trigger warn on counted');
});

test('a connection that dies inside a transaction rejects, and the pool goes on', async () => {
  const pool = openPool({ address: database.address, role: 'keng_owner', applicationName: 'test', max: 1 });
  const work = transaction(pool, async (client) => {
    const { rows } = await client.query('select pg_backend_pid() as pid');
    await asAdministrator(database.address, `select pg_terminate_backend(${rows[0].pid})`);
    await client.query('select 1');
  });
  await expect(work).rejects.toThrow();
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await pool.end();
});
