import type { AnyEntry, World } from '@keng/model';
import type { ClientBase, Pool } from 'pg';
import { columnTypes } from '../platform/index.ts';

/** A row of the join of order and entry, as `pg` gives it. */
export interface EntryRow {
  readonly position: number;
  readonly world: string;
  readonly lane: number;
  readonly kind: string;
  readonly version: number;
  readonly subject: string;
  readonly organisation: string | null;
  readonly facility: string | null;
  readonly revision: number | null;
  /** ISO 8601, as entries have it: see ENTRY_TYPES. */
  readonly at: string;
  readonly recorded_at: string;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly actor_name: string | null;
  readonly body: unknown;
}

export const ENTRY_COLUMNS = `e.world, o.position, e.lane, e.kind, e.version, e.subject, e.organisation, e.facility, e.revision, e.at,
  e.recorded_at, e.actor_kind, e.actor_id, e.actor_name, e.body`;

/**
 * For a lateral join with `limit 1`, which the planner cannot turn round: while a table that fills fast has no statistics yet, it
 * takes the past for small and reads all entries for each batch (200,000 faults waiting: 100 ms a batch instead of 4).
 */
export const ENTRY_OF_POSITION = 'select * from entry where entry.world = $1 and entry.id = o.entry_id';

const TIMESTAMPTZ = 1184;

/** How the columns of an entry are read: a time goes from text to text, with no Date in between. */
export const ENTRY_TYPES = columnTypes({ [TIMESTAMPTZ]: isoTime });

/** `2026-11-21 22:44:16.1+00` as `2026-11-21T22:44:16.100Z`. Every session of ours is in UTC. */
function isoTime(text: string): string {
  if (!text.endsWith('+00')) throw new TypeError(`not a time in UTC: ${text}`);
  const fraction = text.slice(20, -3);
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction.padEnd(3, '0')}Z`;
}

/** A row as an entry. appendEntries checked its body; on the hot path the receiver wrote it by its type. */
export function entryOf(row: EntryRow): AnyEntry {
  return {
    world: row.world,
    position: row.position,
    kind: row.kind,
    version: row.version,
    lane: row.lane,
    subject: row.subject,
    organisation: row.organisation,
    facility: row.facility,
    revision: row.revision,
    at: row.at,
    recordedAt: row.recorded_at,
    actor: {
      kind: row.actor_kind,
      id: row.actor_id,
      ...(row.actor_name === null ? {} : { name: row.actor_name }),
    },
    body: row.body,
    // The table is the only source of rows, and appendEntries checked each body against the schema of its kind.
  } as AnyEntry;
}

/** Entries after a position, in order; at most `limit`. `kinds` narrows without touching the bodies of others. */
export async function readAfter(
  db: ClientBase | Pool,
  world: World,
  position: number,
  limit: number,
  kinds: readonly string[] | null = null,
): Promise<AnyEntry[]> {
  const { rows } = await db.query<EntryRow>({
    name: kinds === null ? 'log-read-after' : 'log-read-after-kinds',
    text: `select ${ENTRY_COLUMNS} from log_order o cross join lateral (${ENTRY_OF_POSITION} limit 1) e
      where o.world = $1 and o.position > $2 ${kinds === null ? '' : 'and o.kind = any($4)'} order by o.position limit $3`,
    values: kinds === null ? [world, position, limit] : [world, position, limit, kinds],
    types: ENTRY_TYPES,
  });
  return rows.map(entryOf);
}

/** Entries before a position, the newest first; at most `limit`. */
export async function readBefore(
  db: ClientBase | Pool,
  world: World,
  position: number,
  limit: number,
  kinds: readonly string[] | null = null,
): Promise<AnyEntry[]> {
  const { rows } = await db.query<EntryRow>({
    name: kinds === null ? 'log-read-before' : 'log-read-before-kinds',
    text: `select ${ENTRY_COLUMNS} from log_order o cross join lateral (${ENTRY_OF_POSITION} limit 1) e
      where o.world = $1 and o.position < $2 ${kinds === null ? '' : 'and o.kind = any($4)'} order by o.position desc limit $3`,
    values: kinds === null ? [world, position, limit] : [world, position, limit, kinds],
    types: ENTRY_TYPES,
  });
  return rows.map(entryOf);
}

/** Everything about one thing (an incident's chronology), oldest first unless told, at most `limit`, between two positions. */
export async function readSubject(
  db: ClientBase | Pool,
  world: World,
  subject: string,
  options: {
    readonly after?: number;
    readonly before?: number;
    readonly limit?: number;
    readonly newestFirst?: boolean;
  } = {},
): Promise<AnyEntry[]> {
  const direction = options.newestFirst ? 'desc' : 'asc';
  const { rows } = await db.query<EntryRow>({
    name: `log-read-subject-${direction}`,
    text: `select ${ENTRY_COLUMNS} from entry e join log_order o on o.world = e.world and o.entry_id = e.id
      where e.world = $1 and e.subject = $2 and o.position > $3 and ($5::bigint is null or o.position < $5)
      order by o.position ${direction} limit $4`,
    values: [world, subject, options.after ?? 0, options.limit ?? 1_000, options.before ?? null],
    types: ENTRY_TYPES,
  });
  return rows.map(entryOf);
}

/** Whether the log holds an entry about one thing, numbered or not. */
export async function isWritten(db: ClientBase | Pool, world: World, subject: string): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'log-is-written',
    text: 'select from entry where world = $1 and subject = $2 limit 1',
    values: [world, subject],
  });
  return rowCount === 1;
}

/** The newest position that can be read in a world. */
export async function headPosition(db: ClientBase | Pool, world: World): Promise<number> {
  const { rows } = await db.query<{ position: number }>('select position from log_head where world = $1', [
    world,
  ]);
  return rows[0]?.position ?? 0;
}
