import { LIVE } from '@keng/model';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createLogger, ManualClock } from '../platform/index.ts';
import { asAdministrator, createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { until } from '../testing/until.ts';
import { StorageState } from './storage-state.ts';

const SINCE = new Date('2026-03-02T02:10:00.000Z');
const BACK = new Date('2026-03-02T02:14:30.000Z');

let database: TestDatabase;
let clock: ManualClock;
let storage: StorageState;
let logged: Record<string, unknown>[];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(() => {
  clock = new ManualClock(SINCE);
  logged = [];
  const log = createLogger('test', {
    level: 'info',
    pretty: false,
    write: (line) => void logged.push(JSON.parse(line)),
  });
  const pool = database.pool('keng_receiver');
  storage = new StorageState({ pool, world: LIVE, clock, log, probeMs: 20 });
  return () => storage.stop();
});

const entries = async () =>
  (
    await database
      .pool('keng_auditor')
      .query(`select kind, lane, at, body from entry where subject = 'storage' order by id`)
  ).rows;

it('says since when and why nothing is stored, tries by itself, and writes begin and end down together', async () => {
  await asAdministrator(database.address, 'revoke insert on entry from keng_receiver');
  expect(storage.failing).toBeNull();
  storage.failed(new Error('no space left on device'), 2);
  clock.set(LIVE, BACK);
  storage.failed(new Error('no space left on device'), 3);
  expect(storage.failing).toEqual({ since: SINCE, error: 'no space left on device', refused: 5 });
  // Its own tries fail, for a reason of their own, which is told as well.
  await until(() => logged.length === 2);
  expect(storage.failing).toMatchObject({ since: SINCE, refused: 5 });
  expect(await entries()).toEqual([]);
  await asAdministrator(database.address, 'grant insert on entry to keng_receiver');
  await until(() => storage.failing === null);
  const since = SINCE.toISOString();
  expect(await entries()).toMatchObject([
    { kind: 'storage.failed', lane: 1, at: SINCE, body: { since, error: 'no space left on device' } },
    { kind: 'storage.recovered', lane: 1, at: BACK, body: { since, refused: 5 } },
  ]);
  await until(() => logged.length === 3);
  expect(logged.map(({ error, refused }) => [error, refused])).toEqual([
    ['no space left on device', undefined],
    [expect.stringContaining('permission denied'), undefined],
    [undefined, 5],
  ]);
});

it('that fails again is a new failure, told at once, with its own time and count', async () => {
  storage.failed(new Error('away'), 1);
  await until(() => storage.failing === null);
  clock.set(LIVE, BACK);
  storage.failed(new Error('away'), 4);
  expect(storage.failing).toEqual({ since: BACK, error: 'away', refused: 4 });
  await until(() => storage.failing === null);
  const recovered = (await entries()).filter(({ kind }) => kind === 'storage.recovered').slice(-2);
  expect(recovered.map(({ body }) => body.refused)).toEqual([1, 4]);
  expect(logged.map(({ error }) => error)).toEqual(['away', undefined, 'away', undefined]);
});
