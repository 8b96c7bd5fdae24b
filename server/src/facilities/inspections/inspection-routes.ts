import { INSPECTION_KINDS, type InspectionState } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type Route } from '../../platform/http/index.ts';
import { facilityIdParam, forReader, handOf, permitReading } from '../calls.ts';
import { closeFinding, inspectionsOf, moveDeadline, recordInspection } from './inspections.ts';
import type { SafetyRoutesDeps } from './routes.ts';

/** Written by its apply of the model. */
const inspection = z.custom<InspectionState>();
const ofFacility = z.object({ id: facilityIdParam });
const ofFinding = z.object({ id: z.uuid(), findingId: z.uuid() });
const day = z.iso.date();

/** Inspections of the police, and what becomes of their findings. */
export function inspectionRoutes({ facts, wallClock }: SafetyRoutesDeps): Route[] {
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
