import type { World } from '@keng/model';
import { CHANNELS } from '../notify/index.ts';
import {
  cachedQuery,
  errorMessage,
  healthOf,
  type Pool,
  type ProcessMetrics,
  type RoleHealth,
} from '../platform/index.ts';

interface Waiting {
  readonly channel: string;
  readonly jobs: number;
  /** Seconds that the oldest is overdue. */
  readonly overdue: number;
}

/** Something that should have left so long ago, and nobody took it: the sender hangs. */
const HANGS_AFTER_SECONDS = 120;

// Over the index notify_job_due: finished jobs are not in it. A channel on which nothing waits says 0, or an alert could not tell
// quiet from missing.
const WAITING = `select channel, count(due_at)::int as jobs,
    coalesce(greatest(0, extract(epoch from clock_timestamp() - min(due_at))), 0)::float8 as overdue
  from unnest($2::text[]) as known(channel) left join
    (select channel, due_at from notify_job where world = $1 and status in ('queued', 'sending', 'accepted')) waiting
    using (channel)
  group by channel`;

/** What waits on the way out, and for how long. */
export function addOutboxMetrics(
  metrics: ProcessMetrics,
  pool: Pool,
  world: World,
): () => Promise<RoleHealth> {
  const waiting = cachedQuery(async () => (await pool.query<Waiting>(WAITING, [world, CHANNELS])).rows);
  metrics.gauge(
    { name: 'keng_outbox_jobs', help: 'notifications that have not arrived yet', labels: ['channel'] },
    async () => (await waiting()).map(({ channel, jobs }) => ({ labels: { channel }, value: jobs })),
  );
  metrics.gauge(
    {
      name: 'keng_outbox_overdue_seconds',
      help: 'how long the oldest notification is overdue',
      labels: ['channel'],
    },
    async () => (await waiting()).map(({ channel, overdue }) => ({ labels: { channel }, value: overdue })),
  );
  return async () => {
    try {
      const late = (await waiting()).filter((one) => one.overdue > HANGS_AFTER_SECONDS);
      return healthOf(
        'sender',
        late.map(
          (one) => `${one.jobs} wait on ${one.channel}, one for ${Math.round(one.overdue)} s too long`,
        ),
      );
    } catch (error) {
      return healthOf('sender', [`the database does not answer: ${errorMessage(error)}`]);
    }
  };
}
