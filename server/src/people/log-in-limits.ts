import type { World } from '@keng/model';
import { networkOf } from '../platform/http/index.ts';
import type { PoolClient } from '../platform/index.ts';

/**
 * Failed log-ins slow the next ones down and lock nobody out for good: after five, 1 s, 2 s, 4 s ... up to a minute. Three counters,
 * because a duty desk must be able to log in while somebody guesses its password from elsewhere:
 *
 * - an address from which this login has logged in before has a counter of its own for it, and only that one counts there;
 * - all other addresses share one counter for the login;
 * - and each of these addresses has one for all logins it tries.
 *
 * The figures are ours, not an official rule; five is what CJIS 5.9 and most guides take.
 */
export const LOG_IN_LIMITS = {
  freeFailures: 5,
  freeFailuresOfAddress: 20,
  longestSeconds: 60,
  /** Counters start again after this long without a failure. */
  forgetSeconds: 15 * 60,
} as const;

/** Seconds that have to pass after so many failures in a row. */
export function delaySeconds(failures: number, free: number): number {
  if (failures < free) return 0;
  return Math.min(2 ** (failures - free), LOG_IN_LIMITS.longestSeconds);
}

export interface Attempt {
  readonly login: string;
  readonly remote: string;
  /** This login has logged in from this address before. */
  readonly atHome: boolean;
}

interface Counter {
  readonly key: string;
  readonly free: number;
}

function countersOf(attempt: Attempt): Counter[] {
  const network = networkOf(attempt.remote);
  if (attempt.atHome) return [{ key: `home ${attempt.login} ${network}`, free: LOG_IN_LIMITS.freeFailures }];
  // In the order of their text: two attempts lock the rows in the same order.
  return [
    { key: `address ${network}`, free: LOG_IN_LIMITS.freeFailuresOfAddress },
    { key: `login ${attempt.login}`, free: LOG_IN_LIMITS.freeFailures },
  ];
}

export type Reservation =
  | { readonly admitted: true }
  /** `report`: the first refusal of this block, the one that goes into the log. */
  | { readonly admitted: false; readonly waitSeconds: number; readonly report: boolean };

/**
 * Counts the attempt as failed before its password is looked at, so that a hundred at the same moment are a hundred; forgetFailures
 * takes it back when the password was right.
 */
export async function reserveAttempt(
  client: PoolClient,
  world: World,
  attempt: Attempt,
  now: Date,
): Promise<Reservation> {
  const counters = countersOf(attempt);
  const keys = counters.map((counter) => counter.key);
  await client.query(
    `insert into log_in_failure (world, key, failures, last_at) select $1, key, 0, $3 from unnest($2::text[]) as key
     on conflict (world, key) do nothing`,
    [world, keys, now],
  );
  const { rows } = await client.query<FailureRow>(
    `select key, failures, last_at, blocked_until, reported from log_in_failure
     where world = $1 and key = any($2) order by key for update`,
    [world, keys],
  );
  const blocking = rows.filter((row) => row.blocked_until !== null && row.blocked_until > now);
  if (blocking.length > 0) return await refuse(client, world, blocking, now);
  for (const row of rows) await count(client, world, row, freeOf(counters, row.key), now);
  return { admitted: true };
}

interface FailureRow {
  readonly key: string;
  readonly failures: number;
  readonly last_at: Date;
  readonly blocked_until: Date | null;
  readonly reported: boolean;
}

const freeOf = (counters: readonly Counter[], key: string): number =>
  counters.find((counter) => counter.key === key)?.free ?? LOG_IN_LIMITS.freeFailures;

async function refuse(
  client: PoolClient,
  world: World,
  blocking: readonly FailureRow[],
  now: Date,
): Promise<Reservation> {
  await client.query('update log_in_failure set reported = true where world = $1 and key = any($2)', [
    world,
    blocking.map((row) => row.key),
  ]);
  const until = Math.max(...blocking.map((row) => row.blocked_until?.getTime() ?? 0));
  return {
    admitted: false,
    waitSeconds: Math.ceil((until - now.getTime()) / 1000),
    report: blocking.some((row) => !row.reported),
  };
}

async function count(
  client: PoolClient,
  world: World,
  row: FailureRow,
  free: number,
  now: Date,
): Promise<void> {
  const old = now.getTime() - row.last_at.getTime() > LOG_IN_LIMITS.forgetSeconds * 1000;
  const failures = (old ? 0 : row.failures) + 1;
  const delay = delaySeconds(failures, free);
  const until = delay === 0 ? null : new Date(now.getTime() + delay * 1000);
  await client.query(
    `update log_in_failure set failures = $3, last_at = $4, blocked_until = $5, reported = false
     where world = $1 and key = $2`,
    [world, row.key, failures, now, until],
  );
}

/** The password was right: the login's counter starts again; the address only gets this one attempt back. */
export async function forgetFailures(client: PoolClient, world: World, attempt: Attempt): Promise<void> {
  const keys = countersOf(attempt).map((counter) => counter.key);
  await client.query(
    `update log_in_failure set failures = case when key like 'address %' then greatest(failures - 1, 0) else 0 end,
       blocked_until = null where world = $1 and key in (select key from log_in_failure where world = $1 and key = any($2)
       order by key for update)`,
    [world, keys],
  );
}

export async function sweepFailures(client: PoolClient, world: World, now: Date): Promise<void> {
  await client.query(
    `delete from log_in_failure where world = $1 and key in (select key from log_in_failure
       where world = $1 and last_at < $2 order by last_at limit 500 for update skip locked)`,
    [world, new Date(now.getTime() - LOG_IN_LIMITS.forgetSeconds * 1000)],
  );
}
