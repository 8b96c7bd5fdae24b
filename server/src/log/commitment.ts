import { createHash, hash, randomBytes } from 'node:crypto';
import { type AnyDraft, canonicalJson, ENTRY_KINDS, type EntryKind } from '@keng/model';

/** The members of an entry that its commitment covers, as they stand in the table. */
export interface CommittedFields {
  readonly world: string;
  readonly lane: number;
  readonly kind: string;
  readonly version: number;
  readonly subject: string;
  readonly organisation: string | null;
  readonly facility: string | null;
  readonly revision: number | null;
  readonly at: Date;
  readonly recordedAt: Date;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorName: string | null;
  /** The exact text of the body column. */
  readonly bodyText: string;
}

/** A draft made ready for the table. */
export interface PreparedEntry extends CommittedFields {
  readonly salt: Buffer;
  readonly commitment: Buffer;
}

const SEPARATOR = '\u001f';

/**
 * SHA-256 over salt, header and body text. The salt is random and stored beside the body: when personal data are erased
 * both go, and what is left neither tells nor lets guess what stood there, while the chain of seals still verifies.
 */
export function commitmentOf(salt: Buffer, fields: CommittedFields): Buffer {
  const header = [
    salt.toString('hex'),
    fields.world,
    fields.lane,
    fields.kind,
    fields.version,
    fields.subject,
    fields.organisation ?? '',
    fields.facility ?? '',
    fields.revision ?? '',
    fields.at.toISOString(),
    fields.recordedAt.toISOString(),
    fields.actorKind,
    fields.actorId,
    fields.actorName ?? '',
    fields.bodyText,
  ].join(SEPARATOR);
  return hash('sha256', header, 'buffer');
}

/** Random bytes drawn a page at a time: a call of randomBytes for each entry costs more than its hash. */
const SALT_BYTES = 16;
let pool = Buffer.alloc(0);
let used = 0;
function nextSalt(): Buffer {
  if (used + SALT_BYTES > pool.length) {
    pool = randomBytes(SALT_BYTES * 512);
    used = 0;
  }
  const salt = pool.subarray(used, used + SALT_BYTES);
  used += SALT_BYTES;
  return salt;
}

export function versionOf(kind: EntryKind): number {
  return ENTRY_KINDS[kind].version;
}

export function prepareEntry(draft: AnyDraft, recordedAt: Date): PreparedEntry {
  const fields: CommittedFields = {
    world: draft.world,
    lane: draft.lane,
    kind: draft.kind,
    version: versionOf(draft.kind),
    subject: draft.subject,
    organisation: draft.organisation,
    facility: draft.facility,
    revision: draft.revision,
    at: draft.at,
    recordedAt,
    actorKind: draft.actor.kind,
    actorId: draft.actor.id,
    actorName: draft.actor.name ?? null,
    bodyText: canonicalJson(draft.body),
  };
  const salt = nextSalt();
  return { ...fields, salt, commitment: commitmentOf(salt, fields) };
}

/** One link of the chain of seals. */
export function sealHash(
  previous: Buffer,
  firstPosition: number,
  lastPosition: number,
  commitments: readonly Buffer[],
): Buffer {
  const link = createHash('sha256').update(previous).update(`${firstPosition}:${lastPosition}:`);
  for (const commitment of commitments) link.update(commitment);
  return link.digest();
}
