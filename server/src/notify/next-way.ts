import type { CountryPack } from '@keng/country-vn';
import {
  type Contact,
  type ContactId,
  type IncidentId,
  newUuid,
  type WorksId,
  type World,
} from '@keng/model';
import { z } from 'zod';
import { type FacilityForAlarm, facilitySummaries } from '../facilities/index.ts';
import type { PoolClient } from '../platform/index.ts';
import { setTimers, type TimerHandler } from '../timers/index.ts';
import { readRecords } from './contacts/record-store.ts';
import { type NextStep, nextStep, waysOf } from './contacts/rules.ts';
import type { JobDraft, JobStatus, JobSubject } from './job.ts';
import { type Notice, NoticeWriter } from './notice-jobs.ts';
import { insertJobs } from './outbox-store.ts';

const NEXT_WAY = 'notify.next-way';

/** A notice with those who may be told: in this order, until somebody got it. */
export interface SentNotice extends Notice {
  readonly contacts: readonly Contact[];
  /** Whom it is for; null: the first of them. */
  readonly first: ContactId | null;
}

/** A notice about a building itself, of no alarm and no works: its purpose is its code. */
export function buildingNotice(
  place: FacilityForAlarm,
  purpose: string,
  contacts: readonly Contact[],
  now: Date,
): SentNotice {
  const { name, address } = place.summary;
  return {
    subject: { incident: null, works: null, notice: newUuid(now.getTime()) },
    purpose,
    code: purpose,
    place,
    occasion: { facility: name, address, zones: [], at: now.toISOString() },
    contacts,
    first: null,
  };
}

/** What the timer keeps of a notice, so that the next step says the same. */
const noticeBody = z.object({
  purpose: z.string(),
  code: z.string(),
  order: z.array(z.uuid().transform((id) => id as ContactId)).max(64),
  occasion: z.object({
    facility: z.string(),
    address: z.string(),
    zones: z.array(z.object({ zone: z.string(), zoneLabel: z.string().nullable() })),
    at: z.iso.datetime(),
  }),
});

/** Says it by the first way to the first contact, and sets the clock for the next step. Once, however often it is asked for. */
export async function sendNotices(
  client: PoolClient,
  world: World,
  notice: SentNotice,
  writer: NoticeWriter,
  now: Date,
): Promise<void> {
  const { first, contacts } = notice;
  const contact = contacts.find((one) => one.id === first) ?? contacts[0];
  if (contact === undefined) return;
  const record = (await readRecords(client, world, [contact.id])).get(contact.id) ?? null;
  const [way = 'sms'] = waysOf(contact, record);
  const ordered = [contact, ...contacts.filter((one) => one.id !== contact.id)];
  await send(client, world, { ...notice, contacts: ordered }, { contact, way }, writer, now);
}

async function send(
  client: PoolClient,
  world: World,
  notice: SentNotice,
  { contact, way }: NextStep,
  writer: NoticeWriter,
  now: Date,
): Promise<void> {
  const record = (await readRecords(client, world, [contact.id])).get(contact.id) ?? null;
  const job: JobDraft = writer.job(notice, contact, record, way, now);
  const inserted = await insertJobs(client, world, [job], now);
  if (!inserted.has(job.id)) return;
  const { purpose, code, occasion } = notice;
  const zones = occasion.zones.map(({ zone, zoneLabel }) => ({ zone, zoneLabel }));
  await setTimers(client, [
    {
      world,
      kind: NEXT_WAY,
      subject: job.id,
      // Quiet hours are no time in which somebody could have been reached.
      dueAt: new Date((job.dueAt ?? now).getTime() + writer.nextWaySeconds * 1_000),
      body: { purpose, code, order: notice.contacts.map((one) => one.id), occasion: { ...occasion, zones } },
    },
  ]);
}

/** A notice that was not delivered in its time goes by the contact's next way, then to the next contact. */
export function nextWayTimers(country: CountryPack): TimerHandler {
  const writer = new NoticeWriter(country);
  return {
    kind: NEXT_WAY,
    async handle(client, timers, { world, now }) {
      for (const timer of timers) {
        const job = await readJob(client, world, timer.subject);
        // It arrived, the works are over, or the outbox was swept long since.
        if (job === null || job.status === 'delivered' || job.status === 'cancelled') continue;
        await goOn(client, world, job, noticeBody.parse(timer.body), writer, now);
      }
    },
  };
}

interface NoticeJob {
  readonly status: JobStatus;
  readonly incident: IncidentId | null;
  readonly works: WorksId | null;
  readonly notice: string | null;
  readonly facility: JobDraft['facility'];
  readonly organisation: JobDraft['organisation'];
}

async function goOn(
  client: PoolClient,
  world: World,
  job: NoticeJob,
  body: z.infer<typeof noticeBody>,
  writer: NoticeWriter,
  now: Date,
): Promise<void> {
  const subject = subjectOf(job);
  const place = (await facilitySummaries(client, world, [job.facility])).get(job.facility);
  if (subject === null || place === undefined || place.removed) return;
  // In the order of the notice; who came into the register since is not asked.
  const contacts = body.order.flatMap((id) => place.contacts.find((one) => one.id === id) ?? []);
  const ordered = contacts.map((one, index) => ({ ...one, order: index + 1 }));
  const records = await readRecords(
    client,
    world,
    contacts.map((one) => one.id),
  );
  const tried = await readTried(client, world, job, body.purpose);
  const step = nextStep(ordered, (id) => records.get(id) ?? null, tried);
  if (step === null) return;
  const { organisation } = job;
  const notice: SentNotice = { ...body, subject, place, organisation, contacts: ordered, first: null };
  await send(client, world, notice, step, writer, now);
}

function subjectOf({ works, notice }: NoticeJob): JobSubject | null {
  if (works !== null) return { incident: null, works };
  return notice === null ? null : { incident: null, works: null, notice };
}

async function readJob(client: PoolClient, world: World, id: string): Promise<NoticeJob | null> {
  const { rows } = await client.query<NoticeJob>({
    name: 'notice-job',
    text: `select status, incident, works, notice, facility, organisation from notify_job where world = $1 and id = $2`,
    values: [world, id],
  });
  return rows[0] ?? null;
}

/** Who was told already and how, in the order in which it was done. */
async function readTried(
  client: PoolClient,
  world: World,
  { works, notice }: NoticeJob,
  purpose: string,
): Promise<{ contact: ContactId; way: string }[]> {
  const { rows } = await client.query<{ contact: ContactId; way: string }>({
    name: works === null ? 'notice-tried' : 'notice-tried-works',
    text: `select contact, channel as way from notify_job
      where world = $1 and ${works === null ? 'notice' : 'works'} = $2 and purpose = $3 order by created_at, id`,
    values: [world, works ?? notice, purpose],
  });
  return rows;
}
