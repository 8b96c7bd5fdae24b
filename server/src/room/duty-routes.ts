import {
  type AnyDraft,
  type DutyReport,
  type Form01,
  type IncidentId,
  invalid,
  type OrganisationCode,
  reception,
  type ShiftId,
} from '@keng/model';
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { readIncident } from '../incidents/index.ts';
import { appendEntries, readDuty } from '../log/index.ts';
import { defineRoute, type RequestContext, type Route } from '../platform/http/index.ts';
import { callerOf } from './caller.ts';
import type { RoomPolicy } from './country-rules.ts';
import { dutyDay } from './day.ts';
import { dutyCsv, dutyReport } from './duty-report.ts';
import { form01, form01Csv } from './form-01.ts';
import { incidentsBetween, receptionsOf } from './incidents-of-day.ts';
import { checkPast } from './paper-routes.ts';
import { deskAndBelow } from './scope.ts';
import { lastShifts, shiftsBetween } from './shift-store.ts';

const text = (maximum: number) => z.string().trim().min(1).max(maximum);
const dayQuery = z.object({
  organisation: z
    .string()
    .min(1)
    .max(64)
    .transform((code) => code as OrganisationCode)
    .optional(),
  /** The day on which the duty day begins, in the country. */
  date: z.iso.date(),
  format: z.enum(['json', 'csv']).default('json'),
});
type Day = z.infer<typeof dayQuery>;
const MOST_ENTRIES = 5_000;

/** The duty log, the report of a day and form 01: readers of the log. */
export function dutyRoutes(policy: RoomPolicy): Route[] {
  return [
    defineRoute({
      method: 'POST',
      url: '/duty/notes',
      access: 'shift.write',
      summary: 'A free note in the duty log; with a time and a writer, one that was on paper',
      schemas: {
        body: z.object({
          text: text(4_000),
          late: z.object({ at: z.iso.datetime(), writtenBy: text(200) }).nullish(),
        }),
        response: z.object({ noted: z.boolean() }),
      },
      handle: async ({ body, context }) => {
        if (body.late) checkPast(body.late.at, context.now);
        await context.transaction(async (client) => {
          const { organisation } = callerOf(context);
          const [shift] = await lastShifts(client, context.world, organisation, 1);
          const on = shift !== undefined && shift.ended === null ? shift.id : null;
          await appendEntries(client, [noteDraft(context, body, on)], context.now);
        });
        return { noted: true };
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/duty/report',
      access: 'shift.read',
      summary: 'What happened at a desk and below it on a duty day; JSON or CSV',
      schemas: { query: dayQuery, response: z.unknown() },
      streams: true,
      handle: async ({ query, context }) => {
        const report = await context.transaction((client) => reportOf(client, context, policy, query));
        return answer(context, query, report, dutyCsv, `duty-${query.date}`);
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/duty/form-01',
      access: 'shift.read',
      summary: 'The book of reports (form 01) of a duty day; JSON or CSV',
      schemas: { query: dayQuery, response: z.unknown() },
      streams: true,
      handle: async ({ query, context }) => {
        const lines = await context.transaction((client) => linesOf(client, context, policy, query));
        return answer(context, query, { lines }, (one) => form01Csv(one.lines), `form-01-${query.date}`);
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/incidents/:id/reception',
      access: 'shift.write',
      summary: 'What form 01 asks beyond what the log knows; the last one counts',
      schemas: {
        params: z.object({ id: z.uuid().transform((id) => id as IncidentId) }),
        body: reception,
        response: z.object({ recorded: z.boolean() }),
      },
      handle: async ({ params, body, context }) => {
        await context.transaction(async (client) => {
          const incident = await readIncident(client, context.world, params.id);
          const draft: AnyDraft = {
            world: context.world,
            kind: 'reception.recorded',
            lane: 1,
            subject: incident.id,
            organisation: incident.station ?? incident.province,
            facility: incident.facility.id,
            revision: null,
            at: context.now,
            actor: context.actor,
            body: { ...body, by: callerOf(context).person, incidentId: incident.id },
          };
          await appendEntries(client, [draft], context.now);
        });
        return { recorded: true };
      },
    }),
  ];
}

function answer<Value>(
  { reply }: RequestContext,
  { format }: Day,
  value: Value,
  csv: (value: Value) => string,
  name: string,
): string {
  if (format === 'json') {
    reply.header('content-type', 'application/json; charset=utf-8');
    return JSON.stringify(value);
  }
  reply.header('content-type', 'text/csv; charset=utf-8');
  reply.header('content-disposition', `attachment; filename="${name}.csv"`);
  return csv(value);
}

function noteDraft(
  context: RequestContext,
  { text, late }: { text: string; late?: { at: string; writtenBy: string } | null | undefined },
  shift: ShiftId | null,
): AnyDraft {
  const { world, now, actor } = context;
  const { organisation, person } = callerOf(context);
  return {
    world,
    kind: 'duty.noted',
    lane: 1,
    subject: `duty/${organisation}`,
    organisation,
    facility: null,
    revision: null,
    at: late ? new Date(late.at) : now,
    actor,
    body: { by: person, text, shift, ...(late ? { late: { writtenBy: late.writtenBy } } : {}) },
  };
}

function deskOf({ user }: RequestContext, { organisation }: Day): OrganisationCode {
  const desk = organisation ?? user?.organisation;
  if (desk == null) throw invalid('duty.no-desk', 'Say which desk the report is of.', 'organisation');
  return desk;
}

async function reportOf(
  client: PoolClient,
  context: RequestContext,
  policy: RoomPolicy,
  query: Day,
): Promise<DutyReport> {
  const { world } = context;
  const organisation = deskOf(context, query);
  const below = await deskAndBelow(client, world, organisation);
  const { from, to } = dutyDay(query.date, policy.dayStarts, policy.timeZone);
  const { rows } = await client.query<{ links: number; mutes: number }>({
    name: 'room-duty-now',
    text: `select (select count(*)::integer from device_state where world = $1 and link = 'lost' and organisation = any($2::text[])) as links,
      (select count(*)::integer from works where world = $1 and ended_at is null and called_back and organisation = any($2::text[])) as mutes`,
    values: [world, below],
  });
  return dutyReport({
    organisation,
    from,
    to,
    shifts: await shiftsBetween(client, world, [organisation], from, to),
    incidents: await incidentsBetween(client, world, below, from, to),
    entries: await readDuty(client, world, below, { from, to, limit: MOST_ENTRIES }),
    linksLostNow: rows[0]?.links ?? 0,
    mutesNow: rows[0]?.mutes ?? 0,
  });
}

async function linesOf(
  client: PoolClient,
  context: RequestContext,
  policy: RoomPolicy,
  query: Day,
): Promise<Form01[]> {
  const { world } = context;
  const below = await deskAndBelow(client, world, deskOf(context, query));
  const { from, to } = dutyDay(query.date, policy.dayStarts, policy.timeZone);
  const incidents = await incidentsBetween(client, world, below, from, to);
  const written = await receptionsOf(
    client,
    world,
    incidents.map((one) => one.id),
  );
  return incidents.map((one) => form01(one, written.get(one.id)));
}
