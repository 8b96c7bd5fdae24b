import type { World } from '@keng/model';
import type { Pool, PoolClient } from '../platform/index.ts';
import type { Channel, ClaimedJob } from './job.ts';

/** How long a job may be under way before another sender takes it to be lost, in seconds. */
export const LEASE_SECONDS = 60;
/** How long a gateway may owe a receipt before it is asked again under the same key, in seconds. */
export const RECEIPT_SECONDS = 180;

const CLAIM_COLUMNS = `j.world, j.id, j.incident, j.facility, j.organisation, j.contact, j.webhook, j.name, j.channel, j.purpose, j.lane,
  j.address, j.language, j.payload, j.round, j.attempts`;
const OPEN = `j.status in ('queued', 'sending', 'accepted')`;

/** Takes calls or messages that are due, urgent ones first; what another sender takes at this moment is left to it. */
export async function claimDue(
  pool: Pool,
  world: World,
  channel: Channel,
  limit: number,
  now: Date,
): Promise<ClaimedJob[]> {
  const { rows } = await pool.query<ClaimedJob>({
    name: 'notify-claim',
    text: `with due as (
        select world, id from notify_job j
        where world = $1 and channel = $2 and ${OPEN} and due_at <= $3
        order by lane, due_at limit $4 for update skip locked
      )
      update notify_job j set status = 'sending', attempts = j.attempts + 1, due_at = $5, changed_at = $3
      from due where j.world = due.world and j.id = due.id
      returning ${CLAIM_COLUMNS}, null as "sealedSecret"`,
    values: [world, channel, now.toISOString(), limit, leaseEnd(now)],
  });
  return rows.sort(byUrgency);
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
    text: `with due as (
        select mine.world, mine.id, w.sealed_secret from webhook w cross join lateral (
          select j.world, j.id, j.lane, j.due_at from notify_job j
          where j.world = $1 and j.webhook = w.id and ${OPEN} and j.due_at <= $2
          order by j.lane, j.due_at limit $3 for update skip locked
        ) mine
        where w.world = $1 and not w.id = any($4::uuid[]) order by mine.lane, mine.due_at limit $5
      )
      update notify_job j set status = 'sending', attempts = j.attempts + 1, due_at = $6, changed_at = $2
      from due where j.world = due.world and j.id = due.id
      returning ${CLAIM_COLUMNS}, due.sealed_secret as "sealedSecret"`,
    values: [world, now.toISOString(), limits.each, limits.busy, limits.limit, leaseEnd(now)],
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

/** Removes what is over, some thousand at a time: the outbox holds telephone numbers, and the chronology has the rest. */
export async function sweep(
  pool: Pool,
  world: World,
  before: { readonly jobs: Date; readonly links: Date; readonly events: Date },
): Promise<void> {
  await pool.query(
    `delete from notify_job where world = $1 and id in (select id from notify_job
       where world = $1 and status in ('delivered', 'failed', 'cancelled') and changed_at < $2 limit 5000)`,
    [world, before.jobs.toISOString()],
  );
  await pool.query(
    `delete from owner_link where world = $1 and token_hash in
       (select token_hash from owner_link where world = $1 and expires_at < $2 limit 5000)`,
    [world, before.links.toISOString()],
  );
  await pool.query(
    `delete from gateway_event where world = $1 and id in
       (select id from gateway_event where world = $1 and received_at < $2 limit 5000)`,
    [world, before.events.toISOString()],
  );
}
