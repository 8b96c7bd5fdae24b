import type { FacilityId, World } from '@keng/model';
import type { Pool } from 'pg';
import { headPosition, readAfter } from '../log/index.ts';
import { errorMessage, type Logger } from '../platform/index.ts';
import type { MemoryRegistry, RegisteredTransmitter } from './registry.ts';

const KINDS = ['facility.registered', 'facility.changed', 'facility.key-set', 'facility.removed'];
const BATCH = 1_000;

export interface FollowOptions {
  readonly pool: Pool;
  readonly world: World;
  readonly registry: MemoryRegistry;
  readonly log: Logger;
  readonly everyMs?: number;
  /** Told which transmitters changed, and of which facilities. */
  readonly onChange?: (facilities: readonly FacilityId[], now: readonly RegisteredTransmitter[]) => void;
}

export interface RegistryFollower {
  /** Reads now what has changed. */
  poll(): Promise<void>;
  stop(): Promise<void>;
}

/** Loads the registry and keeps it as the log says: a key set or a device removed holds within a second. */
export async function followRegistry(options: FollowOptions): Promise<RegistryFollower> {
  const { pool, world, registry, log } = options;
  // Head first: what changes while the register is read is read again.
  let position = await headPosition(pool, world);
  await registry.load();

  const poll = async (): Promise<void> => {
    for (;;) {
      const head = await headPosition(pool, world);
      if (head <= position) return;
      const entries = await readAfter(pool, world, position, BATCH, KINDS);
      const facilities = [...new Set(entries.flatMap((entry) => (entry.facility ? [entry.facility] : [])))];
      if (facilities.length > 0) options.onChange?.(facilities, await registry.refresh(facilities));
      const last = entries.at(-1);
      if (last === undefined || entries.length < BATCH) {
        position = head;
        return;
      }
      position = last.position;
    }
  };

  let running: Promise<void> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = poll()
      .catch((error) =>
        log.warn({ error: errorMessage(error) }, 'transmitters could not be read again; trying on'),
      )
      .finally(() => {
        busy = false;
      });
  }, options.everyMs ?? 1_000);
  timer.unref();
  return {
    poll,
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
