import { asEntry, DEVICE_CONDITIONS, type FacilityId, LIVE, newUuid, type TransmitterId } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestRegister, goodInput, hand, type TestRegister } from '../facilities/test-register.ts';
import { appendEntries, Sequencer } from '../log/index.ts';
import { ManualClock, transaction } from '../platform/index.ts';
import { signalDraft } from '../testing/drafts.ts';
import { asAdministrator } from '../testing/index.ts';
import { deviceHealth } from './device-health.ts';
import { countDevices, type DeviceFilter, listDevices } from './device-list.ts';
import { facilityHealth } from './facility-health.ts';
import { LastHeard } from './last-heard.ts';
import { readOutage } from './supervision/outage-store.ts';
import { startSupervision } from './supervision/start-supervision.ts';
import { insertHeard } from './supervision/store.ts';
import { quietLog } from './test-rig.ts';

const NOW = new Date('2026-03-01T02:00:00.000Z');
interface Device {
  readonly id: TransmitterId;
  readonly facility: FacilityId;
}

let register: TestRegister;
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
  await sequencer?.stop();
  await register?.database.drop();
});

const core = () => register.database.pool('keng_core');
const looks = () => new LastHeard({ pool: core(), world: LIVE, log: quietLog, freshMs: 0 });

async function device(reportingSeconds: number | null): Promise<Device> {
  accounts += 1;
  const account = `D${accounts.toString(16).toUpperCase().padStart(4, '0')}`;
  const input = goodInput();
  const { state } = await register.all((client) =>
    register.service.register(client, hand, {
      ...input,
      transmitters: input.transmitters.map((one) => ({ ...one, account, reportingSeconds })),
    }),
  );
  const [transmitter] = state.transmitters;
  if (!transmitter) throw new Error('the facility has a transmitter');
  return { id: transmitter.id, facility: state.id };
}

/** A receiver tells whom it heard. */
const hears = (at: Date, ...devices: readonly Device[]): Promise<void> =>
  insertHeard(
    register.database.pool('keng_receiver'),
    LIVE,
    'r1',
    at,
    new Map(devices.map((one) => [one.id, 0])),
    { storage: 'ok' },
  );

/** A signal that is in the log, and in no series any more. */
const said = (at: Date, { id }: Device, lane: 0 | 1 | 2): Promise<unknown> =>
  transaction(core(), (client) => appendEntries(client, [signalDraft(1, { transmitter: id, lane, at })], at));

/** What the consumer of device health makes of an entry. */
async function happened({ id, facility }: Device, what: 'lost' | 'trouble'): Promise<void> {
  const entry =
    what === 'lost'
      ? asEntry({
          world: LIVE,
          kind: 'link.lost',
          lane: 1,
          subject: id,
          organisation: goodInput().organisation,
          facility,
          revision: null,
          at: NOW,
          actor: { kind: 'system', id: 'supervision' },
          body: { transmitterId: id, facilityId: facility, lastHeardAt: null, reportingSeconds: 30 },
        })
      : asEntry({
          ...signalDraft(2, { transmitter: id, lane: 1 }),
          organisation: goodInput().organisation,
          facility,
          body: { ...signalDraft(2, { transmitter: id, lane: 1 }).body, facilityId: facility },
        });
  await transaction(core(), (client) => deviceHealth.handle(client, [entry], { world: LIVE, now: NOW }));
}

