import { createHash } from 'node:crypto';
import type { EntryBody, World } from '@keng/model';
import type { Pool } from 'pg';
import { commitmentOf, sealHash } from './commitment.ts';
import { ENTRY_TYPES, type EntryRow } from './read.ts';

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
}

export interface VerifyOptions {
  readonly pool: Pool;
  readonly world: World;
  /** A head noted earlier, elsewhere: the chain must still go through it. */
  readonly checkpoint?: { readonly position: number; readonly hash: string };
  readonly onProgress?: (position: number, head: number) => void;
  readonly signal?: AbortSignal;
}

interface SealRow {
  readonly first_position: number;
  readonly last_position: number;
  readonly previous_hash: Buffer;
  readonly hash: Buffer;
}

/** An entry with what its seal covers; the salt is null where it was erased, and the body a placeholder or null. */
interface SealedRow extends EntryRow {
  readonly id: number | null;
  readonly body: string | null;
  readonly salt: Buffer | null;
  readonly commitment: Buffer | null;
}

const SEALS_AT_ONCE = 200;
const MOST_FAULTS = 100;

/** Walks the whole chain of a world from its first entry: memory stays flat, faults are named by position. */
export async function verifyLog(options: VerifyOptions): Promise<Verification> {
  const { pool, world } = options;
  const head = await pool.query<{ position: number; hash: Buffer }>(
    'select position, hash from log_head where world = $1',
    [world],
  );
  const end = head.rows[0] ?? { position: 0, hash: Buffer.alloc(32) };
  const walk = new Walk(end);
  for (;;) {
    options.signal?.throwIfAborted();
    const seals = await readSeals(pool, world, walk.position);
    if (seals.length === 0 || walk.full) break;
    for (const seal of seals) {
      walk.seal(seal, await readSealed(pool, world, seal));
      if (options.checkpoint && seal.last_position === options.checkpoint.position)
        walk.checkpoint(options.checkpoint.hash);
    }
    options.onProgress?.(walk.position, end.position);
  }
  walk.end(options.checkpoint);
  return {
    world,
    position: walk.position,
    entries: walk.entries,
    seals: walk.seals,
    erased: walk.erased,
    head: walk.hash.toString('hex'),
    faults: walk.faults,
  };
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

async function readSeals(pool: Pool, world: World, after: number): Promise<SealRow[]> {
  const { rows } = await pool.query<SealRow>(
    `select first_position, last_position, previous_hash, hash from seal
     where world = $1 and last_position > $2 order by last_position limit $3`,
    [world, after, SEALS_AT_ONCE],
  );
  return rows;
}

async function readSealed(pool: Pool, world: World, seal: SealRow): Promise<SealedRow[]> {
  const { rows } = await pool.query<SealedRow>({
    name: 'verify-sealed',
    text: `select o.world, o.position, e.id, e.lane, e.kind, e.version, e.subject, e.organisation, e.facility, e.revision, e.at, e.recorded_at,
        e.actor_kind, e.actor_id, e.actor_name, e.body::text as body, e.salt, e.commitment
      from log_order o left join entry e on e.world = o.world and e.id = o.entry_id
      where o.world = $1 and o.position between $2 and $3 order by o.position`,
    values: [world, seal.first_position, seal.last_position],
    types: ENTRY_TYPES,
  });
  return rows;
}
