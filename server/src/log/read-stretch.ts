import type { AnyEntry, EntryKind, World } from '@keng/model';
import type { ClientBase, Pool } from 'pg';
import { ENTRY_COLUMNS, ENTRY_TYPES, type EntryRow, entryOf } from './read.ts';
import { LANE_CEILING, LANE_FLOOR } from './sequencer-store.ts';

export interface Stretch {
  readonly lane: 0 | 1 | 2;
  readonly kinds: readonly EntryKind[];
  /** By the time of what happened; `to` null: until now. */
  readonly from: string;
  readonly to: string | null;
  /** Positions after the first and up to the second; null: no end. */
  readonly after: number;
  readonly upto: number | null;
  /** Of each thing, the first ones. */
  readonly limitEach: number;
}

/** What happened to several things in a stretch of time, of one lane and of some kinds, in the order of the log. */
export async function readStretch(
  db: ClientBase | Pool,
  world: World,
  subjects: readonly string[],
  { lane, kinds, from, to, after, upto, limitEach }: Stretch,
): Promise<AnyEntry[]> {
  const { rows } = await db.query<EntryRow>({
    name: 'log-read-stretch',
    text: `select told.* from unnest($2::text[]) as thing(subject)
      cross join lateral (select ${ENTRY_COLUMNS} from entry e join log_order o on o.world = e.world and o.entry_id = e.id
        where e.world = $1 and e.subject = thing.subject and e.id between $3 and $4 and e.kind = any($5)
          and e.at >= $6 and ($7::timestamptz is null or e.at <= $7)
          and o.position > $8 and ($9::bigint is null or o.position <= $9)
        order by e.id limit $10) told
      order by position`,
    values: [world, subjects, LANE_FLOOR[lane], LANE_CEILING[lane], kinds, from, to, after, upto, limitEach],
    types: ENTRY_TYPES,
  });
  return rows.map(entryOf);
}
