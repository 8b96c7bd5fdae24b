import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { openPool } from './database.ts';
import { externalAddress } from './database-address.ts';
import { migrate, readMigrations } from './migrate.ts';

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await createTestDatabase({ from: 'missing' });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-migrations-'));
  write('001-first.sql', 'create table step (name text);\n');
  write('002-second.sql', "insert into step values ('second');\ninsert into step select current_user;\n");
});
afterEach(async () => {
  await database.drop();
  fs.rmSync(folder, { recursive: true });
});

function write(name: string, sql: string): void {
  fs.writeFileSync(path.join(folder, name), sql);
}

async function steps(): Promise<string[]> {
  const { rows } = await database.pool('keng_owner').query<{ name: string }>('select name from step');
  return rows.map((row) => row.name);
}

test('the database is made, migrations are applied in order as the owner, and once only', async () => {
  const first = await migrate({ address: database.address, folder });
  expect(first).toEqual({
    applied: [
      { number: 1, name: 'first' },
      { number: 2, name: 'second' },
    ],
    version: 2,
  });
  write('003-third.sql', "insert into step values ('third')");
  expect(await migrate({ address: database.address, folder })).toEqual({
    applied: [{ number: 3, name: 'third' }],
    version: 3,
  });
  expect(await migrate({ address: database.address, folder })).toEqual({ applied: [], version: 3 });
  expect(await steps()).toEqual(['second', 'keng_owner', 'third']);
});

test('two that start at once apply everything once between them', async () => {
  const results = await Promise.all([1, 2, 3].map(() => migrate({ address: database.address, folder })));
  expect(results.map((result) => result.applied.length).sort()).toEqual([0, 0, 2]);
  expect(await steps()).toEqual(['second', 'keng_owner']);
});

test('a migration that was changed after it was applied is refused', async () => {
  await migrate({ address: database.address, folder });
  write('001-first.sql', 'create table step (name text, more int);\n');
  await expect(migrate({ address: database.address, folder })).rejects.toMatchObject({
    code: 'migration-changed',
    message: expect.stringContaining('001-first.sql'),
  });
});

test('line ends of another system do not count as a change', async () => {
  await migrate({ address: database.address, folder });
  write('001-first.sql', 'create table step (name text);\r\n');
  expect((await migrate({ address: database.address, folder })).applied).toEqual([]);
});

test('numbers may have gaps, but one that comes late is refused: a new database would run it in another order', async () => {
  write('010-tenth.sql', "insert into step values ('tenth')");
  expect((await migrate({ address: database.address, folder })).version).toBe(10);
  write('003-late.sql', 'select 1');
  await expect(migrate({ address: database.address, folder })).rejects.toMatchObject({
    code: 'migration-late',
  });
});

test('a database of a newer program is refused', async () => {
  await migrate({ address: database.address, folder });
  fs.rmSync(path.join(folder, '002-second.sql'));
  await expect(migrate({ address: database.address, folder })).rejects.toMatchObject({
    code: 'database-newer-than-program',
  });
});

test('a migration that fails leaves nothing, names its line, and can be corrected', async () => {
  write('003-third.sql', "insert into step values ('third');\ninsert into nowhere values (1);\n");
  await expect(migrate({ address: database.address, folder })).rejects.toMatchObject({
    code: 'migration-failed',
    message: expect.stringContaining('003-third.sql failed at line 2'),
  });
  expect(await steps()).toEqual(['second', 'keng_owner']);
  write('003-third.sql', "insert into step values ('third');\n");
  expect((await migrate({ address: database.address, folder })).applied).toHaveLength(1);
});

test.each([
  ['a number given twice', '002-again.sql'],
  ['a name of another shape', '3-third.sql'],
])('%s in the files is refused before anything is done', async (_name, file) => {
  write(file, 'select 1');
  await expect(readMigrations(folder)).rejects.toMatchObject({ code: 'migration-files-invalid' });
});

test('a server given by URL is prepared the same way', async () => {
  const { address } = database;
  if (address.kind !== 'embedded') throw new Error('the test server is embedded');
  const url = `postgresql://${address.administrator}@localhost:${address.port}/${database.name}?host=${encodeURIComponent(address.host)}`;
  const external = externalAddress(url, { keng_web: 'unused on a trusted socket' });
  expect((await migrate({ address: external, folder })).version).toBe(2);
  const pool = openPool({ address: external, role: 'keng_web', applicationName: 'test' });
  const { rows } = await pool.query('select current_user as name, current_database() as database');
  expect(rows).toEqual([{ name: 'keng_web', database: database.name }]);
  await pool.end();
});

test('a server that is not there is told by its place, without the password', async () => {
  const address = externalAddress('postgresql://boss:hidden@127.0.0.1:1/keng');
  const failing = migrate({ address, folder });
  await expect(failing).rejects.toMatchObject({
    code: 'database-unreachable',
    message: expect.stringContaining('127.0.0.1:1'),
  });
  await expect(failing).rejects.not.toThrow(/hidden/);
});

test('strangers may not enter the database that was made', async () => {
  await migrate({ address: database.address, folder });
  const { rows } = await database
    .pool('keng_owner')
    .query("select has_database_privilege('pg_monitor', current_database(), 'connect') as enters");
  expect(rows).toEqual([{ enters: false }]);
});
