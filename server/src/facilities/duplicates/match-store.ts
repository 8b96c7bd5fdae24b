import type { FacilityState, World } from '@keng/model';
import type { PoolClient } from '../../platform/index.ts';
import { matchKeys } from './match-keys.ts';

/** Keys of these facilities as they are now; those of removed ones went with their row of facility_search. */
export async function writeMatchKeys(
  client: PoolClient,
  world: World,
  states: readonly FacilityState[],
  known: readonly string[],
  telephonePrefix: string,
): Promise<void> {
  if (known.length > 0) {
    await client.query('delete from facility_match where world = $1 and facility = any($2::uuid[])', [
      world,
      known,
    ]);
  }
  const rows = states
    .filter((state) => state.removedAt === null)
    .flatMap((state) =>
      matchKeys(state, telephonePrefix).map((key) => ({
        key,
        facility: state.id,
        organisation: state.organisation,
      })),
    );
  if (rows.length === 0) return;
  await client.query({
    name: 'facility-match-write',
    text: `insert into facility_match (world, key, facility, organisation)
      select $1, key, facility, organisation from jsonb_to_recordset($2::jsonb) as written(key text, facility uuid, organisation text)
      on conflict do nothing`,
    values: [world, JSON.stringify(rows)],
  });
}

/** Facilities that share a key, for the next keys that several have; the keys are walked in their order. */
export async function sharedKeys(
  client: PoolClient,
  world: World,
  page: { readonly after: string | null; readonly limit: number },
): Promise<{ readonly key: string; readonly facilities: readonly string[] }[]> {
  const { rows } = await client.query<{ key: string; facilities: string[] }>({
    name: 'facility-shared-keys',
    // A number of a security firm may stand at hundreds: the first ten are enough to ask about.
    text: `select key, (array_agg(facility order by facility))[1:10] as facilities from facility_match
      where world = $1 and key > $2 group by key having count(*) > 1 order by key limit $3`,
    values: [world, page.after ?? '', page.limit],
  });
  return rows;
}

/** Other facilities that share a key with this one. */
export async function matchesOf(client: PoolClient, world: World, facility: string): Promise<string[]> {
  const { rows } = await client.query<{ facility: string }>({
    name: 'facility-matches-of',
    text: `select distinct other.facility from facility_match own
      join facility_match other on other.world = own.world and other.key = own.key and other.facility <> own.facility
      where own.world = $1 and own.facility = $2 limit 100`,
    values: [world, facility],
  });
  return rows.map((row) => row.facility);
}

/** Of these facilities the pairs that somebody has said are two, as `smaller/greater`. */
export async function keptApart(
  client: PoolClient,
  world: World,
  facilities: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ one: string; other: string }>(
    'select one, other from facility_apart where world = $1 and one = any($2::uuid[])',
    [world, facilities],
  );
  return new Set(rows.map((row) => `${row.one}/${row.other}`));
}
