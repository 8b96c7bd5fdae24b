import {
  type AnyEntry,
  applyDevice,
  asEntry,
  type DeviceState,
  type FacilityState,
  LIVE,
  type OrganisationCode,
  registeredAccount,
  type TransmitterId,
  type TransmitterPath,
} from '@keng/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createTestRegister,
  goodInput,
  hand,
  OTHER_STATION,
  type TestRegister,
} from '../../facilities/test-register.ts';
import { Sequencer } from '../../log/index.ts';
import { ManualClock, systemClock, transaction } from '../../platform/index.ts';
import type { Dc09Metrics } from '../dc09/dc09-receiver.ts';
import { deviceHealth } from '../device-health.ts';
import { listDevices } from '../device-list.ts';
import { LEDGER_KEY } from '../kill/device-speech.ts';
import { LEDGER_SPEECHES } from '../kill/ledger-speech.ts';
import { withPaths } from '../path-of.ts';
import { listSource, MemoryRegistry, type RegisteredTransmitter } from '../registry.ts';
import { startReceivers } from '../start-receivers.ts';
import { Panel, quietLog, transmitter } from '../test-rig.ts';
import { readOpenOutages } from './outage-store.ts';
import { type RunningSupervision, type SupervisionOptions, startSupervision } from './start-supervision.ts';
import { type Heard, insertHeard } from './store.ts';

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
/** The supervisor's own clock, which nobody sets. */
let monotonic = 0;
const start = (more: Partial<SupervisionOptions> = {}) =>
  startSupervision(
    { pool: core(), world: LIVE, clock, log: quietLog, monotonicSeconds: () => monotonic, ...more },
    null,
  );
const asHeard = (ids: readonly TransmitterId[]) => new Map(ids.map((id) => [id, 0]));

const PATH = { listener: null, line: null, receiver: null, networks: [], reportingSeconds: null } as const;
/** LAN each 30 s, 4G each hour: as category DP of EN 50136-1, shortened. */
const TWO_PATHS: TransmitterPath[] = [
  { ...PATH, medium: 'lan', carrier: 'vnpt', line: '1', networks: [] },
  { ...PATH, medium: 'mobile', carrier: 'viettel', line: '2', networks: [], reportingSeconds: 3_600 },
];
const by = (id: TransmitterId, ...paths: number[]): Heard =>
  new Map([[id, paths.reduce((bits, path) => bits | (1 << path), 0)]]);

/** A facility with one transmitter that reports each 30 s. */
async function device(
  paths: TransmitterPath[] = [],
  where: Parameters<typeof goodInput>[0] = {},
): Promise<TransmitterId> {
  accounts += 1;
  const input = goodInput(where);
  const transmitters = input.transmitters.map((one) => ({
    ...one,
    account: `C${accounts.toString(16).toUpperCase().padStart(4, '0')}`,
    reportingSeconds: 30,
    paths,
  }));
  const stored = await register.all((client) =>
    register.service.register(client, hand, { ...input, transmitters }),
  );
  const state: FacilityState = stored.state;
  const id = state.transmitters[0]?.id;
  if (!id) throw new Error('the facility has a transmitter');
  return id;
}

const receiver = () => register.database.pool('keng_receiver');

/** A receiver writes its row of a second; the supervisor does not look. */
async function receiverWrites(heard: readonly TransmitterId[] | Heard): Promise<void> {
  clock.advance(LIVE, 1);
  monotonic += 1;
  const row = Array.isArray(heard) ? asHeard(heard) : (heard as Heard);
  await insertHeard(receiver(), LIVE, 'r1', clock.now(LIVE), row, { storage: 'ok' });
}

