import { vietNam } from '@keng/country-vn';
import { LIVE } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestRegister, type TestRegister } from '../facilities/test-register.ts';
import { countryPolicy, createCorrelator } from '../incidents/index.ts';
import {
  listSource,
  MemoryRegistry,
  Prober,
  type RunningReceivers,
  startReceivers,
  withProbes,
} from '../intake/index.ts';
import { quietLog } from '../intake/test-rig.ts';
import { FEED_KINDS } from '../live/index.ts';
import { LogFeed, Sequencer, type Subscription, Wake } from '../log/index.ts';
import { ManualClock, systemClock } from '../platform/index.ts';
import { until } from '../testing/until.ts';
import { followProbes } from './follow-feed.ts';
import { missingStage } from './rules.ts';
import { noteReached, type ProbePath, readProbePaths } from './store.ts';
import { ProbeWatch } from './watch.ts';

const LISTENERS = ['dc09-tcp', 'dc09-udp', 'gb26875-tcp', 'device-api', 'mqtt'];
const identity = { secret: 'a secret for tests', receiver: 'machine-1' };

let register: TestRegister;
let receivers: RunningReceivers;
let prober: Prober;
let feed: LogFeed;
let wake: Wake;
let sequencer: Sequencer;
let following: Subscription;
let monotonic = 0;
const clock = new ManualClock(new Date('2026-03-01T02:00:00Z'));

beforeAll(async () => {
  register = await createTestRegister();
  const pool = register.database.pool('keng_receiver');
  const any = { host: '127.0.0.1', port: 0 };
  receivers = await startReceivers({
    settings: { dc09Tcp: any, dc09Udp: any, gb26875Tcp: any, deviceApi: any, mqttTcp: any },
    pool,
    world: LIVE,
    registry: withProbes(new MemoryRegistry({ source: listSource(() => []) }), identity),
    clock: systemClock,
    log: quietLog,
  });
  prober = new Prober({
    pool,
    world: LIVE,
    clock: systemClock,
    log: quietLog,
    identity,
    addresses: receivers.addresses,
    settings: {},
  });
  sequencer = new Sequencer({
    pool: register.database.pool('keng_sequencer'),
    origin: 'test',
    epoch: 1,
    log: () => undefined,
  });
  sequencer.start();
  wake = new Wake(null);
  feed = new LogFeed({
    pool: register.database.pool('keng_auditor'),
    world: LIVE,
    kinds: FEED_KINDS,
    wake,
    log: () => undefined,
  });
  await feed.start();
  following = followProbes({
    feed,
    pool: register.database.pool('keng_web'),
    world: LIVE,
    clock: systemClock,
  });
});

afterAll(async () => {
  await following.stop();
  await feed.stop();
  await wake.stop();
  await sequencer.stop();
  await receivers.stop();
  await register.database.drop();
});

const core = () => register.database.pool('keng_core');
const paths = (): Promise<ProbePath[]> => readProbePaths(core(), LIVE);
const watch = () =>
  new ProbeWatch({
    pool: core(),
    world: LIVE,
    clock,
    log: quietLog,
    country: vietNam,
    administratorTelephone: '+84000000000',
    monotonicSeconds: () => monotonic,
  });
const kinds = async (like: string): Promise<string[]> =>
  (
    await core().query<{ kind: string }>('select kind from entry where kind like $1 order by id', [like])
  ).rows.map((row) => row.kind);

