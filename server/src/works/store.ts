import {
  type Contact,
  type FacilityId,
  notFound,
  type OrganisationCode,
  type TransmitterId,
  type WorksId,
  type WorksItem,
  type WorksState,
  type World,
  type Zone,
} from '@keng/model';
import type { PoolClient } from 'pg';
import { appendEntries } from '../log/index.ts';
import { setTimers } from '../timers/index.ts';
import { reminderAt, type StoredWorks, type WorksPlace, type WorksProgress } from './rules.ts';

export const WORKS_END = 'works.end';
export const WORKS_REMINDER = 'works.reminder';

export async function loadWorks(client: PoolClient, world: World, id: WorksId): Promise<StoredWorks> {
  const found = await loadSeveral(client, world, [id]);
  const one = found.get(id);
  if (one === undefined) throw notFound('works', id);
  return one;
}

/** @throws Problem `works.not-found`, also for works that may not be seen */
export async function readWorks(client: PoolClient, world: World, id: WorksId): Promise<WorksState> {
  const { rows } = await client.query<{ state: WorksState }>({
    name: 'works-read',
    text: 'select state from works where world = $1 and id = $2',
    values: [world, id],
  });
  const state = rows[0]?.state;
  if (state === undefined) throw notFound('works', id);
  return state;
}

/** Works of a batch, locked in the order of their ids. */
export async function loadSeveral(
  client: PoolClient,
  world: World,
  ids: readonly WorksId[],
): Promise<Map<WorksId, StoredWorks>> {
  const { rows } = await client.query<StoredWorks & { readonly id: WorksId }>({
    name: 'works-load',
    text: `select id, state, revision, organisation from works
      where world = $1 and id = any($2::uuid[]) order by id for update`,
    values: [world, ids],
  });
  return new Map(rows.map(({ id, ...stored }) => [id, stored]));
}

/** Works that may mute now or later: called back and not ended. */
export async function runningWorks(
  client: PoolClient,
  world: World,
  facilities: readonly FacilityId[],
): Promise<WorksState[]> {
  const { rows } = await client.query<{ state: WorksState }>({
    name: 'works-running',
    text: `select state from works
      where world = $1 and facility = any($2::uuid[]) and ended_at is null and called_back order by starts_at, id`,
    values: [world, facilities],
  });
  return rows.map((row) => row.state);
}

// A page of works that asked the register for each facility would ask hundreds of times.
const LISTED = `select w.state || jsonb_build_object('facilityName', f.name, 'facilityAddress', f.state->>'address',
    'zoneLabels', coalesce((select jsonb_object_agg(zone->>'number', zone->>'label')
      from transmitter t, jsonb_array_elements(t.zones) zone
      where t.world = w.world and t.id = w.transmitter and w.state->'zones' ? (zone->>'number') and zone->>'label' <> ''), '{}')) as state
  from works w join facility f on f.world = w.world and f.id = w.facility`;

/** What can be seen of the world's works that have not ended. */
export async function worksNotEnded(client: PoolClient, world: World): Promise<WorksItem[]> {
  const { rows } = await client.query<{ state: WorksItem }>({
    name: 'works-not-ended',
    text: `${LISTED} where w.world = $1 and w.ended_at is null order by w.starts_at, w.id limit 5000`,
    values: [world],
  });
  return rows.map((row) => row.state);
}

/**
 * Works that have ended, those that were planned last first: their ids carry the time of planning (UUID version 7), and the primary
 * key is in that order.
 */
export async function worksEnded(
  client: PoolClient,
  world: World,
  before: WorksId | null,
  limit: number,
): Promise<WorksItem[]> {
  const { rows } = await client.query<{ state: WorksItem }>({
    name: 'works-ended',
    text: `${LISTED} where w.world = $1 and w.ended_at is not null and w.id < $2
      order by w.id desc limit $3`,
    values: [world, before ?? LAST_ID, limit],
  });
  return rows.map((row) => row.state);
}

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Works by their ids, ended or not. */
export async function worksStates(
  client: PoolClient,
  world: World,
  ids: readonly WorksId[],
): Promise<Map<WorksId, WorksState>> {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<{ state: WorksState }>({
    name: 'works-states',
    text: 'select state from works where world = $1 and id = any($2::uuid[])',
    values: [world, ids],
  });
  return new Map(rows.map(({ state }) => [state.id, state]));
}

/** Works of these facilities that have not ended, confirmed or not. */
export async function worksOfFacilities(
  client: PoolClient,
  world: World,
  facilities: readonly FacilityId[],
): Promise<WorksState[]> {
  const { rows } = await client.query<{ state: WorksState }>({
    name: 'works-of-facilities',
    text: `select state from works
      where world = $1 and facility = any($2::uuid[]) and ended_at is null order by starts_at, id limit 500`,
    values: [world, facilities],
  });
  return rows.map((row) => row.state);
}

/**
 * Counts muted signals in the states of their works, as applyWorks does with their entries.
 * @returns how many entries each had before
 */
