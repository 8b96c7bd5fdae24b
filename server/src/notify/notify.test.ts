import { LIVE } from '@keng/model';
import { type RunningTelephoneGateway, startTelephoneGateway } from '@keng/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { event } from '../incidents/incident.fixture.ts';
import type { OutgoingJob } from './channel-adapter.ts';
import { SendFailed } from './channel-adapter.ts';
import { GATEWAY_SECRET, NotifyWorld, startReceiver, until } from './notify-world.fixture.ts';
import { noTelephone, telephoneAdapters } from './telephone-adapter.ts';

let world: NotifyWorld;
let gateway: RunningTelephoneGateway;

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

const callsOf = (jobs: readonly { readonly id: string }[]) => {
  const ids = new Set(jobs.map((one) => one.id));
  return gateway.exchange.book.calls().filter((call) => ids.has(call.reference));
};

describe('an alarm and its contacts', () => {
  it('rings all contacts at once, by voice and SMS, each in a language they hear', async () => {
    const building = await world.build(['vi', 'en', 'ru']);
    const incident = await world.alarm(building);
    expect(incident.owner.contacts.map(({ name, channel, result }) => [name, channel, result])).toEqual(
      [1, 2, 3].flatMap((order) =>
        ['voice', 'sms'].map((channel) => [`Synthetic contact ${order}`, channel, 'ringing']),
      ),
    );
    const sender = world.send(telephoneAdapters({ url: gateway.url, secret: GATEWAY_SECRET }));
    const jobs = await world.jobs(incident.id);
    const calls = await until(
      () => callsOf(jobs),
      (found) => found.length === 3,
    );
    expect(calls.map((call) => [call.to, call.language, call.state]).sort()).toEqual([
      ['+84900000001', 'vi', 'ringing'],
      ['+84900000002', 'en', 'ringing'],
      ['+84900000003', 'en', 'ringing'],
    ]);
    expect(calls.find((call) => call.language === 'en')?.say.join(' ')).toContain(
      'fire alarm at Synthetic school, 1 Synthetic street, in Lobby, at ',
    );
    const messages = await until(
      () => gateway.exchange.book.messages().filter((one) => jobs.some((job) => job.id === one.reference)),
      (found) => found.length === 3,
    );
    const [contact] = building.contacts;
    if (!contact) throw new Error('the school has contacts');
    const link = `http://keng.example/owner/${world.token(incident.id, contact.id)}`;
    expect(messages.find((one) => one.to === contact.telephone)?.text).toContain(link);
    await until(
      () => world.state(incident.id),
      (state) =>
        state.owner.contacts
          .filter((one) => one.channel === 'sms')
          .every((one) => one.result === 'delivered'),
    );
    await sender.stop();
  });

  it('makes one job of an entry that is handled twice', async () => {
    const incident = await world.alarm(await world.build());
    const entries = (await world.world.entries(incident.id)).filter((one) => one.kind === 'incident.opened');
    await world.world.core((client) =>
      world.notifier.handle(client, entries, { world: LIVE, now: world.now }),
    );
    expect(await world.jobs(incident.id)).toHaveLength(6);
    expect(
      (await world.world.kinds(incident.id)).filter((kind) => kind === 'incident.owner-alerted'),
    ).toHaveLength(1);
  });

  it('sends what was committed long after it was due, too', async () => {
    const sent: string[] = [];
    const sender = world.send([
      {
        channel: 'sms',
        concurrency: 8,
        send: async (job) => {
          sent.push(job.id);
          return { state: 'delivered', reference: null };
        },
      },
    ]);
    const first = await world.alarm(await world.build(['vi']));
    const message = (await world.jobs(first.id)).find((one) => one.channel === 'sms');
    await until(
      () => sent,
      (ids) => ids.some((id) => id === message?.id),
    );
    // The sender has looked at everything until now; this one was due before that.
    const { rows } = await world.world.database.pool('keng_core').query<{ id: string }>(
      `insert into notify_job (world, id, incident, facility, organisation, contact, name, channel, purpose, lane, address, language,
         payload, due_at, created_at, changed_at)
       select world, gen_random_uuid(), incident, facility, organisation, contact, name, channel, 'late', lane, address, language,
         payload, due_at - interval '1 hour', created_at, changed_at
       from notify_job where incident = $1 and channel = 'sms' returning id`,
      [first.id],
    );
    // The clock of the tests stands still: the look at everything comes with the time.
    world.advance(6);
    await until(
      () => sent,
      (ids) => ids.some((id) => id === rows[0]?.id),
    );
    await sender.stop();
  });

  it('takes the same few statements for one incident as for forty', async () => {
    expect(await statementsFor(40)).toBe(await statementsFor(1));
  });
});

