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
import { placeInDatabase, placeProcess } from '../../../server/src/roles/priority.ts';
import { answerParent } from '../child.ts';
import type { Protocol } from './dialects.ts';

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
  const { protocol, address, secret } = message as unknown as {
    protocol: Protocol;
    address: DatabaseAddress;
    secret: string;
  };
  const log = createLogger('receiver', { level: 'warn' });
  const pool = openPool({
    address,
    role: 'keng_receiver',
    applicationName: 'bench-receiver',
    planOnce: true,
  });
  placeProcess(process.pid, ['receiver'], log);
  placeInDatabase(pool, log);
  const registry = new MemoryRegistry({ source: facilitySource(pool, LIVE, keyEncryptionKey(secret)) });
  const changes = await followRegistry({ pool, world: LIVE, registry, log });
  const any = { host: '127.0.0.1', port: 0 };
  const tcp = protocol === 'device-api' ? 'deviceApi' : `${protocol}Tcp`;
  receivers = await startReceivers({
    settings: { [tcp]: any, [`${protocol}Udp`]: any },
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
  const { addresses } = receivers;
  const port = (name: string): number => Number(addresses[name]?.split(':').at(-1) ?? 0);
  return { tcp: port(tcp), udp: port(`${protocol}Udp`), accounts: registry.size };
});