describe('the synthetic alarm', () => {
  it('goes through the socket of each receiver, is acknowledged, and comes out of the live feed', async () => {
    await prober.send();
    await until(async () => (await paths()).filter((one) => one.fedAt !== null).length === LISTENERS.length);
    const found = await paths();
    expect(found.map((one) => one.listener).sort()).toEqual([...LISTENERS].sort());
    for (const one of found) expect(one.storedAt, one.listener).not.toBeNull();
  });

  it('is no signal: nobody who acts on signals ever sees it', async () => {
    expect(await kinds('signal.%')).toEqual([]);
    expect((await kinds('probe.%')).length).toBe(LISTENERS.length);
    const correlator = createCorrelator(countryPolicy(vietNam));
    expect(correlator.kinds).not.toContain('probe.heard');
  });

  it('is not taken for a repeat of itself the next time', async () => {
    const before = (await kinds('probe.heard')).length;
    await prober.send();
    expect((await kinds('probe.heard')).length).toBe(before + LISTENERS.length);
  });

  it('cannot be spoken by somebody who has not its key', async () => {
    const stranger = new Prober({
      pool: register.database.pool('keng_receiver'),
      world: LIVE,
      clock: systemClock,
      log: quietLog,
      identity: { ...identity, secret: 'another secret', receiver: 'stranger' },
      addresses: { dc09Udp: receivers.addresses.dc09Udp ?? '', mqttTcp: receivers.addresses.mqttTcp ?? '' },
      settings: {},
      answerMs: 500,
    });
    const before = (await kinds('probe.heard')).length;
    // DC-09 says nothing to a wrong key: the prober waits for its answer.
    await stranger.send();
    expect((await kinds('probe.heard')).length).toBe(before);
    await core().query("delete from probe_path where receiver = 'stranger'");
  });

  it('its absence is an entry, the state of its way, and an SMS and a webhook to the administrator; its return too', async () => {
    await register.all((client) =>
      client.query(
        `insert into webhook (world, id, organisation, url, sealed_secret, events, created_at)
         values ('live', gen_random_uuid(), 'VN-C07', 'https://example.org/hook', '\\x00', '{probe.missing,probe.returned}', now())`,
      ),
    );
    const guard = watch();
    await guard.look();
    for (let minute = 0; minute < 2; minute += 1) {
      monotonic += 60;
      await reached(LISTENERS);
      await guard.look();
    }
    expect((await paths()).filter((one) => one.missingStage !== null)).toEqual([]);
    // One receiver is acknowledged no more, and an hour is put on the clock meanwhile.
    clock.advance(LIVE, 3_600);
    for (let minute = 0; minute < 3; minute += 1) {
      monotonic += 60;
      await reached(LISTENERS.filter((one) => one !== 'mqtt'));
      await sent('mqtt');
      await guard.look();
    }
    expect((await paths()).filter((one) => one.missingStage !== null)).toMatchObject([
      { listener: 'mqtt', missingStage: 'stored' },
    ]);
    expect(await kinds('probe.m%')).toEqual(['probe.missing']);
    expect(await jobs()).toEqual([
      ['sms', '+84000000000'],
      ['webhook', 'https://example.org/hook'],
    ]);
    monotonic += 60;
    await reached(LISTENERS);
    await guard.look();
    expect((await paths()).filter((one) => one.missingStage !== null)).toEqual([]);
    expect(await kinds('probe.r%')).toEqual(['probe.returned']);
    expect((await jobs()).map(([channel]) => channel)).toEqual(['sms', 'webhook', 'webhook']);
  });

  it.each([
    ['all came', { sent: 100, stored: 100, fed: 100, shown: 100 }, true, null],
    ['nothing is sent any more', { sent: 0, stored: 0, fed: 0, shown: 0 }, true, 'sent'],
    ['the feed brings it no more', { sent: 100, stored: 100, fed: 0, shown: 0 }, true, 'fed'],
    ['no screen has it, and one is open', { sent: 100, stored: 100, fed: 100, shown: 0 }, true, 'shown'],
    ['no screen has it, for none is open', { sent: 100, stored: 100, fed: 100, shown: 0 }, false, null],
  ])('%s', (_, at, screens, stage) => {
    expect(missingStage(at, 200, screens)).toBe(stage);
  });
});

/** As prober and feed note it. */
let noted = Date.parse('2026-03-01T02:00:00Z');
async function reached(listeners: readonly string[]): Promise<void> {
  noted += 1;
  for (const listener of listeners) await sent(listener);
  await register.database
    .pool('keng_receiver')
    .query('update probe_path set stored_at = $1 where listener = any($2)', [new Date(noted), listeners]);
  await noteReached(
    register.database.pool('keng_web'),
    LIVE,
    listeners.map((listener) => ({ receiver: identity.receiver, listener })),
    'fed',
    new Date(noted),
  );
}

async function sent(listener: string): Promise<void> {
  noted += 1;
  await register.database
    .pool('keng_receiver')
    .query('update probe_path set sent_at = $1 where listener = $2', [new Date(noted), listener]);
}

async function jobs(): Promise<string[][]> {
  const { rows } = await core().query<{ channel: string; address: string }>(
    "select channel, address from notify_job where purpose = 'probe' order by channel, created_at",
  );
  return rows.map((row) => [row.channel, row.address]);
}
