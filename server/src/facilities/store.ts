import type { FacilityId, FacilityState, World } from '@keng/model';
import { Problem } from '@keng/model';
import { appendEntries } from '../log/index.ts';
import { errorCode, type PoolClient } from '../platform/index.ts';
import type { FacilityChange, StoredFacility } from './change.ts';
import { writeMatchKeys } from './duplicates/match-store.ts';
import { type DutyFacts, firstDuties } from './inspections/duty-rules.ts';
import { sealSecret } from './key-vault.ts';
import { searchTextOf, sortNameOf } from './search-text.ts';

interface FacilityRow {
  readonly state: unknown;
  readonly revision: number;
}

// Written by writeFacilities alone, from what applyFacility gave.
const storedOf = (row: FacilityRow): StoredFacility => ({
  state: row.state as FacilityState,
  revision: row.revision,
});

export async function findFacility(
  client: PoolClient,
  world: World,
  id: FacilityId,
  lock: 'for update' | '' = '',
): Promise<StoredFacility | null> {
  const { rows } = await client.query<FacilityRow>(
    `select state, revision from facility where world = $1 and id = $2 ${lock}`,
    [world, id],
  );
  return rows[0] ? storedOf(rows[0]) : null;
}

/** Facilities that are not removed, by the number of the register they were imported from; locked. */
export async function lockByReference(
  client: PoolClient,
  world: World,
  references: readonly string[],
): Promise<Map<string, StoredFacility>> {
  const { rows } = await client.query<FacilityRow & { reference: string }>(
    'select reference, state, revision from facility where world = $1 and reference = any($2) for update',
    [world, references],
  );
  return new Map(rows.map((row) => [row.reference, storedOf(row)]));
}

export interface AccountHolder {
  readonly account: string;
  readonly facilityId: FacilityId;
  readonly facilityName: string;
}

/** Who has these accounts now. Looked up one by one: the planner knows nothing of a table that is being filled. */
export async function holdersOfAccounts(
  client: PoolClient,
  world: World,
  accounts: readonly { readonly protocol: string; readonly account: string }[],
): Promise<Map<string, AccountHolder>> {
  const { rows } = await client.query<{ protocol: string; account: string; id: FacilityId; name: string }>(
    `select t.protocol, t.account, f.id, f.name
     from unnest($2::text[], $3::text[]) as wanted(protocol, account)
     cross join lateral (
       select * from transmitter t where t.world = $1 and t.protocol = wanted.protocol and t.account = wanted.account limit 1
     ) t
     cross join lateral (select * from facility f where f.world = $1 and f.id = t.facility limit 1) f`,
    [world, accounts.map((one) => one.protocol), accounts.map((one) => one.account)],
  );
  return new Map(
    rows.map((row) => [
      `${row.protocol}/${row.account}`,
      { account: row.account, facilityId: row.id, facilityName: row.name },
    ]),
  );
}

export interface WriteOptions {
  readonly world: World;
  /** Seals keys; see key-vault.ts. */
  readonly kek: Uint8Array;
  readonly recordedAt: Date;
  /** What a new facility owes from its first day; without it nobody is reminded of anything (copies, tests). */
  readonly duties?: DutyFacts | undefined;
  /** Of the country: finds duplicates by their telephones; without it none is looked for (copies, tests). */
  readonly telephonePrefix?: string | undefined;
}

/**
 * Writes facilities with their transmitters, keys and entries in the caller's transaction, however many, in eight statements at most.
 * @throws Problem `facility.account-taken`, `facility.reference-taken`
 */
export async function writeFacilities(
  client: PoolClient,
  changes: readonly FacilityChange[],
  options: WriteOptions,
): Promise<void> {
  if (changes.length === 0) return;
  try {
    await writeRows(client, changes, options.world);
    await writeSearch(client, changes, options);
    if (options.telephonePrefix !== undefined) {
      await writeMatchKeys(
        client,
        options.world,
        changes.map((change) => change.state),
        changes.filter((one) => one.revision > one.drafts.length).map((one) => one.state.id),
        options.telephonePrefix,
      );
    }
    await writeTransmitters(client, changes, options.world);
  } catch (error) {
    throw asTaken(error);
  }
  await writeKeys(client, changes, options);
  await appendEntries(
    client,
    changes.flatMap((change) => change.drafts),
    options.recordedAt,
  );
}

