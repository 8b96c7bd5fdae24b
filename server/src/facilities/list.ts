import { BEFORE_EVERY_ID, type FacilityId, invalid, type OrganisationCode, type World } from '@keng/model';
import type { PoolClient } from '../platform/index.ts';
import { searchPatterns } from './search-text.ts';

export interface FacilityQuery {
  readonly search?: string | undefined;
  readonly area?: string | undefined;
  readonly category?: string | undefined;
  readonly organisation?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** One line of a list. */
export interface FacilityListItem {
  readonly id: FacilityId;
  readonly reference: string | null;
  readonly name: string;
  readonly address: string;
  readonly areaCode: string;
  readonly communeName: string | null;
  readonly category: string;
  readonly managingLevel: 'province' | 'commune';
  readonly organisation: OrganisationCode;
  readonly position: readonly [number, number] | null;
  readonly contacts: number;
  readonly transmitters: number;
  readonly synthetic: boolean;
}

export interface FacilityPage {
  readonly facilities: readonly FacilityListItem[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}

interface ListRow {
  readonly id: FacilityId;
  readonly reference: string | null;
  readonly name: string;
  readonly sort_name: string;
  readonly address: string;
  readonly area_code: string;
  readonly commune_name: string | null;
  readonly category: string;
  readonly managing_level: 'province' | 'commune';
  readonly organisation: OrganisationCode;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly contacts: number;
  readonly transmitters: number;
  readonly synthetic: boolean;
}

/** Facilities by name, a page at a time, of what the session may see. Index: see keng_find_facilities. */
export async function listFacilities(
  client: PoolClient,
  world: World,
  query: FacilityQuery,
): Promise<FacilityPage> {
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  const { rows } = await client.query<ListRow>({
    name: 'facility-list',
    text: `select f.id, f.reference, f.name, found.sort_name, f.state->>'address' as address, f.area_code,
        f.state->>'communeName' as commune_name, f.category, f.managing_level, f.organisation, f.longitude, f.latitude,
        jsonb_array_length(f.state->'contacts') as contacts, jsonb_array_length(f.state->'transmitters') as transmitters, f.synthetic
      from keng_find_facilities($1, $2, $3, $4, $5, $6, $7, $8) as found
      join facility f on f.world = $1 and f.id = found.id
      order by found.sort_name collate "C", f.id`,
    values: [
      world,
      searchPatterns(query.search ?? ''),
      query.area ?? null,
      query.category ?? null,
      query.organisation ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      // One more than is shown tells whether there is a next page.
      query.limit + 1,
    ],
  });
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    facilities: page.map(itemOf),
    next: last === undefined ? null : writeCursor(last.sort_name, last.id),
  };
}

function itemOf(row: ListRow): FacilityListItem {
  return {
    id: row.id,
    reference: row.reference,
    name: row.name,
    address: row.address,
    areaCode: row.area_code,
    communeName: row.commune_name,
    category: row.category,
    managingLevel: row.managing_level,
    organisation: row.organisation,
    position: row.longitude === null || row.latitude === null ? null : [row.longitude, row.latitude],
    contacts: row.contacts,
    transmitters: row.transmitters,
    synthetic: row.synthetic,
  };
}

function writeCursor(sortName: string, id: FacilityId): string {
  return Buffer.from(JSON.stringify([sortName, id])).toString('base64url');
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function readCursor(cursor: string): readonly [string, string] {
  const broken = () => invalid('cursor.invalid', 'Use the cursor of the page before, or none.', 'cursor');
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw broken();
  }
  if (!Array.isArray(value)) throw broken();
  const [name, id]: unknown[] = value;
  if (typeof name !== 'string' || typeof id !== 'string' || !UUID.test(id)) throw broken();
  return [name, id];
}

/** The map in short: [id, longitude, latitude, category, name] of each facility that has a position. */
export async function mapFacilities(
  client: PoolClient,
  world: World,
  page: { readonly after: string | null; readonly limit: number },
): Promise<{ readonly json: string }> {
  // The database writes the JSON: 100,000 rows as objects of JavaScript would stop the process for a second.
  const { rows } = await client.query<{ facilities: string | null; last: string | null; found: number }>({
    name: 'facility-map',
    text: `select string_agg(json_build_array(id, longitude, latitude, category, name)::text, ',') as facilities,
        max(id::text) as last, count(*)::integer as found
      from (
        select id, longitude, latitude, category, name from facility_search
        where world = $1 and longitude is not null and id > $2
        order by id limit $3
      ) as page`,
    values: [world, page.after ?? BEFORE_EVERY_ID, page.limit],
  });
  const { facilities = null, last = null, found = 0 } = rows[0] ?? {};
  const next = found === page.limit && last !== null ? `"${last}"` : 'null';
  return { json: `{"facilities":[${facilities ?? ''}],"next":${next}}` };
}
