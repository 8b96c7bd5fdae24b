import type { World } from '@keng/model';
import type { Pool, PoolClient } from '../platform/index.ts';
import { JOB_LANES } from './due-marks.ts';
import type { Channel, ClaimedJob } from './job.ts';

/** How long a job may be under way before another sender takes it to be lost, in seconds. */
export const LEASE_SECONDS = 60;
/** How long a gateway may owe a receipt before it is asked again under the same key, in seconds. */
export const RECEIPT_SECONDS = 180;

const CLAIM_COLUMNS = `j.world, j.id, j.incident, j.works, j.facility, j.organisation, j.contact, j.webhook, j.name, j.channel, j.purpose, j.lane,
  j.address, j.language, j.payload, j.round, j.attempts`;
const OPEN = `j.status in ('queued', 'sending', 'accepted')`;

/** A job that was claimed, and since when it had been due. */
export interface TakenJob {
  readonly job: ClaimedJob;
  readonly wasDueAt: Date;
}

/**
 * Takes calls or messages that are due, urgent ones first; what another sender takes at this moment is left to it. Each lane is a
 * search of its own, so that one range of the index holds exactly what is due: what is under way has a later time.
 * @param since from when on to look, by lane: see DueMarks
 */
export async function claimDue(
  pool: Pool,
  world: World,
  channel: Channel,
  { limit, since }: { readonly limit: number; readonly since: readonly Date[] },
  now: Date,
): Promise<TakenJob[]> {
  const { rows } = await pool.query<ClaimedJob & { readonly wasDueAt: Date }>({
    name: 'notify-claim',
    text: `with due as materialized (
        select mine.id, mine.due_at from unnest($6::smallint[], $7::timestamptz[]) as urgent(lane, since) cross join lateral (
          select j.id, j.due_at from notify_job j
          where j.world = $1 and j.channel = $2 and j.lane = urgent.lane and ${OPEN}
            and j.due_at > urgent.since and j.due_at <= $3
          order by j.due_at limit $4 for update skip locked
        ) mine order by urgent.lane, mine.due_at limit $4
      )
      update notify_job j set status = 'sending', attempts = j.attempts + 1, due_at = $5, changed_at = $3
      where j.world = $1 and j.id = any(array(select id from due))
      returning ${CLAIM_COLUMNS}, null as "sealedSecret", (select due_at from due where due.id = j.id) as "wasDueAt"`,
    values: [
      world,
      channel,
      now.toISOString(),
      limit,
      leaseEnd(now),
      JOB_LANES,
      since.map((one) => one.toISOString()),
    ],
  });
  return rows
    .map(({ wasDueAt, ...job }) => ({ job, wasDueAt }))
    .sort((one, other) => byUrgency(one.job, other.job));
}

/**
 * Takes events of webhooks that are due, at most `each` of one webhook: whoever has thousands waiting, or hangs, does not
 * stand before the others. `busy` have their share under way already.
 */
export async function claimWebhooks(
  pool: Pool,
  world: World,
  limits: { readonly limit: number; readonly each: number; readonly busy: readonly string[] },
  now: Date,
): Promise<ClaimedJob[]> {
  const { rows } = await pool.query<ClaimedJob>({
    name: 'notify-claim-webhooks',
    text: `with due as materialized (
        select mine.id, w.sealed_secret from webhook w cross join lateral (
          select next.id, urgent.lane, next.due_at from unnest($7::smallint[]) as urgent(lane) cross join lateral (
            select j.id, j.due_at from notify_job j
            where j.world = $1 and j.webhook = w.id and j.lane = urgent.lane and ${OPEN} and j.due_at <= $2
            order by j.due_at limit $3 for update skip locked
          ) next order by urgent.lane, next.due_at limit $3
        ) mine
        where w.world = $1 and not w.id = any($4::uuid[]) order by mine.lane, mine.due_at limit $5
      )
      update notify_job j set status = 'sending', attempts = j.attempts + 1, due_at = $6, changed_at = $2
      where j.world = $1 and j.id = any(array(select id from due))
      returning ${CLAIM_COLUMNS}, (select sealed_secret from due where due.id = j.id) as "sealedSecret"`,
    values: [world, now.toISOString(), limits.each, limits.busy, limits.limit, leaseEnd(now), JOB_LANES],
  });
  return rows.sort(byUrgency);
}

const leaseEnd = (now: Date): string => new Date(now.getTime() + LEASE_SECONDS * 1000).toISOString();
const byUrgency = (one: ClaimedJob, other: ClaimedJob): number =>
  one.lane - other.lane || (one.id < other.id ? -1 : 1);

/** What became of one attempt. */
export interface Outcome {
  readonly job: ClaimedJob;
  readonly status: 'queued' | 'accepted' | 'delivered' | 'failed';
  readonly dueAt: Date;
  readonly receipt: string | null;
  readonly error: string | null;
  /** The address itself was refused for good. */
  readonly address?: { readonly status: string | null } | null;
}

/**
 * Notes what became of attempts. A receipt that was faster than we are, or a later round, is not overwritten.
 * @returns the ids of the jobs that were changed
 */
export async function storeOutcomes(
  client: PoolClient,
  world: World,
  outcomes: readonly Outcome[],
  now: Date,
): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>({
    name: 'notify-outcomes',
    text: `update notify_job j set status = o.status, due_at = o.due_at, receipt = coalesce(o.receipt, j.receipt),
        last_error = o.error, changed_at = $2
      from unnest($3::uuid[], $4::smallint[], $5::text[], $6::timestamptz[], $7::text[], $8::text[])
        as o(id, round, status, due_at, receipt, error)
      where j.world = $1 and j.id = o.id and j.round = o.round and j.status = 'sending'
      returning j.id`,
    values: [
      world,
      now.toISOString(),
      outcomes.map((one) => one.job.id),
      outcomes.map((one) => one.job.round),
      outcomes.map((one) => one.status),
      outcomes.map((one) => one.dueAt.toISOString()),
      outcomes.map((one) => one.receipt),
      outcomes.map((one) => one.error),
    ],
  });
  return new Set(rows.map((row) => row.id));
}

const SWEPT_AT_ONCE = 5_000;
/** A storm leaves more than one statement should remove, and the next look must not find it grown. */
const MOST_ROUNDS = 40;

async function sweepAll(pool: Pool, sql: string, values: readonly unknown[]): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { rowCount } = await pool.query(sql, [...values]);
    if ((rowCount ?? 0) < SWEPT_AT_ONCE) return;
  }
}

/** Removes what is over, some thousand at a time: the outbox holds telephone numbers, and the chronology has the rest. */
export async function sweep(
  pool: Pool,
  world: World,
  before: { readonly jobs: Date; readonly links: Date; readonly events: Date },
): Promise<void> {
  await sweepAll(
    pool,
    `delete from notify_job where world = $1 and id in (select id from notify_job
       where world = $1 and status in ('delivered', 'failed', 'cancelled') and changed_at < $2 limit ${SWEPT_AT_ONCE})`,
    [world, before.jobs.toISOString()],
  );
  await sweepAll(
    pool,
    `delete from owner_link where world = $1 and token_hash in
       (select token_hash from owner_link where world = $1 and expires_at < $2 limit ${SWEPT_AT_ONCE})`,
    [world, before.links.toISOString()],
  );
  await sweepAll(
    pool,
    `delete from gateway_event where world = $1 and id in
       (select id from gateway_event where world = $1 and received_at < $2 limit ${SWEPT_AT_ONCE})`,
    [world, before.events.toISOString()],
  );
}
