import { LIVE } from '@keng/model';
import { keyEncryptionKey } from '../../../server/src/facilities/index.ts';
import {
  facilitySource,
  followRegistry,
  MemoryRegistry,
  type RunningReceivers,
  startReceivers,
} from '../../../server/src/intake/index.ts';
import {
  createLogger,
  type DatabaseAddress,
  openPool,
  systemClock,
} from '../../../server/src/platform/index.ts';
import { answerParent } from '../child.ts';

/** Keng's receiver, alone in its process, as `keng serve --roles receiver` runs it. */
let receivers: RunningReceivers | undefined;
let close: (() => Promise<void>) | undefined;

answerParent(async (message) => {
  if (message.type === 'stop') {
    await receivers?.stop();
    await close?.();
    return {};
  }
  if (message.type === 'metrics') return { ...receivers?.metrics() };
  const { address, secret } = message as unknown as { address: DatabaseAddress; secret: string };
  const log = createLogger('receiver', { level: 'warn' });
  const pool = openPool({ address, role: 'keng_receiver', applicationName: 'bench-receiver', planOnce: true });
  const registry = new MemoryRegistry({ source: facilitySource(pool, LIVE, keyEncryptionKey(secret)) });
  const changes = await followRegistry({ pool, world: LIVE, registry, log });
  const any = { host: '127.0.0.1', port: 0 };
  receivers = await startReceivers({
    settings: { dc09Tcp: any, dc09Udp: any },
    pool,
    world: LIVE,
    registry,
    clock: systemClock,
    log,
  });
  close = async () => {
    await changes.stop();
    await pool.end();
  };
  return {
    tcp: Number(receivers.addresses.dc09Tcp?.split(':').at(-1)),
    udp: Number(receivers.addresses.dc09Udp?.split(':').at(-1)),
    accounts: registry.size,
  };
});
