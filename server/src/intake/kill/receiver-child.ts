import { LIVE } from '@keng/model';
import { createLogger, type DatabaseAddress, openPool, systemClock } from '../../platform/index.ts';
import { startReceivers } from '../index.ts';
import { listSource, MemoryRegistry } from '../registry.ts';
import { transmitter } from '../test-rig.ts';
import { LEDGER_KEY } from './device-speech.ts';
import type { KillProtocol } from './ledger-speech.ts';

/** A receiver that is there to be killed: waits to be told where to listen, so that the next one is ready when this one dies. */
export interface ListenMessage {
  readonly address: DatabaseAddress;
  readonly protocol: KillProtocol;
  readonly port: number;
  /** Account and transmitter id. */
  readonly devices: readonly (readonly [account: string, transmitter: string])[];
}

const SETTINGS = {
  dc09: 'dc09Tcp',
  gb26875: 'gb26875Tcp',
  'device-api': 'deviceApi',
  mqtt: 'mqttTcp',
} as const;

async function listen({ address, protocol, port, devices }: ListenMessage): Promise<void> {
  const key = protocol === 'device-api' || protocol === 'mqtt' ? { bytes: LEDGER_KEY } : null;
  const list = devices.map(([account, id]) =>
    transmitter(account, { protocol, key, transmitterId: id as never }),
  );
  const registry = new MemoryRegistry({ source: listSource(() => list) });
  await registry.load();
  const receivers = await startReceivers({
    settings: { [SETTINGS[protocol]]: { host: '127.0.0.1', port } },
    pool: openPool({ address, role: 'keng_receiver', applicationName: 'kill-receiver' }),
    world: LIVE,
    registry,
    clock: systemClock,
    log: createLogger('receiver', { write: () => undefined }),
  });
  process.send?.({ listening: receivers.addresses });
}

process.on('message', (message) => {
  // Only kill-cycles.ts sends here.
  listen(message as ListenMessage).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ awake: true });
