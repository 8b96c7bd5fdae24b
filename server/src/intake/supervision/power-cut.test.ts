import { demonstrationData, vietNam } from '@keng/country-vn';
import { type AnyEntry, applyOutage, isOutageEntry, LIVE, newId, type OutageState } from '@keng/model';
import { Fleet, QUIET_DAY } from '@keng/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerFacilities, seeingAll } from '../../facilities/index.ts';
import {
  actor,
  createTestRegister,
  DESK,
  HANOI,
  kek,
  type TestRegister,
} from '../../facilities/test-register.ts';
import { systemClock, transaction } from '../../platform/index.ts';
import { until } from '../../testing/until.ts';
import { MemoryRegistry } from '../registry.ts';
import { facilitySource } from '../registry-source.ts';
import { type RunningReceivers, startReceivers } from '../start-receivers.ts';
import { framed, Panel, quietLog, storedSignals } from '../test-rig.ts';
import { outagePolicy } from './outage-policy.ts';
import { changeOutage, readOpenOutages } from './outage-store.ts';
import { type RunningSupervision, startSupervision } from './start-supervision.ts';

/** Panels of the simulator in one province; all but the last fall silent at once. */
const PANELS = 150;
const ACCOUNT = 'FA01';

let register: TestRegister;
let receivers: RunningReceivers;
let supervision: RunningSupervision;
let fleet: Fleet;
type Where = ReturnType<typeof target>;
let openCentre: (at: { readonly tcp: Where; readonly udp: Where }) => Promise<void>;

beforeAll(async () => {
  register = await createTestRegister();
  const facilities = demonstrationData({ seed: 5, facilities: PANELS, provinces: [HANOI] }).facilities.map(
    (facility) => ({
      ...facility,
      transmitters: facility.transmitters
        .filter((one) => one.protocol === 'sia-dc09')
        .map((one) => ({ ...one, supervisionSeconds: 6 })),
    }),
  );
  const now = new Date();
  const drafts = facilities.map((facility) => ({
    reference: facility.code,
    name: facility.name,
    address: facility.address,
    areaCode: HANOI,
    communeCode: null,
    communeName: null,
    position: null,
    category: facility.category,
    managingLevel: facility.managingLevel,
    organisation: DESK,
    contacts: [],
    hazards: [],
    onSiteForce: { people: 0, description: '' },
    water: [],
    synthetic: true,
    transmitters: facility.transmitters.map((one) => ({
      id: newId<never>(now.getTime()),
      protocol: 'dc09' as const,
      account: one.account.toUpperCase(),
      model: null,
      reportingSeconds: one.supervisionSeconds,
      zones: [],
      key:
        one.keyHex === undefined
          ? null
          : { bytes: Buffer.from(one.keyHex, 'hex'), bits: 128 as const, form: 'hex' as const },
    })),
  }));
  const last = drafts.at(-1);
  const lone = last?.transmitters[0];
  if (!last || !lone) throw new Error('the last facility has a transmitter');
  const rest = { ...last, reference: 'own power', transmitters: [{ ...lone, account: ACCOUNT, key: null }] };
  await seeingAll(register.database.pool('keng_web'), (client) =>
    registerFacilities(client, [...drafts.slice(0, -1), rest], {
      world: LIVE,
      at: now,
      recordedAt: now,
      actor,
      source: 'demonstration',
      kek,
    }),
  );
  const pool = register.database.pool('keng_receiver');
  const registry = new MemoryRegistry({ source: facilitySource(pool, LIVE, kek) });
  await registry.load();
  const any = { host: '127.0.0.1', port: 0 };
  openCentre = async ({ tcp, udp }) => {
    receivers = await startReceivers({
      settings: { dc09Tcp: tcp, dc09Udp: udp },
      pool,
      world: LIVE,
      registry,
      clock: systemClock,
      log: quietLog,
    });
    supervision = await startSupervision({
      pool: register.database.pool('keng_core'),
      world: LIVE,
      clock: systemClock,
      log: quietLog,
      outages: outagePolicy(vietNam),
    });
  };
  await openCentre({ tcp: any, udp: any });
  fleet = new Fleet({
    facilities: facilities.slice(0, -1),
    panels: PANELS,
    tcp: target('dc09Tcp'),
    udp: target('dc09Udp'),
    gb26875: null,
    deviceApi: null,
    mqtt: null,
    udpShare: 0.3,
    seed: 5,
    profile: { ...QUIET_DAY, alarmsPerDay: 1e-9, faultsPerDay: 1e-9, testsPerDay: 1e-9 },
    speed: 1,
    ledger: null,
    absentShare: 0,
    hoursAheadOfUtc: 7,
  });
}, 60_000);

afterAll(async () => {
  fleet?.stop();
  await supervision?.stop();
  await receivers?.stop();
  await register?.database.drop();
});

function target(name: string): { host: string; port: number } {
  return { host: '127.0.0.1', port: Number(receivers.addresses[name]?.split(':').at(-1)) };
}

