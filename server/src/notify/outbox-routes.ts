import type { World } from '@keng/model';
import { z } from 'zod';
import { defineRoute, type Route } from '../platform/http/index.ts';
import type { PoolClient } from '../platform/index.ts';
import { CHANNELS, JOB_STATES } from './job.ts';

const job = z.object({
  id: z.string(),
  /** At most one of the two: what it is about. */
  incident: z.string().nullable(),
  works: z.string().nullable(),
  contact: z.string().nullable(),
  webhook: z.string().nullable(),
  name: z.string(),
  channel: z.enum(CHANNELS),
  purpose: z.string(),
  /** Of a telephone number only the last digits. */
  address: z.string(),
  status: z.enum(JOB_STATES),
  phase: z.string().nullable(),
  attempts: z.number(),
  round: z.number(),
  dueAt: z.string(),
  changedAt: z.string(),
  error: z.string().nullable(),
});
const counts = z.array(
  z.object({ channel: z.enum(CHANNELS), status: z.enum(JOB_STATES), count: z.number() }),
);

interface JobRow extends Omit<z.infer<typeof job>, 'dueAt' | 'changedAt'> {
  readonly dueAt: Date;
  readonly changedAt: Date;
}

const SHOWN = 200;
const COLUMNS = `id, incident, works, contact, webhook, name, channel, purpose, status, phase, attempts, round, last_error as error,
  case channel when 'webhook' then address when 'push' then '' when 'email' then '…@' || split_part(address, '@', 2)
    else '…' || right(address, 3) end as address,
  due_at as "dueAt", changed_at as "changedAt"`;

/** Whether a gateway and a mail server are configured: without one every call, message or mail fails at once. */
export function outboxRoutes(options: { readonly telephone: boolean; readonly mail: boolean }): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/system/outbox',
      access: 'system.read',
      summary: 'Notifications that wait, and those that were given up last',
      schemas: {
        response: z.object({
          telephone: z.enum(['configured', 'not-configured']),
          mail: z.enum(['configured', 'not-configured']),
          /** Browsers that are told, of contacts one may see. */
          browsers: z.number(),
          waiting: counts,
          jobs: z.array(job),
          failed: z.array(job),
        }),
      },
      handle: ({ context }) =>
        context.transaction(async (client) => ({
          telephone: options.telephone ? 'configured' : 'not-configured',
          mail: options.mail ? 'configured' : 'not-configured',
          browsers: await countBrowsers(client, context.world),
          waiting: await countWaiting(client, context.world),
          jobs: await readJobs(
            client,
            context.world,
            `status in ('queued', 'sending', 'accepted') order by lane, due_at`,
          ),
          failed: await readJobs(
            client,
            context.world,
            `status in ('delivered', 'failed', 'cancelled') and status = 'failed' order by changed_at desc`,
          ),
        })),
    }),
  ];
}

async function countBrowsers(client: PoolClient, world: World): Promise<number> {
  const { rows } = await client.query<{ browsers: number }>(
    `select coalesce(sum(jsonb_array_length(state->'pushSubscriptions')), 0)::integer as browsers from contact_record
     where world = $1 and state->'pushSubscriptions' <> '[]'::jsonb`,
    [world],
  );
  return rows[0]?.browsers ?? 0;
}

async function countWaiting(client: PoolClient, world: World): Promise<z.infer<typeof counts>> {
  const { rows } = await client.query<z.infer<typeof counts>[number]>(
    `select channel, status, count(*) as count from notify_job
     where world = $1 and status in ('queued', 'sending', 'accepted') group by channel, status order by channel, status`,
    [world],
  );
  return rows;
}

/** @param which condition and order, one of the two texts above; both are answered from partial indexes */
async function readJobs(client: PoolClient, world: World, which: string): Promise<z.infer<typeof job>[]> {
  const { rows } = await client.query<JobRow>(
    `select ${COLUMNS} from notify_job where world = $1 and ${which} limit ${SHOWN}`,
    [world],
  );
  return rows.map((row) => ({
    ...row,
    dueAt: row.dueAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
  }));
}
