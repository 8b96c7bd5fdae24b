import {
  type Contact,
  type FacilityId,
  notFound,
  type OrganisationCode,
  type TransmitterId,
  type WorksId,
  type WorksState,
  type World,
  type Zone,
} from '@keng/model';
import type { PoolClient } from 'pg';
import { appendEntries } from '../log/index.ts';
import { setTimers } from '../timers/index.ts';
import type { StoredWorks, WorksPlace, WorksProgress } from './rules.ts';

export const WORKS_END = 'works.end';

export async function loadWorks(client: PoolClient, world: World, id: WorksId): Promise<StoredWorks> {
  const found = await loadSeveral(client, world, [id]);
  const one = found.get(id);
  if (one === undefined) throw notFound('works', id);
  return one;
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

/** What can be seen of the world's works that have not ended. */
export async function worksNotEnded(client: PoolClient, world: World): Promise<WorksState[]> {
  const { rows } = await client.query<{ state: WorksState }>({
    name: 'works-not-ended',
    text: `select state from works where world = $1 and ended_at is null order by starts_at, id limit 5000`,
    values: [world],
  });
  return rows.map((row) => row.state);
}

/** Counts muted signals in the states of their works, as applyWorks does with their entries. */
export async function countMuted(
  client: PoolClient,
  world: World,
  counts: ReadonlyMap<WorksId, number>,
): Promise<void> {
  if (counts.size === 0) return;
  await client.query({
    name: 'works-count-muted',
    text: `update works set state =
        jsonb_set(state, '{mutedSignals}', to_jsonb((state->>'mutedSignals')::integer + muted.count))
      from unnest($2::uuid[], $3::integer[]) as muted(id, count) where works.world = $1 and works.id = muted.id`,
    values: [world, [...counts.keys()], [...counts.values()]],
  });
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

/** Writes the works, their entries, and the timer that ends them. */
export async function storeWorks(
  client: PoolClient,
  world: World,
  progress: readonly WorksProgress[],
  now: Date,
): Promise<void> {
  const changed = progress.filter((one) => one.drafts.length > 0);
  if (changed.length === 0) return;
  const states = changed.map((one) => one.state);
  await client.query({
    name: 'works-store',
    text: `insert into works (world, id, facility, transmitter, organisation, starts_at, ends_at, called_back, ended_at, revision, state)
      select $1, * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[], $7::timestamptz[],
        $8::boolean[], $9::timestamptz[], $10::integer[], $11::jsonb[])
      on conflict (world, id) do update set called_back = excluded.called_back, ended_at = excluded.ended_at,
        revision = excluded.revision, state = excluded.state`,
    values: [
      world,
      states.map((one) => one.id),
      states.map((one) => one.facilityId),
      states.map((one) => one.transmitterId),
      changed.map((one) => one.organisation),
      states.map((one) => one.from),
      states.map((one) => one.until),
      states.map((one) => one.calledBack !== null),
      states.map((one) => one.ended?.at ?? null),
      changed.map((one) => one.revision),
      states.map((one) => JSON.stringify(one)),
    ],
  });
  const planned = changed.filter((one) => one.drafts.some((draft) => draft.kind === 'works.planned'));
  await setTimers(
    client,
    planned.map(({ state }) => ({
      world,
      kind: WORKS_END,
      subject: state.id,
      dueAt: new Date(state.until),
      body: {},
    })),
  );
  await appendEntries(
    client,
    changed.flatMap((one) => one.drafts),
    now,
  );
}
