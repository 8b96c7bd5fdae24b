import type { AnyDraft } from '@keng/model';
import { z } from 'zod';
import { appendEntries } from '../log/index.ts';
import { defineRoute, type Route } from '../platform/http/index.ts';
import { callerOf } from './caller.ts';
import { type FallbackSheet, fallbackSheet } from './fallback-sheet.ts';

const telephones = z
  .array(z.object({ label: z.string().trim().min(1).max(200), number: z.string().trim().min(1).max(64) }))
  .max(32);

/** The sheet for the dark hour, and the telephones on it. */
export function fallbackRoutes(): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/room/fallback-sheet',
      access: 'shift.read',
      summary: 'Telephones, stations, open incidents, mutes and dead links, to be printed at each shift',
      schemas: { response: z.custom<FallbackSheet>() },
      handle: ({ context }) => context.transaction((client) => fallbackSheet(client, callerOf(context))),
    }),
    defineRoute({
      method: 'POST',
      url: '/room/telephones',
      access: 'shift.write',
      summary: 'The telephones of one’s own desk',
      schemas: { body: z.object({ telephones }), response: z.object({ telephones }) },
      handle: async ({ body, context }) => {
        const { organisation, person, world, actor, now } = callerOf(context);
        const draft: AnyDraft = {
          world,
          kind: 'room.telephones-set',
          lane: 2,
          subject: `telephones/${organisation}`,
          organisation,
          facility: null,
          revision: null,
          at: now,
          actor,
          body: { organisation, by: person, telephones: body.telephones },
        };
        await context.transaction((client) => appendEntries(client, [draft], now));
        return body;
      },
    }),
  ];
}
