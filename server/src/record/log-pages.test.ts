import { LIVE } from '@keng/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendEntries, numberTheRest, readBefore } from '../log/index.ts';
import { transaction } from '../platform/index.ts';
import { sequenceOf, signalDraft } from '../testing/drafts.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await transaction(database.pool('keng_core'), (client) =>
    appendEntries(
      client,
      [1, 2, 3, 4, 5].map((sequence) => signalDraft(sequence)),
      new Date(),
    ),
  );
  const pool = database.pool('keng_sequencer');
  await numberTheRest({ pool, origin: 'test', epoch: 1, log: () => undefined });
});
afterAll(() => database.drop());

const page = async (before: number, kinds: readonly string[] | null = null) =>
  (await readBefore(database.pool('keng_auditor'), LIVE, before, 2, kinds)).map((entry) => ({
    position: entry.position,
    sequence: sequenceOf(entry),
  }));

test('the log is read from its newest entry back to its first, a page at a time', async () => {
  const first = await page(Number.MAX_SAFE_INTEGER);
  expect(first.map(({ sequence }) => sequence)).toEqual([5, 4]);
  const second = await page(first.at(-1)?.position ?? 0);
  expect(second.map(({ sequence }) => sequence)).toEqual([3, 2]);
  const last = await page(second.at(-1)?.position ?? 0);
  expect(last.map(({ sequence }) => sequence)).toEqual([1]);
});

test('of one kind alone', async () => {
  expect(await page(Number.MAX_SAFE_INTEGER, ['signal.received'])).toHaveLength(2);
  expect(await page(Number.MAX_SAFE_INTEGER, ['storage.failed'])).toEqual([]);
});