/** What the notifier asks of the database for a batch; nothing of it stays. */
async function statementsFor(count: number): Promise<number> {
  const buildings = await Promise.all(Array.from({ length: count }, () => world.build()));
  await world.world.hear(...buildings.map((one) => [one, event('1')] as const));
  const facilities = new Set<string | null>(buildings.map((one) => one.facility));
  const entries = (await world.world.entries()).filter(
    (one) => one.kind === 'incident.opened' && facilities.has(one.facility),
  );
  expect(entries).toHaveLength(count);
  let seen = 0;
  const client = await world.world.database.pool('keng_core').connect();
  const counting = new Proxy(client, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (name !== 'query' || typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        seen += 1;
        return Reflect.apply(member, target, args);
      };
    },
  });
  await client.query('begin');
  await world.notifier.handle(counting, entries, { world: LIVE, now: world.now });
  await client.query('rollback');
  client.release();
  await world.skip();
  return seen;
}

describe('keys pressed', () => {
  it('"1" makes it a fire, reads the first measures out and marks them shown; pressed twice it counts once', async () => {
    const building = await world.build(['en', 'vi', 'vi']);
    const incident = await world.alarm(building);
    const sender = world.send(telephoneAdapters({ url: gateway.url, secret: GATEWAY_SECRET }));
    const jobs = await world.jobs(incident.id);
    const [call] = await until(
      () => callsOf(jobs).filter((one) => one.to.endsWith('1')),
      (found) => found.length === 1,
    );
    const id = call?.id ?? '';
    const heard = await press(id, '1');
    expect(heard).toContain(
      'A real fire at Synthetic school is recorded and the fire service is informed. Do the following at once.',
    );
    expect(heard).toContain('Do not use the lifts.');
    await press(id, '1');
    const state = await world.state(incident.id);
    expect(state.owner.answer).toBe('real');
    expect(state.owner.answers).toHaveLength(1);
    expect(state.owner.answers[0]).toMatchObject({
      name: 'Synthetic contact 1',
      answer: 'real',
      channel: 'telephone',
    });
    expect(state.owner.measuresShownAt).not.toBeNull();
    expect(state.confirmations).toContain('owner-real');
    expect(state.dispatch.status).toBe('proposed');
    expect(state.owner.contacts.find((one) => one.channel === 'voice' && one.order === 1)?.result).toBe(
      'answered',
    );
    await sender.stop();
  });

  it('"2" is written down and closes nothing; "9" repeats; a wrong key is explained', async () => {
    const building = await world.build(['en', 'en', 'en']);
    const incident = await world.alarm(building);
    const sender = world.send(telephoneAdapters({ url: gateway.url, secret: GATEWAY_SECRET }));
    const jobs = await world.jobs(incident.id);
    const [call] = await until(
      () => callsOf(jobs),
      (found) => found.length === 3,
    );
    const id = call?.id ?? '';
    expect(await press(id, '9')).toContain('Press 1 if the fire is real.');
    expect(await press(id, '7')).toContain('That key is not valid.');
    expect(await press(id, '2')).toContain('A false alarm is recorded.');
    const state = await world.state(incident.id);
    expect(state).toMatchObject({ status: 'open', owner: { answer: 'false' }, dispatch: { status: 'none' } });
    await sender.stop();
  });

  it('an SMS that is answered with "3" says that somebody is checking', async () => {
    const incident = await world.alarm(await world.build());
    const sender = world.send(telephoneAdapters({ url: gateway.url, secret: GATEWAY_SECRET }));
    const jobs = await world.jobs(incident.id);
    const [message] = await until(
      () => gateway.exchange.book.messages().filter((one) => jobs.some((job) => job.id === one.reference)),
      (found) => found.length === 3,
    );
    await gateway.exchange.reply(message?.id ?? '', ' 3 ok');
    expect((await world.state(incident.id)).owner.answer).toBe('checking');
    await sender.stop();
  });

  it('on a line of an incident that the desk has closed it ends the call, unless it burns: then the incident rings again', async () => {
    const building = await world.build(['en', 'en', 'en']);
    const incident = await world.alarm(building);
    const sender = world.send(telephoneAdapters({ url: gateway.url, secret: GATEWAY_SECRET }));
    const jobs = await world.jobs(incident.id);
    const [first, second] = await until(
      () => callsOf(jobs),
      (found) => found.length === 3,
    );
    await close(incident.id);
    expect(await press(first?.id ?? '', '2')).toContain('End of the call.');
    expect(gateway.exchange.book.call(first?.id ?? '')?.state).toBe('hung-up');
    expect((await world.state(incident.id)).status).toBe('closed');
    await press(second?.id ?? '', '1');
    expect((await world.state(incident.id)).status).toBe('open');
    await sender.stop();
  });
});

