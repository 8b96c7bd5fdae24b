import { z } from 'zod';
import type { SealedPart, SealedRow } from '../log/index.ts';

/** The format on its own page: docs/interfaces/archive.md. A change of meaning is another number. */
export const FORMAT = 'keng-archive/1';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const position = z.number().int().positive();
const text = z.string().max(1_000);

/** The first line. */
export const headSchema = z.object({
  format: z.literal(FORMAT),
  origin: z.string().max(64),
  epoch: z.number().int().positive(),
  world: z.string().max(64),
  firstPosition: position,
  lastPosition: position,
  /** The chain before the first position. */
  previousHash: digest,
  writtenAt: z.iso.datetime(),
  program: z.string().max(64),
});
export type ArchiveHead = Readonly<z.infer<typeof headSchema>>;

/** An entry as it was sealed; salt null: erased. */
export const entrySchema = z.object({
  position,
  id: z.number().int().nonnegative(),
  origin: z.string().max(64),
  epoch: z.number().int(),
  seq: z.number().int(),
  lane: z.number().int().min(0).max(2),
  kind: z.string().max(64),
  version: z.number().int(),
  subject: text,
  organisation: text.nullable(),
  facility: text.nullable(),
  revision: z.number().int().nullable(),
  at: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
  actorKind: text,
  actorId: text,
  actorName: text.nullable(),
  /** The exact text that was hashed. */
  body: z.string().nullable(),
  salt: z
    .string()
    .regex(/^[0-9a-f]*$/)
    .nullable(),
  commitment: digest,
});
export type ArchiveEntry = Readonly<z.infer<typeof entrySchema>>;

/** After the entries that it seals. */
export const sealSchema = z.object({
  seal: z.tuple([position, position]),
  hash: digest,
  sealedAt: z.iso.datetime(),
});

/** The last line. `sha256`: of every line before it, unpacked, with their line ends. */
export const endSchema = z.object({
  end: z.object({ hash: digest, entries: z.number().int(), seals: z.number().int(), sha256: digest }),
});

export function archiveEntryOf(row: SealedRow): ArchiveEntry {
  if (row.id === null || row.commitment === null) throw new TypeError(`nothing stands at ${row.position}`);
  return {
    position: row.position,
    id: row.id,
    origin: row.origin,
    epoch: row.epoch,
    seq: row.seq,
    lane: row.lane,
    kind: row.kind,
    version: row.version,
    subject: row.subject,
    organisation: row.organisation,
    facility: row.facility,
    revision: row.revision,
    at: row.at,
    recordedAt: row.recorded_at,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorName: row.actor_name,
    body: row.body,
    salt: row.salt?.toString('hex') ?? null,
    commitment: row.commitment.toString('hex'),
  };
}

/** The same as a row of the tables. */
export function sealedRowOf(entry: ArchiveEntry, world: string): SealedRow {
  return {
    world,
    position: entry.position,
    id: entry.id,
    origin: entry.origin,
    epoch: entry.epoch,
    seq: entry.seq,
    lane: entry.lane,
    kind: entry.kind,
    version: entry.version,
    subject: entry.subject,
    organisation: entry.organisation,
    facility: entry.facility,
    revision: entry.revision,
    at: entry.at,
    recorded_at: entry.recordedAt,
    actor_kind: entry.actorKind,
    actor_id: entry.actorId,
    actor_name: entry.actorName,
    body: entry.body,
    salt: entry.salt === null ? null : Buffer.from(entry.salt, 'hex'),
    commitment: Buffer.from(entry.commitment, 'hex'),
  };
}

/** The lines of one link. */
export function linesOf({ seal, entries }: SealedPart): string {
  let lines = '';
  for (const row of entries) lines += `${JSON.stringify(archiveEntryOf(row))}\n`;
  return `${lines}${JSON.stringify({
    seal: [seal.first_position, seal.last_position],
    hash: seal.hash.toString('hex'),
    sealedAt: seal.sealed_at.toISOString(),
  })}\n`;
}
