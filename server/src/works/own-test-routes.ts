import { type FacilityId, notFound, Problem, type TransmitterId, type WorksId } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type RequestContext, type Route } from '../platform/http/index.ts';
import { ownWorks, viewOf } from './own-works-route.ts';
import type { WorksCaller, WorksService } from './service.ts';
import { readWorks } from './store.ts';

const testBody = z.object({
  transmitterId: z.uuid().transform((text) => text as TransmitterId),
  zones: z.array(z.string().min(1).max(32)).min(1).max(500),
  until: z.iso.datetime().transform((text) => new Date(text)),
  reason: z.string().trim().min(1).max(500),
});

/**
 * Test mode: an owner announces that named zones will be tried until a time. It is works like others: nothing is silent before an officer
 * has called a registered contact back, call points and other zones ring, and it ends by itself. A log-in alone silences nobody.
 */
export function ownTestRoutes(works: WorksService): Route[] {
  return [
    defineRoute({
      method: 'POST',
      url: '/my/facilities/:id/tests',
      access: 'facility.own',
      summary:
        'Announces a test of named zones of an own facility until a time; silent only after the call-back',
      schemas: {
        params: z.object({ id: z.uuid().transform((text) => text as FacilityId) }),
        body: testBody,
        response: ownWorks,
      },
      handle: ({ params, body, context }) =>
        own(context, async (client, caller) =>
          viewOf(
            await works.plan(client, caller, params.id, {
              ...body,
              from: context.now,
              requestedBy: caller.person.name,
              purpose: 'test',
            }),
          ),
        ),
    }),
    defineRoute({
      method: 'POST',
      url: '/my/works/:id/end',
      access: 'facility.own',
      summary: 'Ends a test that was announced for an own facility: every zone rings again',
      schemas: {
        params: z.object({ id: z.uuid().transform((text) => text as WorksId) }),
        body: z.object({}),
        response: ownWorks,
      },
      handle: ({ params, context }) =>
        own(context, async (client, caller) => {
          // Works that the desk planned are the desk's to end.
          const { purpose } = await readWorks(client, caller.world, params.id);
          if (purpose !== 'test') throw notFound('test', params.id);
          return viewOf(await works.end(client, caller, params.id, 'person'));
        }),
    }),
  ];
}

/** Sees the facilities of the account and nothing else, whatever other role it has. */
function own<Result>(
  { world, now, actor, user, withFacilities }: RequestContext,
  work: (
    client: Parameters<Parameters<RequestContext['transaction']>[0]>[0],
    caller: WorksCaller,
  ) => Promise<Result>,
): Promise<Result> {
  if (user === null) throw new Problem(401, 'session.missing', 'Log in first.');
  const caller: WorksCaller = { world, now, actor, person: { id: user.id, name: user.name } };
  return withFacilities(user.facilities, (client) => work(client, caller));
}
