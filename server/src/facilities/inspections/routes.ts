import {
  CHECK_RESULTS,
  type FirePlanState,
  INSPECTION_KINDS,
  type InspectionState,
  type SelfInspectionState,
} from '@keng/model';
import { z } from 'zod';
import { defineRoute, type Route } from '../../platform/http/index.ts';
import { facilityIdParam, forReader, handOf, permitReading } from '../calls.ts';
import { safeCell } from '../import/safe-cell.ts';
import { type DutyFacts, dayOf } from './duty-rules.ts';
import { fileFirePlan, firePlansOf } from './fire-plan.ts';
import { closeFinding, inspectionsOf, moveDeadline, recordInspection } from './inspections.ts';
import { OVERDUE_KINDS, type OverdueItem, overdue } from './overdue.ts';
import { fileSelfInspection, selfInspectionsOf } from './self-inspections.ts';

export interface SafetyRoutesDeps {
  readonly facts: DutyFacts;
  readonly wallClock: () => Date;
}

/** Each is written by its apply of the model. */
const firePlan = z.custom<FirePlanState>();
const selfInspection = z.custom<SelfInspectionState>();
const inspection = z.custom<InspectionState>();
const ofFacility = z.object({ id: facilityIdParam });
const ofFinding = z.object({ id: z.uuid(), findingId: z.uuid() });
const day = z.iso.date();
const filter = z.object({
  kind: z.enum(OVERDUE_KINDS),
  area: z.string().max(16).optional(),
  organisation: z.string().max(64).optional(),
  category: z.string().max(64).optional(),
});
const overdueItem = z.custom<OverdueItem>();
/** Rows of the CSV: whoever has more narrows the list first. */
const MOST_CSV_ROWS = 10_000;

export function safetyRoutes(deps: SafetyRoutesDeps): Route[] {
  return [
    ...firePlanRoutes(deps),
    ...selfInspectionRoutes(deps),
    ...inspectionRoutes(deps),
    ...overdueRoutes(deps),
  ];
}

function firePlanRoutes({ facts, wallClock }: SafetyRoutesDeps): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/facilities/:id/fire-plans',
      access: 'session',
      summary: "Versions of the facility's own fire and rescue plan, the newest first",
      schemas: { params: ofFacility, response: z.object({ versions: z.array(firePlan) }) },
      handle: async ({ params, context }) => {
        permitReading(context);
        return context.transaction(async (client) => ({
          versions: forReader(context, await firePlansOf(client, context.world, params.id, 20)),
        }));
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/facilities/:id/fire-plans',
      access: 'facility.plan',
      summary: 'Files the next version of the plan, approved by the head of the facility',
      schemas: {
        params: ofFacility,
        body: z.object({
          approvedOn: day,
          approvedBy: z.string().trim().min(1).max(200),
          fields: z.record(z.string().max(64), z.string().max(8_000)),
        }),
        response: firePlan,
      },
      handle: async ({ params, body, context }) =>
        forReader(
          context,
          await context.transaction((client) =>
            fileFirePlan(client, handOf(context), params.id, body, facts, wallClock()),
          ),
        ),
    }),
  ];
}

function selfInspectionRoutes({ facts, wallClock }: SafetyRoutesDeps): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/facilities/:id/self-inspections',
      access: 'session',
      summary: "The owner's own inspections, the newest first, and when the next is due",
      schemas: {
        params: ofFacility,
        response: z.object({
          selfInspections: z.array(selfInspection),
          dueOn: z.string().nullable(),
          inspectionDueOn: z.string().nullable(),
          today: z.string(),
        }),
      },
      handle: async ({ params, context }) => {
        permitReading(context);
        return context.transaction(async (client) => {
          const { rows } = await client.query<{ self: string | null; inspection: string | null }>(
            `select self_inspection_due_on::text as self, inspection_due_on::text as inspection
             from facility_search where world = $1 and id = $2`,
            [context.world, params.id],
          );
          return {
            selfInspections: forReader(context, await selfInspectionsOf(client, context.world, params.id)),
            dueOn: rows[0]?.self ?? null,
            inspectionDueOn: rows[0]?.inspection ?? null,
            today: dayOf(context.now, facts.timeZone),
          };
        });
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/my/facilities/:id/self-inspections',
      access: 'facility.own',
      summary: 'Files an inspection by the owner: every line of the checklist answered',
      schemas: {
        params: ofFacility,
        body: z.object({
          on: day,
          inspectedBy: z.string().trim().min(1).max(200),
          items: z
            .array(
              z.object({
                code: z.string().min(1).max(64),
                result: z.enum(CHECK_RESULTS),
                note: z.string().max(500).default(''),
              }),
            )
            .max(100),
          remarks: z.string().max(2_000).default(''),
        }),
        response: selfInspection,
      },
      handle: ({ params, body, context }) =>
        context.transaction((client) =>
          fileSelfInspection(client, handOf(context), params.id, body, facts, wallClock()),
        ),
    }),
  ];
}