const core = () => register.database.pool('keng_core');
const lostNow = async (): Promise<number> =>
  (await core().query<{ count: number }>('select count(*)::integer as count from link_lost')).rows[0]
    ?.count ?? 0;
const open = (): Promise<OutageState[]> => readOpenOutages(core(), LIVE);

describe('the power of a province is cut', () => {
  it('makes one outage, delays no alarm, and ends by the hand of the desk', {
    timeout: 120_000,
  }, async () => {
    fleet.start();
    await fleet.restorePower();
    const panels = fleet.counts.panels;
    expect(panels).toBeGreaterThan(100);
    await until(async () => (await heardOf()) >= panels);
    expect(await open()).toEqual([]);

    fleet.cutPower();
    await until(async () => (await lostNow()) >= panels);
    const fire = await Panel.connect(target('dc09Tcp').port);
    expect(await fire.ask(framed(`"SIA-DCS"0001L0#${ACCOUNT}[#${ACCOUNT}|NFA1]`))).toContain('"ACK"0001');
    expect((await storedSignals(core())).filter((one) => one.lane === 0)).toHaveLength(1);
    fire.close();
    await until(async () => ((await open())[0]?.lost ?? 0) >= panels);
    const [outage, ...others] = await open();
    expect(others).toEqual([]);
    expect(outage).toMatchObject({ group: { area: HANOI, carrier: null }, status: 'open' });

    await fleet.restorePower();
    await until(async () => ((await open())[0]?.back ?? 0) >= panels);
    await until(async () => (await open())[0]?.endProposedAt !== null);
    // Each of them was said, once: lost and back, beside the outage, which may have counted them before they were written.
    await until(async () => (await lostNow()) <= 1);
    const { rows } = await core().query<{ kind: string; devices: number; entries: number }>(
      `select kind, count(distinct subject)::integer as devices, count(*)::integer as entries from entry
       where kind like 'link.%' group by kind order by kind`,
    );
    expect(rows.map((row) => row.kind)).toEqual(['link.lost', 'link.restored']);
    for (const row of rows) expect(row.devices).toBeGreaterThanOrEqual(panels);

    // It stays until somebody ends it; what the log tells of it is what the table has.
    const id = outage?.id ?? '';
    await transaction(core(), (client) =>
      changeOutage(client, LIVE, id, new Date(), actor, (state) => ({
        kind: 'outage.closed',
        body: { outageId: state.id, by: { id: newId<never>(), name: 'Desk' }, note: '' },
      })),
    );
    expect(await open()).toEqual([]);
    await supervision.stop();
    expect(await folded(id)).toEqual(await tableState(id));
  });
});

describe('the whole centre restarts', () => {
  it('and no link is lost for it, though the pause is longer than every reporting time', {
    timeout: 120_000,
  }, async () => {
    const at = { tcp: target('dc09Tcp'), udp: target('dc09Udp') };
    await openSupervision();
    await fleet.restorePower();
    await until(async () => (await lostNow()) <= 1);
    const before = await losses();
    await supervision.stop();
    await receivers.stop();
    // Panels go on and find nobody: their reporting times run out, and nobody is there to say so.
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    await core().query('delete from heard_batch');
    await openCentre(at);
    await until(async () => (await heardOf()) >= fleet.counts.panels);
    expect((await losses()) - before).toBe(0);
  });
});

async function openSupervision(): Promise<void> {
  supervision = await startSupervision({
    pool: core(),
    world: LIVE,
    clock: systemClock,
    log: quietLog,
    outages: outagePolicy(vietNam),
  });
}

/** Of the fleet; the lone panel is silent. */
async function losses(): Promise<number> {
  const { rows } = await core().query<{ count: number }>(
    `select count(*)::integer as count from entry e join transmitter t on t.id::text = e.subject
     where e.kind = 'link.lost' and t.account <> $1`,
    [ACCOUNT],
  );
  return rows[0]?.count ?? 0;
}

/** Panels of the fleet that some receiver has told of. */
async function heardOf(): Promise<number> {
  const { rows } = await core().query<{ count: number }>(
    `select count(distinct substring(transmitters from n * 16 + 1 for 16))::integer as count
     from heard_batch, generate_series(0, length(transmitters) / 16 - 1) n`,
  );
  return rows[0]?.count ?? 0;
}

async function folded(id: string): Promise<OutageState | null> {
  const { rows } = await core().query<AnyEntry & { readonly at: Date }>(
    'select kind, body, at from entry where subject = $1 order by id',
    [id],
  );
  return rows.reduce<OutageState | null>((state, row) => {
    const entry = { ...row, at: new Date(row.at).toISOString() } as AnyEntry;
    return isOutageEntry(entry) ? applyOutage(state, entry) : state;
  }, null);
}

async function tableState(id: string): Promise<OutageState | undefined> {
  const { rows } = await core().query<{ state: OutageState }>('select state from outage where id = $1', [id]);
  return rows[0]?.state;
}
