import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { openClient, unreachable } from './database.ts';
import { type DatabaseAddress, describeAddress } from './database-address.ts';
import { errorMessage, PlatformError } from './platform-error.ts';
import { prepareDatabase } from './prepare-database.ts';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file with line ends of Unix, so that a checkout on another system is the same migration. */
  readonly checksum: string;
}

export interface MigrationResult {
  readonly applied: readonly Pick<Migration, 'number' | 'name'>[];
  /** The highest number in the database afterwards; 0 when there are none. */
  readonly version: number;
}

export interface MigrateOptions {
  readonly address: DatabaseAddress;
  /** Default: server/migrations. */
  readonly folder?: string;
  /** Stop at this number: a restore wants the tables of the backup first. Default: all. */
  readonly upTo?: number;
  readonly log?: (line: string) => void;
}

export const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));
const migrationLock = 0x6b656e68;

/** Brings the database up to this program, as keng_owner. Several may start at once: one works, the others wait and find it done. */
export async function migrate(options: MigrateOptions): Promise<MigrationResult> {
  const migrations = await readMigrations(options.folder ?? migrationsFolder);
  await prepareDatabase(options.address);
  const client = await connectOwner(options.address);
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await client.query(`create table if not exists keng_migration (
      number int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`);
    const done = await readApplied(client);
    checkHistory(options.address, migrations, done);
    const wanted = migrations.filter((migration) => migration.number <= (options.upTo ?? migration.number));
    const open = wanted.filter((migration) => !done.has(migration.number));
    for (const migration of open) {
      options.log?.(`migrating: ${fileName(migration)}`);
      await apply(client, migration);
    }
    return {
      applied: open.map(({ number, name }) => ({ number, name })),
      version: Math.max(0, ...done.keys(), ...open.map(({ number }) => number)),
    };
  } finally {
    await client.end();
  }
}

/** The files `NNN-name.sql` of a folder, in order. Numbers may have gaps (parts of the house reserve theirs), but occur once. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await fs.readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const migrations = await Promise.all(names.map((name) => readMigration(folder, name)));
  for (const [index, migration] of migrations.entries()) {
    if (migrations[index - 1]?.number !== migration.number) continue;
    throw invalidFiles(`two have the number of ${fileName(migration)}`);
  }
  return migrations;
}

async function readMigration(folder: string, file: string): Promise<Migration> {
  const match = /^(\d{3})-([a-z0-9-]+)\.sql$/.exec(file);
  const [, number, name] = match ?? [];
  if (!number || !name) throw invalidFiles(`${file} is not named like 001-name.sql`);
  const sql = (await fs.readFile(path.join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
  return { number: Number(number), name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}

function invalidFiles(why: string): PlatformError {
  return new PlatformError(
    'migration-files-invalid',
    `the migrations of this program are not usable: ${why}`,
    'name them 001-name.sql, 002-name.sql, ..., each number once',
  );
}

async function connectOwner(address: DatabaseAddress): Promise<pg.Client> {
  try {
    return await openClient(address, 'keng_owner', 'keng-migrate');
  } catch (cause) {
    throw unreachable(address, cause);
  }
}

type Applied = Pick<Migration, 'name' | 'checksum'>;

async function readApplied(client: pg.Client): Promise<Map<number, Applied>> {
  const { rows } = await client.query<Applied & { number: number }>(
    'select number, name, checksum from keng_migration order by number',
  );
  return new Map(rows.map((row) => [row.number, row]));
}

function checkHistory(
  address: DatabaseAddress,
  migrations: readonly Migration[],
  done: ReadonlyMap<number, Applied>,
): void {
  const known = new Map(migrations.map((migration) => [migration.number, migration]));
  const newest = Math.max(0, ...done.keys());
  const late = migrations.find((migration) => migration.number < newest && !done.has(migration.number));
  if (late) {
    throw new PlatformError(
      'migration-late',
      `${fileName(late)} is new, but ${describeAddress(address)} is already at ${newest}: it would run in another order than in a new database`,
      'give it the next number; while developing, start with a new data folder',
    );
  }
  for (const [number, applied] of done) {
    const migration = known.get(number);
    if (!migration) {
      throw new PlatformError(
        'database-newer-than-program',
        `the database ${describeAddress(address)} has migration ${number} (${applied.name}), which this program does not know`,
        'start the newer Keng that made it, or restore a backup from before',
      );
    }
    if (migration.checksum === applied.checksum) continue;
    throw new PlatformError(
      'migration-changed',
      `${fileName(migration)} differs from what was applied to ${describeAddress(address)}`,
      'put the file back as it was and write the change as a new migration',
    );
  }
}

/** The SQL and its row commit together: a crash between the two is not possible. */
async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(migration.sql);
    await client.query('insert into keng_migration (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => undefined);
    throw new PlatformError(
      'migration-failed',
      `${fileName(migration)} failed${lineOf(cause, migration.sql)}: ${errorMessage(cause)}`,
      'nothing of it was kept; correct the file and start again',
      { cause },
    );
  }
}

function lineOf(error: unknown, sql: string): string {
  if (typeof error !== 'object' || error === null || !('position' in error)) return '';
  return ` at line ${sql.slice(0, Number(error.position)).split('\n').length}`;
}

function fileName(migration: Pick<Migration, 'number' | 'name'>): string {
  return `${String(migration.number).padStart(3, '0')}-${migration.name}.sql`;
}
