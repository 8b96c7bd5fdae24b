import type { World } from '@keng/model';
import type { ClientBase, Pool } from 'pg';
import { ENTRY_TYPES, type EntryRow } from './read.ts';

export interface SealRow {
  readonly first_position: number;
  readonly last_position: number;
  readonly previous_hash: Buffer;
  readonly hash: Buffer;
  readonly sealed_at: Date;
}

/** An entry with what its seal covers; the salt is null where it was erased, and the body a placeholder or null. */
export interface SealedRow extends EntryRow {
  readonly id: number | null;
  readonly origin: string;
  readonly epoch: number;
  readonly seq: number;
  /** The exact text. */
  readonly body: string | null;
  readonly salt: Buffer | null;
  readonly commitment: Buffer | null;
}

/** One link of the chain: its seal, and the entries between its positions that are there. */
export interface SealedPart {
  readonly seal: SealRow;
  readonly entries: readonly SealedRow[];
}

const SEALS_AT_ONCE = 500;
/** In a quiet night a seal holds one entry: many are read at once, and no more than memory should hold. */
const ENTRIES_AT_ONCE = 2_000;

/** The chain after a position, link by link; memory stays flat. */
export async function* readSealedParts(
  db: Pool | ClientBase,
  world: World,
  after: number,
): AsyncGenerator<SealedPart> {
  for (let position = after; ; ) {
    const { rows: seals } = await db.query<SealRow>(
      `select first_position, last_position, previous_hash, hash, sealed_at from seal
       where world = $1 and last_position > $2 order by last_position limit $3`,
      [world, position, SEALS_AT_ONCE],
    );
    if (seals.length === 0) return;
    for (let index = 0; index < seals.length; ) {
      const group: SealRow[] = [];
      for (let held = 0; held < ENTRIES_AT_ONCE && index < seals.length; index += 1) {
        const seal = seals[index];
        if (!seal) break;
        group.push(seal);
        held += seal.last_position - seal.first_position + 1;
      }
      const [first, last] = [group[0], group.at(-1)];
      if (!first || !last) break;
      const entries = await readSealedRows(db, world, first.first_position, last.last_position);
      let next = 0;
      for (const seal of group) {
        const start = next;
        while (next < entries.length && (entries[next]?.position ?? 0) <= seal.last_position) next += 1;
        yield { seal, entries: entries.slice(start, next) };
      }
      position = last.last_position;
    }
  }
}

/** What is numbered between two positions, with the entry where it is there. */
export async function readSealedRows(
  db: Pool | ClientBase,
  world: World,
  first: number,
  last: number,
  limit: number | null = null,
): Promise<SealedRow[]> {
  const { rows } = await db.query<SealedRow>({
    name: 'log-read-sealed',
    text: `select o.world, o.position, o.origin, o.epoch, o.seq, e.id, e.lane, e.kind, e.version, e.subject, e.organisation, e.facility,
        e.revision, e.at, e.recorded_at, e.actor_kind, e.actor_id, e.actor_name, e.body::text as body, e.salt, e.commitment
      from log_order o left join lateral (
        select * from entry where entry.world = o.world and entry.id = o.entry_id limit 1) e on true
      where o.world = $1 and o.position between $2 and $3 order by o.position limit $4`,
    values: [world, first, last, limit],
    types: ENTRY_TYPES,
  });
  return rows;
}
