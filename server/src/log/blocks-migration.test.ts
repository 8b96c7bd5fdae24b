import { LIVE } from '@keng/model';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate, transaction } from '../platform/index.ts';
import { signalDraft } from '../testing/drafts.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { appendEntries, numberTheRest, verifyLog } from './index.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase({ from: 'missing' });
});
afterEach(() => database.drop());

const append = (count: number, lane: 0 | 1 | 2): Promise<void> =>
  transaction(database.pool('keng_core'), (client) =>
    appendEntries(
      client,
      Array.from({ length: count }, (_, index) => signalDraft(index, { lane })),
      new Date(),
    ),
  );
const number = (): Promise<number> =>
  numberTheRest({
    pool: database.pool('keng_sequencer'),
    origin: 'test',
    epoch: 1,
    log: () => undefined,
  });
const blocksWithRows = async (): Promise<Record<string, number>> => {
  const { rows } = await database
    .pool('keng_owner')
    .query<{ name: string; n: number }>(
      'select tableoid::regclass::text as name, count(*)::int as n from entry group by 1 order by 1',
    );
  return Object.fromEntries(rows.map((row) => [row.name, row.n]));
};

test('a log that was there before becomes the past without being read, and what comes after goes into blocks', async () => {
  await migrate({ address: database.address, upTo: 39 });
  await append(30, 0);
  await append(20, 1);
  await append(50, 2);
  await number();
  // Committed and not numbered yet, when the tables change under it.
  await append(1, 0);
  await append(1, 2);
  await migrate({ address: database.address });
  expect(await blocksWithRows()).toEqual({ entry_past: 102 });
  await append(3, 0);
  await append(2, 2);
  const blocks = await blocksWithRows();
  expect(Object.keys(blocks)).toHaveLength(3);
  expect(blocks.entry_past).toBe(102);
  expect(await number()).toBe(0);
  const found = await verifyLog({ pool: database.pool('keng_auditor'), world: LIVE });
  expect(found).toMatchObject({ entries: 107, position: 107, faults: [] });
  // What was known of the past is what keeps the next block from reading it.
  const owner = database.pool('keng_owner');
  const { rows } = await owner.query(
    "select convalidated from pg_constraint where conname = 'entry_past_ids'",
  );
  expect(rows.map((row) => row.convalidated)).toContain(true);
});

test('rights and policies are those of the log before, on the whole alone', async () => {
  const rights = `select coalesce(t.attname, '') as of, a.privilege_type as privilege, a.grantee::regrole::text as grantee
    from pg_class c left join pg_attribute t on t.attrelid = c.oid and t.attacl is not null
      cross join lateral aclexplode(coalesce(t.attacl, c.relacl)) a where c.oid = 'entry'::regclass and a.grantee <> c.relowner order by 1, 2, 3`;
  const tableRights = `select a.privilege_type as privilege, a.grantee::regrole::text as grantee
    from pg_class c cross join lateral aclexplode(c.relacl) a where c.oid = 'entry'::regclass and a.grantee <> c.relowner order by 1, 2`;
  const policies = `select policyname, permissive, roles::text, cmd, qual, with_check from pg_policies where tablename = 'entry' order by 1`;
  const look = async (): Promise<unknown[]> => {
    const owner = database.pool('keng_owner');
    return [
      (await owner.query(rights)).rows,
      (await owner.query(tableRights)).rows,
      (await owner.query(policies)).rows,
    ];
  };
  await migrate({ address: database.address, upTo: 39 });
  const before = await look();
  await migrate({ address: database.address });
  expect(await look()).toEqual(before);
});
