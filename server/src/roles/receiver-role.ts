import { keyEncryptionKey } from '../facilities/index.ts';
import { facilitySource, followRegistry, MemoryRegistry, startReceivers } from '../intake/index.ts';
import { checkDurability, healthOf } from '../platform/index.ts';
import { addReceiverMetrics, commitObserver } from './receiver-metrics.ts';
import type { RunningRole, Surroundings } from './role.ts';

/** Hears devices, stores what they say and acknowledges. It needs nothing but its database connections. */
export async function startReceiverRole(surroundings: Surroundings): Promise<RunningRole> {
  const { settings, secrets, clock, world, log, metrics, onCommit, country } = surroundings;
  const { timeZone } = country.country;
  const pool = surroundings.pool('keng_receiver', 'receiver', 4);
  await checkDurability(pool);
  const source = facilitySource(pool, world, keyEncryptionKey(secrets.deviceKeys.reveal()), (error) =>
    log.error({ err: error }, 'a device is refused until its key is set anew'),
  );
  const registry = new MemoryRegistry({ source });
  const changes = await followRegistry({ pool, world, registry, log });
  const receivers = await startReceivers({
    settings,
    pool,
    world,
    registry,
    clock,
    log,
    onCommit,
    timeZone,
    observer: commitObserver(metrics),
  });
  addReceiverMetrics(metrics, receivers);
  return {
    listening: receivers.addresses,
    health: () => {
      const failing = receivers.failing;
      return healthOf('receiver', [
        failing && `nothing can be stored since ${failing.since.toISOString()}: ${failing.error}`,
      ]);
    },
    stop: async () => {
      await receivers.stop();
      await changes.stop();
    },
  };
}
