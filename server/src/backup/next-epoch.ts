import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { errorMessage, PlatformError } from '../platform/index.ts';
import { MANIFEST, type Manifest, readManifest } from './manifest.ts';

/** Beside the manifest of a backup: as which epochs it was restored. */
const NOTES = 'restored.jsonl';
const note = z.object({ epoch: z.number().int().positive() });

/**
 * The epoch for a restore: above every one that this origin has used, as far as the backups beside this one know. A second restore
 * of the same backup is another continuation and must not give the first one's numbers again.
 */
export function nextEpoch(folder: string, manifest: Manifest): number {
  const beside = path.dirname(path.resolve(folder));
  const used = [manifest.epoch, ...notesOf(folder)];
  for (const name of fs.readdirSync(beside)) {
    const other = path.join(beside, name);
    if (!fs.existsSync(path.join(other, MANIFEST))) continue;
    try {
      const { origin, epoch } = readManifest(other);
      if (origin === manifest.origin) used.push(epoch, ...notesOf(other));
    } catch {
      // A damaged neighbour says nothing of epochs; it is refused when somebody wants to restore it.
    }
  }
  return Math.max(...used) + 1;
}

/** Written before the restore begins: a restore that fails half-way has used its epoch up. */
export function noteEpoch(folder: string, epoch: number, at: Date): void {
  const line = `${JSON.stringify({ epoch, at: at.toISOString() })}\n`;
  try {
    fs.appendFileSync(path.join(folder, NOTES), line, { mode: 0o600, flush: true });
  } catch (cause) {
    throw new PlatformError(
      'backup-read-only',
      `it cannot be noted beside the backup that it becomes epoch ${epoch}: ${errorMessage(cause)}`,
      'copy the backup to a folder that can be written; or name an epoch that was never used with --epoch',
      { cause },
    );
  }
}

function notesOf(folder: string): number[] {
  const file = path.join(folder, NOTES);
  if (!fs.existsSync(file)) return [];
  return fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => note.parse(JSON.parse(line)).epoch);
}
