import { newUuid, type OrganisationCode, type ProbeStage, type World } from '@keng/model';
import type { PoolClient } from 'pg';
import { PROBE_FACILITY } from '../intake/index.ts';
import type { Pool, Queryable } from '../platform/index.ts';

export interface ProbeWay {
  readonly receiver: string;
  readonly listener: string;
}

export interface ProbePath extends ProbeWay {
  readonly sentAt: Date;
  readonly storedAt: Date | null;
  readonly fedAt: Date | null;
  readonly shownAt: Date | null;
  readonly missingStage: ProbeStage | null;
  readonly missingSince: Date | null;
}

export const wayOf = ({ receiver, listener }: ProbeWay): string => `${receiver}/${listener}`;

export async function readProbePaths(db: Queryable, world: World): Promise<ProbePath[]> {
  const { rows } = await db.query<ProbePath>(
    `select receiver, listener, sent_at as "sentAt", stored_at as "storedAt", fed_at as "fedAt", shown_at as "shownAt",
      missing_stage as "missingStage", missing_since as "missingSince"
      from probe_path where world = $1 order by receiver, listener limit 500`,
    [world],
  );
  return rows;
}

/** It came out of the feed (as keng_web), or a browser says that it has it. */
export async function noteReached(
  db: Pool | PoolClient,
  world: World,
  ways: readonly ProbeWay[],
  stage: 'fed' | 'shown',
  at: Date,
): Promise<void> {
  await db.query(
    `update probe_path p set ${stage}_at = $2 from unnest($3::text[], $4::text[]) way(receiver, listener)
      where p.world = $1 and p.receiver = way.receiver and p.listener = way.listener`,
    [world, at, ways.map((one) => one.receiver), ways.map((one) => one.listener)],
  );
}

/** Does a desk's browser hold its feed open? */
export async function hasScreens(db: Queryable, world: World, since: Date): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>(
    'select exists (select from desk_presence where world = $1 and seen_at > $2) as found',
    [world, since],
  );
  return rows[0]?.found ?? false;
}

export async function markMissing(
  client: PoolClient,
  world: World,
  way: ProbeWay,
  missing: { readonly stage: ProbeStage; readonly since: Date } | null,
): Promise<void> {
  await client.query(
    `update probe_path set missing_stage = $4, missing_since = $5
      where world = $1 and receiver = $2 and listener = $3`,
    [world, way.receiver, way.listener, missing?.stage ?? null, missing?.since ?? null],
  );
}

/** Ways that are no more: nobody has sent by them for a day. */
export async function forgetWays(db: Queryable, world: World, before: Date): Promise<void> {
  await db.query('delete from probe_path where world = $1 and sent_at < $2', [world, before]);
}

/** Who is told of the centre itself: the administrator's telephone, and webhooks of the topmost organisation. */
export interface ProbeNotice {
  readonly event: 'probe.missing' | 'probe.returned';
  readonly detail: Readonly<Record<string, unknown>>;
  /** null: no SMS. */
  readonly sms: { readonly telephone: string; readonly text: string } | null;
}

/** Puts the notice straight into the outbox: neither the sequencer nor a consumer has to live for it. */
export async function insertNotice(
  client: PoolClient,
  world: World,
  notice: ProbeNotice,
  now: Date,
): Promise<void> {
  const { rows: roots } = await client.query<{ code: OrganisationCode }>(
    'select code from organisation where world = $1 and parent is null order by code limit 1',
    [world],
  );
  const organisation = roots[0]?.code;
  if (organisation === undefined) return;
  const subject = newUuid(now.getTime());
  const { event, detail, sms } = notice;
  const { rows: webhooks } = await client.query<{ id: string; url: string }>(
    `select id, url from webhook where world = $1 and organisation = $2 and facility is null and active and $3 = any(events)`,
    [world, organisation, event],
  );
  const told = { type: event, timestamp: now.toISOString(), data: detail };
  for (const { id, url } of webhooks)
    await insertJob(client, world, now, subject, organisation, {
      channel: 'webhook',
      webhook: id,
      contact: null,
      address: url,
      payload: { kind: 'webhook', event: told },
    });
  if (sms !== null)
    await insertJob(client, world, now, subject, organisation, {
      channel: 'sms',
      webhook: null,
      // The administrator is no contact of a facility: the notice itself stands in the place of one.
      contact: subject,
      address: sms.telephone,
      payload: { kind: 'sms', text: sms.text, link: false },
    });
}

interface Job {
  readonly channel: 'sms' | 'webhook';
  readonly webhook: string | null;
  readonly contact: string | null;
  readonly address: string;
  readonly payload: object;
}

async function insertJob(
  client: PoolClient,
  world: World,
  now: Date,
  notice: string,
  organisation: OrganisationCode,
  job: Job,
): Promise<void> {
  await client.query(
    `insert into notify_job (world, id, notice, facility, organisation, contact, webhook, name, channel, purpose, lane, address,
        language, payload, due_at, created_at, changed_at)
      values ($1, $2, $3, $4, $5, $6, $7, '', $8, 'probe', 0, $9, 'vi', $10, $11, $11, $11)`,
    [
      world,
      newUuid(now.getTime()),
      notice,
      PROBE_FACILITY,
      organisation,
      job.contact,
      job.webhook,
      job.channel,
      job.address,
      job.payload,
      now,
    ],
  );
}
