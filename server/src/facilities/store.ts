import type { FacilityId, FacilityState, World } from '@keng/model';
import { Problem } from '@keng/model';
import { appendEntries } from '../log/index.ts';
import { errorCode, type PoolClient } from '../platform/index.ts';
import type { FacilityChange, StoredFacility } from './change.ts';
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
    `select reference, state, revision from facility
     where world = $1 and reference = any($2) and removed_at is null order by id for update`,
    [world, references],
  );
  return new Map(rows.map((row) => [row.reference, storedOf(row)]));
}

export interface AccountHolder {
  readonly account: string;
  readonly facilityId: FacilityId;
  readonly facilityName: string;
}

/** Who has these accounts now. */
export async function holdersOfAccounts(
  client: PoolClient,
  world: World,
  accounts: readonly { readonly protocol: string; readonly account: string }[],
): Promise<Map<string, AccountHolder>> {
  const { rows } = await client.query<{ protocol: string; account: string; id: FacilityId; name: string }>(
    `select t.protocol, t.account, f.id, f.name
     from unnest($2::text[], $3::text[]) as wanted(protocol, account)
     join transmitter t on t.world = $1 and t.protocol = wanted.protocol and t.account = wanted.account
     join facility f on f.world = t.world and f.id = t.facility`,
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
}

/**
 * Writes facilities with their transmitters, keys and entries in the caller's transaction, however many, in five statements.
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

async function writeRows(
  client: PoolClient,
  changes: readonly FacilityChange[],
  world: World,
): Promise<void> {
  const states = changes.map((change) => change.state);
  await client.query({
    name: 'facility-write',
    text: `insert into facility (world, id, revision, organisation, reference, name, sort_name, category, area_code, commune_code,
        managing_level, longitude, latitude, synthetic, search_text, changed_at, removed_at, state)
      select $1, * from unnest($2::uuid[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
        $10::text[], $11::text[], $12::float8[], $13::float8[], $14::boolean[], $15::text[], $16::timestamptz[], $17::timestamptz[], $18::jsonb[])
      on conflict (world, id) do update set revision = excluded.revision, organisation = excluded.organisation,
        reference = excluded.reference, name = excluded.name, sort_name = excluded.sort_name, category = excluded.category,
        area_code = excluded.area_code, commune_code = excluded.commune_code, managing_level = excluded.managing_level,
        longitude = excluded.longitude, latitude = excluded.latitude, synthetic = excluded.synthetic,
        search_text = excluded.search_text, changed_at = excluded.changed_at, removed_at = excluded.removed_at, state = excluded.state`,
    values: [
      world,
      states.map((one) => one.id),
      changes.map((one) => one.revision),
      states.map((one) => one.organisation),
      states.map((one) => one.reference ?? null),
      states.map((one) => one.name),
      states.map(sortNameOf),
      states.map((one) => one.category),
      states.map((one) => one.areaCode),
      states.map((one) => one.communeCode),
      states.map((one) => one.managingLevel),
      states.map((one) => one.position?.[0] ?? null),
      states.map((one) => one.position?.[1] ?? null),
      states.map((one) => one.synthetic),
      states.map(searchTextOf),
      states.map((one) => one.changedAt),
      states.map((one) => one.removedAt),
      states.map((one) => JSON.stringify(one)),
    ],
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
    .flatMap(({ state }) => state.transmitters.map((one) => ({ ...one, state })));
  await client.query({
    name: 'transmitter-drop',
    text: 'delete from transmitter where world = $1 and facility = any($2::uuid[]) and not id = any($3::uuid[])',
    values: [world, changes.map((one) => one.state.id), kept.map((one) => one.id)],
  });
  await client.query({
    name: 'transmitter-write',
    text: `insert into transmitter (world, id, facility, organisation, protocol, account, model, reporting_seconds, zones)
      select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::integer[], $9::jsonb[])
      on conflict (world, id) do update set organisation = excluded.organisation, protocol = excluded.protocol,
        account = excluded.account, model = excluded.model, reporting_seconds = excluded.reporting_seconds, zones = excluded.zones`,
    values: [
      world,
      kept.map((one) => one.id),
      kept.map((one) => one.state.id),
      kept.map((one) => one.state.organisation),
      kept.map((one) => one.protocol),
      kept.map((one) => one.account),
      kept.map((one) => one.model),
      kept.map((one) => one.reportingSeconds),
      kept.map((one) => JSON.stringify(one.zones)),
    ],
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
