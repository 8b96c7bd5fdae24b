import { Problem, type TransmitterId } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type Route } from '../platform/http/index.ts';
import { askControlRoom } from './service.ts';
import { listDutyChecks } from './store.ts';

/** The state as the model defines it; the members named here are what clients of the API may count on first. */
const dutyCheckView = z.looseObject({
  id: z.uuid(),
  transmitterId: z.uuid(),
  facilityId: z.uuid(),
  askedAt: z.string(),
  answeredAt: z.string().nullable(),
  unanswered: z.string().nullable(),
});

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
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: z.object({ dutyChecks: z.array(dutyCheckView) }),
      },
      handle: ({ query: { facility, limit }, context }) =>
        context.transaction(async (client) => ({
          dutyChecks: await listDutyChecks(client, context.world, { facility: facility ?? null, limit }),
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
      handle: ({ body, context }) => {
        const { world, now, actor, user } = context;
        if (user === null) throw new Problem(401, 'session.missing', 'Log in first.');
        const person = { id: user.id, name: user.name };
        return context.transaction(async (client) => ({
          ...(await askControlRoom(client, { world, now, actor, person }, body.transmitterId)),
        }));
      },
    }),
  ];
}
