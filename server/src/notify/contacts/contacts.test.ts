import { vietNam } from '@keng/country-vn';
import { type ContactId, LIVE } from '@keng/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { event } from '../../incidents/incident.fixture.ts';
import { type Building, FAR_PROVINCE } from '../../incidents/incident-world.fixture.ts';
import { recordContactReached } from '../../incidents/index.ts';
import { NotifyWorld } from '../notify-world.fixture.ts';
import { silentContacts } from './silent-list.ts';
import { createContactWatch } from './watch.ts';

let world: NotifyWorld;
const watch = createContactWatch({ country: vietNam });

beforeAll(async () => {
  world = await NotifyWorld.create();
});
beforeEach(() => world.world.clock.set(LIVE, new Date()));
afterAll(async () => await world?.stop());

const officer = () => world.world.caller('Officer Nguyen');

/** An alarm that the desk closes after the contact's call ended like this. */
async function alarm(building: Building, result: 'no-answer' | 'answered'): Promise<void> {
  const [contact] = building.contacts;
  if (contact === undefined) throw new Error('the building has contacts');
  world.advance(7_200);
  await world.world.hear([building, event('1')]);
  await world.follow();
  const incident = (await world.world.states(building)).at(-1);
  if (incident === undefined) throw new Error('no alarm');
  await world.world.web('*', (client) =>
    recordContactReached(
      client,
      LIVE,
      incident.id,
      { contactId: contact.id, name: contact.name, channel: 'voice', result, detail: null },
      world.now,
    ),
  );
  await world.world.web('*', (client) => world.world.incidents.acceptAtDesk(client, officer(), incident.id));
  await world.world.web('*', (client) =>
    world.world.incidents.close(client, officer(), incident.id, {
      outcome: 'false',
      cause: 'dust',
      note: null,
    }),
  );
  const closed = (await world.world.entries(incident.id)).filter((one) => one.kind === 'incident.closed');
  await world.world.core((client) => watch.handle(client, closed, { world: LIVE, now: world.now }));
}

const kindsOf = async (id: ContactId | undefined) =>
  (await world.world.entries(id ?? '')).map((one) => one.kind);
const listed = (scope: '*' | readonly string[] = '*') =>
  world.world.web(scope, (client) => silentContacts(client, LIVE, null, 100));

async function notices(building: Building): Promise<{ name: string; channel: string; purpose: string }[]> {
  const { rows } = await world.world.database
    .pool('keng_core')
    .query(`select name, channel, purpose from notify_job where facility = $1 and notice is not null`, [
      building.facility,
    ]);
  return rows;
}

describe('a contact who does not answer', () => {
  it('is reported after three alarms in a row: an entry, the list of the police, a message to another contact', async () => {
    const building = await world.build();
    await alarm(building, 'no-answer');
    await alarm(building, 'no-answer');
    expect((await listed()).filter((one) => one.facility === building.facility)).toEqual([]);
    await alarm(building, 'no-answer');
    expect(await kindsOf(building.contacts[0]?.id)).toEqual([
      'contact.unanswered',
      'contact.unanswered',
      'contact.unanswered',
      'contact.reported',
    ]);
    expect((await listed()).filter((one) => one.facility === building.facility)).toMatchObject([
      { name: 'Synthetic contact 1', inARow: 3, facilityName: 'Synthetic school' },
    ]);
    expect(await notices(building)).toEqual([
      { name: 'Synthetic contact 2', channel: 'sms', purpose: 'contact-silent' },
    ]);
    // Once: the fourth time says nothing new.
    await alarm(building, 'no-answer');
    expect(await notices(building)).toHaveLength(1);
  });

  it('is off the list when they answer, and begins anew', async () => {
    const building = await world.build();
    for (const result of ['no-answer', 'no-answer', 'answered', 'no-answer', 'no-answer'] as const)
      await alarm(building, result);
    expect((await listed()).filter((one) => one.facility === building.facility)).toEqual([]);
    await alarm(building, 'no-answer');
    expect((await listed()).filter((one) => one.facility === building.facility)).toHaveLength(1);
    await alarm(building, 'answered');
    expect((await listed()).filter((one) => one.facility === building.facility)).toEqual([]);
  });

  it('is not seen by the desk of another province', async () => {
    const building = await world.build();
    for (let count = 0; count < 3; count += 1) await alarm(building, 'no-answer');
    expect((await listed([FAR_PROVINCE])).length).toBe(0);
    expect((await listed()).length).toBeGreaterThan(0);
  });
});

describe('what a contact asks for', () => {
  const preference = { ways: ['email', 'sms'], language: 'ru', quiet: { from: '22:00', until: '06:00' } };

  it('is kept by the link they were sent, as an entry of theirs', async () => {
    const building = await world.build();
    const first = await world.alarm(building);
    const [contact] = building.contacts;
    const token = world.token(first.id, contact?.id as ContactId);
    const reply = await world.ask('POST', `/owner/${token}/preference`, preference);
    expect(reply).toMatchObject({ status: 200, body: { preference } });
    expect((await world.ask('GET', `/owner/${token}/settings`)).body).toMatchObject({ preference });
    const [entry] = await world.world.entries(contact?.id);
    expect(entry).toMatchObject({
      kind: 'contact.preferred',
      revision: 1,
      actor: { kind: 'contact', id: contact?.id },
      body: { preference },
    });
  });

  it('holds back nothing that is said about a fire, whatever the hour', async () => {
    const building = await world.build();
    const first = await world.alarm(building);
    const token = world.token(first.id, building.contacts[0]?.id as ContactId);
    await world.ask('POST', `/owner/${token}/preference`, {
      ...preference,
      quiet: { from: '00:00', until: '23:59' },
    });
    world.advance(7_200);
    await world.world.hear([building, event('2')]);
    await world.follow();
    const last = (await world.world.states(building)).at(-1);
    const { rows } = await world.world.database
      .pool('keng_core')
      .query<{ channel: string; late: boolean }>(
        `select channel, due_at > created_at as late from notify_job where incident = $1 and contact = $2 order by channel`,
        [last?.id, building.contacts[0]?.id],
      );
    expect(rows).toEqual([
      { channel: 'sms', late: false },
      { channel: 'voice', late: false },
    ]);
  });

  it.each([
    ['no way at all', { ...preference, ways: [] }],
    ['a way twice', { ...preference, ways: ['sms', 'sms'] }],
    ['a time that is none', { ...preference, quiet: { from: '25:00', until: '06:00' } }],
  ])('with %s is refused', async (_, body) => {
    const building = await world.build();
    const first = await world.alarm(building);
    const token = world.token(first.id, building.contacts[0]?.id as ContactId);
    expect((await world.ask('POST', `/owner/${token}/preference`, body)).status).toBe(422);
  });

  it("is nobody else's to say: a link that is not valid opens nothing", async () => {
    expect((await world.ask('GET', `/owner/${'x'.repeat(32)}/settings`)).status).toBe(404);
  });
});
