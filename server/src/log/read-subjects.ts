import type { AnyEntry, World } from '@keng/model';
import type { ClientBase, Pool } from 'pg';
import { ENTRY_COLUMNS, ENTRY_TYPES, type EntryRow, entryOf } from './read.ts';

/** What happened to several things that belong together, newest first, before a position; at most `limit`. */
export async function readSubjects(
  db: ClientBase | Pool,
  world: World,
  subjects: readonly string[],
  page: { readonly before: number | null; readonly limit: number },
): Promise<AnyEntry[]> {
  const { rows } = await db.query<EntryRow>({
    name: 'log-read-subjects',
    text: `select ${ENTRY_COLUMNS} from entry e join log_order o on o.world = e.world and o.entry_id = e.id
      where e.world = $1 and e.subject = any($2) and ($3::bigint is null or o.position < $3)
      order by o.position desc limit $4`,
    values: [world, subjects, page.before, page.limit],
    types: ENTRY_TYPES,
  });
  return rows.map(entryOf);
}
