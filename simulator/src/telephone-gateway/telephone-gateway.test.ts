import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningTelephoneGateway, startTelephoneGateway } from './start-telephone-gateway.ts';

const SECRET = 'a secret shared with the centre';

interface Told {
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

/** A centre that takes receipts and says what to say next. */
let centre: http.Server;
let told: Told[];
let statuses: number[];
let gateway: RunningTelephoneGateway;

beforeEach(async () => {
  told = [];
  statuses = [];
  centre = http.createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => {
      const body = JSON.parse(text) as Told['body'];
      told.push({ headers: request.headers, body });
      response.writeHead(statuses.shift() ?? 200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          say: body.key === '1' ? ['Leave the building.'] : [],
          next: body.key === '2' ? 'hang-up' : 'listen',
        }),
      );
    });
  });
  centre.listen(0, '127.0.0.1');
  await once(centre, 'listening');
  const { port } = centre.address() as AddressInfo;
  gateway = await startTelephoneGateway({
    port: 0,
    callback: `http://127.0.0.1:${port}/events`,
    secret: SECRET,
  });
});
afterEach(async () => {
  await gateway.stop();
  centre.closeAllConnections();
  centre.close();
});

const call = (more: object = {}) => ({
  reference: randomUUID(),
  round: 1,
  to: '+84900000001',
  language: 'vi',
  say: ['Có cháy.', 'Bấm 1.'],
  atSilence: 'Không có trả lời.',
  keys: { 1: 'real', 2: 'false', 3: 'checking', 9: 'repeat' },
  ...more,
});

async function place(
  path: string,
  request: object,
  more: { key?: string; secret?: string; seconds?: number } = {},
) {
  const body = JSON.stringify(request);
  const id = more.key ?? randomUUID();
  const timestamp = String(more.seconds ?? Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', more.secret ?? SECRET)
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  const response = await fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': id,
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function act(path: string, body: object = {}, headers: Record<string, string> = {}) {
  const response = await fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const types = () => told.map((one) => one.body.type);

describe('the stand-in', () => {
  it('takes a signed call once, however often it is asked for', async () => {
    const request = call();
    const first = await place('/calls', request, { key: 'job.1' });
    const second = await place('/calls', request, { key: 'job.1' });
    expect(first).toMatchObject({ status: 202, body: { state: 'ringing' } });
    expect(second.body.id).toBe(first.body.id);
    expect(gateway.exchange.book.calls()).toMatchObject([{ requests: 2, to: '+84900000001' }]);
  });

  it.each([
    [401, call(), { secret: 'another secret of this length' }],
    [401, call(), { seconds: Math.floor(Date.now() / 1000) - 400 }],
    [422, call({ to: 'nobody' }), {}],
    [422, call({ say: [] }), {}],
    [422, call({ round: 0 }), {}],
  ])('refuses with %i what is not as the contract says', async (status, request, more) => {
    expect((await place('/calls', request, more)).status).toBe(status);
    expect(gateway.exchange.book.calls()).toEqual([]);
  });

  it('tells in order what happened on the line, signed, and says what the centre wants said', async () => {
    const { body } = await place('/calls', call());
    const pressed = await act(`/calls/${body.id}/press`, { key: '1' });
    expect(pressed.body.heard).toMatchObject([
      { who: 'centre', text: 'Có cháy.' },
      { who: 'centre', text: 'Bấm 1.' },
      { who: 'person', text: '1' },
      { who: 'centre', text: 'Leave the building.' },
    ]);
    await act(`/calls/${body.id}/press`, { key: '2' });
    await expect.poll(types).toEqual(['ringing', 'answered', 'key', 'key', 'hung-up']);
    const [first] = told;
    const text = JSON.stringify(first?.body);
    const signed = `${first?.headers['webhook-id']}.${first?.headers['webhook-timestamp']}.${text}`;
    expect(first?.headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', SECRET).update(signed).digest('base64')}`,
    );
    expect((await act(`/calls/${body.id}/press`, { key: '1' })).status).toBe(409);
  });

  it('repeats a receipt that the centre could not take, as the same event signed anew', async () => {
    statuses = [503];
    await place('/messages', { ...call(), text: 'Có cháy' });
    await expect.poll(types, { timeout: 10_000 }).toEqual(['delivered', 'delivered']);
    const [first, second] = told.map((one) => one.headers);
    expect(second?.['webhook-id']).toBe(first?.['webhook-id']);
    expect(Number(second?.['webhook-timestamp'])).toBeGreaterThan(Number(first?.['webhook-timestamp']));
  });

  it('tells of calls that nobody takes, that fail, and of replies', async () => {
    const one = await place('/calls', call());
    const other = await place('/calls', call());
    const message = await place('/messages', { ...call(), text: 'Có cháy' });
    await act(`/calls/${one.body.id}/no-answer`);
    await act(`/calls/${other.body.id}/fail`);
    await act(`/messages/${message.body.id}/reply`, { text: '2' });
    await expect
      .poll(() => types().sort())
      .toEqual(['delivered', 'failed', 'no-answer', 'reply', 'ringing', 'ringing']);
  });

  it('says everywhere that it is a stand-in, and shows its page from nowhere else', async () => {
    const page = await fetch(gateway.url);
    const text = await page.text();
    expect(text).toContain('No telephone rings and no message leaves.');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).not.toMatch(/(?:src|href)="?https?:/);
    for (const path of ['/', '/calls', '/nothing']) {
      expect((await fetch(`${gateway.url}${path}`)).headers.get('x-keng-stand-in')).toContain(
        'no telephone is reached',
      );
    }
    expect((await place('/calls', call())).body.standIn).toContain('no telephone is reached');
  });

  it('lets no page of another site answer for an owner', async () => {
    const { body } = await place('/calls', call());
    expect(
      (await act(`/calls/${body.id}/press`, { key: '1' }, { 'sec-fetch-site': 'cross-site' })).status,
    ).toBe(403);
    expect(gateway.exchange.book.calls()).toMatchObject([{ state: 'ringing' }]);
  });
});
