import type { AnyEntry, LogEntry, World } from '@keng/model';
import type { LogFeed, Subscription } from '../log/index.ts';
import type { Clock, Pool } from '../platform/index.ts';
import { noteReached } from './store.ts';

export interface FollowFeedOptions {
  /** The one that desks are served from. */
  readonly feed: LogFeed;
  /** As keng_web. */
  readonly pool: Pool;
  readonly world: World;
  readonly clock: Clock;
}

/** Follows the feed as a desk's stream does, and notes each synthetic alarm that comes out of it. */
export function followProbes({ feed, pool, world, clock }: FollowFeedOptions): Subscription {
  return feed.subscribe(feed.position, {
    accept: isProbe,
    send: async (entries) => {
      const ways = entries.filter(isProbe).map((entry) => entry.body);
      if (ways.length > 0) await noteReached(pool, world, ways, 'fed', clock.now(world));
    },
  });
}

function isProbe(entry: AnyEntry): entry is LogEntry<'probe.heard'> {
  return entry.kind === 'probe.heard';
}
