import {
  conflict,
  notFound,
  type OrganisationCode,
  type ShiftId,
  type ShiftState,
  type World,
} from '@keng/model';
import type { PoolClient } from 'pg';
import { appendEntries } from '../log/index.ts';
import { errorCode } from '../platform/index.ts';
import type { ShiftProgress } from './rules.ts';

/** The shift of a desk that is on now, locked. */
export async function lockCurrentShift(
  client: PoolClient,
  world: World,
  organisation: OrganisationCode,
): Promise<ShiftState | null> {
  const { rows } = await client.query<{ state: ShiftState }>({
    name: 'shift-lock-current',
    text: `select state from shift where world = $1 and organisation = $2 and ended_at is null for update`,
    values: [world, organisation],
  });
  return rows[0]?.state ?? null;
}

/** @throws Problem `shift.not-found` also for shifts that may not be seen */
export async function lockShift(client: PoolClient, world: World, id: ShiftId): Promise<ShiftState> {
  const { rows } = await client.query<{ state: ShiftState }>({
    name: 'shift-lock',
    text: 'select state from shift where world = $1 and id = $2 for update',
    values: [world, id],
  });
  const state = rows[0]?.state;
  if (state === undefined) throw notFound('shift', id);
  return state;
}

/** The last shifts of a desk, the newest first. */
export async function lastShifts(
  client: PoolClient,
  world: World,
  organisation: OrganisationCode,
  limit: number,
): Promise<ShiftState[]> {
  const { rows } = await client.query<{ state: ShiftState }>({
    name: 'shift-last',
    text: `select state from shift where world = $1 and organisation = $2 order by started_at desc, id desc limit $3`,
    values: [world, organisation, limit],
  });
  return rows.map((row) => row.state);
}

/** Shifts of some desks that were on at any time between two, oldest first. */
export async function shiftsBetween(
  client: PoolClient,
  world: World,
  organisations: readonly OrganisationCode[],
  from: Date,
  to: Date,
): Promise<ShiftState[]> {
  const { rows } = await client.query<{ state: ShiftState }>({
    name: 'shift-between',
    text: `select state from shift where world = $1 and organisation = any($2::text[])
      and started_at < $4 and (ended_at is null or ended_at > $3) order by started_at, id limit 500`,
    values: [world, organisations, from.toISOString(), to.toISOString()],
  });
  return rows.map((row) => row.state);
}

/** Desks with the shift that is on there now. */
export async function currentShifts(client: PoolClient, world: World): Promise<ShiftState[]> {
  const { rows } = await client.query<{ state: ShiftState }>({
    name: 'shift-current-all',
    text: 'select state from shift where world = $1 and ended_at is null order by organisation',
    values: [world],
  });
  return rows.map((row) => row.state);
}

/** Writes shifts and their entries. @throws Problem `shift.taken` when somebody signed on at the same moment */
export async function storeShifts(
  client: PoolClient,
  world: World,
  progress: readonly ShiftProgress[],
  now: Date,
): Promise<void> {
  for (const { state, drafts } of progress) {
    if (drafts.length === 0) continue;
    if (drafts[0]?.kind === 'shift.started') await insertShift(client, world, state);
    else await updateShift(client, world, state);
    await appendEntries(client, drafts, now);
  }
}

async function insertShift(client: PoolClient, world: World, state: ShiftState): Promise<void> {
  try {
    await client.query(
      `insert into shift (world, id, organisation, started_at, revision, state) values ($1, $2, $3, $4, $5, $6)`,
      [world, state.id, state.organisation, state.startedAt, state.entries, JSON.stringify(state)],
    );
  } catch (error) {
    if (errorCode(error) === '23505') throw conflict('shift.taken', 'Somebody signed on at the same moment.');
    throw error;
  }
}

async function updateShift(client: PoolClient, world: World, state: ShiftState): Promise<void> {
  await client.query({
    name: 'shift-update',
    text: `update shift set ended_at = $3, revision = $4, state = $5 where world = $1 and id = $2`,
    values: [world, state.id, state.ended?.at ?? null, state.entries, JSON.stringify(state)],
  });
}
