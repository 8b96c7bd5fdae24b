import { LIVE } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestRegister, goodInput, hand, kek, type TestRegister } from '../facilities/test-register.ts';
import { readTransmitterKey } from '../facilities/transmitter-key.ts';
import { Sequencer } from '../log/index.ts';
import { until } from '../testing/until.ts';
import { followRegistry } from './follow-registry.ts';
import {
  listSource,
  MemoryRegistry,
  type RegisteredTransmitter,
  type TransmitterSource,
} from './registry.ts';
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

describe('what a receiver remembers of the register', () => {
  /** A register that counts what it is asked; `list` is what it knows, and may change. */
  function counted(list: RegisteredTransmitter[], lookUpsPerSecond = 10) {
    const asked: string[] = [];
    const known = listSource(() => list);
    const source: TransmitterSource = {
      ...known,
      byAccount: (protocol, account) => {
        asked.push(account);
        return known.byAccount(protocol, account);
      },
    };
    const clock = { nowMs: 0 };
    const all = new MemoryRegistry({ source, now: () => clock.nowMs, lookUpsPerSecond });
    return { all, dc09: all.of('dc09'), asked, clock };
  }

  it('a known account is not asked for, and a flood of invented ones costs others only the rest of their second', async () => {
    const { dc09, asked, clock } = counted([transmitter('1234')], 3);
    await dc09.lookUp('1234');
    await dc09.lookUp('1234');
    expect(asked).toEqual(['1234']);
    for (let index = 0; index < 10; index += 1) await dc09.lookUp(`A${index}`);
    expect(asked).toHaveLength(3);
    clock.nowMs = 1_000;
    await dc09.lookUp('B1');
    expect(asked.at(-1)).toBe('B1');
  });

  it('an account that was unknown a moment ago is known when the register tells it, and again unknown after', async () => {
    const list: RegisteredTransmitter[] = [];
    const { all, dc09 } = counted(list);
    const one = transmitter('1234');
    expect(await dc09.lookUp('1234')).toBeUndefined();
    list.push(one);
    await all.refresh([one.facilityId]);
    expect(dc09.find('1234')).toBe(one);
    list.pop();
    await all.refresh([one.facilityId]);
    list.push(one);
    expect(await dc09.lookUp('1234')).toBe(one);
  });

  it('of invented accounts only so many are remembered: an old one is asked for again', async () => {
    const { dc09, asked } = counted([], 20_000);
    for (let index = 0; index <= 10_000; index += 1) await dc09.lookUp(`A${index}`);
    await dc09.lookUp('A10000');
    expect(asked).toHaveLength(10_001);
    await dc09.lookUp('A0');
    expect(asked).toHaveLength(10_002);
  });

  it('all transmitters of a facility go with it, of each protocol, however often they were read', async () => {
    const first = transmitter('1234');
    const { facilityId } = first;
    const others = [
      transmitter('5678', { facilityId }),
      transmitter('1234', { facilityId, protocol: 'gb26875' }),
    ];
    const list = [first, ...others];
    const { all } = counted(list);
    await all.load();
    await all.load();
    expect(all.size).toBe(3);
    list.splice(0);
    expect(await all.refresh([facilityId])).toEqual([]);
    expect(all.size).toBe(0);
  });

  it('a transmitter that moved to another facility stays when its old one is read', async () => {
    const old = transmitter('1234');
    const list = [old];
    const { all, dc09 } = counted(list);
    await all.load();
    const moved = { ...old, facilityId: transmitter('1').facilityId };
    list.splice(0, 1, moved);
    await all.refresh([moved.facilityId]);
    await all.refresh([old.facilityId]);
    expect(dc09.find('1234')).toBe(moved);
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
