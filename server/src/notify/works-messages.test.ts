import { timerFor, vietNam } from '@keng/country-vn';
import { type Contact, LIVE, type WorksId, type WorksState } from '@keng/model';
import { type RunningTelephoneGateway, startTelephoneGateway } from '@keng/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { event } from '../incidents/incident.fixture.ts';
import type { Building } from '../incidents/incident-world.fixture.ts';
import type { DueTimer } from '../timers/index.ts';
import { nextWayTimers } from './next-way.ts';
import { GATEWAY_SECRET, type JobRow, NotifyWorld, until } from './notify-world.fixture.ts';
import { telephoneAdapters } from './telephone-adapter.ts';
import { createWorksMessages } from './works-messages.ts';

let world: NotifyWorld;
let gateway: RunningTelephoneGateway;
const messages = createWorksMessages({ country: vietNam });

beforeAll(async () => {
  world = await NotifyWorld.create();
  gateway = await startTelephoneGateway({
    port: 0,
    callback: `${world.url}/gateway/telephone/events`,
    secret: GATEWAY_SECRET,
    ringSeconds: 3_600,
  });
});
// Signatures hold the time of the wall: no test may be far from it.
beforeEach(() => world.world.clock.set(LIVE, new Date()));
afterAll(async () => {
  await gateway?.stop();
  await world?.stop();
});

const officer = () => world.world.caller('Officer Nguyen');

/** Works of sixteen minutes that a contact confirmed; their reminder is due in one. */
async function confirmedWorks(building: Building, contact: Contact | undefined): Promise<WorksState> {
  if (contact === undefined) throw new Error('the building has contacts');
  return await world.world.web('*', async (client) => {
    const { works } = world.world;
    const planned = await works.plan(client, officer(), building.facility, {
      transmitterId: building.transmitter,
      zones: ['1'],
      from: world.now,
      until: new Date(world.now.getTime() + 960_000),
      reason: 'welding',
      requestedBy: null,
    });
    return await works.callBack(client, officer(), planned.id, contact.id);
  });
}

/** Gives the consumer the entries of these works, as one batch. */
async function follow(id: WorksId): Promise<void> {
  const entries = (await world.world.entries(id)).filter((one) => messages.kinds.includes(one.kind));
  await world.world.core((client) => messages.handle(client, entries, { world: LIVE, now: world.now }));
}

async function jobs(id: WorksId): Promise<JobRow[]> {
  const { rows } = await world.world.database.pool('keng_core').query<JobRow>(
    `select id, contact, webhook, channel, purpose, address, status, attempts, round, phase, last_error as error, payload
       from notify_job where world = 'live' and works = $1 order by id`,
    [id],
  );
  return rows;
}

describe('the reminder before planned works end', () => {
  it('is an SMS to the contact who was called back, in a language they hear, and its receipt stands with the works', async () => {
    const building = await world.build(['vi', 'en', 'vi']);
    const works = await confirmedWorks(building, building.contacts[1]);
    await world.world.wait(60);
    await follow(works.id);
    const waiting = await jobs(works.id);
    expect(waiting.map(({ channel, address, purpose }) => [channel, address, purpose])).toEqual([
      ['sms', '+84900000002', 'works-reminder'],
    ]);
    const [{ id } = { id: '' }] = waiting;
    const sender = world.send(telephoneAdapters({ url: gateway.url, secret: GATEWAY_SECRET }));
    const [message] = await until(
      () => gateway.exchange.book.messages().filter((one) => one.reference === id),
      (found) => found.length === 1,
    );
    const ends = new Intl.DateTimeFormat('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      timeZone: vietNam.country.timeZone,
    }).format(new Date(works.until));
    expect(message?.text).toBe(
      `[114] Planned work at Synthetic school, Lobby, ends at ${ends}. Alarms ring again after that. If you need longer, call the duty desk before ${ends}.`,
    );
    await until(
      () => world.world.entries(works.id),
      (entries) => entries.some((one) => one.kind === 'notify.delivered'),
    );
    await sender.stop();
    expect((await world.world.entries(works.id)).at(-1)).toMatchObject({
      kind: 'notify.delivered',
      revision: null,
      facility: building.facility,
      body: { jobId: id, incidentId: null, contactId: building.contacts[1]?.id, channel: 'sms' },
    });
  });

  it('is one message, however often its entry is handled', async () => {
    const building = await world.build();
    const works = await confirmedWorks(building, building.contacts[0]);
    await world.world.wait(60);
    await follow(works.id);
    await follow(works.id);
    expect(await jobs(works.id)).toHaveLength(1);
  });

  it('is not sent once the works are over', async () => {
    const building = await world.build();
    const [before, after] = [
      await confirmedWorks(building, building.contacts[0]),
      await confirmedWorks(building, building.contacts[0]),
    ];
    await world.world.wait(60);
    await follow(before.id);
    for (const one of [before, after])
      await world.world.web('*', (client) => world.world.works.end(client, officer(), one.id, 'person'));
    await follow(before.id);
    await follow(after.id);
    const told = async (id: WorksId) =>
      (await jobs(id)).map(({ purpose, status, error }) => [purpose, status, error]).sort();
    expect(await told(before.id)).toEqual([
      ['works-ended', 'queued', null],
      ['works-reminder', 'cancelled', 'ended'],
    ]);
    expect(await told(after.id)).toEqual([['works-ended', 'queued', null]]);
  });

  it('goes to the first contact who is left where the register has lost the one who confirmed', async () => {
    const building = await world.build();
    const works = await confirmedWorks(building, building.contacts[0]);
    await world.world.web('*', (client) =>
      client.query(
        `update facility set state = jsonb_set(state, '{contacts}', (state->'contacts') - 0) where id = $1`,
        [building.facility],
      ),
    );
    await world.world.wait(60);
    await follow(works.id);
    expect((await jobs(works.id)).map((one) => one.address)).toEqual(['+84900000002']);
  });

  it('asks nothing: "1" as an answer to it confirms no fire', async () => {
    const building = await world.build();
    const works = await confirmedWorks(building, building.contacts[0]);
    await world.world.wait(60);
    await follow(works.id);
    await world.world.hear([building, event('2')]);
    const incident = await world.world.only(building);
    const sender = world.send(telephoneAdapters({ url: gateway.url, secret: GATEWAY_SECRET }));
    const [{ id } = { id: '' }] = await jobs(works.id);
    const [message] = await until(
      () => gateway.exchange.book.messages().filter((one) => one.reference === id),
      (found) => found.length === 1,
    );
    await gateway.exchange.reply(message?.id ?? '', '1');
    await until(
      () => jobs(works.id),
      ([job]) => job?.phase === 'reply',
    );
    await sender.stop();
    expect((await world.state(incident.id)).owner.answers).toEqual([]);
  });
});

