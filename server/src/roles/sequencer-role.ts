import { Sequencer } from '../log/index.ts';
import { checkDurability, healthOf } from '../platform/index.ts';
import { readCentre } from './centre-identity.ts';
import { type OpenSurroundings, type RunningRole, reporter } from './role.ts';

/** Longer than any batch takes, and shorter than a desk would believe that nothing happens. */
const SILENT_SECONDS = 10;

/** Numbers and seals. Several may run; one leads. */
export async function startSequencerRole(surroundings: OpenSurroundings): Promise<RunningRole> {
  const { log, metrics } = surroundings;
  const pool = surroundings.pool('keng_sequencer', 'sequencer', 2);
  await checkDurability(pool);
  const { origin, epoch } = await readCentre(pool);
  const sequencer = new Sequencer({ pool, origin, epoch, log: reporter(log) });
  sequencer.start();
  metrics.gauge(
    { name: 'keng_sequencer_leads', help: '1 in the process that numbers; the others wait to take over' },
    () => [{ value: sequencer.metrics().leads ? 1 : 0 }],
  );
  metrics.counter({ name: 'keng_sequencer_numbered_total', help: 'entries given a position' }, () => [
    { value: sequencer.metrics().numbered },
  ]);
  metrics.gauge(
    { name: 'keng_sequencer_gaps', help: 'ids skipped because their transaction may still commit' },
    () => [{ value: sequencer.metrics().gaps }],
  );
  surroundings.commitListener = () => sequencer.poke();
  return {
    health: () => {
      const silent = sequencer.silentSeconds;
      return healthOf('sequencer', [
        silent > SILENT_SECONDS && `it has not reached the database for ${Math.round(silent)} s`,
      ]);
    },
    stop: async () => {
      surroundings.commitListener = null;
      await sequencer.stop();
    },
  };
}
