import type { World } from '@keng/model';
import type { Pool } from 'pg';
import type { Logger } from '../platform/index.ts';
import { FacilityChanges } from './facility-changes.ts';
import type { MemoryRegistry } from './registry.ts';

export interface FollowRegistryOptions {
  readonly pool: Pool;
  readonly world: World;
  readonly registry: MemoryRegistry;
  readonly log: Logger;
  readonly everyMs?: number;
}

/** Loads the registry of a receiver and keeps it as the log says: a key set or a device removed holds within a second. */
export async function followRegistry(options: FollowRegistryOptions): Promise<FacilityChanges> {
  const changes = new FacilityChanges({
    ...options,
    onChange: async (facilities) => {
      await options.registry.refresh(facilities);
    },
  });
  await changes.mark();
  await options.registry.load();
  changes.start();
  return changes;
}
