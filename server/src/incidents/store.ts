import {
  type FacilityId,
  type IncidentId,
  type IncidentState,
  notFound,
  urgencyOf,
  type World,
} from '@keng/model';
import type { PoolClient } from 'pg';
import { appendEntries } from '../log/index.ts';
import { setTimers, type TimerDraft } from '../timers/index.ts';
import { storedTimers, timersAfter } from './incident-timers.ts';
import type { Progress } from './progress.ts';

/** The kind of timer that runs an incident's clocks. */
export const INCIDENT_LIMIT = 'incident.limit';

/** @throws Problem `incident.not-found` also for incidents that may not be seen. */
export async function readIncident(client: PoolClient, world: World, id: IncidentId): Promise<IncidentState> {
  const { rows } = await client.query<{ state: IncidentState }>({
    name: 'incident-read',
    text: `select state from incident where world = $1 and id = $2`,
    values: [world, id],
  });
  const state = rows[0]?.state;
  if (state === undefined) throw notFound('incident', id);
  return state;
}

/** Whether it exists already: what is handled twice is opened once. */
export async function readIfThere(client: PoolClient, world: World, id: IncidentId): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'incident-there',
    text: 'select from incident where world = $1 and id = $2',
    values: [world, id],
  });
  return rowCount === 1;
}

/** Incidents of a facility, newest first, below a number; one more page while `next` is not null. */
export async function incidentsOfFacility(
  client: PoolClient,
  world: World,
  facility: FacilityId,
  before: number | null,
  limit: number,
): Promise<{ readonly incidents: readonly IncidentState[]; readonly next: number | null }> {
  const { rows } = await client.query<{ state: IncidentState; number: number }>({
    name: 'incident-of-facility',
    text: `select state, number from incident where world = $1 and facility = $2 and ($3::integer is null or number < $3)
      order by opened_at desc, number desc limit $4`,
    values: [world, facility, before, limit],
  });
  const last = rows.at(-1);
  return {
    incidents: rows.map((row) => row.state),
    next: rows.length === limit && last ? last.number : null,
  };
}

/** Locked until the transaction ends: what a second person does waits for the first. */
export async function lockIncident(client: PoolClient, world: World, id: IncidentId): Promise<IncidentState> {
  const state = (await lockIncidents(client, world, [id])).get(id);
  if (state === undefined) throw notFound('incident', id);
  return state;
}

/** Locked in the order of their ids, so that two batches wait for each other and never in a circle. */
export async function lockIncidents(
  client: PoolClient,
  world: World,
  ids: readonly IncidentId[],
): Promise<Map<IncidentId, IncidentState>> {
  const { rows } = await client.query<{ id: IncidentId; state: IncidentState }>({
    name: 'incident-lock',
    text: `select id, state from incident where world = $1 and id = any($2::uuid[]) order by id for update`,
    values: [world, ids],
  });
  return new Map(rows.map((row) => [row.id, row.state]));
}

/** Open incidents of some facilities, locked, oldest first for each. */
export async function lockOpenIncidents(
  client: PoolClient,
  world: World,
  facilities: readonly FacilityId[],
): Promise<IncidentState[]> {
  const { rows } = await client.query<{ state: IncidentState }>({
    name: 'incident-lock-open',
    text: `select state from incident where world = $1 and status = 'open' and facility = any($2::uuid[])
      order by id for update`,
    values: [world, facilities],
  });
  return rows
    .map((row) => row.state)
    .sort((one, other) => (one.openedAt === other.openedAt ? 0 : one.openedAt < other.openedAt ? -1 : 1));
}

/** Makes every other opener of incidents in this world wait: one event never opens two. */
export async function lockOpening(client: PoolClient, world: World): Promise<void> {
  await client.query({
    name: 'incident-lock-opening',
    text: `insert into incident_counter (world, last) values ($1, 0)
      on conflict (world) do update set last = incident_counter.last`,
    values: [world],
  });
}

