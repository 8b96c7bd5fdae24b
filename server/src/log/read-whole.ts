import type { AnyEntry, EntryKind, World } from '@keng/model';
import type { Pool } from 'pg';
import { archivedError, archivedMark } from './archived.ts';
import { readAfter } from './read.ts';

const AT_ONCE = 1_000;

/**
 * Every entry that ever was, in order: from archive files up to where the database is whole, then from the tables.
 * @throws PlatformError `log-archived` when entries have left and no archive was given
 */
export async function* readWhole(
  pool: Pool,
  world: World,
  options: { readonly archive: AsyncIterable<AnyEntry> | null; readonly kinds?: readonly EntryKind[] },
): AsyncGenerator<AnyEntry> {
  const mark = await archivedMark(pool, world);
  const kinds = options.kinds ?? null;
  const wanted = kinds && new Set<string>(kinds);
  if (mark !== null) {
    if (options.archive === null) throw archivedError(mark);
    for await (const entry of options.archive)
      if (entry.position <= mark.position && (wanted?.has(entry.kind) ?? true)) yield entry;
  }
  for (let position = mark?.position ?? 0; ; ) {
    const entries = await readAfter(pool, world, position, AT_ONCE, kinds);
    yield* entries;
    const last = entries.at(-1);
    if (last === undefined) return;
    position = last.position;
  }
}
