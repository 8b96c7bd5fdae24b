import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { contentDigest, signRequest } from '@keng/device-api';
import { checkBody, LIVE } from '@keng/model';
import fc from 'fast-check';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openClient } from '../../platform/index.ts';
import {
  asAdministrator,
  createTestDatabase,
  hasOpenssl,
  makeCertificate,
  type TestDatabase,
  withoutOpenssl,
} from '../../testing/index.ts';
import { until } from '../../testing/until.ts';
import { listSource, MemoryRegistry } from '../registry.ts';
import type { ReceiversOptions } from '../start-receivers.ts';
import { type Rig, startRig, storedSignals, transmitter } from '../test-rig.ts';
import { ReplayGuard } from './replay-guard.ts';

const key = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex');
const otherKey = Buffer.alloc(32, 7);
const device = transmitter('D001', { protocol: 'device-api', key: { bytes: key }, zones: ['015'] });
const keyless = transmitter('D002', { protocol: 'device-api' });
const devices = [device, keyless, transmitter('D003', { key: { bytes: key } })];
const any = { host: '127.0.0.1', port: 0 };
const signals = '/api/device/v1/signals';
const heartbeat = '/api/device/v1/heartbeat';

let database: TestDatabase;
let rig: Rig;
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  rig = await start();
});
afterAll(async () => {
  await rig.stop();
  await database.drop();
});

const start = (more: Partial<ReceiversOptions> = {}): Promise<Rig> =>
  startRig(database.pool('keng_receiver'), devices, { settings: { deviceApi: any }, ...more });
const portOf = (one: Rig): number => Number(one.receivers.addresses.deviceApi?.split(':').at(-1));
const all = () => storedSignals(database.pool('keng_auditor'));

function fire(more: object = {}): { id: string; events: object[] } {
  count += 1;
  return { id: `t-${count}`, events: [{ family: 'fire', class: 'alarm', zone: 15 }], ...more };
}

interface Sent {
  readonly path?: string;
  readonly body?: Buffer | object;
  readonly keyId?: string;
  readonly key?: Buffer;
  readonly createdMs?: number;
  readonly headers?: Record<string, string | undefined>;
  readonly signed?: boolean;
}

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: {
    readonly now?: string;
    readonly stored?: string[];
    readonly code?: string;
    readonly params?: { readonly now?: string };
    readonly problems?: object[];
  };
}

const agent = new http.Agent({ keepAlive: true });

function bytesOf(sent: Sent): { body: Buffer; headers: Record<string, string> } {
  const body = Buffer.isBuffer(sent.body) ? sent.body : Buffer.from(JSON.stringify(sent.body ?? {}));
  const signature =
    sent.signed === false
      ? {}
      : signRequest(
          { method: 'POST', target: sent.path ?? signals },
          body,
          { keyId: sent.keyId ?? 'D001', key: sent.key ?? key },
          sent.createdMs ?? Date.now(),
        );
  const headers = { 'content-type': 'application/json', ...signature, ...sent.headers };
  return {
    body,
    headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)) as Record<
      string,
      string
    >,
  };
}

function post(sent: Sent, port = portOf(rig)): Promise<Answer> {
  const { body, headers } = bytesOf(sent);
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        host: '127.0.0.1',
        port,
        path: sent.path ?? signals,
        method: 'POST',
        headers: { ...headers, 'content-length': body.length },
        agent,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const answer = JSON.parse(Buffer.concat(chunks).toString()) as Answer['body'];
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: answer });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

async function wasHeardBy(receiver: string): Promise<boolean> {
  const { rows } = await database
    .pool('keng_core')
    .query<{ ids: string }>(
      `select encode(transmitters, 'hex') as ids from heard_batch where receiver = $1`,
      [receiver],
    );
  return rows.some(({ ids }) => ids.includes(device.transmitterId.replaceAll('-', '')));
}

async function waitsForLock(client: Client): Promise<boolean> {
  const { rows } = await client.query(
    "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
  );
  return rows.length > 0;
}

