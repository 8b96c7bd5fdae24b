import { startSupervision } from '../intake/index.ts';
import { checkDurability } from '../platform/index.ts';
import type { RunningRole, Surroundings } from './role.ts';

/** Hears what all receivers heard, and says which links are lost. */
export async function startSupervisorRole(surroundings: Surroundings): Promise<RunningRole> {
  const { clock, world, log } = surroundings;
  const pool = surroundings.pool('keng_core', 'supervisor', 2);
  await checkDurability(pool);
  const supervision = await startSupervision({ pool, world, clock, log });
  return { stop: () => supervision.stop() };
}
