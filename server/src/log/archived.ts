import { Problem, type World } from '@keng/model';
import type { ClientBase, Pool } from 'pg';
import { PlatformError } from '../platform/index.ts';

/** Held by whoever takes entries out of the tables, and by whoever erases in them: neither may meet the other half-way. */
export const ENTRIES_CHANGE_LOCK = 7_114_042;

/** Up to here the log is no longer whole in the database: what is missing stands in archive files. */
export interface ArchivedMark {
  readonly position: number;
  /** The chain of seals after this position, hexadecimal. */
  readonly hash: string;
  /** ISO 8601: the last entry of the last file. */
  readonly at: string;
}

/** null: every entry that ever was is in the database. */
export async function archivedMark(db: Pool | ClientBase, world: World): Promise<ArchivedMark | null> {
  const { rows } = await db.query<{ position: number; hash: string; at: Date }>({
    name: 'log-archived-mark',
    text: `select last_position as position, encode(hash, 'hex') as hash, last_at as at from log_archive
      where world = $1 and left_at is not null order by last_position desc limit 1`,
    values: [world],
  });
  const mark = rows[0];
  return mark ? { ...mark, at: mark.at.toISOString() } : null;
}

/**
 * For a reader that must have everything after a position.
 * @throws Problem `log.archived` (410) when some of it has left
 */
export async function requireWhole(db: Pool | ClientBase, world: World, after: number): Promise<void> {
  const mark = await archivedMark(db, world);
  if (mark === null || after >= mark.position) return;
  throw new Problem(
    410,
    'log.archived',
    'What happened after this position has partly left the database; begin anew from what is there now.',
    { params: { position: mark.position, at: mark.at } },
  );
}

/** For commands that fold the whole log and were given no archive. */
export function archivedError(mark: ArchivedMark): PlatformError {
  return new PlatformError(
    'log-archived',
    `entries up to position ${mark.position} (${mark.at}) have left the database: not everything can be folded from what is there`,
    'name the folder of the archive files with --archive',
  );
}
