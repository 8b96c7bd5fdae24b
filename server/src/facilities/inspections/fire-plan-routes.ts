import type { FirePlanState } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type Route } from '../../platform/http/index.ts';
import { facilityIdParam, forReader, handOf, permitReading } from '../calls.ts';
import { fileFirePlan, firePlansOf } from './fire-plan.ts';
import type { SafetyRoutesDeps } from './routes.ts';

/** Written by its apply of the model. */
const firePlan = z.custom<FirePlanState>();
const ofFacility = z.object({ id: facilityIdParam });

/** The facility's own fire and rescue plan. */
export function firePlanRoutes({ facts, wallClock }: SafetyRoutesDeps): Route[] {
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
          approvedOn: z.iso.date(),
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
