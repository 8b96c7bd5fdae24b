import { LIVE } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestRegister, goodInput, hand, kek, type TestRegister } from '../facilities/test-register.ts';
import { readTransmitterKey } from '../facilities/transmitter-key.ts';
import { Sequencer } from '../log/index.ts';
import { until } from '../testing/until.ts';
import { followRegistry } from './follow-registry.ts';
import { listSource, MemoryRegistry } from './registry.ts';
import { facilitySource } from './registry-source.ts';
import { quietLog, transmitter } from './test-rig.ts';

describe('look-ups of unknown accounts', () => {
  it('ask the register once, remember the answer for a second, and are limited in number', async () => {
    let asked = 0;
    let nowMs = 0;
    const known = transmitter('1234');
    const source = {
      ...listSource(() => [known]),
      byAccount: async (_protocol: string, account: string) => {
        asked += 1;
        return account === '1234' ? known : undefined;
      },
    };
    const registry = new MemoryRegistry({ source, now: () => nowMs, lookUpsPerSecond: 10 }).of('dc09');
    expect(registry.find('1234')).toBeUndefined();
    expect(await Promise.all([registry.lookUp('1234'), registry.lookUp('1234')])).toEqual([known, known]);
    expect(asked).toBe(1);
    expect(registry.find('1234')).toBe(known);
    await registry.lookUp('9999');
    await registry.lookUp('9999');
    expect(asked).toBe(2);
    nowMs = 1_500;
    await registry.lookUp('9999');
    expect(asked).toBe(3);
    for (let index = 0; index < 1_000; index += 1) await registry.lookUp(`A${index}`);
    expect(asked).toBeLessThanOrEqual(13);
  });
});

describe('the registry of a receiver', () => {
  let register: TestRegister;
  let sequencer: Sequencer;
  beforeAll(async () => {
    register = await createTestRegister();
    sequencer = new Sequencer({
      pool: register.database.pool('keng_sequencer'),
      origin: 't',
      epoch: 1,
      log: () => undefined,
    });
    sequencer.start();
  });
  afterAll(async () => {
    await sequencer.stop();
    await register.database.drop();
  });

  it('follows the facility register: a key, a changed account and a removal hold by the log', async () => {
    const pool = register.database.pool('keng_receiver');
    const registry = new MemoryRegistry({ source: facilitySource(pool, LIVE, kek) });
    const { state } = await register.all((client) => register.service.register(client, hand, goodInput()));
    const changes = await followRegistry({ pool, world: LIVE, registry, log: quietLog });
    const id = state.transmitters[0]?.id;
    if (!id) throw new Error('the facility has a transmitter');
    expect(registry.of('dc09').find('A001')).toMatchObject({
      transmitterId: id,
      facilityId: state.id,
      key: null,
      reportingSeconds: 300,
    });

    const aes = readTransmitterKey('000102030405060708090A0B0C0D0E0F', 'hex');
    await register.all((client) => register.service.setKey(client, hand, state.id, id, aes));
    await until(() => registry.of('dc09').find('A001')?.key != null);
    expect(Buffer.from(registry.of('dc09').find('A001')?.key?.bytes ?? [])).toEqual(Buffer.from(aes.bytes));

    await register.all((client) => register.service.remove(client, hand, state.id, 'demolished'));
    await until(() => registry.of('dc09').find('A001') === undefined);
    expect(registry.size).toBe(0);
    await changes.stop();
  });
});
