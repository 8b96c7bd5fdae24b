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
  /** ISO 8601 with milliseconds, in UTC. */
  readonly at: string;
  readonly recordedAt: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorName: string | null;
  /** The exact text of the body column. */
  readonly bodyText: string;
}

/** A draft made ready for the table: times and bytes are texts already, as they are hashed and sent. */
export interface PreparedEntry extends Omit<CommittedFields, 'at' | 'recordedAt'> {
  readonly atText: string;
  readonly recordedAtText: string;
  readonly saltHex: string;
  readonly commitmentHex: string;
}

const SEPARATOR = '\u001f';

/**
 * SHA-256 over salt, header and body text. The salt is random and stored beside the body: when personal data are erased
 * both go, and what is left neither tells nor lets guess what stood there, while the chain of seals still verifies.
 */
export function commitmentOf(salt: Buffer, fields: CommittedFields): Buffer {
  const { at, recordedAt } = fields;
  return hash('sha256', committedText(salt.toString('hex'), fields, at, recordedAt), 'buffer');
}

function committedText(
  saltHex: string,
  fields: Omit<CommittedFields, 'at' | 'recordedAt'>,
  at: string,
  recordedAt: string,
): string {
  const s = SEPARATOR;
  return (
    `${saltHex}${s}${fields.world}${s}${fields.lane}${s}${fields.kind}${s}${fields.version}${s}${fields.subject}` +
    `${s}${fields.organisation ?? ''}${s}${fields.facility ?? ''}${s}${fields.revision ?? ''}${s}${at}${s}${recordedAt}` +
    `${s}${fields.actorKind}${s}${fields.actorId}${s}${fields.actorName ?? ''}${s}${fields.bodyText}`
  );
}

let lastMs = Number.NaN;
let lastText = '';
/** Thousands of entries share a millisecond: its text is written once. */
function isoText(date: Date): string {
  const ms = date.getTime();
  if (ms !== lastMs) {
    lastMs = ms;
    lastText = date.toISOString();
  }
  return lastText;
}

/** Hexadecimal digits of a salt. Random digits are drawn a page at a time: a call of randomBytes for each entry costs more than its hash. */
export const SALT_DIGITS = 32;
let digits = '';
let used = 0;
function nextSalt(): string {
  if (used === digits.length) {
    digits = randomBytes((SALT_DIGITS / 2) * 256).toString('hex');
    used = 0;
  }
  used += SALT_DIGITS;
  return digits.slice(used - SALT_DIGITS, used);
}

export function versionOf(kind: EntryKind): number {
  return ENTRY_KINDS[kind].version;
}

export function prepareEntry(draft: AnyDraft, recordedAt: Date): PreparedEntry {
  // One literal, filled in below: spreading the members into a second object cost more than hashing them.
  const entry = {
    world: draft.world,
    lane: draft.lane,
    kind: draft.kind,
    version: versionOf(draft.kind),
    subject: draft.subject,
    organisation: draft.organisation,
    facility: draft.facility,
    revision: draft.revision,
    actorKind: draft.actor.kind,
    actorId: draft.actor.id,
    actorName: draft.actor.name ?? null,
    bodyText: canonicalJson(draft.body),
    atText: isoText(draft.at),
    recordedAtText: isoText(recordedAt),
    saltHex: nextSalt(),
    commitmentHex: '',
  };
  const text = committedText(entry.saltHex, entry, entry.atText, entry.recordedAtText);
  entry.commitmentHex = hash('sha256', text, 'hex');
  return entry;
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