/** Raw bytes of a request, for those who cut or join segments. */
function wire(sent: Sent): Buffer {
  const { body, headers } = bytesOf(sent);
  const lines = Object.entries({ host: 'x', ...headers, 'content-length': String(body.length) }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return Buffer.concat([Buffer.from(`POST ${sent.path ?? signals} HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
}

const signatureOf = (number: number): Uint8Array => Buffer.from(String(number).padStart(32, '0'));

describe('a signed message', () => {
  it('is in the log when its answer arrives, with what it says', async () => {
    const before = (await all()).length;
    const one = fire({ at: '2026-11-22T10:00:00+07:00' });
    const answer = await post({ body: { signals: [one] } });
    expect(answer).toMatchObject({ status: 200, body: { stored: [one.id] } });
    const stored = (await all()).slice(before);
    expect(stored).toHaveLength(1);
    expect(stored[0]).toMatchObject({
      kind: 'signal.received',
      lane: 0,
      subject: device.transmitterId,
      body: {
        account: 'D001',
        protocol: 'device-api',
        receiver: 'device-api',
        deviceAt: '2026-11-22T03:00:00.000Z',
        sequence: one.id,
        events: [{ family: 'fire', class: 'alarm', zone: '015', code: '', repeat: false }],
      },
    });
    expect(Buffer.from(stored[0]?.body.raw ?? '', 'base64').toString()).toBe(
      JSON.stringify({ signals: [one] }),
    );
    expect(checkBody('signal.received', stored[0]?.body)).toBeTruthy();
  });

  it('that comes again is answered the same and stored once, here and at another receiver', async () => {
    const other = await start();
    const body = { signals: [fire(), fire(), fire()] };
    const before = (await all()).length;
    const first = await post({ body });
    const again = await Promise.all([post({ body }), post({ body }), post({ body }, portOf(other))]);
    for (const answer of again) expect(answer.body.stored).toEqual(first.body.stored);
    expect(await all()).toHaveLength(before + 3);
    await other.stop();
  });

  it('with an old id and something else to say is stored: a counter that starts again swallows no fire', async () => {
    const before = (await all()).length;
    const one = fire();
    await post({ body: { signals: [one] } });
    await post({ body: { signals: [{ ...one, events: [{ family: 'manual', class: 'alarm' }] }] } });
    expect(await all()).toHaveLength(before + 2);
  });

  it('is not answered before the commit', async () => {
    const blocker = await openClient(database.address, 'administrator', 'blocker');
    let answered = false;
    let answer: Promise<Answer>;
    try {
      await blocker.query('begin; lock table entry in access exclusive mode');
      answer = post({ body: { signals: [fire()] } }).then((one) => {
        answered = true;
        return one;
      });
      await until(() => waitsForLock(blocker));
      // Whatever could be sent without the commit has had its turn: another request on the same process is answered.
      expect((await post({ path: heartbeat })).status).toBe(200);
      expect(answered).toBe(false);
    } finally {
      await blocker.query('commit');
      await blocker.end();
    }
    expect((await answer).status).toBe(200);
  });

  it('is answered when the receiver stops meanwhile, and no other is taken', async () => {
    const own = await start();
    const blocker = await openClient(database.address, 'administrator', 'blocker');
    let answer: Promise<Answer>;
    let stopped: Promise<void>;
    try {
      await blocker.query('begin; lock table entry in access exclusive mode');
      answer = post({ body: { signals: [fire()] } }, portOf(own));
      await until(() => waitsForLock(blocker));
      stopped = own.stop();
      await expect(
        post({ path: heartbeat, headers: { connection: 'close' } }, portOf(own)),
      ).rejects.toThrow();
    } finally {
      await blocker.query('commit');
      await blocker.end();
    }
    expect(await answer).toMatchObject({ status: 200, body: { stored: [expect.any(String)] } });
    await stopped;
  });

  it('cut byte by byte, or several in one segment, is answered in order', async () => {
    const three = [fire(), fire(), fire()];
    const joined = Buffer.concat(three.map((one) => wire({ body: { signals: [one] } })));
    for (const cuts of [[joined], [...joined].map((byte) => Buffer.of(byte))]) {
      const socket = net.connect({ host: '127.0.0.1', port: portOf(rig), noDelay: true });
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      for (const cut of cuts) socket.write(cut);
      await until(() => text.split('HTTP/1.1 200').length === 4);
      expect([...text.matchAll(/"stored":\["(t-\d+)"\]/g)].map((found) => found[1])).toEqual(
        three.map(({ id }) => id),
      );
      socket.destroy();
    }
  });
});

describe('a heartbeat', () => {
  it('is heard for supervision and is no entry', async () => {
    const before = (await all()).length;
    const answer = await post({ path: heartbeat });
    expect(answer.status).toBe(200);
    expect(Math.abs(Date.parse(answer.body.now ?? '') - Date.now())).toBeLessThan(60_000);
    const id = device.transmitterId.replaceAll('-', '');
    await until(async () => {
      const { rows } = await database
        .pool('keng_core')
        .query(`select from heard_batch where position('${id}' in encode(transmitters, 'hex')) > 0`);
      return rows.length > 0;
    });
    expect(await all()).toHaveLength(before);
  });
});

describe('a request that was heard before', () => {
  const replay = (bytes: ReturnType<typeof bytesOf>, path: string, port: number): Promise<Answer> =>
    post({ signed: false, body: bytes.body, headers: bytes.headers, path }, port);
  const heardOf = (one: Rig) => one.receivers.metrics().deviceApi.messages;

  it('a heartbeat is refused and shown: here, at another receiver, and after a restart', async () => {
    const first = await start();
    const heartbeatBytes = bytesOf({ path: heartbeat });
    expect(await replay(heartbeatBytes, heartbeat, portOf(first))).toMatchObject({ status: 200 });
    expect(await replay(heartbeatBytes, heartbeat, portOf(first))).toMatchObject({
      status: 401,
      body: { code: 'signature.replayed' },
    });
    await first.stop();
    const next = await start();
    expect(await replay(heartbeatBytes, heartbeat, portOf(next))).toMatchObject({ status: 401 });
    expect(heardOf(next)).toMatchObject({ heartbeats: 0, refused: 1 });
    await next.stop();
    const shown = (await all()).filter((one) => one.body.reason === 'replayed');
    expect(shown[0]).toMatchObject({ kind: 'signal.refused', subject: device.transmitterId });
    expect(checkBody('signal.refused', shown[0]?.body)).toBeTruthy();
  });

  it('many copies of a heartbeat at once: one is heard', async () => {
    const own = await start();
    const bytes = bytesOf({ path: heartbeat });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => replay(bytes, heartbeat, portOf(own))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(heardOf(own)).toMatchObject({ heartbeats: 1 });
    await own.stop();
  });

  it('of copies that leave for the database together one is fresh, and that of another device is another', async () => {
    const guard = new ReplayGuard(database.pool('keng_receiver'), LIVE);
    const signature = Buffer.alloc(32, 9);
    const claims = ['D001', 'D001', 'D004', 'D001'].map((account) => guard.claim(account, signature));
    expect(await Promise.all(claims)).toEqual([true, false, true, false]);
    // As long as a signature may hold: from 300 s before its time to 300 s after it.
    const { rows } = await database
      .pool('keng_receiver')
      .query('select window_seconds as seconds from signal_seen order by seen_at desc limit 1');
    expect(rows).toEqual([{ seconds: 600 }]);
  });

  it('of more claims than may wait the last are sent back, to come again', async () => {
    const guard = new ReplayGuard(database.pool('keng_receiver'), LIVE);
    const claims = Array.from({ length: 20_001 }, (_, index) => guard.claim('D005', signatureOf(index)));
    const results = await Promise.allSettled(claims);
    expect(results.map(({ status }) => status).lastIndexOf('fulfilled')).toBe(19_999);
    expect(results[20_000]).toMatchObject({ status: 'rejected' });
    expect(await guard.claim('D005', signatureOf(20_000))).toBe(true);
  });

  it('signals are answered as the first time, stored once, and prove no life', async () => {
    const [first, own] = [await start({ name: 'heard-first' }), await start({ name: 'heard-again' })];
    const before = (await all()).length;
    const bytes = bytesOf({ body: { signals: [fire()] } });
    const fresh = await replay(bytes, signals, portOf(first));
    const again = await replay(bytes, signals, portOf(own));
    expect([again.status, again.body.stored]).toEqual([fresh.status, fresh.body.stored]);
    expect(await all()).toHaveLength(before + 1);
    expect(heardOf(own)).toMatchObject({ replayed: 1, duplicates: 1 });
    // The connection is still a stranger's: it gives way to devices.
    expect(own.receivers.metrics().deviceApi.http?.registered).toBe(0);
    // What a receiver has heard is written down when it stops at the latest.
    await Promise.all([first.stop(), own.stop()]);
    expect(await wasHeardBy('heard-first')).toBe(true);
    expect(await wasHeardBy('heard-again')).toBe(false);
  });

  it('the same bytes after a 503 are the retry that was asked for, and stored', async () => {
    const own = await start();
    await asAdministrator(database.address, 'revoke insert on entry from keng_receiver');
    const one = fire();
    const bytes = bytesOf({ body: { signals: [one] } });
    expect(await replay(bytes, signals, portOf(own))).toMatchObject({ status: 503 });
    await asAdministrator(database.address, 'grant insert on entry to keng_receiver');
    await until(() => own.receivers.failing === null);
    const again = await replay(bytes, signals, portOf(own));
    expect(again).toMatchObject({ status: 200, body: { stored: [one.id] } });
    expect(heardOf(own)).toMatchObject({ replayed: 0, stored: 1 });
    await own.stop();
  });

  it('a device whose nonce never changes is heard, as long as it signs anew', async () => {
    const stuck = (createdMs: number) => {
      const body = Buffer.from('{}');
      const request = { method: 'POST', target: heartbeat };
      const headers = signRequest(request, body, { keyId: 'D001', key }, createdMs, 'same');
      return post({ signed: false, headers, path: heartbeat });
    };
    const now = Date.now();
    expect([(await stuck(now)).status, (await stuck(now - 1_000)).status, (await stuck(now)).status]).toEqual(
      [200, 200, 401],
    );
  });
});

describe('what is refused', () => {
  const refused = async () => (await all()).filter((one) => one.kind === 'signal.refused');

  it.each<[string, string, string, () => Sent]>([
    ['an unknown device', 'account-unknown', 'signature.refused', () => ({ keyId: 'EEEE' })],
    ['the account of another protocol', 'account-unknown', 'signature.refused', () => ({ keyId: 'D003' })],
    ['a wrong key', 'signature-wrong', 'signature.refused', () => ({ key: otherKey })],
    ['a device without a key', 'key-missing', 'signature.refused', () => ({ keyId: 'D002' })],
    ['no signature', 'signature-missing', 'signature.missing', () => ({ signed: false })],
    [
      'a clock of yesterday',
      'outside-window',
      'signature.outside-window',
      () => ({ createdMs: Date.now() - 86_400_000 }),
    ],
    [
      'a clock an hour ahead',
      'outside-window',
      'signature.outside-window',
      () => ({ createdMs: Date.now() + 3_600_000 }),
    ],
    [
      'another digest',
      'signature-wrong',
      'signature.refused',
      () => ({ headers: { 'content-digest': contentDigest(Buffer.from('x')) } }),
    ],
  ])('%s: 401, and its fire is shown as unauthenticated (%s)', async (_what, reason, code, sent) => {
    // A receiver of its own for each: the same refusal twice in a minute is only counted.
    const own = await start();
    const before = (await refused()).length;
    const answer = await post({ body: { signals: [fire()] }, ...sent() }, portOf(own));
    expect(answer).toMatchObject({ status: 401, body: { code } });
    expect(answer.headers['accept-signature']).toContain('hmac-sha256');
    await until(async () => (await refused()).length > before);
    const last = (await refused()).at(-1);
    expect(last).toMatchObject({ lane: 0, body: { reason, events: [{ family: 'fire', class: 'alarm' }] } });
    expect(checkBody('signal.refused', last?.body)).toBeTruthy();
    await own.stop();
  });

  it('a body that is not the signed one, although all headers are right', async () => {
    const { headers } = bytesOf({ body: { signals: [] } });
    const answer = await post({ signed: false, headers, body: { signals: [fire()] } });
    expect(answer).toMatchObject({ status: 401, body: { code: 'signature.digest-wrong' } });
  });

  it('tells a device with a wrong clock the time of the centre, which then works', async () => {
    const body = { signals: [fire()] };
    const answer = await post({ body, createdMs: Date.now() - 400_000 });
    const centre = Date.parse(answer.body.params?.now ?? '');
    expect(await post({ body, createdMs: centre })).toMatchObject({ status: 200 });
  });

  it('a flood of one stranger makes one entry now and one that counts the rest later', async () => {
    const ofStranger = async () => (await refused()).filter(({ body }) => body.account === 'FADE');
    for (let at = 0; at < 50; at += 1) await post({ keyId: 'FADE', body: { signals: [fire()] } });
    await until(async () => (await ofStranger()).length > 0);
    expect(await ofStranger()).toHaveLength(1);
  });
});

describe('a message that breaks its schema', () => {
  it('is told so, and its fire is stored all the same', async () => {
    const before = (await all()).length;
    const body = { signals: [fire({ at: 'yesterday' })] };
    const answer = await post({ body });
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'message.invalid', problems: [{ at: 'signals.0.at' }] },
    });
    const stored = (await all()).slice(before);
    expect(stored).toMatchObject([
      {
        kind: 'signal.received',
        lane: 0,
        body: { quirks: ['message-invalid'], events: [{ family: 'fire', class: 'alarm' }] },
      },
    ]);
    expect(await post({ body })).toMatchObject({ status: 422 });
    expect(await all()).toHaveLength(before + 1);
  });

  it('mutated as chance wants, and signed, is always stored and never breaks the receiver', async () => {
    const good = Buffer.from(JSON.stringify({ signals: [fire()] }));
    const mutated = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(mutated, async (changes) => {
        const body = Buffer.from(good);
        for (const [at, byte] of changes) body[at] = byte;
        expect([200, 422]).toContain((await post({ body })).status);
      }),
      { numRuns: 60 },
    );
    for (const { kind, body } of (await all()).slice(-60))
      if (kind === 'signal.received') checkBody(kind, body);
  });
});

describe('hostile senders', () => {
  it('too much, other paths and other methods are answered by name', async () => {
    expect(await post({ body: Buffer.alloc(33 * 1_024, 0x20) })).toMatchObject({ status: 413 });
    expect(await post({ path: '/api/device/v1/other' })).toMatchObject({ status: 404 });
    const answer = await fetch(`http://127.0.0.1:${portOf(rig)}${signals}`);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it.each([
    ['that says how long it is', `content-length: ${10 * 1_024 * 1_024}\r\n\r\n`],
    ['without an end', `transfer-encoding: chunked\r\n\r\n8001\r\n${' '.repeat(0x8001)}\r\n`],
  ])(
    'a body that is too long, %s, is not read to its end: answered, and the connection closed',
    async (_, rest) => {
      const socket = net.connect({ host: '127.0.0.1', port: portOf(rig) });
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1');
      });
      socket.write(`POST ${signals} HTTP/1.1\r\nhost: x\r\n${rest}`);
      await new Promise((resolve) => socket.once('close', resolve));
      expect(text).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close/i);
    },
  );

  it('bytes that are no HTTP, and headers without end, are answered and closed', async () => {
    const hostile = fc.oneof(
      fc
        .uint8Array({ minLength: 1, maxLength: 200 })
        .map((bytes) => Buffer.concat([bytes, Buffer.from('\r\n\r\n')])),
      fc.constant(Buffer.from(`POST / HTTP/1.1\r\n${'a: b\r\n'.repeat(4_000)}\r\n`)),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (bytes) => {
        const socket = net.connect({ host: '127.0.0.1', port: portOf(rig) });
        socket.on('error', () => undefined);
        socket.resume();
        socket.end(bytes);
        await new Promise((resolve) => socket.once('close', resolve));
      }),
      { numRuns: 40 },
    );
    expect((await post({ path: heartbeat })).status).toBe(200);
  });

  it('who never finishes a request is closed after his time', async () => {
    const own = await start({ limits: { unfinishedMs: 200 } });
    const socket = net.connect({ host: '127.0.0.1', port: portOf(own) });
    socket.on('error', () => undefined);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    socket.write(wire({ body: { signals: [fire()] } }).subarray(0, -3));
    await new Promise((resolve) => socket.once('close', resolve));
    expect(text).toContain('408');
    await own.stop();
  });

  it('strangers give way to each other and never cost a registered device its place', async () => {
    const own = await start({ limits: { connections: 8, strangersPerAddress: 4 } });
    const faithful = net.connect({ host: '127.0.0.1', port: portOf(own) });
    let text = '';
    faithful.on('data', (chunk) => {
      text += chunk.toString();
    });
    faithful.write(wire({ path: heartbeat }));
    await until(() => text.includes('200 OK'));
    const strangers = Array.from({ length: 40 }, () => {
      const socket = net.connect({ host: '127.0.0.1', port: portOf(own) });
      socket.on('error', () => undefined);
      return socket;
    });
    await until(() => (own.receivers.metrics().deviceApi.http?.strangersClosed ?? 0) >= 36);
    text = '';
    faithful.write(wire({ body: { signals: [fire()] } }));
    await until(() => text.includes('200 OK'));
    for (const socket of strangers) socket.destroy();
    faithful.destroy();
    await own.stop();
  });
});

