import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { errorMessage } from '../platform/index.ts';
import { damaged, type Manifest, readManifest } from './manifest.ts';

/**
 * Reads every byte of a backup and compares it with the manifest.
 * @throws PlatformError `backup-damaged`, naming the first file that is not as it was written
 */
export async function checkBackup(folder: string, progress?: (line: string) => void): Promise<Manifest> {
  const manifest = readManifest(folder);
  for (const [index, table] of manifest.tables.entries()) {
    const file = path.join(folder, table.file);
    const hash = createHash('sha256');
    try {
      // A link could lead out of the backup.
      const found = fs.lstatSync(file);
      if (!found.isFile()) throw new Error('it is not a file');
      if (found.size !== table.bytes) throw new Error(`it has ${found.size} bytes instead of ${table.bytes}`);
      await pipeline(fs.createReadStream(file), hash);
    } catch (cause) {
      throw damaged(`the backup is damaged at ${table.file}: ${errorMessage(cause)}`, cause);
    }
    if (hash.digest('hex') !== table.sha256)
      throw damaged(`the backup is damaged at ${table.file}: its checksum differs`);
    if ((index + 1) % 25 === 0) progress?.(`  checked ${index + 1} of ${manifest.tables.length} files`);
  }
  return manifest;
}