// One document instead of a column each: as array literals every state would be quoted, escaped and parsed twice over.
async function writeRows(
  client: PoolClient,
  changes: readonly FacilityChange[],
  world: World,
): Promise<void> {
  await client.query({
    name: 'facility-write',
    text: `insert into facility (world, id, revision, organisation, reference, name, category, area_code, commune_code,
        managing_level, longitude, latitude, synthetic, changed_at, removed_at, state)
      select $1, (state->>'id')::uuid, revision, state->>'organisation',
        case when state->>'removedAt' is null then state->>'reference' end, state->>'name',
        state->>'category', state->>'areaCode', state->>'communeCode', state->>'managingLevel',
        (state->'position'->>0)::float8, (state->'position'->>1)::float8, (state->>'synthetic')::boolean,
        (state->>'changedAt')::timestamptz, (state->>'removedAt')::timestamptz, state
      from jsonb_to_recordset($2::jsonb) as written(state jsonb, revision integer)
      on conflict (world, id) do update set revision = excluded.revision, organisation = excluded.organisation,
        reference = excluded.reference, name = excluded.name, category = excluded.category,
        area_code = excluded.area_code, commune_code = excluded.commune_code, managing_level = excluded.managing_level,
        longitude = excluded.longitude, latitude = excluded.latitude, synthetic = excluded.synthetic,
        changed_at = excluded.changed_at, removed_at = excluded.removed_at, state = excluded.state`,
    values: [world, JSON.stringify(changes.map(({ state, revision }) => ({ state, revision })))],
  });
}

async function writeSearch(
  client: PoolClient,
  changes: readonly FacilityChange[],
  { world, duties }: WriteOptions,
): Promise<void> {
  const gone = changes.filter(({ state }) => state.removedAt !== null).map(({ state }) => state.id);
  if (gone.length > 0) {
    await client.query('delete from facility_search where world = $1 and id = any($2::uuid[])', [
      world,
      gone,
    ]);
  }
  const rows = changes
    .filter(({ state }) => state.removedAt === null)
    .map(({ state }) => ({
      id: state.id,
      organisation: state.organisation,
      category: state.category,
      area_code: state.areaCode,
      name: state.name,
      sort_name: sortNameOf(state),
      longitude: state.position?.[0] ?? null,
      latitude: state.position?.[1] ?? null,
      search_text: searchTextOf(state),
      ...(duties === undefined ? {} : firstDuties(state.registeredAt, duties)),
    }));
  await client.query({
    name: 'facility-search-write',
    // What is due is written once; afterwards inspections move it (inspections/duty-store.ts).
    text: `insert into facility_search (world, id, organisation, category, area_code, name, sort_name, longitude, latitude, search_text,
        self_inspection_due_on, inspection_due_on)
      select $1, written.* from jsonb_to_recordset($2::jsonb) as written(id uuid, organisation text, category text, area_code text,
        name text, sort_name text, longitude float8, latitude float8, search_text text, self_due date, inspection_due date)
      on conflict (world, id) do update set organisation = excluded.organisation, category = excluded.category,
        area_code = excluded.area_code, name = excluded.name, sort_name = excluded.sort_name, longitude = excluded.longitude,
        latitude = excluded.latitude, search_text = excluded.search_text`,
    values: [world, JSON.stringify(rows)],
  });
}

