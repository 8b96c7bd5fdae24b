import fs from 'node:fs';
import path from 'node:path';
import type { AnyDraft, World } from '@keng/model';
import type { Client } from 'pg';
import { appendEntries, readSealedParts, type SealedPart } from '../log/index.ts';
import { PlatformError } from '../platform/index.ts';
import { FORMAT } from './format.ts';
import { damaged, fileDigest, readArchiveFile } from './read-file.ts';
import { type ArchiveFile, consumerBehind, listArchiveFiles, registerArchiveFile } from './store.ts';
import { writeArchiveFile } from './write-file.ts';

export interface WriteOptions {
  /** As keng_owner. */
  readonly client: Client;
  readonly world: World;
  readonly folder: string;
  readonly origin: string;
  readonly epoch: number;
  readonly program: string;
  readonly now: Date;
  /** Sealed before this, it is due. */
  readonly before: Date;
  /** About so many entries to a file; it ends with a seal, and with a month. */
  readonly mostEntries: number;
  readonly progress: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
  /** Told before each step that cannot be undone: tests kill here. */
  readonly step: (name: string) => void;
}

/** Writes what is due into files, one after the other, and registers each when it has been read again from the disk. */
export async function writeDueFiles(options: WriteOptions): Promise<ArchiveFile[]> {
  const { client, world } = options;
  const written: ArchiveFile[] = [];
  const last = (await listArchiveFiles(client, world)).at(-1);
  let after = { position: last?.last ?? 0, hash: last?.hash ?? '0'.repeat(64) };
  for (;;) {
    options.signal?.throwIfAborted();
    const next = await nextEnd(options, after.position);
    if (next === null) return written;
    const behind = await consumerBehind(client, world, next);
    if (behind) {
      throw new PlatformError(
        'archive-behind',
        `the consumer ${behind.consumer} stands at ${behind.position}: what it has not seen yet is not archived`,
        'let the centre run until it has caught up; look at keng_consumer_behind_entries',
      );
    }
    const one = await writeOne(options, after, next);
    written.push(one);
    options.progress(`  ${one.file}: ${one.entries} entries, ${(one.bytes / 1e6).toFixed(1)} MB`);
    after = { position: one.last, hash: one.hash };
  }
}

/** Where the next file ends: with its month, or when it is large enough; null: nothing whole is due. */
async function nextEnd(
  { client, world, before, mostEntries }: WriteOptions,
  after: number,
): Promise<number | null> {
  // The seals alone, by their key: what comes first stands first.
  const { rows } = await client.query<{ last: number | null }>(
    `with due as materialized (
       select last_position, sealed_at, date_trunc('month', sealed_at, 'UTC') as month from (
         select last_position, sealed_at from seal where world = $1 and last_position > $2 order by last_position limit $4
       ) next)
     select max(d.last_position) as last from due d
     where d.last_position < coalesce((select min(last_position) from due where sealed_at >= $3), 9223372036854775807)
       and d.month = (select month from due order by last_position limit 1)
       and d.last_position <= greatest($2 + $4, (select min(last_position) from due))`,
    [world, after, before, mostEntries],
  );
  return rows[0]?.last ?? null;
}

async function writeOne(
  options: WriteOptions,
  after: { readonly position: number; readonly hash: string },
  last: number,
): Promise<ArchiveFile> {
  const { client, world, folder, origin, epoch, now } = options;
  const first = after.position + 1;
  const name = archiveName({ origin, world, epoch, first, last, version: 1 });
  const head = {
    format: FORMAT,
    origin,
    epoch,
    world,
    firstPosition: first,
    lastPosition: last,
    previousHash: after.hash,
    writtenAt: now.toISOString(),
    program: options.program,
  } as const;
  options.step(`write ${first}`);
  const made = await writeArchiveFile(folder, name, head, partsUpTo(options, after.position, last));
  options.step(`read ${first}`);
  // From the disk, as whoever opens it in ten years: what cannot be read again was not archived.
  const times = await readAgain(path.join(folder, name), made.sha256);
  const one = { ...made, ...times, first, last, previousHash: after.hash, file: name };
  options.step(`register ${first}`);
  await client.query('begin');
  try {
    await registerArchiveFile(client, world, one, now);
    await appendEntries(client, [archivedDraft(options, one)], now);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  options.step(`registered ${first}`);
  return { ...one, leftAt: null };
}

async function* partsUpTo(
  { client, world, signal }: WriteOptions,
  after: number,
  last: number,
): AsyncGenerator<SealedPart> {
  for await (const part of readSealedParts(client, world, after)) {
    signal?.throwIfAborted();
    if (part.seal.last_position > last) return;
    yield part;
    if (part.seal.last_position === last) return;
  }
}

/** Reads a file whole and gives the times of its entries. */
export async function readAgain(
  file: string,
  sha256: string,
): Promise<{ readonly firstAt: Date; readonly lastAt: Date }> {
  if ((await fileDigest(file)) !== sha256)
    throw damaged(file, 'its checksum is not the one it was written with');
  let firstAt = '';
  let lastAt = '';
  for await (const { entries } of readArchiveFile(file)) {
    for (const { recorded_at } of entries) {
      if (firstAt === '' || recorded_at < firstAt) firstAt = recorded_at;
      if (recorded_at > lastAt) lastAt = recorded_at;
    }
  }
  return { firstAt: new Date(firstAt), lastAt: new Date(lastAt) };
}

export function archiveName(of: {
  readonly origin: string;
  readonly world: string;
  readonly epoch: number;
  readonly first: number;
  readonly last: number;
  readonly version: number;
}): string {
  const pad = (position: number): string => String(position).padStart(12, '0');
  return `keng-${of.origin}-${of.world}-e${of.epoch}-${pad(of.first)}-${pad(of.last)}${of.version > 1 ? `-v${of.version}` : ''}.jsonl.gz`;
}

function archivedDraft(
  { world, origin, now }: WriteOptions,
  one: Pick<ArchiveFile, 'file' | 'first' | 'last' | 'hash' | 'sha256' | 'entries' | 'bytes'>,
): AnyDraft {
  const { file, first, last, hash, sha256, entries, bytes } = one;
  return {
    ...aboutCentre(world, origin, now),
    kind: 'centre.archived',
    body: { file, firstPosition: first, lastPosition: last, hash, sha256, entries, bytes },
  };
}

export function aboutCentre(world: World, origin: string, now: Date) {
  return {
    world,
    lane: 2 as const,
    subject: `centre/${origin}`,
    organisation: null,
    facility: null,
    revision: null,
    at: now,
    actor: { kind: 'system' as const, id: 'archive' },
  };
}

/** @throws PlatformError `archive-damaged` when a registered file is not there as it was written */
export async function requireFile(folder: string, one: Pick<ArchiveFile, 'file' | 'sha256'>): Promise<void> {
  const file = path.join(folder, one.file);
  if (!fs.existsSync(file)) throw damaged(file, 'it is not there');
  if ((await fileDigest(file)) !== one.sha256)
    throw damaged(file, 'its checksum is not the one that is noted');
}
