import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { errorMessage, PlatformError } from '../platform/index.ts';

export const MANIFEST = 'manifest.json';
const FORMAT = 'keng-backup/1';
/** A manifest has some hundred tables; one of this size is not ours. */
const MAXIMUM_BYTES = 16 * 1_024 * 1_024;

const name = z.string().min(1).max(63);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  id: z.uuid(),
  origin: z.string().min(1).max(64),
  epoch: z.number().int().positive(),
  takenAt: z.iso.datetime(),
  program: z.string().max(64),
  postgres: z.string().max(64),
  /** Head of the live log in the snapshot: the restored chain must go through it. */
  head: z.object({ position: z.number().int().nonnegative(), hash: sha256 }),
  migrations: z
    .array(z.object({ number: z.number().int(), name: z.string().max(100), checksum: sha256 }))
    .max(999),
  tables: z
    .array(
      z.object({
        name,
        columns: z.array(name).min(1).max(1_600),
        rows: z.number().int().nonnegative(),
        file: z.string().regex(/^tables\/\d{3}-[a-z0-9_]{1,63}\.copy\.gz$/),
        bytes: z.number().int().nonnegative(),
        sha256,
      }),
    )
    .max(1_000),
  sequences: z
    .array(z.object({ name, value: z.string().regex(/^-?\d{1,19}$/), called: z.boolean() }))
    .max(1_000),
  /** Which secrets belong to it, none of them inside. */
  secrets: z.array(z.object({ name: z.string().max(64), fingerprint: z.string().max(64) })).max(100),
  /** How the log is parted; missing: from before it was. */
  blocks: z
    .array(
      z.object({
        name: z.string().regex(/^entry_[a-z0-9_]{1,50}$/),
        first: z.number().int().nonnegative(),
        end: z.number().int().positive(),
      }),
    )
    .max(10_000)
    .optional(),
  /** Archive files of the log that belong to it and are not inside: what has left the database is there alone. */
  archives: z
    .array(z.object({ file: z.string().max(250), sha256, bytes: z.number().int() }))
    .max(100_000)
    .optional(),
});

export type Manifest = Readonly<z.infer<typeof manifestSchema>>;
export type ManifestTable = Manifest['tables'][number];

/** Written last: a folder without it is no backup. Its own digest stands inside. */
export function writeManifest(folder: string, manifest: Omit<Manifest, 'format'>): Manifest {
  const whole: Manifest = manifestSchema.parse({ format: FORMAT, ...manifest });
  const text = JSON.stringify({ digest: digestOf(whole), ...whole }, null, 1);
  fs.writeFileSync(path.join(folder, MANIFEST), `${text}\n`, { mode: 0o600, flag: 'wx', flush: true });
  return whole;
}

/** @throws PlatformError `backup-damaged` when it is missing, changed or not ours */
export function readManifest(folder: string): Manifest {
  const file = path.join(folder, MANIFEST);
  try {
    if (fs.statSync(file).size > MAXIMUM_BYTES) throw new Error('it is too large');
    const { digest, ...rest } = z
      .looseObject({ digest: sha256 })
      .parse(JSON.parse(fs.readFileSync(file, 'utf8')));
    const manifest = manifestSchema.parse(rest);
    if (digest !== digestOf(manifest)) throw new Error('its digest is not that of its text');
    return manifest;
  } catch (cause) {
    throw damaged(`the manifest ${file} cannot be used: ${errorMessage(cause)}`, cause);
  }
}

export function damaged(message: string, cause?: unknown): PlatformError {
  return new PlatformError(
    'backup-damaged',
    message,
    'nothing was changed; take another backup, or another copy of this one',
    { cause },
  );
}

/** Over the keys in the order of the schema: `parse` gives them so. */
function digestOf(manifest: Manifest): string {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
}
