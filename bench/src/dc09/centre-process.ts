import { LIVE } from '@keng/model';
import { deviceHealth, startSupervision } from '../../../server/src/intake/index.ts';
import { LogFeed, Sequencer, startConsumer, Wake } from '../../../server/src/log/index.ts';
import {
  createLogger,
  type DatabaseAddress,
  openClient,
  openPool,
  systemClock,
} from '../../../server/src/platform/index.ts';
import { answerParent } from '../child.ts';

/** What runs beside the receiver: sequencer with seal, consumers, the live feed with a subscriber, supervision. */
const stops: (() => Promise<unknown>)[] = [];

answerParent(async (message) => {
  if (message.type === 'stop') {
    for (const stop of stops.reverse()) await stop();
    return {};
  }
  const { address } = message as unknown as { address: DatabaseAddress };
  const logger = createLogger('centre', { level: 'warn' });
  const log = (text: string, error?: unknown): void => logger.warn({ err: error }, text);
  const pool = (role: 'keng_core' | 'keng_sequencer' | 'keng_auditor') => {
    const opened = openPool({ address, role, applicationName: `bench-${role}`, max: 6 });
    stops.push(() => opened.end());
    return opened;
  };
  const core = pool('keng_core');
  const wake = new Wake(() => openClient(address, 'keng_core', 'bench-wake'));
  await wake.start();
  stops.push(() => wake.stop());
  const sequencer = new Sequencer({ pool: pool('keng_sequencer'), origin: 'bench', epoch: 1, log });
  sequencer.start();
  stops.push(() => sequencer.stop());
  for (const consumer of [deviceHealth]) {
    const running = await startConsumer({ pool: core, world: LIVE, consumer, wake, clock: systemClock, log });
    stops.push(() => running.stop());
  }
  const feed = new LogFeed({
    pool: pool('keng_auditor'),
    world: LIVE,
    kinds: ['signal.refused', 'link.lost', 'link.restored', 'incident.opened'],
    wake,
    log,
  });
  await feed.start();
  const subscription = feed.subscribe(feed.position, { accept: () => true, send: async () => undefined });
  stops.push(async () => {
    await subscription.stop();
    await feed.stop();
  });
  const supervision = await startSupervision({ pool: core, world: LIVE, clock: systemClock, log: logger });
  stops.push(() => supervision.stop());
  return { consumers: [deviceHealth.name] };
});
