import { type DutyCheckId, Problem, type TransmitterId } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type RequestContext, type Route } from '../platform/http/index.ts';
import { askControlRoom, claimUnanswered, type DutyCheckCaller, settleUnanswered } from './service.ts';
import { listAbsences, listDutyChecks } from './store.ts';

/** The state as the model defines it; the members named here are what clients of the API may count on first. */
const dutyCheckView = z.looseObject({
  id: z.uuid(),
  transmitterId: z.uuid(),
  facilityId: z.uuid(),
  askedAt: z.string(),
  answeredAt: z.string().nullable(),
  unanswered: z.string().nullable(),
});

const byId = z.object({ id: z.uuid().transform((text) => text as DutyCheckId) });

export function dutyCheckRoutes(): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/duty-checks',
      access: 'device.read',
      summary: 'Whether control rooms answered, the newest first; of one facility or of all',
      schemas: {
        query: z.object({
          facility: z.uuid().optional(),
          /** Only those that nobody answered and that wait for a person; longest first. */
          waiting: z.literal('true').optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: z.object({ dutyChecks: z.array(dutyCheckView) }),
      },
      handle: ({ query: { facility, waiting, limit }, context }) =>
        context.transaction(async (client) => ({
          dutyChecks:
            waiting === undefined
              ? await listDutyChecks(client, context.world, { facility: facility ?? null, limit })
              : await listAbsences(client, context.world, limit),
        })),
    }),
    defineRoute({
      method: 'POST',
      url: '/duty-checks',
      access: 'duty-check.ask',
      summary: 'Asks whether somebody is on duty in the control room of a transmitter',
      schemas: {
        body: z.object({ transmitterId: z.uuid().transform((text) => text as TransmitterId) }),
        response: dutyCheckView,
      },
      handle: ({ body, context }) =>
        context.transaction(async (client) => ({
          ...(await askControlRoom(client, callerOf(context), body.transmitterId)),
        })),
    }),
    defineRoute({
      method: 'POST',
      url: '/duty-checks/:id/claim',
      access: 'incident.accept',
      summary: 'Look after a control room where nobody answered: it rings no more',
      schemas: { params: byId, response: dutyCheckView },
      handle: ({ params, context }) =>
        context.transaction(async (client) => ({
          ...(await claimUnanswered(client, callerOf(context), params.id)),
        })),
    }),
    defineRoute({
      method: 'POST',
      url: '/duty-checks/:id/settle',
      access: 'incident.accept',
      summary: 'Say what came of it that nobody answered',
      schemas: {
        params: byId,
        body: z.object({ note: z.string().trim().min(1).max(500) }),
        response: dutyCheckView,
      },
      handle: ({ params, body, context }) =>
        context.transaction(async (client) => ({
          ...(await settleUnanswered(client, callerOf(context), params.id, body.note)),
        })),
    }),
  ];
}

function callerOf({ world, now, actor, user }: RequestContext): DutyCheckCaller {
  if (user === null) throw new Problem(401, 'session.missing', 'Log in first.');
  return { world, now, actor, person: { id: user.id, name: user.name } };
}
