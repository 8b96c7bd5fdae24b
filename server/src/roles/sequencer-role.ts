import { Sequencer } from '../log/index.ts';
import { checkDurability } from '../platform/index.ts';
import { readCentre } from './centre-identity.ts';
import { type OpenSurroundings, type RunningRole, reporter } from './role.ts';

/** Numbers and seals. Several may run; one leads. */
export async function startSequencerRole(surroundings: OpenSurroundings): Promise<RunningRole> {
  const { log } = surroundings;
  const pool = surroundings.pool('keng_sequencer', 'sequencer', 2);
  await checkDurability(pool);
  const { origin, epoch } = await readCentre(pool);
  const sequencer = new Sequencer({ pool, origin, epoch, log: reporter(log) });
  sequencer.start();
  surroundings.commitListener = () => sequencer.poke();
  return {
    stop: async () => {
      surroundings.commitListener = null;
      await sequencer.stop();
    },
  };
}
