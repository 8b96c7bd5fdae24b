import { createHash } from 'node:crypto';
import type { EntryBody, World } from '@keng/model';
import type { Pool } from 'pg';
import { type ArchivedMark, archivedError, archivedMark } from './archived.ts';
import { commitmentOf, sealHash } from './commitment.ts';
import { readSealedParts, readSealedRows, type SealedPart, type SealedRow, type SealRow } from './sealed.ts';

export interface Fault {
  readonly position: number;
  readonly code:
    | 'entry-changed'
    | 'entry-missing'
    | 'position-missing'
    | 'seal-broken'
    | 'seal-missing'
    | 'tail-cut';
  readonly detail: string;
}

export interface Verification {
  readonly world: World;
  /** Where the chain ends; with `head` it is a checkpoint to note elsewhere. */
  readonly position: number;
  readonly entries: number;
  readonly seals: number;
  /** Entries whose body was erased by law: their commitment still stands in the chain. */
  readonly erased: number;
  readonly head: string;
  readonly faults: readonly Fault[];
  /** Positions that are no longer whole in the database; null: all are. */
  readonly archived: {
    readonly upto: number;
    /** Entries of archive files that were read; 0: the chain was begun after them, from the hash that is noted. */
    readonly read: number;
    /** Entries from before `upto` that are still in the database: each was held against its commitment. */
    readonly kept: number;
  } | null;
}

/** What archive files say, in order. The first link begins at `after`, where the chain has the hash `hash`. */
export interface ArchivedParts {
  readonly after: number;
  readonly hash: string;
  readonly parts: AsyncIterable<SealedPart>;
}

export interface VerifyOptions {
  readonly pool: Pool;
  readonly world: World;
  /** A head noted earlier, elsewhere: the chain must still go through it. */
  readonly checkpoint?: { readonly position: number; readonly hash: string };
  readonly onProgress?: (position: number, head: number) => void;
  readonly signal?: AbortSignal;
  /** Archive files to walk through before the tables; unset: what has left is believed to the hash that is noted. */
  readonly archive?: ArchivedParts;
}

const KEPT_AT_ONCE = 1_000;
const MOST_FAULTS = 100;

/**
 * Walks the whole chain of a world, from its first entry or from where the live log begins: memory stays flat, faults are named by
 * position. With archive files, these are the first part of the walk.
 * @throws PlatformError `log-archived` for a checkpoint that lies in archive files which were not given
 */
export async function verifyLog(options: VerifyOptions): Promise<Verification> {
  const { pool, world, archive, checkpoint } = options;
  const head = await pool.query<{ position: number; hash: Buffer }>(
    'select position, hash from log_head where world = $1',
    [world],
  );
  const end = head.rows[0] ?? { position: 0, hash: Buffer.alloc(32) };
  const mark = await archivedMark(pool, world);
  const walk = new Walk(end);
  const take = ({ seal, entries }: SealedPart): void => {
    walk.seal(seal, entries);
    if (checkpoint?.position === seal.last_position) walk.checkpoint(checkpoint.hash);
  };
  if (mark !== null) await walkArchived(walk, mark, take, options);
  const read = walk.entries;
  let told = walk.position;
  for await (const part of readSealedParts(pool, world, walk.position)) {
    if (walk.full) break;
    take(part);
    if (walk.position - told < PROGRESS_EVERY) continue;
    told = walk.position;
    options.signal?.throwIfAborted();
    options.onProgress?.(walk.position, end.position);
  }
  options.signal?.throwIfAborted();
  options.onProgress?.(walk.position, end.position);
  walk.end(checkpoint);
  return {
    world,
    position: walk.position,
    entries: walk.entries + walk.kept,
    seals: walk.seals,
    erased: walk.erased,
    head: walk.hash.toString('hex'),
    faults: walk.faults,
    archived: mark === null ? null : { upto: mark.position, read: archive ? read : 0, kept: walk.kept },
  };
}

