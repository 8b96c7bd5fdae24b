import { type IncidentState, type OrganisationCode, Problem } from '@keng/model';
import type { PoolClient } from 'pg';

/**
 * The station must be one of the province that answers for the incident: whose it is decides who sees it. Stations of other
 * provinces are asked for by the national desk, which is not built yet.
 * @throws Problem `dispatch.unknown-station`
 */
export async function requireStation(
  client: PoolClient,
  { world, province }: IncidentState,
  station: OrganisationCode,
): Promise<void> {
  const { rowCount } = await client.query(
    `with recursive below as (
        select code, level from organisation where world = $1 and code = $2
        union select o.code, o.level from organisation o join below b on o.parent = b.code where o.world = $1)
      select from below where code = $3 and level = 'station'`,
    [world, province, station],
  );
  if (rowCount === 1) return;
  throw new Problem(422, 'dispatch.unknown-station', `${province} has no station ${station}.`, {
    at: 'station',
  });
}