/** A second passes: receivers tell whom they heard (or are silent themselves), the supervisor looks. */
async function second(heard: readonly TransmitterId[] | Heard | null): Promise<void> {
  if (heard) await receiverWrites(heard);
  else monotonic += 1;
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

async function lastDual(): Promise<TransmitterId> {
  const { rows } = await register.database
    .pool('keng_auditor')
    .query<{ subject: TransmitterId }>(
      "select subject from entry where kind = 'link.path-restored' order by id desc limit 1",
    );
  if (!rows[0]) throw new Error('no path was restored');
  return rows[0].subject;
}

type LinkEntry = Parameters<typeof applyDevice>[1];
async function bodiesOf(transmitter: TransmitterId): Promise<LinkEntry[]> {
  const { rows } = await register.database
    .pool('keng_auditor')
    .query<LinkEntry & { at: Date }>(
      "select kind, body, at from entry where subject = $1 and kind like 'link.%' order by id",
      [transmitter],
    );
  return rows.map((row): LinkEntry => ({ ...row, at: new Date(row.at).toISOString() }));
}

async function lostRows(transmitter: TransmitterId): Promise<number[]> {
  const { rows } = await core().query<{ path: number }>(
    'select path from link_lost where transmitter = $1 order by path',
    [transmitter],
  );
  return rows.map((row) => row.path);
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

  it('a stopped centre takes no link for lost: whoever reported in vain meanwhile has its full time again', async () => {
    const one = await device();
    supervision = await start();
    await second([one]);
    await seconds(29);
    await supervision.stop();
    clock.advance(LIVE, 3_600);
    supervision = await start();
    // It reports each 30 s, and did so while nobody listened: its next word is due 29 s after the start.
    await seconds(29);
    await second([one]);
    await seconds(30);
    expect(await links(one)).toEqual([]);
    await second([]);
    expect(await links(one)).toEqual(['link.lost']);
    await supervision.stop();
    // What is known to be lost is not said again by the next one.
    supervision = await start();
    await seconds(60);
    expect(await links(one)).toEqual(['link.lost']);
    await supervision.stop();
  });

  it('a supervisor that restarts while receivers listen forgets no time that has passed', async () => {
    const [one, speaks] = [await device(), await device()];
    supervision = await start();
    await second([one, speaks]);
    await seconds(9);
    await supervision.stop();
    for (let index = 0; index < 15; index += 1) await receiverWrites(index === 10 ? [speaks] : []);
    supervision = await start();
    await seconds(5);
    expect(await links(one)).toEqual([]);
    await seconds(2);
    expect(await links(one)).toEqual(['link.lost']);
    expect(await links(speaks)).toEqual([]);
    await supervision.stop();
  });

  it.each([
    ['an hour forward', 3_600],
    ['an hour back', -3_600],
  ])('a clock that is put %s makes no link lost, and hides no loss', async (_, step) => {
    const [speaks, silent] = [await device(), await device()];
    supervision = await start();
    await second([speaks, silent]);
    await seconds(10);
    clock.advance(LIVE, step);
    await seconds(10);
    await second([speaks]);
    await seconds(9);
    expect([await links(speaks), await links(silent)]).toEqual([[], []]);
    await second([]);
    expect([await links(speaks), await links(silent)]).toEqual([[], ['link.lost']]);
    await second([silent]);
    expect(await links(silent)).toEqual(['link.lost', 'link.restored']);
    await supervision.stop();
    // The same over a restart: the snapshot and the rows behind it have times of both clocks.
    clock.advance(LIVE, -step);
    supervision = await start();
    await seconds(15);
    expect(await links(speaks)).toEqual([]);
    await supervision.stop();
  });

  it('a supervisor that stood still hears first what receivers wrote meanwhile', async () => {
    const one = await device();
    supervision = await start();
    await second([one]);
    for (let index = 0; index < 300; index += 1) await receiverWrites(index % 20 === 0 ? [one] : []);
    await second([]);
    expect(await links(one)).toEqual([]);
    await supervision.stop();
  });

  it('who was heard by a receiver that went away has its time once more to find another one', async () => {
    const [here, gone] = [await device(), await device()];
    supervision = await start();
    const both = async (): Promise<void> => {
      await insertHeard(receiver(), LIVE, 'r2', clock.now(LIVE), asHeard([gone]), {});
      await second([here]);
    };
    await both();
    await seconds(40);
    expect(await links(here)).toEqual(['link.lost']);
    expect(await links(gone)).toEqual([]);
    await seconds(30);
    expect(await links(gone)).toEqual(['link.lost']);
    await supervision.stop();
  });

  it('who may have spoken to a receiver that was overrun has its time once more to say it again', async () => {
    const one = await device();
    supervision = await start();
    const dropped = async (total: number, heard: readonly TransmitterId[] = []): Promise<void> => {
      clock.advance(LIVE, 1);
      monotonic += 1;
      const metrics = { udp: { kernelDrops: total } } satisfies {
        readonly udp: Pick<NonNullable<Dc09Metrics['udp']>, 'kernelDrops'>;
      };
      await insertHeard(receiver(), LIVE, 'r3', clock.now(LIVE), asHeard(heard), metrics);
      await supervision.beat();
    };
    await dropped(0, [one]);
    for (let total = 1; total <= 40; total += 1) await dropped(total);
    expect(await links(one)).toEqual([]);
    // The flood goes on, and it has had its chance.
    for (let total = 41; total <= 70; total += 1) await dropped(total);
    expect(await links(one)).toEqual(['link.lost']);
    await dropped(70, [one]);
    for (let again = 0; again < 33; again += 1) await dropped(70);
    expect(await links(one)).toEqual(['link.lost', 'link.restored', 'link.lost']);
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
    const { rows } = await register.database
      .pool('keng_auditor')
      .query('select receiver, metrics from receiver_beat where world = $1', [LIVE]);
    expect(rows).toContainEqual(expect.objectContaining({ receiver: 'r1', metrics: { storage: 'ok' } }));
  });
});