describe('when planned works have ended', () => {
  it('the contact who was called back is told that alarms ring again', async () => {
    const building = await world.build(['vi', 'en', 'vi']);
    const works = await confirmedWorks(building, building.contacts[1]);
    await world.world.wait(960);
    await follow(works.id);
    const [ended, ...rest] = (await jobs(works.id)).filter((one) => one.purpose === 'works-ended');
    expect(rest).toEqual([]);
    expect(ended).toMatchObject({ channel: 'sms', address: '+84900000002', status: 'queued' });
    expect(String(ended?.payload.text)).toContain('has ended');
  });

  it('nobody is told of works that nobody confirmed: nothing was silent', async () => {
    const building = await world.build();
    const planned = await world.world.web('*', (client) =>
      world.world.works.plan(client, officer(), building.facility, {
        transmitterId: building.transmitter,
        zones: ['1'],
        from: world.now,
        until: new Date(world.now.getTime() + 960_000),
        reason: 'welding',
        requestedBy: null,
      }),
    );
    await world.world.wait(960);
    await follow(planned.id);
    expect(await jobs(planned.id)).toEqual([]);
  });
});

describe('a message that does not get through in its time', () => {
  const seconds = timerFor(vietNam, 'notify.next-way').seconds;
  const handler = nextWayTimers(vietNam);

  /** Runs the clocks of these works that are due by now. */
  async function runDue(id: WorksId): Promise<void> {
    const own = (await jobs(id)).map((one) => one.id);
    await world.world.core(async (client) => {
      const { rows } = await client.query<DueTimer>(
        `delete from timer where world = 'live' and kind = 'notify.next-way' and subject = any($1) and due_at <= $2
         returning number, kind, subject, due_at as "dueAt", body`,
        [own, world.now.toISOString()],
      );
      await handler.handle(client, rows, { world: LIVE, now: world.now });
    });
  }

  it('goes to the next contact, then to the last, and then to nobody', async () => {
    const building = await world.build(['vi', 'en', 'vi']);
    const works = await confirmedWorks(building, building.contacts[1]);
    await world.world.wait(60);
    await follow(works.id);
    const told: string[][] = [];
    for (let step = 0; step < 4; step += 1) {
      told.push((await jobs(works.id)).map((one) => one.address));
      world.advance(seconds - 1);
      await runDue(works.id);
      expect(await jobs(works.id)).toHaveLength(told.at(-1)?.length ?? 0);
      world.advance(1);
      await runDue(works.id);
    }
    expect(told).toEqual([
      ['+84900000002'],
      ['+84900000002', '+84900000001'],
      ['+84900000002', '+84900000001', '+84900000003'],
      ['+84900000002', '+84900000001', '+84900000003'],
    ]);
  });

  it('goes no further once it was delivered', async () => {
    const building = await world.build();
    const works = await confirmedWorks(building, building.contacts[0]);
    await world.world.wait(60);
    await follow(works.id);
    await world.world.core((client) =>
      client.query(`update notify_job set status = 'delivered' where world = 'live' and works = $1`, [
        works.id,
      ]),
    );
    world.advance(seconds);
    await runDue(works.id);
    expect(await jobs(works.id)).toHaveLength(1);
  });
});

describe('a message is about an incident or about works', () => {
  it.each([
    ['neither', null, null],
    ['both', 'incident', 'works'],
  ])('%s is refused by the database', async (_, incident, works) => {
    const building = await world.build();
    const alarm = await world.alarm(building);
    const planned = await confirmedWorks(building, building.contacts[0]);
    await expect(
      world.world.core((client) =>
        client.query(
          `insert into notify_job (world, id, incident, works, facility, organisation, contact, name, channel, purpose, lane, address,
             language, payload, due_at, created_at, changed_at)
           values ('live', gen_random_uuid(), $1, $2, $3, 'VN-PC07-01-S1', $4, 'x', 'sms', 'x', 0, 'x', 'vi', '{}', now(), now(), now())`,
          [incident && alarm.id, works && planned.id, building.facility, building.contacts[0]?.id],
        ),
      ),
    ).rejects.toMatchObject({ code: '23514' });
  });
});
