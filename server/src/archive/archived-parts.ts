import fs from 'node:fs';
import path from 'node:path';
import type { AnyEntry, World } from '@keng/model';
import { type ArchivedParts, entryOf, type SealedPart } from '../log/index.ts';
import { PlatformError, type Pool } from '../platform/index.ts';
import { damaged, fileDigest, readArchiveFile } from './read-file.ts';
import { type ArchiveFile, listArchiveFiles } from './store.ts';

/**
 * The chain as archive files have it, up to where the database is whole again: of a folder with all of them, or of one file alone. Each must
 * be the one that is registered.
 * @returns null when nothing has left the database
 * @throws PlatformError `archive-damaged`
 */
export async function archivedParts(
  pool: Pool,
  world: World,
  folderOrFile: string,
): Promise<ArchivedParts | null> {
  const left = (await listArchiveFiles(pool, world)).filter((one) => one.leftAt !== null);
  const alone = fs.statSync(folderOrFile, { throwIfNoEntry: false })?.isFile() ?? false;
  const files = alone ? left.filter((one) => one.file === path.basename(folderOrFile)) : left;
  const [first] = files;
  if (!first) {
    if (!alone) return null;
    throw new PlatformError(
      'archive-damaged',
      `${path.basename(folderOrFile)} is not an archive file that this database has entries in`,
      '"keng archive --list" names them',
    );
  }
  const folder = alone ? path.dirname(folderOrFile) : folderOrFile;
  return { after: first.first - 1, hash: first.previousHash, parts: partsOf(folder, files) };
}

async function* partsOf(folder: string, files: readonly ArchiveFile[]): AsyncGenerator<SealedPart> {
  for (const one of files) {
    const file = path.join(folder, one.file);
    if ((await fileDigest(file)) !== one.sha256)
      throw damaged(file, 'its checksum is not the one that is noted');
    yield* readArchiveFile(file);
  }
}

/** The entries of those files, for whoever folds the whole log. */
export async function* archivedEntries(archive: ArchivedParts): AsyncGenerator<AnyEntry> {
  for await (const { entries } of archive.parts)
    for (const row of entries)
      yield entryOf({ ...row, body: row.body === null ? null : JSON.parse(row.body) });
}
