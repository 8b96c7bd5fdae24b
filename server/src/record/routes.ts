import { type AnyDraft, ENTRY_KINDS, type EntryKind, type World } from '@keng/model';
import { z } from 'zod';
import {
  appendEntries,
  archivedMark,
  type Consumer,
  headPosition,
  readAfter,
  readBefore,
  verifyLog,
} from '../log/index.ts';
import { defineRoute, type RequestContext, type Route } from '../platform/http/index.ts';
import type { Clock, Pool } from '../platform/index.ts';
import { readRoutes } from './read-routes.ts';
import { setAsideRoutes } from './set-aside-routes.ts';

export interface RecordDependencies {
  /** As keng_auditor: reads, and nothing else. */
  readonly auditorPool: Pool;
  /** As keng_core: hands set-aside entries to their consumers again. */
  readonly corePool: Pool;
  readonly consumers: readonly Consumer[];
  readonly world: World;
  readonly clock: Clock;
}

const entrySchema = z.looseObject({ position: z.number(), kind: z.string() });
const kinds = Object.keys(ENTRY_KINDS) as [EntryKind, ...EntryKind[]];

export function recordRoutes(dependencies: RecordDependencies): Route[] {
  return [...readingRoutes(dependencies), ...readRoutes(), ...setAsideRoutes(dependencies)];
}

function readingRoutes({ auditorPool, world }: RecordDependencies): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/log',
      access: 'log.read',
      summary: 'The log a page at a time: in its order after a position, or the newest first before one',
      schemas: {
        query: z.object({
          after: z.coerce.number().int().min(0).default(0),
          before: z.coerce.number().int().min(1).optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
          kind: z.enum(kinds).optional(),
        }),
        response: z.object({
          entries: z.array(entrySchema),
          head: z.number(),
          next: z.number().nullable(),
          /** Up to here entries have left the database for archive files; null: none has. */
          archived: z.object({ position: z.number(), at: z.string() }).nullable(),
        }),
      },
      async handle({ query, context }) {
        // As the reader's own role: row-level security shows an auditor of one province that province.
        const { after, before, limit } = query;
        const kinds = query.kind ? [query.kind] : null;
        const entries = await context.transaction((client) =>
          before === undefined
            ? readAfter(client, world, after, limit, kinds)
            : readBefore(client, world, before, limit, kinds),
        );
        const head = await headPosition(auditorPool, world);
        const mark = await archivedMark(auditorPool, world);
        const part = before === undefined ? `after ${after}` : `before ${before}`;
        await noteReading(context, `log ${part}${query.kind ? ` of kind ${query.kind}` : ''}`);
        return {
          entries,
          head,
          archived: mark && { position: mark.position, at: mark.at },
          next: entries.length === query.limit ? (entries.at(-1)?.position ?? null) : null,
        };
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/log/verify',
      access: 'log.verify',
      summary: 'Walk the hash chain and say where it does not hold',
      schemas: {
        body: z.object({
          checkpoint: z
            .object({ position: z.number().int().min(1), hash: z.string().regex(/^[0-9a-f]{64}$/) })
            .optional(),
        }),
        response: z.object({
          position: z.number(),
          entries: z.number(),
          seals: z.number(),
          erased: z.number(),
          head: z.string(),
          faults: z.array(z.object({ position: z.number(), code: z.string(), detail: z.string() })),
          archived: z.object({ upto: z.number(), read: z.number(), kept: z.number() }).nullable(),
        }),
      },
      async handle({ body, context }) {
        // Whoever closes the browser stops the walk.
        const gone = new AbortController();
        context.request.raw.once('close', () => {
          if (context.reply.raw.destroyed) gone.abort();
        });
        const { world: _world, ...result } = await verifyLog({
          pool: auditorPool,
          world,
          signal: gone.signal,
          ...(body.checkpoint ? { checkpoint: body.checkpoint } : {}),
        });
        await noteReading(context, `verification of ${result.entries} entries`);
        return result;
      },
    }),
  ];
}

/** The auditor is audited, too: who read what is an entry. */
export async function noteReading(context: RequestContext, what: string): Promise<void> {
  const draft: AnyDraft = {
    world: context.world,
    kind: 'record.read',
    lane: 2,
    subject: context.actor.id,
    organisation: null,
    facility: null,
    revision: null,
    at: context.now,
    actor: context.actor,
    body: { what, subject: context.actor.id },
  };
  await context.transaction((client) => appendEntries(client, [draft], context.now));
}