describe('an outage', () => {
  const outages = {
    links: 3,
    percent: 40,
    windowSeconds: 60,
    endPercent: 90,
    source: 'test',
    official: false,
  };
  const elsewhere = { areaCode: '79', organisation: OTHER_STATION, position: null };
  const there = () => device([], elsewhere);
  const here = async () =>
    (await readOpenOutages(core(), LIVE)).find(({ group }) => group.area === elsewhere.areaCode);
  const lostIn = async (outage: string | undefined) => {
    const { rows } = await core().query<{ transmitter: TransmitterId }>(
      'select transmitter from link_lost where outage = $1 order by transmitter',
      [outage],
    );
    return rows.map((row) => row.transmitter);
  };

  it('is of those that were lost together, from the first of them on, and not of what was lost before or has never spoken', async () => {
    const [alone, first, other, last] = [await there(), await there(), await there(), await there()];
    for (let silent = 0; silent < 3; silent += 1) await there();
    const others = [first, other, last];
    supervision = await start({ outages });
    await second([alone, ...others]);
    // Those that never spoke run out together, and so does the one; then the window of the rule passes.
    await seconds(100, others);
    expect(await here()).toBeUndefined();
    await seconds(3, [last]);
    await seconds(28);
    expect(await here()).toBeUndefined();
    await seconds(4);
    const outage = await here();
    expect(outage).toMatchObject({ lost: 3, back: 0 });
    expect(await lostIn(outage?.id)).toEqual(others.toSorted());
    expect(Date.parse(outage?.openedAt ?? '')).toBeGreaterThan(Date.parse(outage?.firstLostAt ?? ''));

    // Who comes back is counted, also by a supervisor that was not there when it was lost.
    await supervision.stop();
    supervision = await start({ outages });
    await seconds(12, others);
    expect(await here()).toMatchObject({ lost: 3, back: 3, endProposedAt: expect.any(String) });
    await supervision.stop();
  });
});

describe('supervision of paths', () => {
  it('one lost path is a fault of the transmitter; its link is lost when the other one is, too', async () => {
    const dual = await device(TWO_PATHS);
    supervision = await start();
    await second(by(dual, 1));
    await second(by(dual, 2));
    await seconds(30);
    expect(await links(dual)).toEqual(['link.path-lost']);
    // From now on the alternative has to be heard in the time of the primary.
    await seconds(20);
    await second(by(dual, 2));
    await seconds(30);
    expect(await links(dual)).toEqual(['link.path-lost']);
    await second([]);
    expect(await links(dual)).toEqual(['link.path-lost', 'link.path-lost', 'link.lost']);
    expect(await lostRows(dual)).toEqual([0, 1, 2]);
    // Back by one of them: the link is there again, the other path is still lost.
    await second(by(dual, 2));
    expect((await links(dual)).slice(3)).toEqual(['link.restored', 'link.path-restored']);
    expect(await lostRows(dual)).toEqual([1]);
    await second(by(dual, 1));
    expect((await links(dual)).slice(5)).toEqual(['link.path-restored']);
    await supervision.stop();
  });

  it('the alternative path has its own long time while the primary works', async () => {
    const dual = await device(TWO_PATHS);
    supervision = await start();
    await second(by(dual, 1, 2));
    for (let round = 0; round < 5; round += 1) {
      await seconds(25);
      await second(by(dual, 1));
    }
    expect(await links(dual)).toEqual([]);
    await supervision.stop();
  });

  it('a message that came by nobody knows which path keeps the link, and no path', async () => {
    const dual = await device(TWO_PATHS.map((path) => ({ ...path, reportingSeconds: null })));
    supervision = await start();
    await second(by(dual, 1, 2));
    await seconds(20);
    await second([dual]);
    await seconds(20);
    expect(await links(dual)).toEqual(['link.path-lost', 'link.path-lost']);
    await seconds(12);
    expect((await links(dual)).slice(2)).toEqual(['link.lost']);
    await supervision.stop();
  });

  it('what is lost stays lost over a restart, path by path', async () => {
    const dual = await device(TWO_PATHS);
    supervision = await start();
    await second(by(dual, 1, 2));
    await seconds(31);
    await supervision.stop();
    supervision = await start();
    await seconds(20);
    await second(by(dual, 2));
    await second(by(dual, 1));
    expect(await links(dual)).toEqual(['link.path-lost', 'link.path-restored']);
    await supervision.stop();
  });

  it('its health shows the lost path as a fault until it is back', async () => {
    const entries = await bodiesOf(await lastDual());
    const states: (DeviceState | null)[] = [];
    for (const entry of entries) states.push(applyDevice(states.at(-1) ?? null, entry));
    expect(states.map((state) => state?.lostPaths?.map((one) => one.path.medium) ?? [])).toEqual([
      ['lan'],
      [],
    ]);
    expect(states.map((state) => state?.link)).toEqual(['unknown', 'unknown']);
  });
});

