import type { Socket } from 'node:net';
import type { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openClient } from '../platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { Wake } from './wake.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Connections of the wake of a test, however many tries they took. */
async function listening(name: string): Promise<number> {
  const { rows } = await database
    .pool('keng_core')
    .query<{ count: number }>(
      'select count(*)::int as count from pg_stat_activity where application_name = $1',
      [name],
    );
  return rows[0]?.count ?? 0;
}

/** As a line that is cut: nobody says goodbye. */
function cut(client: Client): void {
  (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
}

it('a connection that breaks is replaced by one, also when the next one breaks before it listens', async () => {
  const opened: Client[] = [];
  const wake = new Wake(async () => {
    const client = await openClient(database.address, 'keng_core', 'wake-again');
    opened.push(client);
    // When it has asked to listen, and before anybody can have answered.
    if (opened.length === 2) setImmediate(() => cut(client));
    return client;
  });
  await wake.start();
  const first = opened[0];
  if (!first) throw new Error('nothing was opened');
  cut(first);
  await expect.poll(() => opened.length, { timeout: 20_000 }).toBe(3);
  const news = new Promise((resolve) => wake.subscribe((one) => one && resolve(one.has(0, ['a.kind']))));
  await expect
    .poll(async () => {
      await database.pool('keng_core').query(`select pg_notify('keng_log', '0:a.kind')`);
      return await Promise.race([news, false]);
    })
    .toBe(true);
  expect(await listening('wake-again')).toBe(1);
  // Two that try again would have opened another one by now: each waits for a second, begun at the same moment.
  await wake.stop();
  await expect.poll(() => listening('wake-again')).toBe(0);
  expect(opened).toHaveLength(3);
});

it('stopped while it connects it leaves no connection behind', async () => {
  let connect = (): void => undefined;
  const wake = new Wake(async () => {
    await new Promise<void>((resolve) => {
      connect = resolve;
    });
    return await openClient(database.address, 'keng_core', 'wake-late');
  });
  const started = wake.start();
  await wake.stop();
  connect();
  await started;
  await expect.poll(() => listening('wake-late')).toBe(0);
});
