import { createHmac } from 'node:crypto';
import { LIVE } from '@keng/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PROVINCE, STATION } from '../incidents/incident.fixture.ts';
import { FAR_PROVINCE } from '../incidents/incident-world.fixture.ts';
import {
  NotifyWorld,
  organisation,
  type Received,
  startReceiver,
  until,
  WEBHOOKS_SECRET,
} from './notify-world.fixture.ts';
import { webhookKek } from './secret-seal.ts';
import { webhookAdapter } from './webhook-adapter.ts';
import { WEBHOOK_EVENTS, type WebhookEvent } from './webhook-event.ts';
import { Webhooks } from './webhooks.ts';

let world: NotifyWorld;
const kek = webhookKek(WEBHOOKS_SECRET);
const adapter = (more: object = {}) => webhookAdapter({ kek, privateAddresses: true, ...more });

beforeAll(async () => {
  world = await NotifyWorld.create();
});
afterAll(() => world?.stop());
beforeEach(async () => {
  world.world.clock.set(LIVE, new Date());
  await world.world.web('*', (client) => client.query('update webhook set active = false'));
});

const webhooks = new Webhooks({ kek, privateAddresses: true });
function register(
  url: string,
  more: {
    organisation?: string;
    facility?: Parameters<Webhooks['register']>[2]['facility'];
    events?: readonly WebhookEvent[];
  } = {},
) {
  return world.world.web('*', (client) =>
    webhooks.register(client, hand(), {
      organisation: organisation(more.organisation ?? PROVINCE),
      facility: more.facility ?? null,
      url,
      events: more.events ?? WEBHOOK_EVENTS,
    }),
  );
}

const hand = () =>
  ({ world: LIVE, now: world.now, actor: { kind: 'user', id: 'synthetic', name: 'Synthetic' } }) as const;

/** Standard Webhooks, checked without our code: key from the shown secret, HMAC over id.timestamp.body. */
function expected({ headers, body }: Received, secret: string): string {
  const bytes = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  return `v1,${createHmac('sha256', bytes).update(text, 'utf8').digest('base64')}`;
}