async function writeTransmitters(
  client: PoolClient,
  changes: readonly FacilityChange[],
  world: World,
): Promise<void> {
  // A removed facility keeps its transmitters in its state; its accounts are free again.
  const kept = changes
    .filter((change) => change.state.removedAt === null)
    .flatMap(({ state }) =>
      state.transmitters.map((one) => ({
        id: one.id,
        facility: state.id,
        organisation: state.organisation,
        protocol: one.protocol,
        account: one.account,
        model: one.model,
        reporting_seconds: one.reportingSeconds,
        category: one.category ?? null,
        paths: one.paths && one.paths.length > 0 ? one.paths : null,
        zones: one.zones,
      })),
    );
  // What was registered just now has none to drop.
  const older = changes.filter((one) => one.revision > one.drafts.length).map((one) => one.state.id);
  if (older.length > 0) {
    await client.query({
      name: 'transmitter-drop',
      text: 'delete from transmitter where world = $1 and facility = any($2::uuid[]) and not id = any($3::uuid[])',
      values: [world, older, kept.map((one) => one.id)],
    });
  }
  if (kept.length === 0) return;
  await client.query({
    name: 'transmitter-write',
    text: `insert into transmitter (world, id, facility, organisation, protocol, account, model, reporting_seconds,
        category, paths, zones)
      select $1, written.* from jsonb_to_recordset($2::jsonb) as written(id uuid, facility uuid, organisation text, protocol text,
        account text, model text, reporting_seconds integer, category text, paths jsonb, zones jsonb)
      on conflict (world, id) do update set facility = excluded.facility, organisation = excluded.organisation, protocol = excluded.protocol,
        account = excluded.account, model = excluded.model, reporting_seconds = excluded.reporting_seconds,
        category = excluded.category, paths = excluded.paths, zones = excluded.zones`,
    values: [world, JSON.stringify(kept)],
  });
}

async function writeKeys(
  client: PoolClient,
  changes: readonly FacilityChange[],
  { world, kek }: WriteOptions,
): Promise<void> {
  // Of two keys for the same transmitter the later counts.
  const keys = new Map(changes.flatMap((change) => change.keys).map((one) => [one.transmitterId, one.key]));
  if (keys.size === 0) return;
  await client.query('delete from transmitter_key where world = $1 and transmitter = any($2::uuid[])', [
    world,
    [...keys.keys()],
  ]);
  const set = [...keys].flatMap(([transmitterId, key]) => (key === null ? [] : [{ transmitterId, key }]));
  await client.query(
    `insert into transmitter_key (world, transmitter, sealed, form, bits)
     select $1, transmitter, decode(sealed, 'hex'), form, bits
     from unnest($2::uuid[], $3::text[], $4::text[], $5::smallint[]) as key(transmitter, sealed, form, bits)`,
    [
      world,
      set.map((one) => one.transmitterId),
      set.map(({ transmitterId, key }) =>
        sealSecret(kek, { world, transmitterId }, key.bytes).toString('hex'),
      ),
      set.map((one) => one.key.form),
      set.map((one) => one.key.bits),
    ],
  );
}

/**
 * Two people may take the same account at the same moment, or one in a province that the other does not see: then PostgreSQL
 * tells no value, because of row-level security.
 */
function asTaken(error: unknown): unknown {
  if (errorCode(error) !== '23505' || !(error instanceof Error)) return error;
  const constraint = 'constraint' in error ? error.constraint : '';
  const detail = 'detail' in error ? String(error.detail) : '';
  const value = /=\(.*?([^, ]+)\) already/.exec(detail)?.[1];
  const more = { ...(value === undefined ? {} : { params: { value } }), cause: error };
  if (constraint === 'transmitter_account') {
    return new Problem(
      409,
      'facility.account-taken',
      `The account ${value ?? 'of a transmitter'} belongs to another facility, perhaps one that you may not see.`,
      { at: 'transmitters', ...more },
    );
  }
  if (constraint === 'facility_reference') {
    return new Problem(
      409,
      'facility.reference-taken',
      `Another facility has the number ${value ?? 'given'}.`,
      {
        at: 'reference',
        ...more,
      },
    );
  }
  return error;
}
