import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
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
  ['a gap', '004-fourth.sql'],
  ['a number given twice', '002-again.sql'],
  ['a name of another shape', '3-third.sql'],
])('%s in the files is refused before anything is done', async (_name, file) => {
  write(file, 'select 1');
  await expect(readMigrations(folder)).rejects.toMatchObject({ code: 'migration-files-invalid' });
});

test('strangers may not enter the database that was made', async () => {
  await migrate({ address: database.address, folder });
  const { rows } = await database
    .pool('keng_owner')
    .query("select has_database_privilege('pg_monitor', current_database(), 'connect') as enters");
  expect(rows).toEqual([{ enters: false }]);
});
