import { createHmac, randomUUID } from 'node:crypto';
import { type ContactId, type IncidentState, LIVE } from '@keng/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Building } from '../incidents/incident-world.fixture.ts';
import { GATEWAY_SECRET, type JobRow, NotifyWorld, type Reply } from './notify-world.fixture.ts';

let world: NotifyWorld;
let building: Building;
let incident: IncidentState;
let call: JobRow;

beforeAll(async () => {
  world = await NotifyWorld.create();
});
afterAll(() => world?.stop());
beforeEach(async () => {
  world.world.clock.set(LIVE, new Date());
  building = await world.build(['en', 'vi', 'zh']);
  incident = await world.alarm(building);
  const found = (await world.jobs(incident.id)).find((one) => one.channel === 'voice');
  if (!found) throw new Error('nobody is called');
  call = found;
});

const key = (digit: string, more: object = {}) => ({
  reference: call.id,
  round: 1,
  id: 'call-1',
  type: 'key',
  key: digit,
  ...more,
});

interface Posting {
  readonly id?: string;
  readonly seconds?: number;
  readonly secret?: string;
  readonly sent?: string;
}

/** A gateway that signs by the text of Standard Webhooks alone. */
async function post(
  event: object,
  { id = randomUUID(), seconds, secret = GATEWAY_SECRET, sent }: Posting = {},
): Promise<Reply> {
  const body = JSON.stringify(event);
  const timestamp = String(seconds ?? Math.floor(world.now.getTime() / 1000));
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  const response = await fetch(`${world.url}/gateway/telephone/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body: sent ?? body,
  });
  return { status: response.status, body: (await response.json()) as Reply['body'] };
}

describe('receipts of the telephone gateway', () => {
  it('are taken when they are signed with the shared secret', async () => {
    expect(await post(key('3'))).toMatchObject({ status: 200, body: { next: 'listen' } });
    expect((await world.state(incident.id)).owner.answer).toBe('checking');
  });

  it.each([
    ['another secret', { secret: 'another secret of some length' }, 'gateway.signature-refused'],
    ['a body changed on the way', { sent: '{"key":"1"}' }, 'gateway.signature-refused'],
    ['a time long ago', { seconds: Math.floor(Date.now() / 1000) - 400 }, 'gateway.timestamp-refused'],
    ['a time to come', { seconds: Math.floor(Date.now() / 1000) + 400 }, 'gateway.timestamp-refused'],
  ] as const)('are refused with %s', async (_what, posting, code) => {
    expect(await post(key('1'), posting)).toMatchObject({ status: 401, body: { code } });
    expect((await world.state(incident.id)).owner.answer).toBe('none');
  });

  it('are refused without a signature', async () => {
    expect(await world.ask('POST', '/gateway/telephone/events', key('1'))).toMatchObject({
      status: 401,
      body: { code: 'gateway.headers-refused' },
    });
  });

  it('that are copied and sent again are refused, and change nothing', async () => {
    const id = randomUUID();
    const seconds = Math.floor(world.now.getTime() / 1000);
    await post(key('2'), { id, seconds });
    const before = await world.state(incident.id);
    expect(await post(key('2'), { id, seconds })).toMatchObject({
      status: 409,
      body: { code: 'gateway.replayed' },
    });
    expect(await world.state(incident.id)).toEqual(before);
  });

  it('that the gateway repeats, signed anew, get the same answer and count once', async () => {
    const id = randomUUID();
    const seconds = Math.floor(world.now.getTime() / 1000);
    const first = await post(key('1'), { id, seconds: seconds - 2 });
    const before = await world.state(incident.id);
    const second = await post(key('1'), { id, seconds });
    expect(second).toEqual(first);
    expect(second.status).toBe(200);
    expect(await world.state(incident.id)).toEqual(before);
  });

  it('delivered ten times at once count once', async () => {
    const id = randomUUID();
    const seconds = Math.floor(world.now.getTime() / 1000);
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(key('1'), { id, seconds })));
    expect(answers.map((one) => one.status).sort()).toEqual([200, ...Array(9).fill(409)]);
    const kinds = await world.world.kinds(incident.id);
    expect(kinds.filter((kind) => kind === 'incident.owner-answered')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'incident.contact-reached')).toHaveLength(1);
  });

  it('of an earlier call do not end the one that rings now', async () => {
    await post(key('', { type: 'no-answer', key: null }));
    await post(key('', { type: 'failed', key: null }));
    expect((await world.jobs(incident.id)).find((one) => one.id === call.id)).toMatchObject({
      round: 2,
      status: 'queued',
    });
  });

  it('about what nobody sent are told so', async () => {
    expect(await post(key('1', { reference: randomUUID() }))).toMatchObject({
      status: 404,
      body: { code: 'gateway.unknown-reference' },
    });
    expect((await post(key('1', { type: 'exploded' }))).status).toBe(422);
    expect((await post(key('1', { round: 0 }))).body).toMatchObject({ code: 'request.invalid', at: 'round' });
  });
});

describe("the owner's page", () => {
  const token = (order = 0): string => {
    const contact = building.contacts[order];
    if (!contact) throw new Error(`there is no contact ${order}`);
    return world.token(incident.id, contact.id);
  };

  it('shows the facility, its zones, who has it, the answers and what to do, in every language', async () => {
    const { status, body } = await world.ask('GET', `/owner/${token(2)}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      contact: { name: 'Synthetic contact 3', language: 'zh' },
      facility: { name: 'Synthetic school', address: '1 Synthetic street' },
      incident: {
        number: incident.number,
        status: 'open',
        zones: [{ zone: '1', label: 'Lobby', count: 1 }],
        desk: null,
        stationAccepted: null,
        stationState: null,
        dispatch: { status: 'none' },
        owner: { answer: 'none', answers: [] },
        clock: { seconds: 60 },
      },
      works: [],
      emergencyNumber: '114',
      timeZone: 'Asia/Ho_Chi_Minh',
    });
    expect(body.firstMeasures).toContainEqual(
      expect.objectContaining({
        code: 'no-lifts',
        en: 'Do not use the lifts.',
        zh: expect.stringMatching(/\S/),
      }),
    );
  });

  it('has no number of anybody, and no name of an officer', async () => {
    await world.world.web('*', (client) =>
      world.world.incidents.acceptAtDesk(client, world.world.caller('Officer Nguyen'), incident.id),
    );
    const { body } = await world.ask('GET', `/owner/${token()}`);
    expect(body).toMatchObject({ incident: { desk: { at: expect.any(String) } } });
    expect(JSON.stringify(body)).not.toMatch(/\+84|Officer Nguyen/);
  });

  it('takes answers into the incident; real and false from two people contradict and count as fire', async () => {
    expect(await world.ask('POST', `/owner/${token(0)}/answer`, { answer: 'false' })).toMatchObject({
      status: 200,
      body: { incident: { owner: { answer: 'false' }, status: 'open' } },
    });
    expect(await world.ask('POST', `/owner/${token(1)}/answer`, { answer: 'real' })).toMatchObject({
      body: { incident: { owner: { answer: 'contradictory' } } },
    });
    expect(await world.state(incident.id)).toMatchObject({
      confirmations: ['contradictory-answers'],
      dispatch: { status: 'proposed' },
    });
    const said = (await world.world.entries(incident.id)).filter(
      (one) => one.kind === 'incident.owner-answered',
    );
    expect(said.map((one) => [one.actor.kind, one.actor.name, one.body.channel])).toEqual([
      ['contact', 'Synthetic contact 1', 'page'],
      ['contact', 'Synthetic contact 2', 'page'],
    ]);
  });

  it('marks the first measures as shown, once', async () => {
    await world.ask('POST', `/owner/${token(0)}/measures-shown`, {});
    await world.ask('POST', `/owner/${token(1)}/measures-shown`, {});
    expect((await world.state(incident.id)).owner.measuresShownAt).not.toBeNull();
    const kinds = await world.world.kinds(incident.id);
    expect(kinds.filter((kind) => kind === 'incident.measures-shown')).toHaveLength(1);
  });

  it.each([
    ['of nobody', () => 'A'.repeat(32)],
    ['too short', () => 'A'],
    ['with strange characters', () => encodeURIComponent("' or 1=1 --".padEnd(32, ' '))],
    ['of another secret', () => `${token().slice(0, 31)}${token().endsWith('A') ? 'B' : 'A'}`],
  ])('does not open with a token %s', async (_what, make) => {
    expect(await world.ask('GET', `/owner/${make()}`)).toMatchObject({
      status: 404,
      body: { code: 'owner-link.unknown' },
    });
    expect((await world.ask('POST', `/owner/${make()}/answer`, { answer: 'real' })).status).toBe(404);
    expect((await world.state(incident.id)).owner.answer).toBe('none');
  });

  it('does not open a day later, and says no more than of a token that never was', async () => {
    const link = token();
    world.advance(86_399);
    expect((await world.ask('GET', `/owner/${link}`)).status).toBe(200);
    world.advance(1);
    const expired = await world.ask('GET', `/owner/${link}`);
    expect(expired).toEqual(await world.ask('GET', `/owner/${'A'.repeat(32)}`));
  });

  it('is limited by address', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 40; count += 1) {
      statuses.push((await world.ask('POST', `/owner/${'A'.repeat(32)}/measures-shown`, {})).status);
    }
    expect(statuses).toContain(429);
  });

  it('needs no log-in, while the outbox does', async () => {
    expect((await world.ask('GET', '/system/outbox')).status).toBe(401);
    expect((await world.ask('GET', '/webhooks')).status).toBe(401);
  });

  it('is not stored: the database has neither the link nor its token', async () => {
    const { rows } = await world.world.database
      .pool('keng_core')
      .query<{ text: string }>(
        'select (j.*)::text as text from notify_job j union all select (l.*)::text from owner_link l',
      );
    const everything = rows.map((row) => row.text).join('\n');
    expect(everything).toContain('Synthetic contact 1');
    expect(everything).not.toContain(token());
    expect(everything).not.toContain('/owner/');
  });

  it('belongs to one contact of one incident', () => {
    const [one, other] = building.contacts.map((contact) => contact.id);
    expect(world.token(incident.id, one as ContactId)).not.toBe(world.token(incident.id, other as ContactId));
  });
});