describe('the paths of each protocol, on real sockets', () => {
  const LAN = '127.0.0.1';
  const MOBILE = '127.0.0.2';
  const SETTINGS = {
    dc09: 'dc09Tcp',
    gb26875: 'gb26875Tcp',
    'device-api': 'deviceApi',
    mqtt: 'mqttTcp',
  } as const;
  const protocols = ['dc09', 'gb26875', 'device-api', 'mqtt'] as const;
  const paths: TransmitterPath[] = [
    { ...PATH, medium: 'lan', carrier: 'vnpt', networks: [`${LAN}/32`] },
    { ...PATH, medium: 'mobile', carrier: 'viettel', networks: [`${MOBILE}/32`] },
  ];
  let frames = 0;

  /** A fire from each device by this network; each is acknowledged, and the receiver has written whom it heard by what. */
  async function allSpeak(devices: readonly RegisteredTransmitter[], from: string): Promise<void> {
    const any = { host: '127.0.0.1', port: 0 };
    const registry = new MemoryRegistry({
      source: listSource(() => devices.map((one) => withPaths(one, paths))),
    });
    await registry.load();
    const receivers = await startReceivers({
      settings: { dc09Tcp: any, gb26875Tcp: any, deviceApi: any, mqttTcp: any },
      pool: receiver(),
      world: LIVE,
      registry,
      clock: systemClock,
      log: quietLog,
      name: 'r1',
    });
    for (const { protocol, account } of devices) {
      frames += 1;
      const speech = LEDGER_SPEECHES[protocol];
      const port = Number(receivers.addresses[SETTINGS[protocol]]?.split(':').at(-1));
      const panel = await Panel.connect(port, speech.reader(), from);
      const hello = speech.hello?.(account);
      if (hello) panel.send(hello);
      panel.send(speech.frame(account, frames, `${account}-${frames}`));
      let answer: string | null;
      do {
        answer = await panel.answer();
        if (answer === null) throw new Error(`${protocol} was not answered`);
      } while (!speech.acknowledges(Buffer.from(answer, 'latin1'), account, frames));
      panel.close();
    }
    await receivers.stop();
    monotonic += 1;
    await supervision.beat();
  }

  it('LAN is lost, then the link; both come back, and each is an entry', async () => {
    clock = new ManualClock(new Date());
    const [given] = goodInput().transmitters;
    if (!given) throw new Error('the facility has a transmitter');
    const stored = await register.all((client) =>
      register.service.register(client, hand, {
        ...goodInput(),
        transmitters: protocols.map((protocol, index) => ({
          ...given,
          protocol,
          account: registeredAccount(protocol, `d00${index}`),
          reportingSeconds: 30,
          paths,
        })),
      }),
    );
    const state: FacilityState = stored.state;
    const devices = state.transmitters.map(({ id, account, protocol }) =>
      transmitter(account, {
        protocol,
        transmitterId: id,
        facilityId: state.id,
        reportingSeconds: 30,
        key: protocol === 'mqtt' || protocol === 'device-api' ? { bytes: LEDGER_KEY } : null,
      }),
    );
    const told = async (from: number): Promise<Record<string, string[]>> =>
      Object.fromEntries(
        await Promise.all(
          devices.map(async (one) => [one.protocol, (await pathsTold(one.transmitterId)).slice(from)]),
        ),
      );
    const each = (...expected: string[]) => Object.fromEntries(protocols.map((one) => [one, expected]));
    supervision = await start();
    await allSpeak(devices, LAN);
    await allSpeak(devices, MOBILE);
    await seconds(20);
    await allSpeak(devices, MOBILE);
    await seconds(12);
    expect(await told(0)).toEqual(each('link.path-lost lan'));
    await seconds(30);
    expect(await told(1)).toEqual(each('link.path-lost mobile', 'link.lost'));
    await allSpeak(devices, MOBILE);
    expect(await told(3)).toEqual(each('link.restored', 'link.path-restored mobile'));
    await allSpeak(devices, LAN);
    expect(await told(5)).toEqual(each('link.path-restored lan'));
    await supervision.stop();
  });

  /** Kinds of what the log says of the links of a device, with the path. */
  async function pathsTold(id: TransmitterId): Promise<string[]> {
    const { rows } = await register.database
      .pool('keng_auditor')
      .query<{ told: string }>(
        `select concat_ws(' ', kind, body->'path'->>'medium') as told from entry where subject = $1 and kind like 'link.%' order by id`,
        [id],
      );
    return rows.map((row) => row.told);
  }
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
