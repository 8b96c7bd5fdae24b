import { outagePolicy, startSupervision } from '../intake/index.ts';
import { checkDurability, healthOf } from '../platform/index.ts';
import { ProbeWatch } from '../probes/index.ts';
import type { RunningRole, Surroundings } from './role.ts';

/** Hears what all receivers heard, and says which links are lost. */
export async function startSupervisorRole(surroundings: Surroundings): Promise<RunningRole> {
  const { clock, world, log, metrics, country, settings } = surroundings;
  const pool = surroundings.pool('keng_core', 'supervisor', 3);
  await checkDurability(pool);
  const supervision = await startSupervision({ pool, world, clock, log, outages: outagePolicy(country) });
  const { administratorTelephone } = settings;
  const probes = new ProbeWatch({ pool, world, clock, log, country, administratorTelephone });
  probes.start();
  metrics.gauge(
    { name: 'keng_supervised_transmitters', help: 'transmitters whose silence would be told' },
    () => [{ value: supervision.metrics().supervised }],
  );
  metrics.gauge({ name: 'keng_links_lost', help: 'transmitters that are overdue now' }, () => [
    { value: supervision.metrics().lost },
  ]);
  metrics.gauge(
    {
      name: 'keng_receivers_heard',
      help: '0 while no receiver says that it listens: the time of links stands still',
    },
    () => [{ value: supervision.metrics().listening ? 1 : 0 }],
  );
  return {
    health: () =>
      healthOf('supervisor', [
        !supervision.metrics().listening && 'no receiver of this centre says that it listens',
      ]),
    stop: async () => {
      await probes.stop();
      await supervision.stop();
    },
  };
}
