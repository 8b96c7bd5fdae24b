import { type AnyDraft, conflict, notFound } from '@keng/model';
import { z } from 'zod';
import { appendEntries, readAfter, retrySetAside } from '../log/index.ts';
import { defineRoute, type RequestContext, type Route } from '../platform/http/index.ts';
import { transaction } from '../platform/index.ts';
import { retryTimer, TIMERS } from '../timers/index.ts';
import type { RecordDependencies } from './routes.ts';

const view = z.object({
  consumer: z.string(),
  position: z.number(),
  kind: z.string(),
  error: z.string(),
  setAsideAt: z.string(),
  retriedAt: z.string().nullable(),
});

interface SetAsideRow {
  readonly consumer: string;
  readonly position: number;
  readonly kind: string;
  readonly error: string;
  readonly set_aside_at: Date;
  readonly retried_at: Date | null;
}

/** What broke its handler: seen by those who may see the entry, tried again by an administrator. */
export function setAsideRoutes(dependencies: RecordDependencies): Route[] {
  const { world } = dependencies;
  return [
    defineRoute({
      method: 'GET',
      url: '/system/set-aside',
      access: 'system.read',
      summary: 'Entries and timers that broke their handler',
      schemas: { response: z.object({ entries: z.array(view) }) },
      async handle({ context }) {
        const { rows } = await context.transaction((client) =>
          client.query<SetAsideRow>(
            `select s.consumer, s.position, s.kind, s.error, s.set_aside_at, s.retried_at from set_aside s
             where s.world = $1 and (s.consumer = $2 or exists (
               select from log_order o join entry e on e.world = o.world and e.id = o.entry_id
               where o.world = s.world and o.position = s.position))
             order by s.retried_at nulls first, s.set_aside_at desc limit 500`,
            [world, TIMERS],
          ),
        );
        return { entries: rows.map(viewOf) };
      },
    }),
    defineRoute({
      method: 'POST',
      url: '/system/set-aside/:consumer/:position/retry',
      access: 'system.write',
      summary: 'Hand a set-aside entry to its consumer once more, or let a set-aside timer run',
      schemas: {
        params: z.object({ consumer: z.string().max(64), position: z.coerce.number().int().min(1) }),
        response: z.object({ done: z.literal(true) }),
      },
      async handle({ params, context }) {
        if (params.consumer === TIMERS) await retryOneTimer(dependencies, params.position, context);
        else await retryEntry(dependencies, params.consumer, params.position, context);
        return { done: true };
      },
    }),
  ];
}

function viewOf(row: SetAsideRow): z.infer<typeof view> {
  return {
    consumer: row.consumer,
    position: row.position,
    kind: row.kind,
    error: row.error,
    setAsideAt: row.set_aside_at.toISOString(),
    retriedAt: row.retried_at?.toISOString() ?? null,
  };
}

async function retryEntry(
  { auditorPool, corePool, consumers, world, clock }: RecordDependencies,
  name: string,
  position: number,
  context: RequestContext,
): Promise<void> {
  const consumer = consumers.find((one) => one.name === name);
  const [entry] = await readAfter(auditorPool, world, position - 1, 1);
  if (!consumer || entry?.position !== position) throw notFound('set-aside', `${name}/${position}`);
  await retrySetAside({ pool: corePool, world, consumer, clock, actor: context.actor }, entry);
}

async function retryOneTimer(
  { corePool, world }: RecordDependencies,
  number: number,
  context: RequestContext,
): Promise<void> {
  await transaction(corePool, async (client) => {
    if (!(await retryTimer(client, world, number, context.now))) {
      throw conflict(
        'set-aside.not-waiting',
        `There is no set-aside timer ${number} that waits for a retry.`,
      );
    }
    const draft: AnyDraft = {
      world,
      kind: 'entry.retried',
      lane: 2,
      subject: `${TIMERS}/${number}`,
      organisation: null,
      facility: null,
      revision: null,
      at: context.now,
      actor: context.actor,
      body: { consumer: TIMERS, position: number },
    };
    await appendEntries(client, [draft], context.now);
  });
}
