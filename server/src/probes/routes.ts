import { PROBE_STAGES } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type Route } from '../platform/http/index.ts';
import { noteReached, readProbePaths } from './store.ts';

const way = { receiver: z.string().max(128), listener: z.string().max(32) };
const instant = z.string().nullable();
const path = z.object({
  ...way,
  sentAt: z.string(),
  storedAt: instant,
  fedAt: instant,
  shownAt: instant,
  missingStage: z.enum(PROBE_STAGES).nullable(),
  missingSince: instant,
});

export function probeRoutes(): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/probes',
      access: 'desk.read',
      summary: 'The synthetic alarm: how far it came last by each listener, and where it is missing',
      evenExpired: true,
      schemas: { response: z.object({ paths: z.array(path) }) },
      handle: async ({ context }) => ({
        paths: (await context.transaction((client) => readProbePaths(client, context.world))).map((one) => ({
          ...one,
          sentAt: one.sentAt.toISOString(),
          storedAt: one.storedAt?.toISOString() ?? null,
          fedAt: one.fedAt?.toISOString() ?? null,
          shownAt: one.shownAt?.toISOString() ?? null,
          missingSince: one.missingSince?.toISOString() ?? null,
        })),
      }),
    }),
    defineRoute({
      method: 'POST',
      url: '/probes/shown',
      access: 'desk.read',
      summary: "A desk's browser has the synthetic alarm",
      schemas: {
        body: z.object({ ways: z.array(z.object(way)).min(1).max(100) }),
        response: z.object({}),
      },
      handle: async ({ body, context }) => {
        await context.transaction((client) =>
          noteReached(client, context.world, body.ways, 'shown', context.now),
        );
        return {};
      },
    }),
  ];
}
