import type { World } from '@keng/model';
import { z } from 'zod';
import { type LogFeed, requireWhole } from '../log/index.ts';
import { defineRoute, openStream, type Route, type SessionUser } from '../platform/http/index.ts';
import type { Clock, Logger } from '../platform/index.ts';
import type { Arrivals } from './arrivals.ts';
import { serveEventStream } from './event-stream.ts';
import type { StorageWatch } from './storage-watch.ts';
import { placesNow, visibleNow } from './visible.ts';

export interface LiveDependencies {
  readonly feed: LogFeed;
  readonly arrivals: Arrivals;
  readonly storage: StorageWatch;
  readonly clock: Clock;
  readonly world: World;
  readonly log: Logger;
  /** Hears whose screen follows the feed, until what it returns is called. */
  readonly presence: { enter(user: SessionUser): () => void };
}

const position = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export function liveRoutes(dependencies: LiveDependencies): Route[] {
  const { feed, arrivals, storage, clock, world, log, presence } = dependencies;
  return [
    defineRoute({
      method: 'GET',
      url: '/feed',
      access: 'desk.read',
      summary: 'Everything that happens from a position on, as server-sent events',
      schemas: { query: z.object({ after: position.optional() }), response: z.string() },
      streams: true,
      evenExpired: true,
      async handle({ query, context }) {
        const { user, request } = context;
        if (user === null) return;
        const resumed = position.safeParse(request.headers['last-event-id']);
        const after = resumed.success ? resumed.data : (query.after ?? feed.position);
        // Before the stream is open: this is an answer, and the browser loads its picture anew.
        if (after < feed.position) await context.transaction((client) => requireWhole(client, world, after));
        const response = openStream(context, 'text/event-stream; charset=utf-8');
        const leave = presence.enter(user);
        try {
          await serveEventStream({
            response,
            feed,
            after,
            accept: visibleNow(user, () => clock.now(world)),
            arrivals,
            acceptArrival: placesNow(user, () => clock.now(world)),
            storage: () => storage.state,
            now: () => clock.now(world),
            stillAllowed: async () => {
              const still = await context.stillAllowed();
              // Raised or given back: the browser comes again and sees what it may see now.
              return still !== null && still.raised?.id === user.raised?.id;
            },
            log: (message, error) => log.warn({ err: error }, message),
          });
        } finally {
          leave();
        }
      },
    }),
    defineRoute({
      method: 'GET',
      url: '/health',
      access: 'open',
      summary: 'Does the centre take alarms?',
      schemas: {
        response: z.object({
          storage: z.enum(['ok', 'failing']),
          since: z.string().nullable(),
          now: z.string(),
          position: z.number(),
        }),
      },
      async handle({ context }) {
        const { storage: state, since } = storage.state;
        if (state === 'failing') context.reply.code(503);
        return { storage: state, since, now: context.now.toISOString(), position: feed.position };
      },
    }),
  ];
}
