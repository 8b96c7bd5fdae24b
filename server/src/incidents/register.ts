import type { FacilityId, FacilitySummary, OrganisationCode, TransmitterId, World, Zone } from '@keng/model';
import type { PoolClient } from 'pg';
import type { FacilityFacts } from './hear.ts';
import type { Responsible } from './policy.ts';

interface HeadRow {
  readonly id: FacilityId;
  readonly revision: number;
  readonly organisation: OrganisationCode;
  readonly level: 'national' | 'province' | 'station';
  readonly parent: OrganisationCode | null;
}

interface BuildingRow extends FacilitySummary {
  readonly revision: number;
  readonly transmitters: readonly { readonly id: TransmitterId; readonly zones: readonly Zone[] }[];
}

interface Building {
  readonly revision: number;
  readonly summary: FacilitySummary;
  readonly zones: ReadonlyMap<TransmitterId, readonly Zone[]>;
}

/** Buildings kept in memory, with all their zones, so that a storm does not read the same register entry at each signal. */
const MOST_KEPT = 20_000;

/**
 * The register as the correlator sees it. Each batch asks for the revision of each of its facilities and reads only those
 * that have changed since: what was declared a moment ago counts.
 */
export class Register {
  readonly #kept = new Map<string, Building>();

  async facts(
    client: PoolClient,
    world: World,
    ids: readonly FacilityId[],
  ): Promise<Map<FacilityId, FacilityFacts>> {
    if (ids.length === 0) return new Map();
    const heads = await readHeads(client, world, ids);
    const stale = heads.filter((head) => this.#kept.get(`${world}/${head.id}`)?.revision !== head.revision);
    if (stale.length > 0)
      await this.#read(
        client,
        world,
        stale.map((head) => head.id),
      );
    const facts = new Map<FacilityId, FacilityFacts>();
    for (const head of heads) {
      const building = this.#kept.get(`${world}/${head.id}`);
      if (building) facts.set(head.id, { ...building, responsible: responsibleOf(head) });
    }
    return facts;
  }

  async #read(client: PoolClient, world: World, ids: readonly FacilityId[]): Promise<void> {
    if (this.#kept.size + ids.length > MOST_KEPT) this.#kept.clear();
    for (const { revision, transmitters, ...summary } of await readBuildings(client, world, ids)) {
      const zones = new Map(transmitters.map((one) => [one.id, one.zones]));
      this.#kept.set(`${world}/${summary.id}`, { revision, summary, zones });
    }
  }
}

function responsibleOf({ organisation, level, parent }: HeadRow): Responsible {
  return level === 'station'
    ? { organisation, station: organisation, province: parent ?? organisation }
    : { organisation, station: null, province: organisation };
}

async function readHeads(client: PoolClient, world: World, ids: readonly FacilityId[]): Promise<HeadRow[]> {
  const { rows } = await client.query<HeadRow>({
    name: 'incident-facility-heads',
    text: `select f.id, f.revision, f.organisation, o.level, o.parent
      from facility f join organisation o on o.world = f.world and o.code = f.organisation
      where f.world = $1 and f.id = any($2::uuid[])`,
    values: [world, ids],
  });
  return rows;
}

async function readBuildings(
  client: PoolClient,
  world: World,
  ids: readonly FacilityId[],
): Promise<BuildingRow[]> {
  const { rows } = await client.query<BuildingRow>({
    name: 'incident-facilities',
    text: `select f.id, f.revision, f.name, f.state->>'address' as address, f.category,
        case when f.longitude is null then null else json_build_array(f.longitude, f.latitude) end as position,
        f.managing_level as "managingLevel", f.area_code as "areaCode", f.synthetic,
        coalesce((select json_agg(json_build_object('id', t.id, 'zones', t.zones)) from transmitter t
          where t.world = f.world and t.facility = f.id), '[]') as transmitters
      from facility f where f.world = $1 and f.id = any($2::uuid[])`,
    values: [world, ids],
  });
  return rows;
}
