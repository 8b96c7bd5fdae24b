import { vietNam } from '@keng/country-vn';
import { type AnyEntry, type FacilityId, type IncidentId, LIVE, newId, type World } from '@keng/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keyEncryptionKey, registerFacilities } from '../facilities/index.ts';
import { opened, SUMMARY } from '../incidents/incident.fixture.ts';
import { openClient, transaction } from '../platform/index.ts';
import { createNotifier } from './notifier.ts';
import { facilityDraft, LINK_SECRET, NotifyWorld } from './notify-world.fixture.ts';

const EXERCISE = 'exercise-a' as World;
let world: NotifyWorld;

beforeAll(async () => {
  world = await NotifyWorld.create();
});
afterAll(() => world?.stop());

/** An incident of the exercise, with its facility and contacts, as the exercise's own role writes it. */
async function exerciseAlarm(): Promise<IncidentId> {
  const id = newId<IncidentId>();
  const facility = newId<FacilityId>();
  const state = { ...opened(), id, world: EXERCISE, facility: { ...SUMMARY, id: facility } };
  await transaction(world.world.database.pool('keng_exercise'), async (client) => {
    for (const code of [state.province, state.station]) {
      await client.query(
        `insert into organisation (world, code, level, name, synthetic) values ($1, $2, 'province', '{}', true)`,
        [EXERCISE, code],
      );
    }
    await registerFacilities(client, [facilityDraft(facility)], {
      world: EXERCISE,
      at: world.now,
      recordedAt: world.now,
      actor: { kind: 'system', id: 'test' },
      source: 'demonstration',
      kek: keyEncryptionKey('test'),
    });
    await client.query(
      `insert into incident (world, id, number, facility, organisation, province, status, urgency, opened_at, changed_at, entries, state)
       values ($1, $2, 1, $3, $4, $5, 'open', 20, $6, $6, 1, $7)`,
      [EXERCISE, id, facility, state.station, state.province, world.now, JSON.stringify(state)],
    );
    const entry: Partial<AnyEntry> = {
      world: EXERCISE,
      kind: 'incident.opened',
      subject: id,
      facility,
      organisation: state.station,
      revision: 1,
      at: world.now.toISOString(),
      body: { number: 1, signals: [] } as never,
    };
    // Only what the notifier reads of it.
    await createNotifier({ country: vietNam, ownerLinkSecret: LINK_SECRET }).handle(
      client,
      [entry as AnyEntry],
      { world: EXERCISE, now: world.now },
    );
  });
  return id;
}

it('an exercise fills its own outbox, which the sender cannot see, take or change', async () => {
  const { database } = world.world;
  const id = await addWorld().then(exerciseAlarm);
  const own = await database
    .pool('keng_exercise')
    .query('select channel, status from notify_job where incident = $1', [id]);
  expect(own.rows).toHaveLength(2);
  const sender = database.pool('keng_sender');
  expect((await sender.query('select count(*)::int as seen from notify_job')).rows).toEqual([{ seen: 0 }]);
  expect((await sender.query(`update notify_job set status = 'sending'`)).rowCount).toBe(0);
  await expect(sender.query('set role keng_exercise')).rejects.toThrow(/permission denied/);
  const running = world.send([
    {
      channel: 'voice',
      concurrency: 8,
      send: () => Promise.reject(new Error('an exercise has called somebody')),
    },
    {
      channel: 'sms',
      concurrency: 8,
      send: () => Promise.reject(new Error('an exercise has written to somebody')),
    },
  ]);
  // An alarm of the live world goes through the same sender and shows that it runs.
  const live = await world.alarm(await world.build(['vi']));
  await expect.poll(async () => (await world.jobs(live.id)).map((one) => one.attempts)).toEqual([1, 1]);
  await running.stop();
  const after = await database
    .pool('keng_exercise')
    .query('select distinct status, attempts from notify_job where incident = $1', [id]);
  expect(after.rows).toEqual([{ status: 'queued', attempts: 0 }]);
});

it('an exercise can neither read nor write the live outbox', async () => {
  const live = await world.alarm(await world.build(['vi']));
  const pool = world.world.database.pool('keng_exercise');
  for (const table of ['notify_job', 'owner_link', 'webhook']) {
    const { rows } = await pool.query(`select count(*)::int as seen from ${table} where world = 'live'`);
    expect(rows, table).toEqual([{ seen: 0 }]);
  }
  await expect(
    pool.query(
      `insert into notify_job (world, id, incident, facility, organisation, contact, name, channel, purpose, lane, address,
        language, payload, due_at, created_at, changed_at)
      values ('live', $1, $2, $1, 'x', $1, '', 'sms', 'forged', 0, '114', 'vi', '{}', now(), now(), now())`,
      [newId(), live.id],
    ),
  ).rejects.toThrow(/row-level security/);
  await expect(pool.query('select * from gateway_event')).rejects.toThrow(/permission denied/);
});

it('the web sees the outbox of its own organisation and cannot change what is said or to whom', async () => {
  const live = await world.alarm(await world.build(['vi']));
  const seen = (scope: readonly string[]) =>
    world.world.web(
      scope,
      async (client) =>
        (await client.query('select id from notify_job where incident = $1', [live.id])).rowCount,
    );
  expect(await seen([live.station ?? ''])).toBe(2);
  expect(await seen(['VN-PC07-79'])).toBe(0);
  await expect(
    world.world.web('*', (client) => client.query(`update notify_job set address = '+84'`)),
  ).rejects.toThrow(/permission denied/);
  await expect(world.world.web('*', (client) => client.query('select * from owner_link'))).rejects.toThrow(
    /permission denied/,
  );
});

async function addWorld(): Promise<void> {
  const client = await openClient(world.world.database.address, 'administrator', 'test');
  await client.query(`insert into world (world, name) values ($1, 'A') on conflict do nothing`, [EXERCISE]);
  await client.end();
  expect(LIVE).not.toBe(EXERCISE);
}
