import { type IncidentId, OWNER_ANSWERS, Problem } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type RequestContext, type Route } from '../platform/http/index.ts';
import type { PoolClient } from '../platform/index.ts';
import { OwnAlarms, type Owner } from './own-alarms.ts';
import { ownAlarmsView, ownAlarmView } from './owner-view.ts';
import type { Wording } from './wording.ts';

const params = z.object({ id: z.uuid().transform((text) => text as IncidentId) });
/** Where a page ended: `open-17`. */
const cursor = z
  .string()
  .regex(/^(open|closed)-\d{1,9}$/)
  .transform((text) => {
    const [status, number] = text.split('-');
    return { status: status === 'open' ? ('open' as const) : ('closed' as const), number: Number(number) };
  });

/** The alarms of one's own facilities, for an owner with a log-in. */
export function ownAlarmRoutes(wording: Wording): Route[] {
  const alarms = new OwnAlarms(wording);
  return [
    defineRoute({
      method: 'GET',
      url: '/my/alarms',
      access: 'facility.own',
      summary: "What alarms at one's own facilities, and what was closed within a day",
      evenExpired: true,
      schemas: {
        query: z.object({
          cursor: cursor.optional(),
          limit: z.coerce.number().int().min(1).max(50).default(20),
        }),
        response: ownAlarmsView,
      },
      handle: ({ query, context }) =>
        asOwner(context, (client, owner) =>
          alarms.list(client, owner, { after: query.cursor ?? null, limit: query.limit }),
        ),
    }),
    defineRoute({
      method: 'POST',
      url: '/my/alarms/:id/answer',
      access: 'facility.own',
      summary: 'The owner says real, false or checking',
      schemas: { params, body: z.object({ answer: z.enum(OWNER_ANSWERS) }), response: ownAlarmView },
      handle: ({ params: { id }, body, context }) =>
        asOwner(context, (client, owner) => alarms.answer(client, owner, id, body.answer)),
    }),
    defineRoute({
      method: 'POST',
      url: '/my/alarms/:id/measures-shown',
      access: 'facility.own',
      summary: 'The first measures are on the screen of the owner',
      schemas: { params, body: z.object({}).nullish(), response: ownAlarmView },
      handle: ({ params: { id }, context }) =>
        asOwner(context, (client, owner) => alarms.measuresShown(client, owner, id)),
    }),
  ];
}

/** Sees the own facilities and nothing else, also when the same person has a desk besides. */
function asOwner<Result>(
  context: RequestContext,
  act: (client: PoolClient, owner: Owner) => Promise<Result>,
): Promise<Result> {
  const { world, now, actor, user } = context;
  if (user === null) throw new Problem(401, 'session.missing', 'Log in first.');
  const { name, language, facilities } = user;
  return context.withFacilities(facilities, (client) =>
    act(client, { world, now, actor, name, language, facilities }),
  );
}
