import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { vietNam } from '@keng/country-vn';
import { LIVE } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AreaBook } from '../areas/index.ts';
import { FacilityService, facilityInput, findFacility, keyEncryptionKey } from '../facilities/index.ts';
import type { Building } from '../incidents/incident-world.fixture.ts';
import { numberTheRest, verifyLog } from '../log/index.ts';
import { NotifyWorld } from '../notify/notify-world.fixture.ts';
import type { DatabaseAddress } from '../platform/index.ts';
import { compareWithLog } from '../rebuild/index.ts';
import { command } from './erase.ts';

const NAME = 'Synthetic contact 1';
const TELEPHONE = '+84900000001';
let notify: NotifyWorld;
let building: Building;
let folder: string;
let contact: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-erase-'));
  notify = await NotifyWorld.create();
  await notify.world.database.pool('keng_core').query("update organisation set area_code = '01'");
  building = await notify.build(['vi', 'en', 'vi', 'vi']);
  contact = building.contacts[0]?.id ?? '';
  await notify.alarm(building);
});
afterAll(async () => {
  await notify.stop();
  fs.rmSync(folder, { recursive: true });
});

/** The test server listens on a Unix socket, which a URL names as its host. */
function urlOf(address: DatabaseAddress): string {
  if (address.kind === 'external') return address.url;
  return `postgresql://${address.administrator}@localhost:${address.port}/${address.database}?host=${encodeURIComponent(address.host)}`;
}

async function erase(values: Record<string, string> = {}): Promise<string[]> {
  const lines: string[] = [];
  await command.run({
    positionals: [],
    values: {
      data: folder,
      facility: building.facility,
      contact,
      reason: 'they asked for it in writing',
      'asked-by': 'Synthetic first',
      'confirmed-by': 'Synthetic second',
      ...values,
    },
    env: { DATABASE_URL: urlOf(notify.world.database.address) },
    print: (line) => lines.push(line),
  });
  return lines;
}

/** Who answers for the facility now: without the first of them. */
async function leaveRegister(): Promise<void> {
  const service = new FacilityService({
    country: vietNam,
    areas: new AreaBook(vietNam),
    kek: keyEncryptionKey('test'),
    wallClock: () => new Date(),
  });
  await notify.world.web('*', async (client) => {
    const state = (await findFacility(client, LIVE, building.facility))?.state;
    if (!state) throw new Error('no facility');
    const input = facilityInput.parse({
      ...state,
      contacts: state.contacts.filter((one) => one.id !== contact),
    });
    const actor = { kind: 'system', id: 'test' } as const;
    const hand = { world: LIVE, at: notify.now, recordedAt: notify.now, actor };
    await service.change(client, hand as never, building.facility, input, null);
  });
}

describe('keng erase', () => {
  it('wants two persons, and somebody who is in no register any more', async () => {
    await expect(erase({ 'confirmed-by': 'Synthetic first' })).rejects.toMatchObject({
      code: 'command.incomplete',
    });
    await expect(erase({ reason: 'because' })).rejects.toMatchObject({ code: 'command.incomplete' });
    await expect(erase()).rejects.toMatchObject({ code: 'erasure.in-register' });
  });

  it('leaves the person nowhere, a chain and states that hold, and both names that stand behind it', async () => {
    const core = notify.world.database.pool('keng_core');
    await leaveRegister();
    await core.query("update notify_job set status = 'cancelled'");
    expect((await erase()).join()).toMatch(/^erased from [1-9]\d* entries; "keng verify"/);
    const { rows } = await core.query<{ body: unknown }>(
      `select body from entry where world = 'live' and kind = 'personal-data.erased'`,
    );
    expect(rows).toMatchObject([
      { body: { by: { askedBy: 'Synthetic first', confirmedBy: 'Synthetic second' } } },
    ]);
    for (const table of ['entry', 'facility', 'incident', 'contact_record', 'notify_job']) {
      const found = await core.query(`select from ${table} t where t::text like $1 or t::text like $2`, [
        `%${NAME}%`,
        `%${TELEPHONE}%`,
      ]);
      expect([table, found.rowCount]).toEqual([table, 0]);
    }
    await numberTheRest({
      pool: notify.world.database.pool('keng_sequencer'),
      origin: 'test',
      epoch: 1,
      log: () => undefined,
    });
    const verified = await verifyLog({ pool: notify.world.database.pool('keng_auditor'), world: LIVE });
    expect(verified.faults).toEqual([]);
    expect(verified.erased).toBeGreaterThan(0);
    const compared = await compareWithLog({ pool: core, world: LIVE });
    expect(compared.filter((one) => !one.equal)).toEqual([]);
  });
});