export async function countMuted(
  client: PoolClient,
  world: World,
  counts: ReadonlyMap<WorksId, number>,
): Promise<Map<WorksId, number>> {
  if (counts.size === 0) return new Map();
  const { rows } = await client.query<{ id: WorksId; before: number }>({
    name: 'works-count-muted',
    text: `update works set revision = revision + muted.count, state = state || jsonb_build_object(
        'mutedSignals', (state->>'mutedSignals')::integer + muted.count, 'entries', revision + muted.count)
      from unnest($2::uuid[], $3::integer[]) as muted(id, count) where works.world = $1 and works.id = muted.id
      returning works.id, works.revision - muted.count as before`,
    values: [world, [...counts.keys()], [...counts.values()]],
  });
  return new Map(rows.map((row) => [row.id, row.before]));
}

/** What the register says about the place of works; null: no such facility that may be seen. */
export async function loadPlace(
  client: PoolClient,
  world: World,
  id: FacilityId,
): Promise<(WorksPlace & { readonly category: string; readonly areaCode: string }) | null> {
  const { rows } = await client.query<PlaceRow>({
    name: 'works-place',
    text: `select f.organisation, f.category, f.area_code as "areaCode", f.state->'contacts' as contacts,
        coalesce((select json_agg(json_build_object('id', t.id, 'zones', t.zones)) from transmitter t
          where t.world = f.world and t.facility = f.id), '[]') as transmitters
      from facility f where f.world = $1 and f.id = $2 and f.removed_at is null`,
    values: [world, id],
  });
  const row = rows[0];
  if (row === undefined) return null;
  const { transmitters, ...rest } = row;
  return { ...rest, facilityId: id, transmitters: new Map(transmitters.map((one) => [one.id, one.zones])) };
}

interface PlaceRow {
  readonly organisation: OrganisationCode;
  readonly category: string;
  readonly areaCode: string;
  readonly contacts: readonly Contact[];
  readonly transmitters: readonly { readonly id: TransmitterId; readonly zones: readonly Zone[] }[];
}

/** Writes works, their entries, and the timers that end them and remind of it. */
export async function storeWorks(
  client: PoolClient,
  world: World,
  progress: readonly WorksProgress[],
  now: Date,
): Promise<void> {
  const touched = progress.filter((one) => one.drafts.length > 0);
  if (touched.length === 0) return;
  const isNew = (one: WorksProgress): boolean => one.drafts[0]?.kind === 'works.planned';
  await insertWorks(client, world, touched.filter(isNew));
  await updateWorks(
    client,
    world,
    touched.filter((one) => !isNew(one)),
  );
  await setTimers(
    client,
    touched.filter(isNew).flatMap(({ state }) => {
      const timer = { world, subject: state.id, body: {} };
      const reminder = reminderAt(state);
      return [
        { ...timer, kind: WORKS_END, dueAt: new Date(state.until) },
        ...(reminder === null ? [] : [{ ...timer, kind: WORKS_REMINDER, dueAt: reminder }]),
      ];
    }),
  );
  await appendEntries(
    client,
    touched.flatMap((one) => one.drafts),
    now,
  );
}

async function insertWorks(
  client: PoolClient,
  world: World,
  planned: readonly WorksProgress[],
): Promise<void> {
  if (planned.length === 0) return;
  const states = planned.map((one) => one.state);
  await client.query({
    name: 'works-insert',
    text: `insert into works (world, id, facility, transmitter, organisation, starts_at, ends_at, called_back, revision, state)
      select $1, * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[], $7::timestamptz[],
        $8::boolean[], $9::integer[], $10::jsonb[])`,
    values: [
      world,
      states.map((one) => one.id),
      states.map((one) => one.facilityId),
      states.map((one) => one.transmitterId),
      planned.map((one) => one.organisation),
      states.map((one) => one.from),
      states.map((one) => one.until),
      states.map((one) => one.calledBack !== null),
      planned.map((one) => one.revision),
      states.map((one) => JSON.stringify(one)),
    ],
  });
}

async function updateWorks(
  client: PoolClient,
  world: World,
  changed: readonly WorksProgress[],
): Promise<void> {
  if (changed.length === 0) return;
  const states = changed.map((one) => one.state);
  await client.query({
    name: 'works-update',
    text: `update works set called_back = changed.called_back, ended_at = changed.ended_at, revision = changed.revision,
        state = changed.state
      from unnest($2::uuid[], $3::boolean[], $4::timestamptz[], $5::integer[], $6::jsonb[])
        as changed(id, called_back, ended_at, revision, state)
      where works.world = $1 and works.id = changed.id`,
    values: [
      world,
      states.map((one) => one.id),
      states.map((one) => one.calledBack !== null),
      states.map((one) => one.ended?.at ?? null),
      changed.map((one) => one.revision),
      states.map((one) => JSON.stringify(one)),
    ],
  });
}
