import type { ContactId, FacilityId, IncidentId, OrganisationCode, WorksId, World } from '@keng/model';
import type { PoolClient } from '../platform/index.ts';
import { ALARM, type JobDraft, type Payload, RECALL, WORKS_REMINDER } from './job.ts';
import { OWNER_LINK_SECONDS, ownerToken, tokenHash } from './owner-link.ts';
import type { WebhookTarget } from './webhook-event.ts';

/** Puts jobs into the outbox, all in one statement. @returns the ids of those that were not there yet */
export async function insertJobs(
  client: PoolClient,
  world: World,
  jobs: readonly JobDraft[],
  now: Date,
): Promise<Set<string>> {
  if (jobs.length === 0) return new Set();
  // Contacts of one incident share their payloads.
  const payloads = new Map<Payload, string>();
  for (const { payload } of jobs) if (!payloads.has(payload)) payloads.set(payload, JSON.stringify(payload));
  const { rows } = await client.query<{ id: string }>({
    name: 'notify-insert',
    text: `insert into notify_job (world, id, incident, works, facility, organisation, contact, webhook, name, channel, purpose, lane,
        address, language, payload, notice, due_at, created_at, changed_at)
      select $1, job.*, $2, $2 from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::uuid[], $9::uuid[],
        $10::text[], $11::text[], $12::text[], $13::smallint[], $14::text[], $15::text[], $16::jsonb[], $17::uuid[],
        $18::timestamptz[]) as job
      on conflict do nothing returning id`,
    values: [
      world,
      now.toISOString(),
      jobs.map((one) => one.id),
      jobs.map((one) => one.incident),
      jobs.map((one) => one.works),
      jobs.map((one) => one.facility),
      jobs.map((one) => one.organisation),
      jobs.map((one) => one.contact),
      jobs.map((one) => one.webhook),
      jobs.map((one) => one.name),
      jobs.map((one) => one.channel),
      jobs.map((one) => one.purpose),
      jobs.map((one) => one.lane),
      jobs.map((one) => one.address),
      jobs.map((one) => one.language),
      jobs.map((one) => payloads.get(one.payload)),
      jobs.map((one) => one.notice ?? null),
      jobs.map((one) => (one.dueAt ?? now).toISOString()),
    ],
  });
  return new Set(rows.map((row) => row.id));
}

export interface LinkDraft {
  readonly incident: IncidentId;
  readonly facility: FacilityId;
  readonly contact: ContactId;
}

/** Makes the links of the owner's page valid; only their hashes are kept. */
export async function insertLinks(
  client: PoolClient,
  world: World,
  links: readonly LinkDraft[],
  secret: string,
  now: Date,
): Promise<void> {
  if (links.length === 0) return;
  await client.query({
    name: 'notify-links',
    text: `insert into owner_link (world, token_hash, incident, facility, contact, expires_at)
      select $1, decode(hash, 'hex'), incident, facility, contact, $2
      from unnest($3::text[], $4::uuid[], $5::uuid[], $6::uuid[]) as link(hash, incident, facility, contact)
      on conflict (world, token_hash) do nothing`,
    values: [
      world,
      new Date(now.getTime() + OWNER_LINK_SECONDS * 1000).toISOString(),
      links.map((one) => tokenHash(ownerToken(secret, { world, ...one })).toString('hex')),
      links.map((one) => one.incident),
      links.map((one) => one.facility),
      links.map((one) => one.contact),
    ],
  });
}

/** The desk has closed: who was not rung yet is not rung any more. What is on the line already goes on. */
export async function cancelAlarms(
  client: PoolClient,
  world: World,
  incidents: readonly IncidentId[],
  now: Date,
): Promise<void> {
  if (incidents.length === 0) return;
  await client.query({
    name: 'notify-cancel-alarms',
    text: `update notify_job set status = 'cancelled', last_error = 'closed', changed_at = $3
      where world = $1 and incident = any($2::uuid[]) and purpose in ('${ALARM}', '${RECALL}') and status = 'queued'`,
    values: [world, incidents, now.toISOString()],
  });
}

