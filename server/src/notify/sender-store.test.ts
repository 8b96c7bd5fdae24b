import { LIVE } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAdministrator } from '../testing/test-database.ts';
import { NotifyWorld } from './notify-world.fixture.ts';
import { OWNER_LINK_SECONDS } from './owner-link.ts';
import { sweep } from './sender-store.ts';

let world: NotifyWorld;

beforeAll(async () => {
  world = await NotifyWorld.create();
});
afterAll(() => world?.stop());

describe('the sweep of the outbox', () => {
  it('takes away what has been over for long, and nothing that still has to be sent', async () => {
    const incident = await world.alarm(await world.build(['vi', 'en', 'vi']));
    const { database } = world.world;
    const pool = database.pool('keng_sender');
    const [long, longer] = [world.now, new Date(world.now.getTime() - 1)];
    await pool.query(
      `update notify_job j set status = one.status, changed_at = $2 from (
         select id, (array['queued', 'sending', 'accepted', 'delivered', 'failed', 'cancelled'])[row_number() over (order by id)] as status
         from notify_job where world = 'live' and incident = $1) one where j.world = 'live' and j.id = one.id`,
      [incident.id, longer],
    );
    await asAdministrator(
      database.address,
      `insert into gateway_event (world, id, job, signed_at, answer, received_at) values
         ('live', 'swept', gen_random_uuid(), now(), '{}', '${longer.toISOString()}')`,
    );
    const left = async () => {
      const jobs = await world.world.core((client) =>
        client.query<{ status: string }>(
          `select status from notify_job where world = 'live' and incident = $1 order by status`,
          [incident.id],
        ),
      );
      const links = await world.world.core((client) =>
        client.query(`select from owner_link where world = 'live' and incident = $1`, [incident.id]),
      );
      const events = await pool.query(`select from gateway_event where id = 'swept'`);
      return { jobs: jobs.rows.map((row) => row.status), links: links.rowCount, events: events.rowCount };
    };
    const expiry = new Date(world.now.getTime() + OWNER_LINK_SECONDS * 1000);
    await sweep(pool, LIVE, { jobs: longer, links: expiry, events: longer });
    expect(await left()).toMatchObject({ jobs: { length: 6 }, links: 3, events: 1 });
    await sweep(pool, LIVE, { jobs: long, links: new Date(expiry.getTime() + 1), events: long });
    expect(await left()).toEqual({ jobs: ['accepted', 'queued', 'sending'], links: 0, events: 0 });
  });
});
