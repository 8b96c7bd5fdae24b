import { vietNam } from '@keng/country-vn';
import { type Contact, LIVE, newId, type UserId } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AreaBook } from '../areas/index.ts';
import { FacilityService, facilityInput, findFacility, keyEncryptionKey } from '../facilities/index.ts';
import type { Building } from '../incidents/incident-world.fixture.ts';
import { numberTheRest, verifyLog } from '../log/index.ts';
import { NotifyWorld } from '../notify/notify-world.fixture.ts';
import { transaction } from '../platform/index.ts';
import { compareWithLog } from '../rebuild/index.ts';
import { asAdministrator } from '../testing/index.ts';
import { askErasure, type By, confirmErasure } from './index.ts';
import { formerContacts } from './store.ts';

/** A person in every corner of the log: register, alarm, answer, call-back, outbox, somebody's note. */
const NAME = 'Synthetic contact 1';
const TELEPHONE = '+84900000001';
let notify: NotifyWorld;
let building: Building;
let person: Contact;
const first = newId<UserId>();
const second = newId<UserId>();

const by = (id: UserId, name: string): By => ({
  world: LIVE,
  now: notify.now,
  actor: { kind: 'user', id, name },
  id,
  name,
});
const database = () => notify.world.database;
const ask = () =>
  notify.world.web('*', (client) =>
    askErasure(client, by(first, 'First'), building.facility, person.id, 'they asked for it in writing'),
  );
const confirm = (id: string, user: UserId = second) =>
  confirmErasure(database().pool('keng_eraser'), by(user, 'Second'), id);
const verify = async () => {
  await numberTheRest({ pool: database().pool('keng_sequencer'), origin: 'test', epoch: 1, log: () => {} });
  return await verifyLog({ pool: database().pool('keng_auditor'), world: LIVE });
};

