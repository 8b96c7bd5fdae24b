import type { World } from '@keng/model';
import type { PoolClient } from 'pg';

/** Something that must happen at a time of a world. */
export interface TimerDraft {
  readonly world: World;
  readonly kind: string;
  /** The thing it is about: an incident, planned works. */
  readonly subject: string;
  readonly dueAt: Date;
  readonly body: unknown;
}

export interface DueTimer {
  readonly number: number;
  readonly kind: string;
  readonly subject: string;
  readonly dueAt: Date;
  readonly body: unknown;
}

/** Sets timers, all in one statement, in the transaction of what they belong to. */
export async function setTimers(client: PoolClient, timers: readonly TimerDraft[]): Promise<void> {
  if (timers.length === 0) return;
  await client.query({
    name: 'timer-set',
    text: `insert into timer (world, due_at, kind, subject, body)
      select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], array(select jsonb_array_elements($5::jsonb)))`,
    values: [
      timers.map((one) => one.world),
      timers.map((one) => one.dueAt.toISOString()),
      timers.map((one) => one.kind),
      timers.map((one) => one.subject),
      JSON.stringify(timers.map((one) => one.body)),
    ],
  });
}

/** Timers that are due, locked; those that another process runs at this moment are left to it. */
export async function lockDueTimers(
  client: PoolClient,
  world: World,
  now: Date,
  kinds: readonly string[],
  limit: number,
): Promise<DueTimer[]> {
  const { rows } = await client.query<DueTimer>({
    name: 'timer-due',
    text: `select number, kind, subject, due_at as "dueAt", body from timer
      where world = $1 and due_at <= $2 and set_aside_at is null and kind = any($3)
      order by due_at, number limit $4 for update skip locked`,
    values: [world, now.toISOString(), kinds, limit],
  });
  return rows;
}

/** One timer, locked, if it is still there and not set aside. */
export async function lockTimer(client: PoolClient, world: World, number: number): Promise<DueTimer | null> {
  const { rows } = await client.query<DueTimer>({
    name: 'timer-one',
    text: `select number, kind, subject, due_at as "dueAt", body from timer
      where world = $1 and number = $2 and set_aside_at is null for update skip locked`,
    values: [world, number],
  });
  return rows[0] ?? null;
}

export async function deleteTimers(
  client: PoolClient,
  world: World,
  numbers: readonly number[],
): Promise<void> {
  await client.query({
    name: 'timer-delete',
    text: `delete from timer where world = $1 and number = any($2::bigint[])`,
    values: [world, numbers],
  });
}

/** The name under which timers stand in the table of entries that were set aside. */
export const TIMERS = 'timers';

/** Keeps a timer that breaks its handler for a person to look at; the rest go on. */
export async function setTimerAside(
  client: PoolClient,
  world: World,
  timer: DueTimer,
  error: string,
  now: Date,
): Promise<void> {
  await client.query(`update timer set set_aside_at = $3 where world = $1 and number = $2`, [
    world,
    timer.number,
    now.toISOString(),
  ]);
  await client.query(
    `insert into set_aside (world, consumer, position, kind, error, set_aside_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (world, consumer, position) do update
       set error = excluded.error, set_aside_at = excluded.set_aside_at, retried_at = null`,
    [world, TIMERS, timer.number, timer.kind, error, now.toISOString()],
  );
}

/** A person wants a timer tried again: it is due at once. False when it is not set aside. */
export async function retryTimer(
  client: PoolClient,
  world: World,
  number: number,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update timer set set_aside_at = null where world = $1 and number = $2 and set_aside_at is not null`,
    [world, number],
  );
  if (rowCount !== 1) return false;
  await client.query(
    `update set_aside set retried_at = $4 where world = $1 and consumer = $2 and position = $3`,
    [world, TIMERS, number, now.toISOString()],
  );
  return true;
}
