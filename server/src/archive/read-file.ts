import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { commitmentOf, type SealedPart, type SealedRow, sealHash } from '../log/index.ts';
import { errorMessage, PlatformError } from '../platform/index.ts';
import { type ArchiveHead, endSchema, entrySchema, headSchema, sealedRowOf, sealSchema } from './format.ts';

/** No line is longer: a body is far below, and a file of somebody else must not fill the memory. */
const LONGEST_LINE = 16 * 1_024 * 1_024;
/** A seal holds at most some thousand entries. */
const MOST_IN_A_SEAL = 100_000;

export function damaged(file: string, why: string, cause?: unknown): PlatformError {
  return new PlatformError(
    'archive-damaged',
    `the archive file ${path.basename(file)} cannot be used: ${why}`,
    'nothing was changed; put another copy of this file in its place',
    { cause },
  );
}

/**
 * The links of an archive file, each checked against its seal and its entries against their commitments; the checksum of the whole is
 * compared when it ends. Memory stays flat.
 * @throws PlatformError `archive-damaged`, naming the position
 */
export async function* readArchiveFile(
  file: string,
  seen: (head: ArchiveHead) => void = () => undefined,
): AsyncGenerator<SealedPart> {
  const plain = createHash('sha256');
  let head: ArchiveHead | null = null;
  let ended = false;
  let position = 0;
  let previous = Buffer.alloc(32);
  let rows: SealedRow[] = [];
  let entries = 0;
  let seals = 0;
  try {
    for await (const line of linesOfFile(file)) {
      if (ended) throw new Error('something follows its end');
      const value: unknown = JSON.parse(line);
      if (head === null) {
        head = headSchema.parse(value);
        position = head.firstPosition - 1;
        previous = Buffer.from(head.previousHash, 'hex');
        seen(head);
      } else if (typeof value === 'object' && value !== null && 'end' in value) {
        const { end } = endSchema.parse(value);
        const whole =
          end.hash === previous.toString('hex') &&
          end.entries === entries &&
          end.seals === seals &&
          rows.length === 0 &&
          position === head.lastPosition &&
          end.sha256 === plain.digest('hex');
        if (!whole) throw new Error('its end does not fit what stands before it');
        ended = true;
        continue;
      } else if (typeof value === 'object' && value !== null && 'seal' in value) {
        const seal = sealSchema.parse(value);
        const [first_position, last_position] = seal.seal;
        const hash = Buffer.from(seal.hash, 'hex');
        if (
          first_position !== position + 1 ||
          rows.length !== last_position - position ||
          rows.some((row, index) => row.position !== first_position + index) ||
          !sealHash(previous, first_position, last_position, rows.map(commitmentIn)).equals(hash)
        )
          throw new Error(`the seal of ${first_position}-${last_position} does not fit its entries`);
        yield {
          seal: {
            first_position,
            last_position,
            previous_hash: previous,
            hash,
            sealed_at: new Date(seal.sealedAt),
          },
          entries: rows,
        };
        entries += rows.length;
        seals += 1;
        position = last_position;
        previous = hash;
        rows = [];
      } else {
        const row = sealedRowOf(entrySchema.parse(value), head.world);
        if (!isItself(row)) throw new Error(`the entry at ${row.position} is not what was sealed`);
        if (rows.push(row) > MOST_IN_A_SEAL) throw new Error('too many entries without a seal');
      }
      plain.update(`${line}\n`);
    }
  } catch (cause) {
    if (cause instanceof PlatformError) throw cause;
    throw damaged(file, errorMessage(cause), cause);
  }
  if (!ended) throw damaged(file, 'it breaks off');
}

function commitmentIn(row: SealedRow): Buffer {
  if (row.commitment === null) throw new TypeError('an archived entry has a commitment');
  return row.commitment;
}

/** What was erased answers to the entry that declared its placeholder: see `verifyLog`. */
function isItself(row: SealedRow): boolean {
  if (row.salt === null || row.body === null) return true;
  const computed = commitmentOf(row.salt, {
    world: row.world,
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
    bodyText: row.body,
  });
  return row.commitment !== null && computed.equals(row.commitment);
}

async function* linesOfFile(file: string): AsyncGenerator<string> {
  const unpacked = fs.createReadStream(file).on('error', (error) => unpack.destroy(error));
  const unpack = createGunzip();
  unpacked.pipe(unpack);
  unpack.setEncoding('utf8');
  let rest = '';
  try {
    for await (const chunk of unpack) {
      // Only what is new is looked through: a line that never ends must not cost the square of its length.
      const pieces = String(chunk).split('\n');
      pieces[0] = rest + (pieces[0] ?? '');
      rest = pieces.pop() ?? '';
      if (rest.length > LONGEST_LINE) throw new Error('a line is too long');
      yield* pieces;
    }
  } finally {
    unpacked.destroy();
  }
  if (rest !== '') throw new Error('its last line has no end');
}

/** SHA-256 of a file as it lies there. */
export async function fileDigest(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    // A link could lead anywhere.
    if (!fs.lstatSync(file).isFile()) throw new Error('it is not a file');
    await pipeline(fs.createReadStream(file), hash);
  } catch (cause) {
    throw damaged(file, errorMessage(cause), cause);
  }
  return hash.digest('hex');
}