/** How many positions between two looks at the signal. */
const PROGRESS_EVERY = 2_000;

async function walkArchived(
  walk: Walk,
  mark: ArchivedMark,
  take: (part: SealedPart) => void,
  { pool, world, archive, checkpoint, signal, onProgress }: VerifyOptions,
): Promise<void> {
  if (!archive && checkpoint && checkpoint.position < mark.position) throw archivedError(mark);
  if (archive) {
    walk.begin(archive.after, Buffer.from(archive.hash, 'hex'));
    for await (const part of archive.parts) {
      if (walk.full) return;
      const { first_position, last_position } = part.seal;
      // What was kept here must be what was archived.
      if (last_position <= mark.position)
        walk.keep(await readSealedRows(pool, world, first_position, last_position), part.entries);
      take(part);
      if (last_position % PROGRESS_EVERY === 0) onProgress?.(last_position, mark.position);
      signal?.throwIfAborted();
    }
  }
  if (archive === undefined || walk.position !== mark.position) {
    for (let after = 0; !walk.full; ) {
      signal?.throwIfAborted();
      const rows = await readSealedRows(pool, world, after + 1, mark.position, KEPT_AT_ONCE);
      walk.keep(rows, null);
      const last = rows.at(-1);
      if (!last || rows.length < KEPT_AT_ONCE) break;
      after = last.position;
    }
  }
  const hash = Buffer.from(mark.hash, 'hex');
  if (archive && walk.position === mark.position && !walk.hash.equals(hash)) walk.otherHash();
  if (walk.position < mark.position) walk.begin(mark.position, hash);
  if (!archive && checkpoint?.position === mark.position) walk.checkpoint(checkpoint.hash);
}

class Walk {
  position = 0;
  entries = 0;
  seals = 0;
  erased = 0;
  /** Placeholders by the id of their entry, until the entry that declares them has been read. */
  readonly #replaced = new Map<number, { readonly position: number; readonly sha256: string }>();
  readonly #declared = new Map<number, Set<string>>();
  hash: Buffer = Buffer.alloc(32);
  readonly faults: Fault[] = [];
  readonly #head: { readonly position: number; readonly hash: Buffer };
  #checked = false;

  constructor(head: { readonly position: number; readonly hash: Buffer }) {
    this.#head = head;
  }

  /** Entries of archived time that are still in the tables. */
  kept = 0;

  /** Goes on from here, where the chain is known to have this hash. */
  begin(position: number, hash: Buffer): void {
    this.position = position;
    this.hash = hash;
  }

  /** Archived time: its seals have left with most of their entries, so each that stayed answers for itself, or to its file. */
  keep(rows: readonly SealedRow[], archived: readonly SealedRow[] | null): void {
    const filed = archived && new Map(archived.map((one) => [one.position, one]));
    for (const row of rows) {
      if (row.commitment === null) {
        this.#fault(row.position, 'entry-missing', 'the numbered entry is gone');
        continue;
      }
      const same = filed?.get(row.position)?.commitment;
      if (filed && !same?.equals(row.commitment))
        this.#fault(row.position, 'entry-changed', 'it is not the entry that was archived at this position');
      const counted = { entries: this.entries, erased: this.erased };
      this.#check(row, row.commitment);
      this.entries = counted.entries;
      if (filed) this.erased = counted.erased;
      else this.kept += 1;
    }
  }

