import { afterAll, beforeAll, expect, it } from 'vitest';
import { asAdministrator, createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { Sequencer } from './sequencer.ts';
import { NUMBER_LATE } from './sequencer-store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('duplicate keys whose time is over go in parts that follow each other soon, and the young ones stay', async () => {
  let nowMs = Date.UTC(2026, 5, 1, 12);
  const receiver = database.pool('keng_receiver');
  await receiver.query(
    `insert into signal_seen (world, key, seen_at, window_seconds)
      select 'live', gen_random_uuid(), $1::timestamptz - make_interval(hours => case when n <= 12000 then 2 else 0 end), 300
      from generate_series(1, 12010) n`,
    [new Date(nowMs)],
  );
  const left = async (): Promise<number> =>
    (await receiver.query<{ count: number }>('select count(*)::int as count from signal_seen')).rows[0]
      ?.count ?? -1;
  const sequencer = new Sequencer({
    pool: database.pool('keng_sequencer'),
    origin: 'test',
    epoch: 1,
    now: () => nowMs,
    log: () => undefined,
  });
  sequencer.start();
  // By its own clock, which stands still until it is moved: a turn and no more.
  try {
    for (const rest of [7_010, 2_010, 10]) {
      await expect.poll(left, { timeout: 20_000 }).toBe(rest);
      nowMs += 300;
    }
  } finally {
    await sequencer.stop();
  }
  expect(await left()).toBe(10);
});

it('late ids are looked up one by one, however long the log is', async () => {
  await asAdministrator(
    database.address,
    `insert into log_order (world, position, entry_id, lane, kind, origin, epoch, seq)
      select 'live', n, n, 0, 'signal.received', 'test', 1, n from generate_series(1, 20000) n;
     analyze log_order`,
  );
  const { rows } = await database
    .pool('keng_sequencer')
    .query<{ 'QUERY PLAN': string }>(`explain (generic_plan) ${NUMBER_LATE}`);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan.match(/ on log_order\b.*/g)).toHaveLength(2);
  expect(plan).toMatch(/Insert on log_order\b/);
  expect(plan).toMatch(/Scan using log_order_entry on log_order o .*\n +Index Cond: .*entry_id = /);
});
