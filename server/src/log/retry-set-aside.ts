import { type Actor, type AnyEntry, conflict } from '@keng/model';
import { transaction } from '../platform/index.ts';
import { appendEntries } from './append.ts';
import type { FollowOptions } from './follow.ts';

/**
 * Hands one set-aside entry to its consumer once more, alone; throws what the handler throws.
 * @throws Problem `set-aside.not-waiting` when it is not set aside, or was retried already: its effect must not come twice.
 */
export async function retrySetAside(
  options: Omit<FollowOptions, 'wake' | 'log'> & { readonly actor: Actor },
  entry: AnyEntry,
): Promise<void> {
  const { consumer, world, clock, pool } = options;
  const now = clock.now(world);
  await transaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `update set_aside set retried_at = $4
       where world = $1 and consumer = $2 and position = $3 and retried_at is null`,
      [world, consumer.name, entry.position, now],
    );
    if (rowCount !== 1) {
      throw conflict(
        'set-aside.not-waiting',
        `${consumer.name} has no set-aside entry at ${entry.position} that waits for a retry.`,
      );
    }
    await consumer.handle(client, [entry], { world, now });
    await appendEntries(
      client,
      [
        {
          world,
          kind: 'entry.retried',
          lane: 2,
          subject: `${consumer.name}/${entry.position}`,
          organisation: entry.organisation,
          facility: entry.facility,
          revision: null,
          at: now,
          actor: options.actor,
          body: { consumer: consumer.name, position: entry.position },
        },
      ],
      now,
    );
  });
}
