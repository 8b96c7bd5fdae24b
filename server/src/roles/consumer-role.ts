import { startSweeping } from '../archive/index.ts';
import {
  dutyCheckTimers,
  regularDutyChecks,
  startAbsenceWatch,
  startRegularDutyChecks,
} from '../duty-checks/index.ts';
import {
  countryPolicy,
  createCorrelator,
  deskWatch,
  incidentTimers,
  startDeskWatch,
} from '../incidents/index.ts';
import { deviceHealth, startKeepingDays } from '../intake/index.ts';
import {
  begunLateText,
  type Consumer,
  Courtesy,
  noteBegunLate,
  type RunningConsumer,
  startConsumer,
  startKeepingBlocks,
} from '../log/index.ts';
import {
  createContactWatch,
  createNotifier,
  createReturnWatch,
  createWorksMessages,
  nextWayTimers,
} from '../notify/index.ts';
import { createNumbers } from '../numbers/index.ts';
import { ownersFollow } from '../people/index.ts';
import { checkDurability, transaction } from '../platform/index.ts';
import { paperConsumer, roomPolicy, roomWatch, startRoomWatch } from '../room/index.ts';
import { startTimers } from '../timers/index.ts';
import { worksTimers } from '../works/index.ts';
import { addLogMetrics } from './log-metrics.ts';
import { type RunningRole, reporter, type Surroundings } from './role.ts';

/** Everything of this centre that follows the log and writes as keng_core. */
export function coreConsumers({ country, secrets }: Pick<Surroundings, 'country' | 'secrets'>): Consumer[] {
  return [
    createCorrelator(countryPolicy(country)),
    paperConsumer(countryPolicy(country)),
    createNotifier({ country, ownerLinkSecret: secrets.ownerLink.reveal() }),
    createWorksMessages({ country }),
    createContactWatch({ country }),
    createReturnWatch({ country }),
    deviceHealth,
    ownersFollow,
    createNumbers({ country }),
  ];
}

/** Turns signals into incidents, watches devices' health, and lets clocks run out. */
export async function startConsumerRole(surroundings: Surroundings): Promise<RunningRole> {
  const { clock, world, log, wake } = surroundings;
  const pool = surroundings.pool('keng_core', 'consumer', 6);
  await checkDurability(pool);
  const running: RunningConsumer[] = [];
  const courtesy = new Courtesy();
  const consumers = coreConsumers(surroundings);
  const names = consumers.map(({ name }) => name);
  const begunLate = await noteBegunLate(pool, world, names, clock.now(world));
  for (const one of begunLate) log.warn(one, begunLateText(one));
  for (const consumer of consumers) {
    running.push(await startConsumer({ pool, world, consumer, wake, clock, courtesy, log: reporter(log) }));
  }
  const days = startKeepingDays({ pool, world, clock, log: reporter(log) });
  const blocks = startKeepingBlocks({ pool, log: reporter(log) });
  const sweeping = startSweeping({ pool, world, clock, country: surroundings.country, log });
  await transaction(pool, (client) => startDeskWatch(client, world, clock.now(world)));
  await transaction(pool, (client) => startRoomWatch(client, world, clock.now(world)));
  await transaction(pool, (client) => startRegularDutyChecks(client, world, clock.now(world)));
  await transaction(pool, (client) => startAbsenceWatch(client, world, surroundings.country));
  const timers = startTimers({
    pool,
    world,
    clock,
    handlers: [
      incidentTimers,
      deskWatch(countryPolicy(surroundings.country)),
      roomWatch(roomPolicy(surroundings.country)),
      ...worksTimers,
      ...dutyCheckTimers(surroundings.country),
      regularDutyChecks(surroundings.settings.dutyCheckHours),
      nextWayTimers(surroundings.country),
    ],
    log: reporter(log),
  });
  return {
    health: addLogMetrics(surroundings.metrics, pool, world, begunLate).health,
    stop: async () => {
      await timers.stop();
      await days.stop();
      await blocks.stop();
      await sweeping.stop();
      await Promise.all(running.map((one) => one.stop()));
    },
  };
}
