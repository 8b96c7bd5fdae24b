import fs from 'node:fs';
import path from 'node:path';
import { MANIFEST, type Manifest, readManifest } from './manifest.ts';

export interface KeptBackup {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** The whole backups of a centre in a folder, oldest first; what is damaged or half-written is not among them. */
export function listBackups(folder: string, origin: string): KeptBackup[] {
  if (!fs.existsSync(folder)) return [];
  const found = fs.readdirSync(folder).flatMap((name) => {
    const inside = path.join(folder, name);
    if (!name.startsWith('keng-') || !fs.existsSync(path.join(inside, MANIFEST))) return [];
    try {
      const manifest = readManifest(inside);
      return manifest.origin === origin ? [{ folder: inside, manifest }] : [];
    } catch {
      // Somebody has to look at it: it is neither counted as a backup nor deleted.
      return [];
    }
  });
  return found.sort((a, b) => a.manifest.takenAt.localeCompare(b.manifest.takenAt));
}

/**
 * Removes the oldest until `keep` are left; returns those that went. Never the last one, and only after a new one is whole. Notes of
 * epochs go with their folder: a younger backup carries its own epoch.
 */
export function removeOldBackups(folder: string, origin: string, keep: number): string[] {
  const all = listBackups(folder, origin);
  const old = all.slice(0, Math.max(0, all.length - Math.max(1, keep)));
  for (const one of old) {
    // First it stops being a backup, so that an interruption leaves none that looks whole.
    fs.rmSync(path.join(one.folder, MANIFEST));
    fs.rmSync(one.folder, { recursive: true, force: true });
  }
  return old.map((one) => path.basename(one.folder));
}
