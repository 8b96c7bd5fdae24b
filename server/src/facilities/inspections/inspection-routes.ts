import { INSPECTION_KINDS, type InspectionState } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type Route } from '../../platform/http/index.ts';
import type { PoolClient } from '../../platform/index.ts';
import { facilityIdParam, forReader, handOf, permitReading } from '../calls.ts';
import type { Hand } from '../change.ts';
import type { DutyFacts } from './duty-rules.ts';
import { closeFinding, inspectionsOf, moveDeadline, recordInspection } from './inspections.ts';
import type { SafetyRoutesDeps } from './routes.ts';

/** Written by its apply of the model. */
const inspection = z.custom<InspectionState>();
const ofFacility = z.object({ id: facilityIdParam });
const ofFinding = z.object({ id: z.uuid(), findingId: z.uuid() });
const day = z.iso.date();

type FindingChange<Body> = (
  client: PoolClient,
  hand: Hand,
  inspectionId: string,
  body: Body & { readonly findingId: string },
  facts: DutyFacts,
  recordedAt: Date,
) => Promise<InspectionState>;

/** What becomes of one finding. */
function findingRoute<Body extends object>(
  { facts, wallClock }: SafetyRoutesDeps,
  one: {
    readonly step: string;
    readonly summary: string;
    readonly body: z.ZodType<Body>;
    readonly change: FindingChange<Body>;
  },
): Route {
  return defineRoute({
    method: 'POST',
    url: `/inspections/:id/findings/:findingId/${one.step}`,
    access: 'inspection.write',
    summary: one.summary,
    schemas: { params: ofFinding, body: one.body, response: inspection },
    handle: ({ params: { id, findingId }, body, context }) =>
      context.transaction((client) =>
        one.change(client, handOf(context), id, { findingId, ...body }, facts, wallClock()),
      ),
  });
}

/** Inspections of the police, and what becomes of their findings. */
export function inspectionRoutes(deps: SafetyRoutesDeps): Route[] {
  const { facts, wallClock } = deps;
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
    findingRoute(deps, {
      step: 'close',
      summary: 'A finding was put right',
      body: z.object({ on: day, note: z.string().trim().min(1).max(1_000) }),
      change: closeFinding,
    }),
    findingRoute(deps, {
      step: 'deadline',
      summary: 'Gives a finding another deadline, with the reason',
      body: z.object({ deadline: day, reason: z.string().trim().min(1).max(500) }),
      change: moveDeadline,
    }),
  ];
}
