import type { LocalisedName, Organisation, OrganisationCode, World } from '@keng/model';
import type { PoolClient } from '../platform/index.ts';

interface OrganisationRow {
  readonly code: OrganisationCode;
  readonly level: Organisation['level'];
  readonly parent: OrganisationCode | null;
  readonly name: LocalisedName;
  readonly area_code: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly synthetic: boolean;
}

/** All of them: one row for each desk and station, so a few hundred. Parents come before those below them. */
export async function readOrganisations(client: PoolClient, world: World): Promise<Organisation[]> {
  const { rows } = await client.query<OrganisationRow>(
    `select code, level, parent, name, area_code, longitude, latitude, synthetic from organisation where world = $1
     order by case level when 'national' then 0 when 'province' then 1 else 2 end, code`,
    [world],
  );
  return rows.map((row) => ({
    code: row.code,
    level: row.level,
    parent: row.parent,
    name: row.name,
    areaCode: row.area_code,
    position: row.longitude === null || row.latitude === null ? null : [row.longitude, row.latitude],
    synthetic: row.synthetic,
  }));
}

/** One statement: the foreign key to the parent is checked when all are there. */
export async function upsertOrganisations(
  client: PoolClient,
  world: World,
  organisations: readonly Organisation[],
): Promise<void> {
  await client.query(
    `insert into organisation (world, code, level, parent, name, area_code, longitude, latitude, synthetic)
     select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::jsonb[], $6::text[], $7::float8[], $8::float8[], $9::boolean[])
     on conflict (world, code) do update set level = excluded.level, parent = excluded.parent, name = excluded.name,
       area_code = excluded.area_code, longitude = excluded.longitude, latitude = excluded.latitude,
       synthetic = excluded.synthetic`,
    [
      world,
      organisations.map((one) => one.code),
      organisations.map((one) => one.level),
      organisations.map((one) => one.parent),
      organisations.map((one) => JSON.stringify(one.name)),
      organisations.map((one) => one.areaCode),
      organisations.map((one) => one.position?.[0] ?? null),
      organisations.map((one) => one.position?.[1] ?? null),
      organisations.map((one) => one.synthetic),
    ],
  );
}