describe('a webhook', () => {
  it('gets what happens below its organisation, signed, without names and numbers of people', async () => {
    const receiver = await startReceiver();
    const { secret } = await register(receiver.url);
    const sender = world.send([adapter()]);
    const incident = await world.alarm(await world.build());
    const [first] = await until(
      () => receiver.received,
      (all) => all.length === 1,
    );
    if (!first) throw new Error('nothing came');
    expect(first.headers['webhook-signature']).toBe(expected(first, secret));
    expect(first.headers['webhook-signature']).not.toBe(
      expected(first, 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'),
    );
    expect(JSON.parse(first.body)).toMatchObject({
      type: 'incident.opened',
      data: {
        incident: incident.id,
        number: incident.number,
        facility: { name: 'Synthetic school' },
        zones: [{ zone: '1', label: 'Lobby' }],
      },
    });
    expect(first.body).not.toMatch(/\+84|Synthetic contact/);
    const jobs = await until(
      () => world.jobs(incident.id),
      (all) => all.some((one) => one.channel === 'webhook' && one.status === 'delivered'),
    );
    expect(first.headers['webhook-id']).toBe(jobs.find((one) => one.channel === 'webhook')?.id);
    const delivered = (await world.world.entries()).filter((one) => one.kind === 'notify.delivered');
    expect(delivered.at(-1)?.body).toMatchObject({
      channel: 'webhook',
      incidentId: incident.id,
      receipt: '204',
    });
    await sender.stop();
    await receiver.stop();
  });

  it('hears only of its facility or below its organisation, and only of the events it asked for', async () => {
    const building = await world.build();
    const other = await world.build();
    const make = (path: string, more: Parameters<typeof register>[1]) =>
      register(`http://127.0.0.1:9/${path}`, more);
    await make('national', { organisation: 'VN-C07', events: ['incident.opened'] });
    await make('station', { organisation: STATION, events: ['incident.opened'] });
    await make('far', { organisation: FAR_PROVINCE, events: ['incident.opened'] });
    await make('facility', { facility: building.facility, events: ['incident.opened'] });
    await make('closed', { organisation: 'VN-C07', events: ['incident.closed'] });
    const opened = await world.alarm(building, other);
    const second = await world.world.only(other);
    const told = async (id: typeof opened.id) =>
      (await world.jobs(id))
        .filter((one) => one.channel === 'webhook')
        .map((one) => one.address.split('/').at(-1))
        .sort();
    expect(await told(opened.id)).toEqual(['facility', 'national', 'station']);
    expect(await told(second.id)).toEqual(['national', 'station']);
  });

  it('that hangs does not hold up the others, nor its own later events for ever', async () => {
    const hanging = await startReceiver();
    hanging.answer = null;
    const good = await startReceiver();
    await register(hanging.url);
    await register(good.url);
    const sender = world.send([adapter({ concurrency: 6, timeoutMs: 60_000 })]);
    const buildings = await Promise.all(Array.from({ length: 12 }, () => world.build([])));
    await world.alarm(...buildings);
    await until(
      () => good.received.length,
      (count) => count === 12,
    );
    expect(hanging.received).toHaveLength(4);
    await hanging.stop();
    await sender.stop();
    await good.stop();
  });

  it('that failed last is asked with one event at a time', async () => {
    const broken = await startReceiver();
    broken.answer = { status: 500 };
    const good = await startReceiver();
    await register(broken.url);
    await register(good.url);
    const sender = world.send([adapter({ concurrency: 6, timeoutMs: 60_000 })]);
    const incident = await world.alarm(await world.build([]));
    await until(
      () => world.jobs(incident.id),
      (jobs) => jobs.some((job) => job.error !== null),
    );
    broken.answer = null;
    await world.alarm(...(await Promise.all(Array.from({ length: 5 }, () => world.build([])))));
    await until(
      () => good.received.length,
      (count) => count === 6,
    );
    // One that failed, and one that is not answered yet: the others wait for it.
    await until(
      () => broken.received.length,
      (count) => count >= 2,
    );
    expect(broken.received).toHaveLength(2);
    await broken.stop();
    await sender.stop();
    await good.stop();
  });

  it('that answers with an error, a redirect or a flood is told apart', async () => {
    const receiver = await startReceiver();
    await register(receiver.url, { events: ['incident.opened'] });
    const outcome = async (answer: NonNullable<typeof receiver.answer>) => {
      receiver.answer = answer;
      const sender = world.send([adapter()]);
      const incident = await world.alarm(await world.build([]));
      const [job] = await until(
        () => world.jobs(incident.id),
        (all) => all.every((one) => one.error !== null),
      );
      await sender.stop();
      return `${job?.status} ${job?.error}`;
    };
    expect(await outcome({ status: 500, body: 'sorry\u0007' })).toBe('queued answered 500: sorry');
    expect(await outcome({ status: 410 })).toBe('failed answered 410');
    expect(await outcome({ status: 302, headers: { location: 'http://169.254.169.254/' } })).toBe(
      'failed answered 302; redirects are not followed',
    );
    expect(await outcome({ status: 200, body: 'x'.repeat(100_000) })).toBe(
      'failed the answer is longer than 16384 bytes',
    );
    await receiver.stop();
  });

  it('waits as long as the receiver asks for', async () => {
    const receiver = await startReceiver();
    receiver.answer = { status: 429, headers: { 'retry-after': '120' } };
    await register(receiver.url, { events: ['incident.opened'] });
    const sender = world.send([adapter()]);
    const incident = await world.alarm(await world.build([]));
    await until(
      () => world.jobs(incident.id),
      (all) => all.every((one) => one.error !== null),
    );
    receiver.answer = { status: 204 };
    world.advance(119);
    sender.poke();
    const before = receiver.received.length;
    world.advance(2);
    await until(
      () => receiver.received.length,
      (count) => count > before,
    );
    expect(before).toBe(1);
    // The same message: whoever has seen it has seen it.
    expect(new Set(receiver.received.map((one) => one.headers['webhook-id'])).size).toBe(1);
    await sender.stop();
    await receiver.stop();
  });

  it.each([
    'http://127.0.0.1:9',
    'http://localhost:9',
    'http://[::1]:9',
    'http://[::ffff:10.0.0.1]:9',
    'http://169.254.169.254/',
  ])('does not reach %s unless private addresses are allowed', async (url) => {
    await register(url, { events: ['incident.opened'] });
    const sender = world.send([webhookAdapter({ kek, privateAddresses: false })]);
    const incident = await world.alarm(await world.build([]));
    const [job] = await until(
      () => world.jobs(incident.id),
      (all) => all.every((one) => one.status === 'failed'),
    );
    expect(job?.error).toContain('is an address inside a network');
    await sender.stop();
  });

  it('is refused at the form when it names such an address, or holds a password', async () => {
    const strict = new Webhooks({ kek, privateAddresses: false });
    const input = { organisation: organisation(PROVINCE), facility: null, events: WEBHOOK_EVENTS };
    const attempt = (url: string) =>
      world.world.web('*', (client) => strict.register(client, hand(), { ...input, url }));
    await expect(attempt('http://10.1.2.3/hook')).rejects.toThrow(/inside a network/);
    await expect(attempt('https://user:secret@example.org/')).rejects.toThrow(/password/);
  });

  it('that is removed hears nothing more, also not what waits', async () => {
    const receiver = await startReceiver();
    const { id } = await register(`${receiver.url}/hook?token=s`, { events: ['incident.opened'] });
    const incident = await world.alarm(await world.build([]));
    await world.world.web('*', (client) => webhooks.remove(client, hand(), id));
    expect(await world.jobs(incident.id)).toMatchObject([{ status: 'cancelled' }]);
    expect(await world.world.web('*', (client) => webhooks.list(client, LIVE))).toEqual([]);
    const written = await world.world.entries(id);
    expect(written).toMatchObject([
      {
        kind: 'webhook.registered',
        organisation: PROVINCE,
        actor: { name: 'Synthetic' },
        body: { webhookId: id, address: receiver.url, events: ['incident.opened'] },
      },
      { kind: 'webhook.removed', organisation: PROVINCE, actor: { name: 'Synthetic' } },
    ]);
    await receiver.stop();
  });

  it('keeps its secret from everybody but the sender', async () => {
    await register('https://example.org/');
    const { database } = world.world;
    for (const role of ['keng_web', 'keng_core', 'keng_auditor', 'keng_receiver'] as const) {
      await expect(database.pool(role).query('select sealed_secret from webhook'), role).rejects.toThrow(
        /permission denied/,
      );
    }
    const { rows } = await database.pool('keng_sender').query('select sealed_secret from webhook');
    expect(rows.length).toBeGreaterThan(0);
  });
});