/** The first of `count` new numbers. */
export async function takeNumbers(client: PoolClient, world: World, count: number): Promise<number> {
  const { rows } = await client.query<{ first: number }>({
    name: 'incident-take-numbers',
    text: `insert into incident_counter (world, last) values ($1, $2::integer)
      on conflict (world) do update set last = incident_counter.last + $2::integer
      returning last - $2::integer + 1 as first`,
    values: [world, count],
  });
  const first = rows[0]?.first;
  if (first === undefined) throw new Error('the counter of incidents gave no number');
  return first;
}

/** Writes incidents, their entries and their clocks: a fixed number of statements, however many they are. */
export async function storeIncidents(
  client: PoolClient,
  world: World,
  progress: readonly Progress[],
  now: Date,
): Promise<void> {
  const touched = progress.filter((one) => one.drafts.length > 0);
  if (touched.length === 0) return;
  const isNew = (one: Progress): boolean => one.drafts[0]?.kind === 'incident.opened';
  await insertIncidents(
    client,
    world,
    touched.filter(isNew).map((one) => one.state),
  );
  await updateIncidents(
    client,
    world,
    touched.filter((one) => !isNew(one)).map((one) => one.state),
  );
  await setTimers(client, touched.flatMap(timersOf));
  await appendEntries(
    client,
    touched.flatMap((one) => one.drafts),
    now,
  );
}

function timersOf({ state, drafts }: Progress): TimerDraft[] {
  const kinds = new Set<string>(drafts.map((draft) => draft.kind));
  return storedTimers(timersAfter(state, kinds)).map((timer) => ({
    world: state.world,
    kind: INCIDENT_LIMIT,
    subject: state.id,
    ...timer,
  }));
}

// States go as one JSON text and are taken apart in PostgreSQL: as an array of texts each of their quotation marks is escaped
// twice, which cost Node 120 ms of CPU for 1,000 incidents instead of 20, and the statement three times as long.
async function insertIncidents(
  client: PoolClient,
  world: World,
  states: readonly IncidentState[],
): Promise<void> {
  if (states.length === 0) return;
  await client.query({
    name: 'incident-insert',
    text: `insert into incident (world, id, number, facility, organisation, province, status, urgency, opened_at, changed_at,
        closed_at, entries, state)
      select $1, * from unnest($2::uuid[], $3::integer[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::smallint[],
        $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::integer[], array(select json_array_elements($13::json)))`,
    values: [
      world,
      states.map((one) => one.id),
      states.map((one) => one.number),
      states.map((one) => one.facility.id),
      states.map((one) => one.station ?? one.province),
      states.map((one) => one.province),
      states.map((one) => one.status),
      states.map(urgencyOf),
      states.map((one) => one.openedAt),
      states.map((one) => one.changedAt),
      states.map((one) => one.outcome?.at ?? null),
      states.map((one) => one.entries),
      JSON.stringify(states),
    ],
  });
}

async function updateIncidents(
  client: PoolClient,
  world: World,
  states: readonly IncidentState[],
): Promise<void> {
  if (states.length === 0) return;
  await client.query({
    name: 'incident-update',
    text: `update incident set organisation = changed.organisation, status = changed.status, urgency = changed.urgency,
        changed_at = changed.changed_at, closed_at = changed.closed_at, entries = changed.entries, state = changed.state
      from unnest($2::uuid[], $3::text[], $4::text[], $5::smallint[], $6::timestamptz[], $7::timestamptz[], $8::integer[],
        array(select json_array_elements($9::json))) as changed(id, organisation, status, urgency, changed_at, closed_at, entries, state)
      where incident.world = $1 and incident.id = changed.id`,
    values: [
      world,
      states.map((one) => one.id),
      states.map((one) => one.station ?? one.province),
      states.map((one) => one.status),
      states.map(urgencyOf),
      states.map((one) => one.changedAt),
      states.map((one) => one.outcome?.at ?? null),
      states.map((one) => one.entries),
      JSON.stringify(states),
    ],
  });
}
