import { CHECK_RESULTS, type SelfInspectionState } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type Route } from '../../platform/http/index.ts';
import { facilityIdParam, forReader, handOf, permitReading } from '../calls.ts';
import { dayOf } from './duty-rules.ts';
import type { SafetyRoutesDeps } from './routes.ts';
import { fileSelfInspection, selfInspectionsOf } from './self-inspections.ts';

/** Written by its apply of the model. */
const selfInspection = z.custom<SelfInspectionState>();
const ofFacility = z.object({ id: facilityIdParam });

/** The owner's own inspections. */
export function selfInspectionRoutes({ facts, wallClock }: SafetyRoutesDeps): Route[] {
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
          on: z.iso.date(),
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
