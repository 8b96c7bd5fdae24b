import os from 'node:os';
import { keyEncryptionKey } from '../facilities/index.ts';
import {
  facilitySource,
  followRegistry,
  MemoryRegistry,
  Prober,
  startReceivers,
  withProbes,
} from '../intake/index.ts';
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
  const identity = { secret: secrets.deviceKeys.reveal(), receiver: os.hostname() };
  const receivers = await startReceivers({
    settings,
    pool,
    world,
    registry: withProbes(registry, identity),
    clock,
    log,
    onCommit,
    timeZone,
    observer: commitObserver(metrics),
  });
  addReceiverMetrics(metrics, receivers);
  const { addresses } = receivers;
  const prober = new Prober({ pool, world, clock, log, identity, addresses, settings });
  prober.start();
  return {
    listening: receivers.addresses,
    health: () => {
      const failing = receivers.failing;
      return healthOf('receiver', [
        failing && `nothing can be stored since ${failing.since.toISOString()}: ${failing.error}`,
      ]);
    },
    stop: async () => {
      await prober.stop();
      await receivers.stop();
      await changes.stop();
    },
  };
}