describe('the list of devices', () => {
  let devices: Readonly<Record<(typeof DEVICE_CONDITIONS)[number], Device>>;
  let both: Device;
  beforeAll(async () => {
    devices = {
      never: await device(30),
      lost: await device(30),
      fault: await device(30),
      unsupervised: await device(null),
      ok: await device(30),
    };
    both = await device(30);
    const { never, unsupervised, ...heard } = devices;
    await hears(NOW, both, ...Object.values(heard));
    await happened(devices.lost, 'lost');
    // Its time ran out before it ever said anything.
    await happened(devices.never, 'lost');
    await happened(devices.fault, 'trouble');
    await happened(both, 'trouble');
    await happened(both, 'lost');
  });

  const list = async (state: DeviceFilter['state']) => {
    const never = await looks().neverHeard();
    return await register.all(async (client) => {
      const filter = { state, facility: null, after: null, limit: 100 };
      return (await listDevices(client, LIVE, filter, never)).devices;
    });
  };

  it.each(DEVICE_CONDITIONS)('finds those that are %s, and no others', async (condition) => {
    const found = await list(condition);
    const expected = [devices[condition].id, ...(condition === 'lost' ? [both.id] : [])];
    expect(found.map((one) => one.transmitterId)).toEqual(expected.sort());
    expect(new Set(found.map((one) => one.condition))).toEqual(new Set([condition]));
  });

  it('finds those whose loss belongs to an outage, and not what else is lost', async () => {
    const [outage, other] = [newUuid(), newUuid()];
    const rows = [
      [devices.lost, 0, outage],
      [devices.fault, 1, outage],
      [both, 0, other],
      [devices.never, 0, null],
      // Its health does not say so yet, or not any more.
      [devices.ok, 0, outage],
    ] as const;
    await asAdministrator(
      register.database.address,
      rows
        .map(
          ([{ id }, path, of]) =>
            `insert into link_lost (world, transmitter, path, outage, lost_at)
              values ('live', '${id}', ${path}, ${of === null ? 'null' : `'${of}'`}, now());`,
        )
        .join(''),
    );
    const never = await looks().neverHeard();
    const filter = { state: 'all', facility: null, after: null, limit: 100, outage: { id: outage } } as const;
    const found = async (scope: typeof register.all) =>
      (await scope((client) => listDevices(client, LIVE, filter, never))).devices.map(
        (one) => one.transmitterId,
      );
    expect(await found(register.all)).toEqual([devices.lost.id, devices.fault.id].sort());
    expect(
      await found((work) => register.scoped({ facilities: [devices.fault.facility, both.facility] }, work)),
    ).toEqual([devices.fault.id]);
    await expect(readOutage(core(), LIVE, newUuid())).rejects.toMatchObject({ code: 'outage.unknown' });
  });

  it('counts each device once, of what the session may see', async () => {
    const never = await looks().neverHeard();
    expect(await register.all((client) => countDevices(client, LIVE, null, never))).toEqual({
      all: 6,
      never: 1,
      lost: 2,
      fault: 1,
      unsupervised: 1,
      ok: 1,
    });
    expect(
      await register.scoped({ facilities: [devices.fault.facility, devices.ok.facility] }, (client) =>
        countDevices(client, LIVE, null, never),
      ),
    ).toEqual({ all: 2, never: 0, lost: 0, fault: 1, unsupervised: 0, ok: 1 });
    expect(
      await register.all((client) => countDevices(client, LIVE, devices.lost.facility, never)),
    ).toMatchObject({ all: 1, lost: 1 });
  });
});

describe('when a device was last heard', () => {
  const later = new Date('2026-03-01T03:00:00.000Z');
  const heardAt = async (look: LastHeard, { id }: Device) => (await look.of([id]))(id);

  it('is known at the next look after its first message', async () => {
    const fresh = await device(30);
    const look = looks();
    expect(await look.neverHeard()).toContain(fresh.id);
    expect(await heardAt(look, fresh)).toBeNull();
    await hears(later, fresh);
    expect(await heardAt(look, fresh)).toBe(later.toISOString());
    expect(await look.neverHeard()).not.toContain(fresh.id);
  });

  it('is known of one that was registered since the last look', async () => {
    const look = looks();
    await look.neverHeard();
    const fresh = await device(30);
    await expect.poll(() => look.neverHeard()).toContain(fresh.id);
  });

  it('is known from the snapshot when the series was swept', async () => {
    const old = await device(30);
    await hears(later, old);
    const clock = new ManualClock(later);
    const supervision = await startSupervision({ pool: core(), world: LIVE, clock, log: quietLog }, null);
    await supervision.beat();
    clock.advance(LIVE, 3_600);
    await supervision.stop();
    const { rows } = await core().query('select from heard_batch');
    expect(rows).toHaveLength(0);
    expect(await heardAt(looks(), old)).toBe(later.toISOString());
  });

  it('is asked of the log where nobody supervises: its newest signal, of whatever urgency', async () => {
    const quiet = await device(null);
    const other = await device(30);
    const before = new Date(later.getTime() - 60_000);
    await said(before, quiet, 2);
    await said(later, quiet, 0);
    await said(before, other, 1);
    const look = looks();
    expect(await heardAt(look, quiet)).toBe(later.toISOString());
    expect(await look.neverHeard()).not.toContain(other.id);
    expect(await heardAt(look, await device(null))).toBeNull();
  });

  it('stands in the health of its facility, also when it never reported anything', async () => {
    const [heard, silent] = [await device(30), await device(30)];
    await hears(later, heard);
    const healthOf = facilityHealth(looks());
    const health = ({ facility }: Device) => register.all((client) => healthOf(client, LIVE, facility));
    expect(await health(heard)).toMatchObject([
      { transmitterId: heard.id, link: 'unknown', lastHeardAt: later.toISOString() },
    ]);
    expect(await health(silent)).toMatchObject([{ transmitterId: silent.id, lastHeardAt: null }]);
  });
});