export interface RecalledCall {
  readonly incident: IncidentId;
  readonly facility: FacilityId;
  readonly contact: ContactId;
  readonly channel: 'voice';
  readonly purpose: string;
}

/**
 * Nobody has answered: whoever waits for a repetition of the call is called now. Who is on the line at this moment, or was not
 * called at all yet, is left to the call that is under way; who cannot be called stays so.
 */
export async function insertRecalls(
  client: PoolClient,
  world: World,
  incidents: readonly IncidentId[],
  now: Date,
): Promise<RecalledCall[]> {
  if (incidents.length === 0) return [];
  const { rows } = await client.query<RecalledCall>({
    name: 'notify-recall',
    text: `with waiting as (
        update notify_job set status = 'cancelled', last_error = 'recalled', changed_at = $3
        where world = $1 and incident = any($2::uuid[]) and purpose = '${ALARM}' and channel = 'voice'
          and status = 'queued' and round > 1
        returning *
      )
      insert into notify_job (world, id, incident, facility, organisation, contact, name, channel, purpose, lane, address,
        language, payload, due_at, created_at, changed_at)
      select world, gen_random_uuid(), incident, facility, organisation, contact, name, channel, '${RECALL}', lane, address,
        language, payload, $3, $3, $3 from waiting
      on conflict (world, incident, recipient, channel, purpose) where incident is not null do nothing
      returning incident, facility, contact, channel, purpose`,
    values: [world, incidents, now.toISOString()],
  });
  return rows;
}

/** Somebody at the facility has answered: nobody is called a second time. First calls still go out, for all must know. */
export async function cancelRepetitions(
  client: PoolClient,
  world: World,
  incidents: readonly IncidentId[],
  now: Date,
): Promise<void> {
  if (incidents.length === 0) return;
  await client.query({
    name: 'notify-cancel-repetitions',
    text: `update notify_job set status = 'cancelled', last_error = 'answered', changed_at = $3
      where world = $1 and incident = any($2::uuid[]) and channel = 'voice' and status = 'queued'
        and (purpose = '${ALARM}' and round > 1 or purpose = '${RECALL}')`,
    values: [world, incidents, now.toISOString()],
  });
}

/** The works are over: nobody is told any more that they end soon. */
export async function cancelWorksReminders(
  client: PoolClient,
  world: World,
  works: readonly WorksId[],
  now: Date,
): Promise<void> {
  if (works.length === 0) return;
  await client.query({
    name: 'notify-cancel-works',
    text: `update notify_job set status = 'cancelled', last_error = 'ended', changed_at = $3
      where world = $1 and works = any($2::uuid[]) and purpose = '${WORKS_REMINDER}' and status = 'queued'`,
    values: [world, works, now.toISOString()],
  });
}

/** The webhooks that hear of these facilities: their own, and those of their organisations and of all above them. */
export async function webhooksFor(
  client: PoolClient,
  world: World,
  organisations: readonly OrganisationCode[],
  facilities: readonly FacilityId[],
): Promise<WebhookTarget[]> {
  const { rows } = await client.query<WebhookTarget>({
    name: 'notify-webhooks-for',
    text: `with recursive up (leaf, code) as (
        select code, code from organisation where world = $1 and code = any($2::text[])
        union
        select up.leaf, o.parent from up join organisation o on o.world = $1 and o.code = up.code where o.parent is not null
      )
      select w.id, w.url, w.events, w.facility, up.leaf as below
      from up join webhook w on w.world = $1 and w.organisation = up.code and w.active and w.facility is null
      union all
      select w.id, w.url, w.events, w.facility, null from webhook w
      where w.world = $1 and w.facility = any($3::uuid[]) and w.active`,
    values: [world, organisations, facilities],
  });
  return rows;
}
