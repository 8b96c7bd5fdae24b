import type { IncidentId } from '@keng/model';
import { z } from 'zod';
import type { IncidentService } from '../incidents/index.ts';
import { defineRoute, type Route } from '../platform/http/index.ts';
import { callerOf } from './caller.ts';
import type { RoomPolicy } from './country-rules.ts';

const params = z.object({ id: z.uuid().transform((id) => id as IncidentId) });
/** The state as the model defines it. */
const incidentView = z.looseObject({ id: z.uuid(), number: z.number(), entries: z.number() });

/** An accepted incident is laid aside for a while; the server refuses it for an alarm that nobody has acknowledged. */
export function shelfRoutes(
  incidents: IncidentService,
  { shelfMaximumSeconds }: Pick<RoomPolicy, 'shelfMaximumSeconds'>,
): Route[] {
  return [
    defineRoute({
      method: 'POST',
      url: '/incidents/:id/shelve',
      access: 'incident.shelve',
      summary: 'Lays an accepted incident aside until a time, with a reason',
      schemas: {
        params,
        body: z.object({
          reason: z.string().trim().min(1).max(1_000),
          until: z.iso.datetime().transform((text) => new Date(text)),
        }),
        response: incidentView,
      },
      handle: ({ params, body, context }) =>
        context.transaction((client) =>
          incidents.shelve(client, callerOf(context), params.id, body, shelfMaximumSeconds),
        ),
    }),
    defineRoute({
      method: 'POST',
      url: '/incidents/:id/unshelve',
      access: 'incident.shelve',
      summary: 'Takes an incident back from the shelf',
      schemas: { params, body: z.object({}).nullish(), response: incidentView },
      handle: ({ params, context }) =>
        context.transaction((client) => incidents.unshelve(client, callerOf(context), params.id)),
    }),
  ];
}