describe('nobody answers', () => {
  it('is called again after a growing pause, under a new round, until somebody has answered', async () => {
    const building = await world.build(['vi']);
    const incident = await world.alarm(building);
    const sender = world.send(telephoneAdapters({ url: gateway.url, secret: GATEWAY_SECRET }));
    const [voice] = (await world.jobs(incident.id)).filter((one) => one.channel === 'voice');
    const jobs = [{ id: voice?.id ?? '' }];
    const [first] = await until(
      () => callsOf(jobs),
      (found) => found.length === 1,
    );
    gateway.exchange.noAnswer(first?.id ?? '');
    await until(
      () => world.jobs(incident.id),
      (found) => found.some((one) => one.round === 2 && one.status === 'queued'),
    );
    expect(
      (await world.state(incident.id)).owner.contacts.find((one) => one.channel === 'voice')?.result,
    ).toBe('no-answer');
    expect(callsOf(jobs)).toHaveLength(1);
    world.advance(21);
    const [, second] = await until(
      () => callsOf(jobs),
      (found) => found.length === 2,
    );
    await press(second?.id ?? '', '3');
    gateway.exchange.hangUp(second?.id ?? '');
    await until(
      () => world.jobs(incident.id),
      (found) => found.some((one) => one.phase === 'hung-up'),
    );
    world.advance(60);
    expect((await world.jobs(incident.id)).filter((one) => one.channel === 'voice')).toMatchObject([
      { round: 2, status: 'delivered' },
    ]);
    await sender.stop();
  });

  it('is not called again when another contact has answered', async () => {
    const building = await world.build(['vi', 'vi']);
    const incident = await world.alarm(building);
    const sender = world.send(telephoneAdapters({ url: gateway.url, secret: GATEWAY_SECRET }));
    const jobs = (await world.jobs(incident.id)).filter((one) => one.channel === 'voice');
    const calls = await until(
      () => callsOf(jobs),
      (found) => found.length === 2,
    );
    gateway.exchange.noAnswer(calls[0]?.id ?? '');
    await until(
      () => world.jobs(incident.id),
      (found) => found.some((one) => one.round === 2),
    );
    await press(calls[1]?.id ?? '', '2');
    await world.follow();
    expect((await world.jobs(incident.id)).find((one) => one.round === 2)).toMatchObject({
      status: 'cancelled',
      error: 'answered',
    });
    await sender.stop();
  });
});

