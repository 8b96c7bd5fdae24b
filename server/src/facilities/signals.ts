import type { AnyEntry, FacilityState, World } from '@keng/model';
import { readSubject } from '../log/index.ts';
import type { PoolClient } from '../platform/index.ts';

/** What the transmitters of a facility said, newest first; `next` is the `before` of the page after this one. */
export async function signalsOf(
  client: PoolClient,
  facility: FacilityState,
  page: { readonly world: World; readonly before: number | null; readonly limit: number },
): Promise<{ entries: AnyEntry[]; next: number | null }> {
  const found: AnyEntry[] = [];
  for (const { id } of facility.transmitters) {
    found.push(
      ...(await readSubject(client, page.world, id, {
        newestFirst: true,
        limit: page.limit,
        ...(page.before === null ? {} : { before: page.before }),
      })),
    );
  }
  const entries = found.sort((a, b) => b.position - a.position).slice(0, page.limit);
  return { entries, next: entries.length === page.limit ? (entries.at(-1)?.position ?? null) : null };
}