  otherHash(): void {
    this.#fault(
      this.position,
      'seal-broken',
      'the archive files end with another hash than the database has noted',
    );
  }

  get full(): boolean {
    return this.faults.length >= MOST_FAULTS;
  }

  seal(seal: SealRow, entries: readonly SealedRow[]): void {
    if (seal.first_position !== this.position + 1) {
      this.#fault(this.position + 1, 'seal-missing', `the next seal begins at ${seal.first_position}`);
    }
    const present = new Map(entries.map((entry) => [entry.position, entry]));
    const commitments: Buffer[] = [];
    for (let position = seal.first_position; position <= seal.last_position; position += 1) {
      const entry = present.get(position);
      if (!entry) this.#fault(position, 'position-missing', 'nothing is numbered with this position');
      else if (entry.commitment === null)
        this.#fault(position, 'entry-missing', 'the numbered entry is gone');
      else {
        commitments.push(entry.commitment);
        this.#check(entry, entry.commitment);
      }
    }
    const hash = sealHash(this.hash, seal.first_position, seal.last_position, commitments);
    if (!seal.previous_hash.equals(this.hash) || !seal.hash.equals(hash)) {
      this.#fault(
        seal.last_position,
        'seal-broken',
        `the seal of ${seal.first_position}-${seal.last_position} does not fit its entries`,
      );
    }
    this.position = seal.last_position;
    // Go on from what the seal says, so that one fault is one line and not a thousand.
    this.hash = seal.hash;
    this.seals += 1;
  }

  checkpoint(expected: string): void {
    this.#checked = true;
    if (this.hash.toString('hex') !== expected) {
      this.#fault(this.position, 'seal-broken', 'the chain does not go through the checkpoint noted earlier');
    }
  }

  end(checkpoint: VerifyOptions['checkpoint']): void {
    if (this.position < this.#head.position) {
      this.#fault(
        this.position + 1,
        'tail-cut',
        `the head stands at ${this.#head.position}, the seals end at ${this.position}`,
      );
    } else if (this.position === this.#head.position && !this.hash.equals(this.#head.hash)) {
      this.#fault(this.position, 'seal-broken', 'the head has another hash than the last seal');
    }
    this.#comparePlaceholders();
    if (checkpoint && !this.#checked) {
      this.#fault(
        checkpoint.position,
        'tail-cut',
        'the chain has no seal that ends at the checkpoint noted earlier',
      );
    }
  }

  #check(entry: SealedRow, commitment: Buffer): void {
    this.entries += 1;
    if (entry.body === null || entry.salt === null) {
      this.erased += 1;
      if (entry.body !== null && entry.id !== null) {
        const sha256 = createHash('sha256')
          .update(`${entry.body}\u001f${entry.actor_name ?? ''}`)
          .digest('hex');
        this.#replaced.set(entry.id, { position: entry.position, sha256 });
      }
      return;
    }
    if (entry.kind === 'personal-data.erased') this.#declare(entry.body);
    const computed = commitmentOf(entry.salt, {
      world: entry.world,
      lane: entry.lane,
      kind: entry.kind,
      version: entry.version,
      subject: entry.subject,
      organisation: entry.organisation,
      facility: entry.facility,
      revision: entry.revision,
      at: entry.at,
      recordedAt: entry.recorded_at,
      actorKind: entry.actor_kind,
      actorId: entry.actor_id,
      actorName: entry.actor_name,
      bodyText: entry.body,
    });
    if (!computed.equals(commitment))
      this.#fault(entry.position, 'entry-changed', `${entry.kind} is not what was sealed`);
  }

  #declare(bodyText: string): void {
    // The commitment of this entry is checked like any other's: what it declares was sealed.
    const { entries } = JSON.parse(bodyText) as EntryBody<'personal-data.erased'>;
    for (const { id, sha256 } of entries) {
      this.#declared.set(id, (this.#declared.get(id) ?? new Set()).add(sha256));
    }
  }

  /** Whoever may erase may put nothing else there than what was declared. */
  #comparePlaceholders(): void {
    for (const [id, { position, sha256 }] of this.#replaced) {
      if (this.#declared.get(id)?.has(sha256)) continue;
      this.#fault(position, 'entry-changed', 'its placeholder is not the one that an erasure declared');
    }
  }

  #fault(position: number, code: Fault['code'], detail: string): void {
    if (!this.full) this.faults.push({ position, code, detail });
  }
}
