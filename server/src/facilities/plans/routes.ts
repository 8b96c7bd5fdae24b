import { type PlanFile, type PlanState, planFile } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type RequestContext, type Route } from '../../platform/http/index.ts';
import { facilityIdParam, forReader, handOf, permitReading } from '../calls.ts';
import { openFacility } from '../papers.ts';
import type { Workshop } from '../workshop/workshop.ts';
import { PLAN_LIMITS } from './plan-limits.ts';
import { addPlan, type CheckedPlan, planContent, plansOf, replacePlan, withdrawPlan } from './plans.ts';

export interface PlanRoutesDeps {
  readonly workshop: Workshop;
  readonly wallClock: () => Date;
}

/** Written by applyPlan of the model. */
const plan = z.custom<PlanState>();
const ofFacility = z.object({ id: facilityIdParam });
const ofPlan = z.object({ id: facilityIdParam, planId: z.uuid() });
const description = z.object({
  name: z.string().trim().min(1).max(200),
  floor: z.string().trim().max(100).default(''),
  file: z.string().max(200).default(''),
});
type Description = z.infer<typeof description>;

/** By what is in the file; what the browser calls it decides nothing. */
const upload = {
  rawBody: 'application/octet-stream',
  bodyLimit: PLAN_LIMITS.bytes + 1_024,
  limit: { requests: 60, seconds: 600 },
} as const;

/** Nothing in a drawing may run, load or be taken for something else, should a browser be brought to open it alone. */
const SAFE_HEADERS = {
  'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
} as const;

export function planRoutes(deps: PlanRoutesDeps): Route[] {
  return [...readingRoutes(), ...writingRoutes(deps)];
}

function readingRoutes(): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/facilities/:id/plans',
      access: 'session',
      summary: 'Drawings of a facility that are in force, by floor',
      schemas: { params: ofFacility, response: z.object({ plans: z.array(plan) }) },
      handle: async ({ params, context }) => {
        permitReading(context);
        return context.transaction(async (client) => ({
          plans: forReader(context, await plansOf(client, context.world, params.id)),
        }));
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/facilities/:id/plans/:planId/file',
      access: 'session',
      summary: 'A drawing as it was written anew: WebP or PDF',
      schemas: { params: ofPlan, response: z.unknown() },
      streams: true,
      handle: async ({ params, context }) => {
        permitReading(context);
        const { state, content } = await context.transaction((client) =>
          planContent(client, context.world, params.id, params.planId),
        );
        const { reply } = context;
        reply.headers(SAFE_HEADERS);
        reply.header('content-type', state.file.mediaType);
        reply.header('content-disposition', `inline; filename="${fileName(state)}"`);
        return content;
      },
    }),
  ];
}

const fileName = ({ id, file }: PlanState): string =>
  `plan-${id}.${file.mediaType === 'application/pdf' ? 'pdf' : 'webp'}`;

function writingRoutes({ workshop, wallClock }: PlanRoutesDeps): Route[] {
  return [
    defineRoute({
      method: 'POST',
      url: '/facilities/:id/plans',
      access: 'facility.plan',
      summary:
        'Adds a drawing: PDF, PNG, JPEG or WebP, taken apart and written anew without anything that runs or tells',
      ...upload,
      schemas: { params: ofFacility, query: description, body: z.instanceof(Uint8Array), response: plan },
      handle: async ({ params, query, body, context }) => {
        // Before the work: whoever may not see the facility costs nothing.
        await context.transaction((client) => openFacility(client, context.world, params.id));
        const checked = await check(workshop, body, query);
        return answer(context, (client) => addPlan(client, handOf(context), params.id, checked, wallClock()));
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/facilities/:id/plans/:planId/replace',
      access: 'facility.plan',
      summary: 'Another file in place of a drawing; the one before stays readable in the log',
      ...upload,
      schemas: { params: ofPlan, query: description, body: z.instanceof(Uint8Array), response: plan },
      handle: async ({ params, query, body, context }) => {
        await context.transaction((client) => planContent(client, context.world, params.id, params.planId));
        const checked = await check(workshop, body, query);
        return answer(context, (client) =>
          replacePlan(client, handOf(context), params.planId, checked, wallClock()),
        );
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/facilities/:id/plans/:planId/withdraw',
      access: 'facility.plan',
      summary: 'Takes a drawing out of use, with the reason',
      schemas: {
        params: ofPlan,
        body: z.object({ reason: z.string().trim().min(1).max(500) }),
        response: plan,
      },
      handle: async ({ params, body, context }) =>
        answer(context, (client) =>
          withdrawPlan(client, handOf(context), params.planId, body.reason, wallClock()),
        ),
    }),
  ];
}

async function answer(
  context: RequestContext,
  work: Parameters<RequestContext['transaction']>[0],
): Promise<PlanState> {
  // Each caller gives a plan.
  return forReader(context, (await context.transaction(work)) as PlanState);
}

async function check(workshop: Workshop, body: Uint8Array, query: Description): Promise<CheckedPlan> {
  const { facts, content } = await workshop.work('plan', body);
  const file: PlanFile = planFile.parse(facts);
  return {
    name: query.name,
    floor: query.floor === '' ? null : query.floor,
    uploadedAs: query.file,
    file,
    content,
  };
}
