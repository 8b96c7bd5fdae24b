import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type DatabaseAddress, openClient, PlatformError, type SecretName } from '../platform/index.ts';
import { readBlocks } from './blocks.ts';
import { fingerprints } from './fingerprint.ts';
import { type Manifest, type ManifestTable, writeManifest } from './manifest.ts';
import { plainSession, readSequences, readTables, type TableShape } from './tables.ts';

export interface BackupOptions {
  readonly address: DatabaseAddress;
  /** Where backups are kept; each makes a folder of its own inside. */
  readonly folder: string;
  readonly secrets: Readonly<Record<SecretName, string | null>>;
  readonly program: string;
  readonly now: Date;
  /** Stops it; nothing is left behind. */
  readonly signal?: AbortSignal;
  readonly progress?: (line: string) => void;
}

export interface Backup {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly bytes: number;
}

/** One at a time on one database: two would only slow each other. Whoever changes blocks of the log holds it, too. */
export const BACKUP_LOCK = 7_114_027;
const PARTIAL = '.partial-';
const PROGRESS_MS = 5_000;

/**
 * Copies the whole database into a new folder while the centre runs: all tables in one snapshot, so what is in it is one moment of
 * the log. A folder is given its name when everything is on disk; one whose name begins with `.partial-` is no backup.
 */
export async function writeBackup(options: BackupOptions): Promise<Backup> {
  const { address, folder, signal } = options;
  signal?.throwIfAborted();
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const partial = fs.mkdtempSync(path.join(folder, PARTIAL));
  const client = await openClient(address, 'keng_owner', 'keng-backup').catch((error: unknown) => {
    fs.rmSync(partial, { recursive: true, force: true });
    throw error;
  });
  // A COPY that is under way ends only with its connection.
  const cut = (): void => void endNow(client);
  signal?.addEventListener('abort', cut);
  try {
    const manifest = await copyAll(client, partial, options);
    signal?.throwIfAborted();
    const final = path.join(folder, nameOf(manifest));
    fs.renameSync(partial, final);
    syncFolder(folder);
    return { folder: final, manifest, bytes: manifest.tables.reduce((sum, table) => sum + table.bytes, 0) };
  } catch (error) {
    fs.rmSync(partial, { recursive: true, force: true });
    if (signal?.aborted) throw stopped();
    throw error;
  } finally {
    signal?.removeEventListener('abort', cut);
    if (!signal?.aborted) await client.end();
  }
}

/** `keng-hanoi-1-20260301T020000Z`: sorted by name is sorted by time. */
function nameOf({ origin, takenAt, id }: Manifest): string {
  const time = takenAt.replaceAll(/[-:]/g, '').replace(/\.\d+/, '');
  return `keng-${origin}-${time}-${id.slice(0, 4)}`;
}

async function copyAll(client: Client, folder: string, options: BackupOptions): Promise<Manifest> {
  const { rows: locks } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [
    BACKUP_LOCK,
  ]);
  if (!locks[0]?.free) {
    throw new PlatformError(
      'backup-running',
      'another backup of this database is under way',
      'wait until it has ended',
    );
  }
  await plainSession(client);
  await client.query('begin isolation level repeatable read read only');
  const facts = await readFacts(client);
  // Not part of the snapshot: read right after it, they are beyond every number in it.
  const sequences = await readSequences(client);
  const shapes = await readTables(client);
  const blocks = await readBlocks(client);
  const archives = await readArchives(client);
  fs.mkdirSync(path.join(folder, 'tables'), { mode: 0o700 });
  const meter = new Meter(shapes.length, options.progress);
  const tables: ManifestTable[] = [];
  for (const [index, shape] of shapes.entries()) {
    options.signal?.throwIfAborted();
    const file = `tables/${String(index + 1).padStart(3, '0')}-${shape.name}.copy.gz`;
    tables.push(await copyTable(client, shape, folder, file, meter, options.signal));
  }
  await client.query('commit');
  syncFolder(path.join(folder, 'tables'));
  const id = randomUUID();
  const manifest = writeManifest(folder, {
    id,
    ...facts,
    takenAt: options.now.toISOString(),
    program: options.program,
    tables,
    sequences,
    secrets: fingerprints(options.secrets, id),
    ...(blocks ? { blocks } : {}),
    ...(archives.length > 0 ? { archives } : {}),
  });
  syncFolder(folder);
  return manifest;
}