describe('nobody has answered for the time of the country', () => {
  it('whoever waits to be called again is called at once; who is on the line is left there', async () => {
    const building = await world.build(['vi', 'vi']);
    const incident = await world.alarm(building);
    const sender = world.send(telephoneAdapters({ url: gateway.url, secret: GATEWAY_SECRET }));
    const voice = async () => (await world.jobs(incident.id)).filter((one) => one.channel === 'voice');
    const first = await voice();
    const calls = await until(
      () => callsOf(first),
      (found) => found.length === 2,
    );
    gateway.exchange.noAnswer(calls[0]?.id ?? '');
    await until(voice, (found) => found.some((one) => one.round === 2 && one.status === 'queued'));
    await sender.stop();
    await world.world.wait(35);
    await world.follow();
    const jobs = await voice();
    expect(jobs.map((one) => one.purpose).sort()).toEqual(['alarm', 'alarm', 'recall']);
    expect(jobs.find((one) => one.error === 'recalled')).toMatchObject({ status: 'cancelled', round: 2 });
    const recall = jobs.find((one) => one.purpose === 'recall');
    const restarted = world.send(telephoneAdapters({ url: gateway.url, secret: GATEWAY_SECRET }));
    const again = await until(
      () => callsOf(recall ? [recall] : []),
      (found) => found.length === 1,
    );
    expect((await world.state(incident.id)).owner.contacts).toHaveLength(4);
    await press(again[0]?.id ?? '', '1');
    expect((await world.state(incident.id)).owner).toMatchObject({ answer: 'real' });
    await restarted.stop();
  });
});

describe('a gateway in trouble', () => {
  it('that is down is tried again under the same key and calls once when it is back', async () => {
    const incident = await world.alarm(await world.build(['vi']));
    const broken = await startReceiver();
    broken.answer = { status: 503, body: 'no lines' };
    const adapters = telephoneAdapters({ url: broken.url, secret: GATEWAY_SECRET });
    const sender = world.send(adapters);
    await until(
      () => world.jobs(incident.id),
      (found) => found.every((one) => one.error !== null),
    );
    expect(await world.jobs(incident.id)).toMatchObject([
      { status: 'queued', attempts: 1, error: 'answered 503: no lines' },
      { status: 'queued', attempts: 1 },
    ]);
    // It takes the call, and its answer is lost.
    broken.answer = null;
    await sender.stop();
    await broken.stop();
    world.advance(25);
    const back = world.send(telephoneAdapters({ url: gateway.url, secret: GATEWAY_SECRET }));
    const jobs = await world.jobs(incident.id);
    const [call] = await until(
      () => callsOf(jobs),
      (found) => found.length === 1,
    );
    expect(call?.idempotencyKey).toBe(`${call?.reference}.1`);
    expect(new Set(broken.received.map((one) => one.headers['idempotency-key']))).toEqual(
      new Set(jobs.map((job) => `${job.id}.1`)),
    );
    await back.stop();
  });

  it('is given up after the attempts of the country pack, and the incident says so', async () => {
    const incident = await world.alarm(await world.build(['vi']));
    const sent: OutgoingJob[] = [];
    const refusing = noTelephone().map((adapter) => ({
      ...adapter,
      async send(job: OutgoingJob): Promise<never> {
        if (job.incident === incident.id) sent.push(job);
        throw new SendFailed('unreachable', 'no route', { again: true });
      },
    }));
    const sender = world.send(refusing);
    const policy = [20, 40, 80, 160, 300];
    for (const [index, pause] of policy.entries()) {
      await until(
        () => world.jobs(incident.id),
        (found) => found.every((one) => one.attempts === index + 1 && one.status === 'queued'),
      );
      world.advance(pause + 1);
    }
    await until(
      () => world.jobs(incident.id),
      (found) => found.every((one) => one.status === 'failed'),
    );
    expect(sent).toHaveLength(12);
    await until(
      () => world.state(incident.id),
      (state) => state.owner.contacts.every((one) => one.result === 'failed'),
    );
    const failures = (await world.world.entries()).filter(
      (one) => one.kind === 'notify.failed' && one.body.incidentId === incident.id,
    );
    expect(failures).toHaveLength(2);
    expect(failures[0]?.body).toMatchObject({ attempt: 6, error: 'no route', final: true });
    await sender.stop();
  });

  it('that is not configured fails each call at once instead of waiting in silence', async () => {
    const incident = await world.alarm(await world.build(['vi']));
    const sender = world.send(noTelephone());
    const state = await until(
      () => world.state(incident.id),
      (one) => one.owner.contacts.every((contact) => contact.result === 'failed'),
    );
    expect(state.status).toBe('open');
    const reached = (await world.world.entries(incident.id)).find(
      (one) => one.kind === 'incident.contact-reached',
    );
    expect(reached?.body).toMatchObject({
      detail: 'no telephone gateway is configured',
      name: 'Synthetic contact 1',
    });
    await sender.stop();
  });

  it('sends again what a sender that died had under way, when its lease ends', async () => {
    const incident = await world.alarm(await world.build(['vi']));
    await leaveBehind(incident.id, {
      status: 'sending',
      attempts: 1,
      due: new Date(world.now.getTime() + 60_000),
    });
    const sender = world.send(telephoneAdapters({ url: gateway.url, secret: GATEWAY_SECRET }));
    const jobs = await world.jobs(incident.id);
    expect(callsOf(jobs)).toHaveLength(0);
    world.advance(61);
    const [call] = await until(
      () => callsOf(jobs),
      (found) => found.length === 1,
    );
    expect(call?.idempotencyKey).toBe(`${call?.reference}.1`);
    await sender.stop();
  });
});

