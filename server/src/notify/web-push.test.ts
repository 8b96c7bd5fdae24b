import { LIVE } from '@keng/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Building } from '../incidents/incident-world.fixture.ts';
import { pushStore } from './contacts/push-store.ts';
import { NotifyWorld, PUSH_SECRET, until } from './notify-world.fixture.ts';
import { pushAdapter } from './push-adapter.ts';
import {
  type PushServiceStandIn,
  type StandInBrowser,
  startPushServiceStandIn,
} from './push-service.fixture.ts';
import { vapidKeys } from './vapid.ts';

let world: NotifyWorld;
let service: PushServiceStandIn;

beforeAll(async () => {
  world = await NotifyWorld.create();
  service = await startPushServiceStandIn();
});
beforeEach(() => world.world.clock.set(LIVE, new Date()));
afterAll(async () => {
  await service?.stop();
  await world?.stop();
});

const keys = vapidKeys(PUSH_SECRET);
const adapter = (privateAddresses = true) =>
  pushAdapter({
    keys,
    subject: 'mailto:desk@keng.example',
    privateAddresses,
    ...pushStore(world.world.database.pool('keng_sender'), world.world.clock),
  });

/** A first alarm gives the contact a link; by it their browser asks to be told. */
async function subscribed(building: Building, browser: StandInBrowser): Promise<string> {
  const first = await world.alarm(building);
  const token = world.token(first.id, contactOf(building).id);
  const reply = await world.ask('POST', `/owner/${token}/push`, browser.subscription);
  expect(reply.status).toBe(200);
  return token;
}

function contactOf(building: Building) {
  const [contact] = building.contacts;
  if (contact === undefined) throw new Error('the building has contacts');
  return contact;
}

/** Another alarm of the same building, long after the last. */
async function nextAlarm(building: Building) {
  world.advance(7_200);
  await world.world.hear([building, { ...(await import('../incidents/incident.fixture.ts')).event('2') }]);
  await world.follow();
  const states = await world.world.states(building);
  const last = states.at(-1);
  if (last === undefined) throw new Error('no alarm');
  return last;
}

describe('web push', () => {
  it('reaches the browser of a contact, encrypted and signed, and opens their answer page', async () => {
    const building = await world.build();
    const browser = service.browser();
    await subscribed(building, browser);
    const alarm = await nextAlarm(building);
    const sender = world.send([adapter()]);
    const [message] = await until(
      () => service.received.filter((one) => one.path === browser.path),
      (found) => found.length > 0,
    );
    await until(
      () => world.state(alarm.id),
      ({ owner }) => owner.contacts.some((one) => one.channel === 'push' && one.result === 'delivered'),
    );
    await sender.stop();
    expect(message).toMatchObject({ urgency: 'high', key: keys.publicKey });
    expect(message?.claims.sub).toBe('mailto:desk@keng.example');
    const shown = JSON.parse(message?.text ?? '{}') as Record<string, unknown>;
    expect(shown).toMatchObject({
      url: `http://keng.example/owner/${world.token(alarm.id, contactOf(building).id)}`,
      tag: alarm.id,
      urgent: true,
    });
    expect(String(shown.title)).toContain('Synthetic school');
    // What stands in the page behind the link is not in the message.
    for (const personal of ['Synthetic contact', '+8490', '1 Synthetic street'])
      expect(message?.text).not.toContain(personal);
  });

  it.each([404, 410])(
    'a subscription that is answered %i is never used again, and the log says so',
    async (status) => {
      const building = await world.build();
      const browser = service.browser();
      const token = await subscribed(building, browser);
      service.answers.set(browser.path, status);
      const alarm = await nextAlarm(building);
      const sender = world.send([adapter()]);
      await until(
        () => world.jobs(alarm.id),
        (jobs) => jobs.some((one) => one.channel === 'push' && one.status === 'failed'),
      );
      await sender.stop();
      const settings = await world.ask('GET', `/owner/${token}/settings`);
      expect(settings.body).toMatchObject({ browsers: 0 });
      const entries = await world.world.entries(contactOf(building).id);
      expect(entries.map((one) => one.kind)).toEqual(['contact.push-added', 'contact.push-removed']);
      expect(entries.at(-1)?.body).toMatchObject({ because: 'expired' });
      const third = await nextAlarm(building);
      expect((await world.jobs(third.id)).some((one) => one.channel === 'push')).toBe(false);
    },
  );

  it('one browser that is over does not keep the other from hearing', async () => {
    const building = await world.build();
    const [gone, good] = [service.browser(), service.browser()];
    const token = await subscribed(building, gone);
    await world.ask('POST', `/owner/${token}/push`, good.subscription);
    service.answers.set(gone.path, 410);
    const alarm = await nextAlarm(building);
    const sender = world.send([adapter()]);
    await until(
      () => world.jobs(alarm.id),
      (jobs) => jobs.some((one) => one.channel === 'push' && one.status === 'delivered'),
    );
    await sender.stop();
    expect(service.received.filter((one) => one.path === good.path)).toHaveLength(1);
    expect((await world.ask('GET', `/owner/${token}/settings`)).body).toMatchObject({ browsers: 1 });
  });

  it('the same browser asks twice and is one; it can be taken back', async () => {
    const building = await world.build();
    const browser = service.browser();
    const token = await subscribed(building, browser);
    const again = await world.ask('POST', `/owner/${token}/push`, browser.subscription);
    expect(again.body).toMatchObject({ browsers: 1, pushKey: keys.publicKey });
    const removed = await world.ask('POST', `/owner/${token}/push/remove`, {
      endpoint: browser.subscription.endpoint,
    });
    expect(removed.body).toMatchObject({ browsers: 0 });
  });

  it('a push service inside the network is not called where that is not allowed', async () => {
    const building = await world.build();
    const browser = service.browser();
    await subscribed(building, browser);
    const alarm = await nextAlarm(building);
    const sender = world.send([adapter(false)]);
    const jobs = await until(
      () => world.jobs(alarm.id),
      (found) => found.some((one) => one.channel === 'push' && one.status === 'failed'),
    );
    await sender.stop();
    expect(jobs.find((one) => one.channel === 'push')?.error).toContain('inside a network');
    expect(service.received.some((one) => one.path === browser.path)).toBe(false);
  });

  it.each([
    [
      'a short key',
      (one: StandInBrowser['subscription']) => ({ ...one, keys: { ...one.keys, p256dh: 'AAAA' } }),
    ],
    ['no URL', (one: StandInBrowser['subscription']) => ({ ...one, endpoint: 'file:///etc/passwd' })],
    ['a password', (one: StandInBrowser['subscription']) => ({ ...one, endpoint: 'http://a:b@127.0.0.1/' })],
  ])('a subscription with %s is refused', async (_, broken) => {
    const building = await world.build();
    const alarm = await world.alarm(building);
    const token = world.token(alarm.id, contactOf(building).id);
    const reply = await world.ask('POST', `/owner/${token}/push`, broken(service.browser().subscription));
    expect(reply.status).toBe(422);
  });
});

describe('the keys of web push', () => {
  it('are the same after each start, and others for another secret', () => {
    expect(vapidKeys(PUSH_SECRET)).toEqual(keys);
    expect(vapidKeys('another')).not.toEqual(keys);
    expect(Buffer.from(keys.publicKey, 'base64url')).toHaveLength(65);
    expect(Buffer.from(keys.privateKey, 'base64url')).toHaveLength(32);
  });
});