describe('while the register cannot be asked', () => {
  it('devices are told to come again, and nothing is held against them', async () => {
    const source = { ...listSource(() => []), byAccount: () => Promise.reject(new Error('away')) };
    const own = await start({ registry: new MemoryRegistry({ source }) });
    const before = (await all()).length;
    const answer = await post({ body: { signals: [fire()] } }, portOf(own));
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '2']);
    await own.stop();
    expect(await all()).toHaveLength(before);
  });
});

describe('when nothing can be stored', () => {
  it('a heartbeat whose signature cannot be remembered is sent back, too', async () => {
    const own = await start();
    await asAdministrator(database.address, 'revoke insert on signal_seen from keng_receiver');
    expect((await post({ path: heartbeat }, portOf(own))).status).toBe(503);
    expect(own.receivers.metrics().deviceApi.messages.heartbeats).toBe(0);
    await asAdministrator(database.address, 'grant insert on signal_seen to keng_receiver');
    await until(() => own.receivers.failing === null);
    expect((await post({ path: heartbeat }, portOf(own))).status).toBe(200);
    await own.stop();
  });

  it('devices are told to come again, and it recovers by itself', async () => {
    const own = await start();
    await asAdministrator(database.address, 'revoke insert on entry from keng_receiver');
    const body = { signals: [fire()] };
    const answer = await post({ body }, portOf(own));
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '2']);
    await asAdministrator(database.address, 'grant insert on entry to keng_receiver');
    await until(() => own.receivers.failing === null);
    expect(await post({ body }, portOf(own))).toMatchObject({ status: 200 });
    await own.stop();
  });
});

describe('with a certificate', () => {
  it.skipIf(!hasOpenssl)(
    `it is HTTPS, and the entry says that it was encrypted${withoutOpenssl}`,
    async () => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-device-api-'));
      const files = makeCertificate(folder);
      const own = await start({ settings: { deviceApi: any, ...files } });
      const { body, headers } = bytesOf({ body: { signals: [fire()] } });
      const ca = fs.readFileSync(files.tlsCertificate);
      const to = { host: '127.0.0.1', servername: 'localhost', port: portOf(own), path: signals };
      const status = await new Promise((resolve, reject) => {
        https
          .request({ ...to, method: 'POST', headers, ca, agent: false }, (response) => {
            response.resume();
            response.on('end', () => resolve(response.statusCode));
          })
          .on('error', reject)
          .end(body);
      });
      expect(status).toBe(200);
      expect((await all()).at(-1)?.body.encrypted).toBe(true);
      await own.stop();
      fs.rmSync(folder, { recursive: true });
    },
  );
});