function inspectionRoutes({ facts, wallClock }: SafetyRoutesDeps): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/facilities/:id/inspections',
      access: 'session',
      summary: 'Inspections of the police with their findings, the newest first',
      schemas: { params: ofFacility, response: z.object({ inspections: z.array(inspection) }) },
      handle: async ({ params, context }) => {
        permitReading(context);
        return context.transaction(async (client) => ({
          inspections: forReader(context, await inspectionsOf(client, context.world, params.id)),
        }));
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/facilities/:id/inspections',
      access: 'inspection.write',
      summary: 'Records an inspection with its findings, their articles and deadlines',
      schemas: {
        params: ofFacility,
        body: z.object({
          kind: z.enum(INSPECTION_KINDS),
          on: day,
          record: z.string().trim().max(100).nullable().default(null),
          conclusion: z.string().max(2_000).default(''),
          findings: z
            .array(
              z.object({
                text: z.string().trim().min(1).max(1_000),
                article: z.string().max(64).nullable(),
                deadline: day,
              }),
            )
            .max(100),
        }),
        response: inspection,
      },
      handle: ({ params, body, context }) =>
        context.transaction((client) =>
          recordInspection(client, handOf(context), params.id, body, facts, wallClock()),
        ),
    }),
    defineRoute({
      method: 'POST',
      url: '/inspections/:id/findings/:findingId/close',
      access: 'inspection.write',
      summary: 'A finding was put right',
      schemas: {
        params: ofFinding,
        body: z.object({ on: day, note: z.string().trim().min(1).max(1_000) }),
        response: inspection,
      },
      handle: ({ params, body, context }) =>
        context.transaction((client) =>
          closeFinding(
            client,
            handOf(context),
            params.id,
            { findingId: params.findingId, ...body },
            facts,
            wallClock(),
          ),
        ),
    }),
    defineRoute({
      method: 'POST',
      url: '/inspections/:id/findings/:findingId/deadline',
      access: 'inspection.write',
      summary: 'Gives a finding another deadline, with the reason',
      schemas: {
        params: ofFinding,
        body: z.object({ deadline: day, reason: z.string().trim().min(1).max(500) }),
        response: inspection,
      },
      handle: ({ params, body, context }) =>
        context.transaction((client) =>
          moveDeadline(
            client,
            handOf(context),
            params.id,
            { findingId: params.findingId, ...body },
            facts,
            wallClock(),
          ),
        ),
    }),
  ];
}

function overdueRoutes({ facts }: SafetyRoutesDeps): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/inspections/overdue',
      access: 'inspection.read',
      summary: 'What is overdue, longest first: self-inspections, inspections, or findings',
      schemas: {
        query: filter.extend({
          cursor: z.string().max(100).optional(),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: z.object({
          items: z.array(overdueItem),
          next: z.string().nullable(),
          today: z.string(),
        }),
      },
      handle: ({ query, context }) =>
        context.transaction(async (client) => {
          const today = dayOf(context.now, facts.timeZone);
          return { ...(await overdue(client, context.world, { ...query, today })), today };
        }),
    }),
    defineRoute({
      method: 'GET',
      url: '/inspections/overdue.csv',
      access: 'inspection.read',
      summary: `The same as CSV, at most ${MOST_CSV_ROWS} rows`,
      schemas: { query: filter, response: z.unknown() },
      streams: true,
      handle: async ({ query, context }) => {
        const today = dayOf(context.now, facts.timeZone);
        const { items } = await context.transaction((client) =>
          overdue(client, context.world, { ...query, today, limit: MOST_CSV_ROWS }),
        );
        context.reply.header('content-type', 'text/csv; charset=utf-8');
        context.reply.header(
          'content-disposition',
          `attachment; filename="overdue-${query.kind}-${today}.csv"`,
        );
        return overdueCsv(items);
      },
    }),
  ];
}

const CSV_COLUMNS = [
  'dueOn',
  'daysOverdue',
  'facilityName',
  'areaCode',
  'organisation',
  'category',
  'finding',
  'article',
  'facilityId',
] as const;

function overdueCsv(items: readonly OverdueItem[]): string {
  const line = (cells: readonly (string | number | null)[]): string =>
    cells.map((cell) => `"${safeCell(String(cell ?? '')).replaceAll('"', '""')}"`).join(',');
  const rows = items.map((item) => line(CSV_COLUMNS.map((name) => item[name])));
  return `\uFEFF${[line(CSV_COLUMNS), ...rows].join('\r\n')}\r\n`;
}
