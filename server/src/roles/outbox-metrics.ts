import type { World } from '@keng/model';
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

// Over the index notify_job_due: finished jobs are not in it.
const WAITING = `select channel, count(*)::int as jobs,
    greatest(0, extract(epoch from clock_timestamp() - min(due_at)))::float8 as overdue
  from notify_job where world = $1 and status in ('queued', 'sending', 'accepted') group by channel`;

/** What waits on the way out, and for how long. */
export function addOutboxMetrics(
  metrics: ProcessMetrics,
  pool: Pool,
  world: World,
): () => Promise<RoleHealth> {
  const waiting = cachedQuery(async () => (await pool.query<Waiting>(WAITING, [world])).rows);
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
