import type { ContactId, FacilityId } from '@keng/model';
import { Problem, type TransmitterId, type WorksId } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type RequestContext, type Route } from '../platform/http/index.ts';
import { ownTestRoutes } from './own-test-routes.ts';
import { ownWorksRoute } from './own-works-route.ts';
import type { WorksCaller, WorksService } from './service.ts';
import { worksEnded, worksNotEnded } from './store.ts';

const id = <Id>() => z.uuid().transform((text) => text as Id);
const instant = z.iso.datetime().transform((text) => new Date(text));

/** The state as the model defines it; the members named here are what clients of the API may count on first. */
const worksView = z.looseObject({
  id: z.uuid(),
  facilityId: z.uuid(),
  zones: z.array(z.string()),
  until: z.string(),
});
/** In a list, with what a reader calls its place: nobody has to ask for each facility. */
const worksItem = worksView.extend({
  facilityName: z.string(),
  facilityAddress: z.string(),
  zoneLabels: z.record(z.string(), z.string()),
});
const entryView = z.looseObject({ position: z.number(), kind: z.string() });
const params = z.object({ id: id<WorksId>() });

const planBody = z.object({
  facilityId: id<FacilityId>(),
  transmitterId: id<TransmitterId>(),
  zones: z.array(z.string().min(1).max(32)).min(1).max(500),
  from: instant,
  until: instant,
  reason: z.string().trim().min(1).max(500),
  requestedBy: z.string().trim().min(1).max(200).nullish(),
});

export function worksRoutes({ works }: { readonly works: WorksService }): Route[] {
  return [
    ownWorksRoute,
    ...ownTestRoutes(works),
    defineRoute({
      method: 'GET',
      url: '/works',
      access: 'works.read',
      summary: 'Planned works that have not ended',
      schemas: { response: z.object({ works: z.array(worksItem) }) },
      handle: ({ context }) =>
        context.transaction(async (client) => ({ works: await worksNotEnded(client, context.world) })),
    }),
    defineRoute({
      method: 'GET',
      url: '/works/ended',
      access: 'works.read',
      summary: 'Works that have ended, those that were planned last first',
      schemas: {
        query: z.object({
          before: id<WorksId>().optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: z.object({ works: z.array(worksItem), next: z.uuid().nullable() }),
      },
      handle: ({ query: { before, limit }, context }) =>
        context.transaction(async (client) => {
          const works = await worksEnded(client, context.world, before ?? null, limit);
          return { works, next: works.length < limit ? null : (works.at(-1)?.id ?? null) };
        }),
    }),
    defineRoute({
      method: 'GET',
      url: '/works/:id/chronology',
      access: 'works.read',
      summary: 'What happened with planned works, muted signals aside, and what became of the reminder',
      schemas: { params, response: z.object({ entries: z.array(entryView) }) },
      handle: ({ params, context }) =>
        context.transaction(async (client) => ({
          entries: await works.chronology(client, callerOf(context), params.id),
        })),
    }),
    defineRoute({
      method: 'POST',
      url: '/works',
      access: 'works.write',
      summary: 'Plans works that mute named zones after a call-back',
      schemas: { body: planBody, response: worksView },
      handle: ({ body, context }) => {
        const { facilityId, requestedBy, ...plan } = body;
        return context.transaction((client) =>
          works.plan(client, callerOf(context), facilityId, { ...plan, requestedBy: requestedBy ?? null }),
        );
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/works/:id/call-back',
      access: 'works.write',
      summary:
        'A registered contact was called back and confirmed the works: zones are muted from their start',
      schemas: { params, body: z.object({ contactId: id<ContactId>() }), response: worksView },
      handle: ({ params, body, context }) =>
        context.transaction((client) => works.callBack(client, callerOf(context), params.id, body.contactId)),
    }),
    defineRoute({
      method: 'POST',
      url: '/works/:id/end',
      access: 'works.write',
      summary: 'Ends works: every zone rings again',
      schemas: {
        params,
        body: z.object({ reason: z.enum(['person', 'call-back-refused']).default('person') }),
        response: worksView,
      },
      handle: ({ params, body, context }) =>
        context.transaction((client) => works.end(client, callerOf(context), params.id, body.reason)),
    }),
  ];
}

function callerOf({ world, now, actor, user }: RequestContext): WorksCaller {
  if (user === null) throw new Problem(401, 'session.missing', 'Log in first.');
  return { world, now, actor, person: { id: user.id, name: user.name } };
}
