import fs from 'node:fs';
import path from 'node:path';
import { type AnyDraft, checkBody, type EntryKind, type World } from '@keng/model';
import type { Client } from 'pg';
import {
  ERASED,
  type ErasedEntry,
  type Erasure,
  erasedDrafts,
  type Identity,
  placeholderHash,
  redactBody,
} from '../erasure/index.ts';
import { appendEntries, type SealedPart, type SealedRow } from '../log/index.ts';
import type { ArchiveHead } from './format.ts';
import { readArchiveFile } from './read-file.ts';
import { type ArchiveFile, listArchiveFiles } from './store.ts';
import { readAgain, requireFile } from './write-due.ts';
import { writeArchiveFile } from './write-file.ts';

export interface EraseOptions {
  /** As keng_owner. */
  readonly client: Client;
  readonly world: World;
  readonly folder: string;
  readonly now: Date;
  readonly progress: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
  readonly step: (name: string) => void;
}

interface Waiting extends Erasure {
  readonly identity: Identity;
}

interface NewFile {
  readonly old: ArchiveFile;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Takes people who were erased from the tables out of the archive files: each file that names them is written anew with placeholders, and
 * one transaction names the new files, appends the entries that declare the placeholders, and forgets whom to look for. Killed before it,
 * everything begins again; killed after it, the old files are removed by the next run.
 */
export async function eraseArchived(options: EraseOptions): Promise<number> {
  const { client, world } = options;
  await removePrevious(options);
  const { rows } = await client.query<Waiting>(
    `select e.id, e.facility, e.contact, e.organisation, e.reason, e.asked_by, e.asked_by_name, e.asked_at, e.status, e.decided_by_name,
       e.decided_at, e.entries, a.identity
     from archive_erasure a join erasure e on e.world = a.world and e.id = a.id where a.world = $1 order by a.asked_at`,
    [world],
  );
  for (const one of rows) await eraseOne(options, one);
  await removePrevious(options);
  return rows.length;
}

async function eraseOne(options: EraseOptions, waiting: Waiting): Promise<void> {
  const { client, world, folder, now, signal } = options;
  const erased: ErasedEntry[] = [];
  const made: NewFile[] = [];
  for (const old of await listArchiveFiles(client, world)) {
    signal?.throwIfAborted();
    await requireFile(folder, old);
    const found: ErasedEntry[] = [];
    // First only read: most files know nothing of one person.
    let head: ArchiveHead | null = null;
    const parts = readArchiveFile(path.join(folder, old.file), (one) => {
      head = one;
    });
    for await (const { entries } of parts)
      for (const row of entries) {
        const placeholder = placeholderFor(row, waiting);
        if (placeholder !== null && row.id !== null)
          found.push({ id: row.id, sha256: placeholderHash(placeholder.body, placeholder.actorName) });
      }
    if (found.length === 0 || head === null) continue;
    options.step(`rewrite ${old.first}`);
    made.push(
      await rewrite(options, old, { ...(head as ArchiveHead), writtenAt: now.toISOString() }, waiting),
    );
    erased.push(...found);
  }
  const by = {
    world,
    now,
    actor: { kind: 'system', id: 'archive' },
    id: null,
    name: waiting.decided_by_name ?? '',
  } as const;
  const drafts: AnyDraft[] = erased.length === 0 ? [] : erasedDrafts(by, waiting, erased);
  options.step('name rewritten');
  await client.query('begin');
  try {
    for (const { old, file, bytes, sha256 } of made) {
      await client.query(
        `update log_archive set file = $3, bytes = $4, sha256 = decode($5, 'hex'), previous_file = $6, written_at = $7
         where world = $1 and last_position = $2`,
        [world, old.last, file, bytes, sha256, old.file, now],
      );
    }
    await appendEntries(client, drafts, now);
    await client.query('delete from archive_erasure where world = $1 and id = $2', [world, waiting.id]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  options.step('rewritten named');
  options.progress(`  a person was erased from ${erased.length} entries in ${made.length} archive files`);
}

async function rewrite(
  { folder }: EraseOptions,
  old: ArchiveFile,
  head: ArchiveHead,
  waiting: Waiting,
): Promise<NewFile> {
  const file = nextVersion(old.file);
  async function* parts(): AsyncGenerator<SealedPart> {
    for await (const part of readArchiveFile(path.join(folder, old.file)))
      yield { seal: part.seal, entries: part.entries.map((row) => without(row, waiting)) };
  }
  const { bytes, sha256 } = await writeArchiveFile(folder, file, head, parts());
  await readAgain(path.join(folder, file), sha256);
  return { old, file, bytes, sha256 };
}

function without(row: SealedRow, waiting: Waiting): SealedRow {
  const placeholder = placeholderFor(row, waiting);
  if (placeholder === null) return row;
  return { ...row, salt: null, body: placeholder.body, actor_name: placeholder.actorName };
}

/** The same as in the tables: entries of the facility, and of the contact. */
function placeholderFor(
  row: SealedRow,
  { facility, contact, identity }: Waiting,
): { readonly body: string; readonly actorName: string | null } | null {
  if (row.body === null) return null;
  if (row.facility !== facility && row.subject !== contact && row.subject !== facility) return null;
  const isActor = row.actor_kind === 'contact' && row.actor_id === contact;
  const actorName = isActor && row.actor_name !== null ? ERASED : row.actor_name;
  const body = redactBody(row.body, identity);
  if (body === null && actorName === row.actor_name) return null;
  const text = body ?? row.body;
  // Kinds as the table had them: every one that was ever appended stays known.
  checkBody(row.kind as EntryKind, JSON.parse(text));
  return { body: text, actorName };
}

function nextVersion(file: string): string {
  const match = /^(.*?)(?:-v(\d+))?\.jsonl\.gz$/.exec(file);
  return `${match?.[1] ?? file}-v${Number(match?.[2] ?? 1) + 1}.jsonl.gz`;
}

/** Files that a later one has replaced: they name somebody who was erased. */
async function removePrevious({ client, world, folder }: EraseOptions): Promise<void> {
  const { rows } = await client.query<{ file: string; last: number }>(
    'select previous_file as file, last_position as last from log_archive where world = $1 and previous_file is not null',
    [world],
  );
  for (const { file, last } of rows) {
    fs.rmSync(path.join(folder, file), { force: true });
    await client.query(
      'update log_archive set previous_file = null where world = $1 and last_position = $2',
      [world, last],
    );
  }
}
