import type { OrganisationCode, World } from '@keng/model';
import type { PoolClient } from 'pg';

/** A desk and everything below it. */
export async function deskAndBelow(
  client: PoolClient,
  world: World,
  organisation: OrganisationCode,
): Promise<OrganisationCode[]> {
  const { rows } = await client.query<{ code: OrganisationCode }>({
    name: 'room-desk-and-below',
    text: `with recursive tree (code) as (
        select code from organisation where world = $1 and code = $2
        union select child.code from organisation child join tree on child.parent = tree.code where child.world = $1)
      select code from tree`,
    values: [world, organisation],
  });
  return rows.map((row) => row.code);
}