/** Every table of the database that holds the text anywhere. */
async function whereIs(text: string): Promise<string[]> {
  const pool = database().pool('keng_core');
  const { rows } = await pool.query<{ relname: string }>(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
       and has_table_privilege(oid, 'select') order by 1`,
  );
  const found: string[] = [];
  for (const { relname } of rows) {
    const { rowCount } = await pool.query(`select 1 from ${relname} t where t::text like $1 limit 1`, [
      `%${text}%`,
    ]);
    if (rowCount) found.push(relname);
  }
  return found;
}

beforeAll(async () => {
  notify = await NotifyWorld.create();
  await database().pool('keng_core').query("update organisation set area_code = '01'");
  building = await notify.build(['vi', 'en', 'vi', 'vi']);
  const [contact] = building.contacts;
  if (!contact) throw new Error('nobody to erase');
  person = contact;
  const incident = await notify.alarm(building);
  const answered = await notify.ask('POST', `/owner/${notify.token(incident.id, person.id)}/answer`, {
    answer: 'false',
  });
  expect(answered.status).toBe(200);
  await notify.world.web('*', (client) =>
    notify.world.incidents.note(
      client,
      {
        world: LIVE,
        now: notify.now,
        actor: { kind: 'user', id: first, name: 'First' },
        person: { id: first, name: 'First' },
      } as never,
      incident.id,
      `${NAME} said on ${TELEPHONE} that it was dust`,
    ),
  );
});
afterAll(() => notify.stop());

describe('the erasure of a contact', () => {
  it('is refused while the person is in the register: an alarm would ring at nobody', async () => {
    await expect(ask()).rejects.toMatchObject({ code: 'erasure.in-register' });
    const service = new FacilityService({
      country: vietNam,
      areas: new AreaBook(vietNam),
      kek: keyEncryptionKey('test'),
      wallClock: () => new Date(),
    });
    await notify.world.web('*', async (client) => {
      const stored = await findFacility(client, LIVE, building.facility);
      if (!stored) throw new Error('no facility');
      const { state } = stored;
      const contacts = state.contacts.filter((one) => one.id !== person.id);
      const input = facilityInput.parse({ ...state, contacts });
      const hand = {
        world: LIVE,
        at: notify.now,
        recordedAt: notify.now,
        actor: { kind: 'system', id: 'test' },
      };
      await service.change(client, hand as never, building.facility, input, null);
    });
  });

  it('offers those who have left the register by their names, and nobody who is in it', async () => {
    const left = await notify.world.web('*', (client) => formerContacts(client, LIVE, building.facility));
    expect(left).toEqual([{ id: person.id, name: NAME, telephone: TELEPHONE }]);
  });

  it('waits for a second person, and for messages that are on their way', async () => {
    const asked = await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'erasure.asked-already' });
    await expect(confirm(asked.id, first)).rejects.toMatchObject({ code: 'erasure.same-person' });
    await expect(confirm(asked.id)).rejects.toMatchObject({ code: 'erasure.being-told' });
    await database().pool('keng_core').query("update notify_job set status = 'cancelled'");
    expect(await whereIs(TELEPHONE)).toEqual(expect.arrayContaining(['entry', 'notify_job']));
    const done = await confirm(asked.id);
    expect(done).toMatchObject({ status: 'done', asked_by_name: 'First', decided_by_name: 'Second' });
    expect(done.entries).toBeGreaterThan(3);
  });

  it('leaves the name and the number nowhere in the database', async () => {
    expect(await whereIs(TELEPHONE)).toEqual([]);
    expect(await whereIs(NAME)).toEqual([]);
    const left = await notify.world.web('*', (client) => formerContacts(client, LIVE, building.facility));
    expect(left).toEqual([]);
    // The others are still there.
    expect(await whereIs('Synthetic contact 2')).toContain('facility');
  });

  it('leaves a chain that holds, with what was erased counted', async () => {
    const result = await verify();
    expect(result.faults).toEqual([]);
    expect(result.erased).toBeGreaterThan(3);
  });

  it('leaves states that the log still gives back', async () => {
    const compared = await compareWithLog({ pool: database().pool('keng_core'), world: LIVE });
    expect(compared.filter((one) => !one.equal)).toEqual([]);
  });

  it('says what was erased without saying it', async () => {
    const said = (await notify.world.entries()).filter((entry) => entry.kind === 'personal-data.erased');
    expect(said).toHaveLength(1);
    expect(JSON.stringify(said)).not.toContain('Synthetic contact');
    expect(said[0]?.body).toMatchObject({ by: { askedBy: 'First', confirmedBy: 'Second' } });
  });

  it('lets nobody put anything else there: not the eraser unseen, and no other role at all', async () => {
    const eraser = database().pool('keng_eraser');
    const target = `(select min(id) from entry where world = 'live' and salt is not null)`;
    await expect(eraser.query(`update entry set body = '{}' where id = ${target}`)).rejects.toMatchObject({
      code: '42501',
    });
    await expect(
      eraser.query(`update entry set commitment = '\\x00' where id = ${target}`),
    ).rejects.toMatchObject({
      code: '42501',
    });
    await expect(eraser.query('delete from entry')).rejects.toMatchObject({ code: '42501' });
    for (const role of ['keng_web', 'keng_core', 'keng_sender', 'keng_receiver'] as const) {
      await expect(
        database().pool(role).query(`update entry set body = null, salt = null where id = 1`),
      ).rejects.toMatchObject({ code: '42501' });
    }
    // Within its rights, but declared by nobody: the next verification names it.
    await transaction(eraser, async (client) => {
      await client.query(
        `update entry set body = '{"text":"forged"}' where world = 'live' and id = (select max(id) from entry where salt is null)`,
      );
    });
    expect((await verify()).faults).toMatchObject([{ code: 'entry-changed' }]);
  });

  it('holds against the owner of the tables, too', async () => {
    await expect(
      asAdministrator(database().address, `update entry set body = '{}' where salt is not null`),
    ).rejects.toMatchObject({ code: '42501' });
  });
});
