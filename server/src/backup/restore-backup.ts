import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type DatabaseAddress, migrate, openClient, PlatformError } from '../platform/index.ts';
import { forgetWhatWasUnderWay, type UnderWay } from './after-restore.ts';
import { makeBlocks } from './blocks.ts';
import { checkBackup } from './check-backup.ts';
import { damaged, type Manifest } from './manifest.ts';
import { nextEpoch, noteEpoch } from './next-epoch.ts';
import { plainSession, readTables } from './tables.ts';

export interface RestoreOptions {
  /** Of a database without a centre. */
  readonly address: DatabaseAddress;
  readonly folder: string;
  readonly now: Date;
  /** Above every epoch ever used; unset: found from the backups beside this one, and noted there. */
  readonly epoch?: number;
  readonly progress?: (line: string) => void;
}

export interface Restored {
  readonly manifest: Manifest;
  readonly epoch: number;
  readonly underWay: UnderWay;
}

/**
 * Fills an empty database from a backup, as a new epoch of its centre. Every byte is checked before the first is used, and all tables
 * are filled in one transaction: it is there whole, or not at all.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { address, folder, progress } = options;
  const manifest = await checkBackup(folder, progress);
  await refuseCentre(address);
  const version = manifest.migrations.at(-1)?.number ?? 0;
  await migrate({ address, upTo: version, ...(progress ? { log: progress } : {}) });
  const epoch = options.epoch ?? nextEpoch(folder, manifest);
  if (epoch <= manifest.epoch) throw epochUsed(epoch, manifest);
  if (options.epoch === undefined) noteEpoch(folder, epoch, options.now);
  const client = await openClient(address, 'keng_owner', 'keng-restore');
  let underWay: UnderWay;
  try {
    await plainSession(client);
    await client.query('begin');
    await refuseOtherSchema(client, manifest);
    await fill(client, manifest, folder, progress);
    underWay = await forgetWhatWasUnderWay(client, options.now);
    await client.query('update centre set epoch = $1', [epoch]);
    await client.query('commit');
    await client.query('analyze');
  } finally {
    await client.end();
  }
  // What this program has and the one of the backup had not.
  await migrate({ address, ...(progress ? { log: progress } : {}) });
  return { manifest, epoch, underWay };
}

/** Nothing is ever written over: a restore beside a running centre would be two centres of one name. */
async function refuseCentre(address: DatabaseAddress): Promise<void> {
  await migrate({ address, upTo: 0 });
  const client = await openClient(address, 'keng_owner', 'keng-restore');
  try {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('public.centre') is not null as there`,
    );
    if (!rows[0]?.there) return;
    const found = await client.query<{ full: boolean }>(
      'select exists (select from centre) or exists (select from entry) as full',
    );
    if (!found.rows[0]?.full) return;
  } finally {
    await client.end();
  }
  throw new PlatformError(
    'restore-target-not-empty',
    'this database holds a centre already; nothing was changed',
    'restore into an empty database: another name in DATABASE_URL, or another --data folder',
  );
}

async function refuseOtherSchema(client: Client, manifest: Manifest): Promise<void> {
  const { rows } = await client.query<Manifest['migrations'][number]>(
    'select number, name, checksum from keng_migration order by number',
  );
  const there = rows.map((one) => `${one.number} ${one.checksum}`).join();
  const wanted = manifest.migrations.map((one) => `${one.number} ${one.checksum}`).join();
  if (there === wanted) return;
  throw new PlatformError(
    'backup-of-another-program',
    `the tables of this backup (of Keng ${manifest.program}) are not those that this program makes`,
    'restore it with the program that took it into an empty database, then upgrade',
  );
}

async function fill(
  client: Client,
  manifest: Manifest,
  folder: string,
  progress: ((line: string) => void) | undefined,
): Promise<void> {
  const tables = await readTables(client);
  const names = tables.map((table) => table.name);
  if (names.join() !== manifest.tables.map((table) => table.name).join())
    throw damaged('the tables of the manifest are not those of its migrations');
  const quoted = names.map((name) => `public.${client.escapeIdentifier(name)}`);
  // Keys between tables are put back, and so checked, when all rows are there: no order of tables has to be found.
  const keys = await dropForeignKeys(client);
  for (const name of quoted) await client.query(`alter table ${name} disable trigger user`);
  // Migrations bring a few rows; those of the backup are the ones that count.
  await client.query(`truncate ${quoted.join(', ')}`);
  await makeBlocks(client, manifest.blocks);
  for (const [index, table] of manifest.tables.entries()) {
    const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(', ');
    const copy = client.query(copyFrom(`copy ${quoted[index]} (${columns}) from stdin`));
    await pipeline(fs.createReadStream(path.join(folder, table.file)), createGunzip(), copy);
    if (copy.rowCount !== table.rows)
      throw damaged(`${table.file} gave ${copy.rowCount} rows instead of ${table.rows}`);
    if (table.rows > 100_000) progress?.(`  ${table.name}: ${table.rows} rows`);
  }
  for (const { name, value, called } of manifest.sequences) {
    await client.query('select setval($1::regclass, $2::bigint, $3)', [
      `public.${client.escapeIdentifier(name)}`,
      value,
      called,
    ]);
  }
  for (const key of keys)
    await client.query(`alter table ${key.table} add constraint ${key.name} ${key.definition}`);
  for (const name of quoted) await client.query(`alter table ${name} enable trigger user`);
}

interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

async function dropForeignKeys(client: Client): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace`,
  );
  for (const key of rows) await client.query(`alter table ${key.table} drop constraint ${key.name}`);
  return rows;
}

function epochUsed(epoch: number, manifest: Manifest): PlatformError {
  return new PlatformError(
    'setting-invalid',
    `epoch ${epoch} was used before: the backup itself is of epoch ${manifest.epoch}`,
    'name one that was never used, or none',
  );
}
