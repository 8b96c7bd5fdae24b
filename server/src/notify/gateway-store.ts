import type { FacilityId, World } from '@keng/model';
import type { PoolClient } from '../platform/index.ts';
import type { ClaimedJob, JobStatus } from './job.ts';
import type { ReceiptChange } from './receipt-rules.ts';

export type NotifiedJob = ClaimedJob & {
  readonly status: JobStatus;
  readonly phase: string | null;
};

/** Whose notification it is: the proof of a receipt is its signature, and this opens exactly that facility for it. */
export async function facilityOfJob(client: PoolClient, job: string): Promise<FacilityId | null> {
  const { rows } = await client.query<{ facility: FacilityId | null }>({
    name: 'notify-facility-of',
    text: 'select keng_notified_facility($1) as facility',
    values: [job],
  });
  return rows[0]?.facility ?? null;
}

/** Locked: two receipts of one call come one after the other. */
export async function lockJob(client: PoolClient, world: World, id: string): Promise<NotifiedJob | null> {
  const { rows } = await client.query<NotifiedJob>({
    name: 'notify-job-lock',
    text: `select world, id, incident, works, facility, organisation, contact, webhook, name, channel, purpose, lane, address, language,
        payload, round, attempts, status, phase, null as "sealedSecret"
      from notify_job where world = $1 and id = $2 for update`,
    values: [world, id],
  });
  return rows[0] ?? null;
}

export async function storeReceipt(
  client: PoolClient,
  job: NotifiedJob,
  change: ReceiptChange,
  receipt: string,
  now: Date,
): Promise<void> {
  await client.query({
    name: 'notify-receipt',
    text: `update notify_job set status = $3, round = $4, phase = $5, due_at = coalesce($6, due_at), last_error = $7,
        receipt = $8, changed_at = $9
      where world = $1 and id = $2`,
    values: [
      job.world,
      job.id,
      change.status,
      change.round,
      change.phase,
      change.dueAt?.toISOString() ?? null,
      change.error,
      receipt,
      now.toISOString(),
    ],
  });
}

export interface SeenEvent {
  readonly signedAt: Date;
  readonly answer: unknown;
}

export async function findEvent(client: PoolClient, world: World, id: string): Promise<SeenEvent | null> {
  const { rows } = await client.query<SeenEvent>({
    name: 'notify-event-find',
    text: 'select signed_at as "signedAt", answer from gateway_event where world = $1 and id = $2 for update',
    values: [world, id],
  });
  return rows[0] ?? null;
}

export async function storeEvent(
  client: PoolClient,
  world: World,
  event: { readonly id: string; readonly job: string; readonly signedAt: Date; readonly answer: unknown },
  now: Date,
): Promise<void> {
  await client.query({
    name: 'notify-event-store',
    text: `insert into gateway_event (world, id, job, signed_at, answer, received_at) values ($1, $2, $3, $4, $5, $6)
      on conflict (world, id) do update set signed_at = excluded.signed_at`,
    values: [
      world,
      event.id,
      event.job,
      event.signedAt.toISOString(),
      JSON.stringify(event.answer),
      now.toISOString(),
    ],
  });
}
