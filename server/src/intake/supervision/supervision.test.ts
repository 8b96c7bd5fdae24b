import {
  type AnyEntry,
  asEntry,
  type FacilityState,
  LIVE,
  type OrganisationCode,
  type TransmitterId,
} from '@keng/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestRegister, goodInput, hand, type TestRegister } from '../../facilities/test-register.ts';
import { Sequencer } from '../../log/index.ts';
import { ManualClock, transaction } from '../../platform/index.ts';
import { deviceHealth } from '../device-health.ts';
import { listDevices } from '../device-list.ts';
import { quietLog } from '../test-rig.ts';
import { type RunningSupervision, startSupervision } from './start-supervision.ts';
import { insertHeard, readReceivers } from './store.ts';

let register: TestRegister;
let clock: ManualClock;
let supervision: RunningSupervision;
let sequencer: Sequencer;
let accounts = 0;

beforeAll(async () => {
  register = await createTestRegister();
  sequencer = new Sequencer({
    pool: register.database.pool('keng_sequencer'),
    origin: 'test',
    epoch: 1,
    log: () => undefined,
  });
  sequencer.start();
});
afterAll(async () => {
  await sequencer.stop();
  await register.database.drop();
});
beforeEach(() => {
  clock = new ManualClock(new Date('2026-03-01T02:00:00Z'));
});

const core = () => register.database.pool('keng_core');
const start = () => startSupervision({ pool: core(), world: LIVE, clock, log: quietLog }, null);

/** A facility with one transmitter that reports each 30 s. */
async function device(): Promise<TransmitterId> {
  accounts += 1;
  const input = goodInput();
  const transmitters = input.transmitters.map((one) => ({
    ...one,
    account: `C${accounts.toString(16).toUpperCase().padStart(4, '0')}`,
    reportingSeconds: 30,
  }));
  const stored = await register.all((client) =>
    register.service.register(client, hand, { ...input, transmitters }),
  );
  const state: FacilityState = stored.state;
  const id = state.transmitters[0]?.id;
  if (!id) throw new Error('the facility has a transmitter');
  return id;
}

/** A second passes: receivers tell whom they heard (or are silent themselves), the supervisor looks. */
async function second(heard: readonly TransmitterId[] | null): Promise<void> {
  clock.advance(LIVE, 1);
  if (heard) {
    await insertHeard(register.database.pool('keng_receiver'), LIVE, 'r1', clock.now(LIVE), heard, {
      storage: 'ok',
    });
  }
  await supervision.beat();
}

async function seconds(count: number, heard: readonly TransmitterId[] | null = []): Promise<void> {
  for (let index = 0; index < count; index += 1) await second(heard);
}

async function links(transmitter: TransmitterId): Promise<string[]> {
  const { rows } = await register.database
    .pool('keng_auditor')
    .query<{ kind: string }>("select kind from entry where subject = $1 and kind like 'link.%' order by id", [
      transmitter,
    ]);
  return rows.map((row) => row.kind);
}

describe('supervision of links', () => {
  it('says lost after the reporting time and one tick, once, and restored when it is heard again', async () => {
    const quiet = await device();
    supervision = await start();
    await second([quiet]);
    await seconds(30);
    expect(await links(quiet)).toEqual([]);
    await second([]);
    expect(await links(quiet)).toEqual(['link.lost']);
    await seconds(40);
    expect(await links(quiet)).toEqual(['link.lost']);
    await second([quiet]);
    expect(await links(quiet)).toEqual(['link.lost', 'link.restored']);
    await seconds(31);
    expect(await links(quiet)).toEqual(['link.lost', 'link.restored', 'link.lost']);
    await supervision.stop();
  });

  it('a device that reports is never lost', async () => {
    const faithful = await device();
    supervision = await start();
    for (let round = 0; round < 4; round += 1) {
      await second([faithful]);
      await seconds(28);
    }
    expect(await links(faithful)).toEqual([]);
    await supervision.stop();
  });

  it('a stopped centre takes no link for lost, and a restart forgets no time that had passed', async () => {
    const one = await device();
    supervision = await start();
    await second([one]);
    await seconds(20);
    await supervision.stop();
    clock.advance(LIVE, 3_600);
    supervision = await start();
    await seconds(9);
    expect(await links(one)).toEqual([]);
    await seconds(3);
    expect(await links(one)).toEqual(['link.lost']);
    await supervision.stop();
    // What is known to be lost is not said again by the next one.
    supervision = await start();
    await seconds(60);
    expect(await links(one)).toEqual(['link.lost']);
    await supervision.stop();
  });

  it('no link is lost while no receiver listens', async () => {
    const one = await device();
    supervision = await start();
    await second([one]);
    await seconds(300, null);
    expect(await links(one)).toEqual([]);
    expect(supervision.metrics().listening).toBe(false);
    await supervision.stop();
  });

  it('receivers tell what they are with each beat', async () => {
    const beats = await readReceivers(register.database.pool('keng_auditor'), LIVE);
    expect(beats).toMatchObject([{ receiver: 'r1', metrics: { storage: 'ok' } }]);
  });
});

describe('device health', () => {
  it('follows link entries, and the list shows lost ones, faulty ones and all, page by page', async () => {
    const [lost, fine] = [await device(), await device()];
    supervision = await start();
    await second([lost, fine]);
    for (let index = 0; index < 31; index += 1) await second([fine]);
    await supervision.stop();
    const { rows } = await register.database
      .pool('keng_auditor')
      .query<{ body: Extract<AnyEntry, { kind: 'link.lost' }>['body']; organisation: OrganisationCode }>(
        "select body, organisation from entry where subject = $1 and kind = 'link.lost'",
        [lost],
      );
    const body = rows[0]?.body;
    if (!body) throw new Error('the link was not lost');
    const entry = asEntry({
      world: LIVE,
      kind: 'link.lost',
      lane: 1,
      subject: lost,
      organisation: rows[0]?.organisation ?? null,
      facility: body.facilityId,
      revision: null,
      at: clock.now(LIVE),
      actor: { kind: 'system', id: 'supervision' },
      body,
    });
    await transaction(core(), (client) =>
      deviceHealth.handle(client, [entry], { world: LIVE, now: clock.now(LIVE) }),
    );
    const list = (state: 'all' | 'lost' | 'fault' | 'ok', after: string | null = null, limit = 500) =>
      register.all((client) => listDevices(client, LIVE, { state, facility: null, after, limit }, []));
    const ids = async (state: 'all' | 'lost' | 'fault' | 'ok') =>
      (await list(state)).devices.map((one) => one.transmitterId);
    expect(await ids('lost')).toEqual([lost]);
    expect(await ids('fault')).toEqual([]);
    expect(await ids('ok')).toContain(fine);
    expect(await ids('ok')).not.toContain(lost);
    const all = await ids('all');
    const paged: string[] = [];
    for (let next: string | null = null, first = true; first || next; first = false) {
      const page = await list('all', next, 2);
      paged.push(...page.devices.map((one) => one.transmitterId));
      next = page.next;
    }
    expect(paged).toEqual(all);
  });
});
