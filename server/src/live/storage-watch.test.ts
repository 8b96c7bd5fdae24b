import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openClient } from '../platform/index.ts';
import { asAdministrator, createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { until } from '../testing/until.ts';
import { StorageWatch } from './storage-watch.ts';

const NOW = new Date('2026-03-01T03:00:00.000Z');
const DAY_MS = 86_400_000;
const OK = { storage: 'ok', since: null, error: null };
let database: TestDatabase;
let watch: StorageWatch;
let told: string[];

beforeEach(async () => {
  database = await createTestDatabase();
  told = [];
  watch = new StorageWatch({
    pool: database.pool('keng_web'),
    process: 'web-1',
    now: () => NOW.getTime(),
    everyMs: 5,
    log: (message) => void told.push(message),
  });
});
afterEach(() => database.drop());

const beats = async (): Promise<string[]> => {
  const { rows } = await database
    .pool('keng_web')
    .query<{ process: string }>('select process from storage_beat order by process');
  return rows.map((row) => row.process);
};

describe('the watch over what is stored', () => {
  it('says since when nothing is stored and why, and that it is again', async () => {
    watch.start();
    await until(async () => (await beats()).length === 1 && watch.state.storage === 'ok');
    expect(watch.state).toEqual(OK);
    await asAdministrator(database.address, 'revoke insert, update on storage_beat from keng_web');
    const error = 'permission denied for table storage_beat';
    await until(() => watch.state.error === error);
    expect(watch.state).toEqual({ storage: 'failing', since: NOW.toISOString(), error });
    await asAdministrator(database.address, 'grant insert, update on storage_beat to keng_web');
    await until(() => watch.state.storage === 'ok');
    expect(watch.state).toEqual(OK);
    await watch.stop();
    expect(told).toContain('the database does not take entries: no device is acknowledged');
    expect(told).toContain('the database takes entries again');
  });

  it('takes a database that does not answer for one that stores nothing', async () => {
    const other = await openClient(database.address, 'administrator', 'test-lock');
    await other.query('begin; lock table storage_beat');
    watch.start();
    await until(() => watch.state.storage === 'failing');
    expect(watch.state.error).toBe('the database does not answer');
    await other.end();
    await until(() => watch.state.storage === 'ok');
    await watch.stop();
  });

  it('takes its own row away when it ends, and those of processes that are gone for a day', async () => {
    await database
      .pool('keng_web')
      .query(`insert into storage_beat (process, at) values ('crashed', $1), ('other', $2)`, [
        new Date(NOW.getTime() - DAY_MS - 1),
        new Date(NOW.getTime() - DAY_MS),
      ]);
    watch.start();
    await until(async () => (await beats()).includes('web-1'));
    await watch.stop();
    expect(await beats()).toEqual(['other']);
  });
});