describe('a gateway that takes calls and never says what became of them', () => {
  it('is asked as often as the country pack says, and then the job has failed', async () => {
    const incident = await world.alarm(await world.build(['vi']));
    await leaveBehind(incident.id, { status: 'accepted', attempts: 6, due: world.now });
    const sender = world.send(telephoneAdapters({ url: gateway.url, secret: GATEWAY_SECRET }));
    const jobs = await until(
      () => world.jobs(incident.id),
      (found) => found.every((job) => job.status !== 'accepted' && job.status !== 'sending'),
    );
    await sender.stop();
    expect(jobs.map((job) => job.status)).toEqual(['failed', 'failed']);
    expect(callsOf(jobs)).toEqual([]);
  });
});

describe('the desk decides', () => {
  it('closing cancels what has not been rung yet and tells the contacts', async () => {
    const incident = await world.alarm(await world.build(['vi', 'en']));
    await close(incident.id);
    await world.follow();
    const jobs = await world.jobs(incident.id);
    expect(jobs.filter((one) => one.purpose === 'alarm').map((one) => one.status)).toEqual(
      Array(4).fill('cancelled'),
    );
    const told = jobs.filter((one) => one.purpose.startsWith('closed#'));
    expect(told.map((one) => [one.channel, one.status])).toEqual([
      ['sms', 'queued'],
      ['sms', 'queued'],
    ]);
    expect(told.map((one) => String(one.payload.text)).join()).toContain(
      'The alarm at Synthetic school is closed',
    );
  });

  it('a confirmed dispatch is told to the contacts: they open the gate', async () => {
    const incident = await world.alarm(await world.build(['en']));
    const caller = world.world.caller('Desk');
    await world.world.web('*', async (client) => {
      await world.world.incidents.acceptAtDesk(client, caller, incident.id);
      await world.world.incidents.dispatch(client, caller, incident.id, {
        resources: [{ type: 'engine', count: 2 }],
      });
    });
    await world.follow();
    const told = (await world.jobs(incident.id)).filter((one) => one.purpose === 'dispatched');
    expect(told).toHaveLength(1);
    expect(String(told[0]?.payload.text)).toContain('The fire service is on its way to Synthetic school');
  });
});

/** Leaves the jobs of an incident as a sender that has died had them. */
async function leaveBehind(
  incident: string,
  jobs: { readonly status: string; readonly attempts: number; readonly due: Date },
): Promise<void> {
  await world.world.database
    .pool('keng_sender')
    .query(
      `update notify_job set status = $2, attempts = $3, due_at = $4 where world = 'live' and incident = $1`,
      [incident, jobs.status, jobs.attempts, jobs.due],
    );
}

async function press(id: string, key: string): Promise<string> {
  const response = await fetch(`${gateway.url}/calls/${id}/press`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key }),
  });
  // The stand-in's own answer: the call with what was heard on it.
  const call = (await response.json()) as { heard?: { who: string; text: string }[]; error?: string };
  if (!call.heard) throw new Error(call.error);
  const last = call.heard.findLastIndex((line) => line.who === 'person');
  return call.heard
    .slice(last + 1)
    .map((line) => line.text)
    .join('\n');
}

async function close(id: Parameters<typeof world.state>[0]): Promise<void> {
  const caller = world.world.caller('Desk');
  await world.world.web('*', async (client) => {
    await world.world.incidents.acceptAtDesk(client, caller, id);
    await world.world.incidents.close(client, caller, id, { outcome: 'false', cause: 'dust', note: null });
  });
}
