import type { AnyEntry, FacilityId, World } from '@keng/model';
import { readSubjects } from '../../log/index.ts';
import type { PoolClient } from '../../platform/index.ts';

/** More papers than this of one facility are history of the archive, not of a page. */
const MOST_SUBJECTS = 1_000;

/** Everything that was done about a facility and its papers, newest first; what its devices said is signalsOf. */
export async function historyOf(
  client: PoolClient,
  world: World,
  facility: FacilityId,
  page: { readonly before: number | null; readonly limit: number },
): Promise<{ readonly entries: AnyEntry[]; readonly next: number | null }> {
  const { rows } = await client.query<{ id: string }>(
    `(select id::text from facility_plan where world = $1 and facility = $2)
     union all (select id::text from fire_plan where world = $1 and facility = $2)
     union all (select id::text from self_inspection where world = $1 and facility = $2)
     union all (select id::text from inspection where world = $1 and facility = $2)
     union all (select id::text from facility_declaration where world = $1 and facility = $2)
     union all (select id::text from works where world = $1 and facility = $2)
     limit $3`,
    [world, facility, MOST_SUBJECTS],
  );
  const subjects = [facility, ...rows.map((row) => row.id)];
  const entries = await readSubjects(client, world, subjects, page);
  return { entries, next: entries.length === page.limit ? (entries.at(-1)?.position ?? null) : null };
}