/** Files whose entries have left the tables. */
async function readArchives(client: Client): Promise<NonNullable<Manifest['archives']>> {
  const { rows: there } = await client.query<{ there: boolean }>(
    `select to_regclass('public.log_archive') is not null as there`,
  );
  if (!there[0]?.there) return [];
  const { rows } = await client.query<{ file: string; sha256: string; bytes: number }>(
    `select file, encode(sha256, 'hex') as sha256, bytes from log_archive where left_at is not null order by world, last_position`,
  );
  return rows;
}

type Facts = Pick<Manifest, 'origin' | 'epoch' | 'postgres' | 'head' | 'migrations'>;

async function readFacts(client: Client): Promise<Facts> {
  const { rows } = await client.query<{
    origin: string;
    epoch: number;
    postgres: string;
    position: number;
    hash: string;
  }>(
    `select c.origin, c.epoch, current_setting('server_version') as postgres, h.position, encode(h.hash, 'hex') as hash
     from centre c cross join log_head h where h.world = 'live'`,
  );
  const found = rows[0];
  if (!found) {
    throw new PlatformError(
      'centre-unknown',
      'the database does not say which centre it is: there is nothing to back up',
      'start the centre once, or name its --data or DATABASE_URL',
    );
  }
  const { position, hash, ...rest } = found;
  const migrations = await client.query<Manifest['migrations'][number]>(
    'select number, name, checksum from keng_migration order by number',
  );
  return { ...rest, head: { position, hash }, migrations: migrations.rows };
}

async function copyTable(
  client: Client,
  { name, columns }: TableShape,
  folder: string,
  file: string,
  meter: Meter,
  signal: AbortSignal | undefined,
): Promise<ManifestTable> {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  // A select, for a partitioned table cannot be copied by its name.
  const copy = client.query(
    copyTo(`copy (select ${list} from public.${client.escapeIdentifier(name)}) to stdout`),
  );
  const hash = createHash('sha256');
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      meter.add(name, chunk.length);
      done(null, chunk);
    },
  });
  const target = path.join(folder, file);
  // `flush` puts it on disk before it is closed.
  const written = fs.createWriteStream(target, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(copy, createGzip({ level: 3 }), count, written, signal ? { signal } : {});
  meter.tableDone();
  return { name, columns: [...columns], rows: copy.rowCount, file, bytes, sha256: hash.digest('hex') };
}

/** Tells from time to time how far it is. */
class Meter {
  readonly #tables: number;
  readonly #progress: ((line: string) => void) | undefined;
  #done = 0;
  #bytes = 0;
  #toldMs = performance.now();

  constructor(tables: number, progress: ((line: string) => void) | undefined) {
    this.#tables = tables;
    this.#progress = progress;
  }

  add(table: string, bytes: number): void {
    this.#bytes += bytes;
    if (performance.now() - this.#toldMs < PROGRESS_MS) return;
    this.#toldMs = performance.now();
    this.#progress?.(
      `  ${this.#done} of ${this.#tables} tables, ${(this.#bytes / 1e6).toFixed(1)} MB written, now ${table}`,
    );
  }

  tableDone(): void {
    this.#done += 1;
  }
}

function endNow(client: Client): void {
  // Only the socket ends a COPY at once; `connection` is not in the types of pg.
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
}

function stopped(): PlatformError {
  return new PlatformError(
    'backup-stopped',
    'the backup was stopped; nothing of it is left',
    'start it again',
  );
}

/** A name in a folder is on disk only when the folder is. */
function syncFolder(folder: string): void {
  const open = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(open);
  } finally {
    fs.closeSync(open);
  }
}
