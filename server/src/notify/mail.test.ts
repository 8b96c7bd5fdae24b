import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { vietNam } from '@keng/country-vn';
import { type FacilityId, LIVE, newId, type TransmitterId } from '@keng/model';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keyEncryptionKey, registerFacilities } from '../facilities/index.ts';
import type { Building } from '../incidents/incident-world.fixture.ts';
import { silentContacts } from './contacts/silent-list.ts';
import { type MailServer, mailAdapter } from './mail-adapter.ts';
import { facilityDraft, LINK_SECRET, NotifyWorld, RETURNS_SECRET, until } from './notify-world.fixture.ts';
import { createReturnWatch } from './returned/watch.ts';
import { selfSigned } from './self-signed.fixture.ts';

interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly secure: boolean;
  readonly raw: string;
}

/** A mail server on a real socket, of the author of the client: it keeps what it takes, and refuses what it is told to. */
class MailBox {
  readonly mails: TakenMail[] = [];
  /** Answer to RCPT, with its code; null: taken. */
  refusal: { readonly code: number; readonly text: string } | null = null;
  readonly #server: SMTPServer;
  port = 0;

  constructor(options: SMTPServerOptions = {}) {
    this.#server = new SMTPServer({
      ...options,
      onRcptTo: (_address, _session, done) => {
        if (this.refusal === null) return done();
        done(Object.assign(new Error(this.refusal.text), { responseCode: this.refusal.code }));
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          this.mails.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map((one) => one.address),
            secure: session.secure,
            raw: Buffer.concat(chunks).toString('utf8'),
          });
          done();
        });
      },
    });
    this.#server.on('error', () => {});
  }

  async start(): Promise<this> {
    const listening = this.#server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    this.port = (listening.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

let world: NotifyWorld;
let box: MailBox;
let certificate: { readonly key: string; readonly cert: string };

beforeAll(async () => {
  world = await NotifyWorld.create();
  certificate = selfSigned();
  box = await new MailBox({
    ...certificate,
    onAuth: ({ username, password }, _session, done) =>
      username === 'keng' && password === 'secret'
        ? done(null, { user: username })
        : done(Object.assign(new Error('bad log-in'), { responseCode: 535 })),
  }).start();
});
beforeEach(() => {
  world.world.clock.set(LIVE, new Date());
  box.refusal = null;
  box.mails.length = 0;
});
afterAll(async () => {
  await box?.stop();
  await world?.stop();
});

const serverOf = (more: Partial<MailServer> = {}): MailServer => ({
  url: `smtp://127.0.0.1:${box.port}`,
  user: 'keng',
  password: 'secret',
  from: 'desk@keng.example',
  plain: false,
  ca: certificate.cert,
  ...more,
});

/** A building with one contact who has an e-mail address. */
async function build(name: string, email: string, language: 'vi' | 'en' | 'ru' | 'zh'): Promise<Building> {
  const facility = newId<FacilityId>();
  const transmitter = newId<TransmitterId>();
  const draft = facilityDraft(facility, [language], transmitter);
  const contacts = draft.contacts.map((one) => ({ ...one, email }));
  await world.world.web('*', (client) =>
    registerFacilities(client, [{ ...draft, name, contacts }], {
      world: LIVE,
      at: world.now,
      recordedAt: world.now,
      actor: { kind: 'system', id: 'test' },
      source: 'demonstration',
      kek: keyEncryptionKey('test'),
    }),
  );
  return { facility, transmitter, contacts };
}

/** Sends what waits by mail until the job has come to its end. */
async function mailed(building: Building, server: MailServer = serverOf()) {
  const alarm = await world.alarm(building);
  const adapter = await mailAdapter(server);
  const sender = world.send([adapter], { firstPauseSeconds: 0.01, longestPauseSeconds: 0.01, attempts: 2 });
  try {
    return await until(
      async () => {
        world.advance(1);
        sender.poke();
        return (await world.jobs(alarm.id)).find((one) => one.channel === 'email');
      },
      (job) => job?.status === 'delivered' || job?.status === 'failed',
    );
  } finally {
    await sender.stop();
    adapter.close();
  }
}

const decoded = (raw: string): string =>
  raw
    .replace(/=\r\n/g, '')
    .replace(/(?:=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'));
const subjectOf = (raw: string): string => {
  const [, folded = ''] = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(raw) ?? [];
  return folded
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_, form: string, text: string) =>
      form.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('utf8')
        : decoded(text.replaceAll('_', ' ')),
    );
};

describe('e-mail', () => {
  it.each([
    ['vi', 'BÁO CHÁY: Trường mẫu'],
    ['en', 'FIRE ALARM: Trường mẫu'],
    ['ru', 'ПОЖАРНАЯ ТРЕВОГА: Trường mẫu'],
    ['zh', '火灾报警：Trường mẫu'],
  ] as const)(
    'tells of an alarm in %s, over TLS and logged in, as text and as HTML, with the link',
    async (language, subject) => {
      const building = await build('Trường mẫu', 'owner@example.org', language);
      expect(await mailed(building)).toMatchObject({ status: 'delivered' });
      const [mail] = box.mails;
      expect(mail).toMatchObject({ from: 'desk@keng.example', to: ['owner@example.org'], secure: true });
      expect(subjectOf(mail?.raw ?? '')).toContain(subject);
      const [alarm] = await world.world.states(building);
      const [contact] = building.contacts;
      const link = `http://keng.example/owner/${alarm && contact && world.token(alarm.id, contact.id)}`;
      const text = decoded(mail?.raw ?? '');
      expect(text.split(link).length - 1).toBeGreaterThanOrEqual(2);
      expect(text).toContain('Content-Type: text/plain');
      expect(text).toContain('Content-Type: text/html');
      expect(text).toContain('Auto-Submitted: auto-generated');
    },
  );

  it('is noted at the alarm as handed over, with what the mail server said', async () => {
    const building = await build('Synthetic school', 'owner@example.org', 'en');
    await mailed(building);
    const [alarm] = await world.world.states(building);
    expect(alarm?.owner.contacts.find((one) => one.channel === 'email')).toMatchObject({
      result: 'delivered',
    });
  });

  it('a name with line breaks, markup or other headers in it stays text', async () => {
    const name = 'School\r\nBcc: everybody@example.org\r\n\r\n<script>alert(1)</script>';
    const building = await build(name, 'owner@example.org', 'en');
    expect(await mailed(building)).toMatchObject({ status: 'delivered' });
    const [mail] = box.mails;
    expect(mail?.to).toEqual(['owner@example.org']);
    const [head = ''] = (mail?.raw ?? '').split('\r\n\r\n');
    expect(head).not.toMatch(/^bcc:/im);
    const [, html = ''] = decoded(mail?.raw ?? '').split('Content-Type: text/html');
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;');
  });

  it.each(['a@example.org, b@example.org', 'a@example.org\r\nDATA', '<a@example.org>', 'a b@example.org'])(
    'nothing is sent to %j, which is not one address',
    async (address) => {
      const building = await build('Synthetic school', 'owner@example.org', 'en');
      const alarm = await world.alarm(building);
      await world.world.database
        .pool('keng_owner')
        .query(`update notify_job set address = $2 where incident = $1 and channel = 'email'`, [
          alarm.id,
          address,
        ]);
      const adapter = await mailAdapter(serverOf());
      const sender = world.send([adapter]);
      const job = await until(
        async () => (await world.jobs(alarm.id)).find((one) => one.channel === 'email'),
        (one) => one?.status === 'failed',
      );
      await sender.stop();
      adapter.close();
      expect(job).toMatchObject({ attempts: 1 });
      expect(box.mails).toEqual([]);
    },
  );

  it('a mailbox that does not exist (550) is not tried again; one that is full (452) is', async () => {
    box.refusal = { code: 550, text: 'no such mailbox' };
    const gone = await mailed(await build('Synthetic school', 'gone@example.org', 'en'));
    expect(gone).toMatchObject({ status: 'failed', attempts: 1 });
    expect(gone?.error).toContain('550');
    box.refusal = { code: 452, text: 'full' };
    expect(await mailed(await build('Synthetic school', 'full@example.org', 'en'))).toMatchObject({
      status: 'failed',
      attempts: 2,
    });
  });

  it('a wrong password is tried again, for somebody may mend it', async () => {
    const job = await mailed(
      await build('Synthetic school', 'owner@example.org', 'en'),
      serverOf({ password: 'wrong' }),
    );
    expect(job).toMatchObject({ status: 'failed', attempts: 2 });
    expect(box.mails).toEqual([]);
  });

  it('goes to nobody without TLS, and to no server whose certificate is not trusted', async () => {
    const untrusted = await mailed(
      await build('Synthetic school', 'owner@example.org', 'en'),
      serverOf({ ca: null }),
    );
    expect(untrusted).toMatchObject({ status: 'failed' });
    const bare = await new MailBox({
      hideSTARTTLS: true,
      disabledCommands: ['STARTTLS'],
      authOptional: true,
    }).start();
    const job = await mailed(
      await build('Synthetic school', 'owner@example.org', 'en'),
      serverOf({ url: `smtp://127.0.0.1:${bare.port}`, user: null }),
    );
    expect(job).toMatchObject({ status: 'failed' });
    expect([...box.mails, ...bare.mails]).toEqual([]);
    // Only where the operator says so.
    const plain = await mailed(
      await build('Synthetic school', 'owner@example.org', 'en'),
      serverOf({ url: `smtp://127.0.0.1:${bare.port}`, user: null, plain: true }),
    );
    expect(plain).toMatchObject({ status: 'delivered' });
    expect(bare.mails).toMatchObject([{ secure: false }]);
    await bare.stop();
  });
});

describe('mail that comes back', () => {
  const watch = createReturnWatch({ country: vietNam });
  const returns = { address: 'bounces@keng.example', secret: LINK_SECRET };

  /** The watch hears what was appended about the jobs of the alarm. */
  async function told(building: Building): Promise<void> {
    const alarms = await world.world.states(building);
    const jobs = (await Promise.all(alarms.map((one) => world.jobs(one.id)))).flat();
    const entries = (await Promise.all(jobs.map((one) => world.world.entries(one.id)))).flat();
    const failed = entries.filter((one) => one.kind === 'notify.failed');
    await world.world.core((client) => watch.handle(client, failed, { world: LIVE, now: world.now }));
  }
  const kindsOf = async ({ contacts }: Building): Promise<string[]> =>
    (await world.world.entries(contacts[0]?.id)).map((one) => one.kind);
  const settingsOf = async (building: Building) => {
    const [alarm] = await world.world.states(building);
    const [contact] = building.contacts;
    return (
      await world.ask('GET', `/owner/${alarm && contact && world.token(alarm.id, contact.id)}/settings`)
    ).body;
  };
  const listed = async (building: Building) =>
    (await world.world.web('*', (client) => silentContacts(client, LIVE, null, 100))).filter(
      (one) => one.facility === building.facility,
    );
  const notices = async (building: Building): Promise<unknown[]> =>
    (
      await world.world.database
        .pool('keng_core')
        .query('select channel, purpose from notify_job where facility = $1 and notice is not null', [
          building.facility,
        ])
    ).rows;

  const report = (status: string, action = 'failed'): string =>
    [
      'Content-Type: multipart/report; report-type=delivery-status; boundary=B',
      '',
      '--B',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example',
      '',
      `Action: ${action}`,
      `Status: ${status}`,
      'Diagnostic-Code: smtp; 550 no such user',
      '--B--',
    ].join('\r\n');
  /** As the pipe of a mail server hands it over. */
  async function handOver(to: string, body: string, key = RETURNS_SECRET) {
    const response = await fetch(`${world.url}/mail/returned?to=${encodeURIComponent(to)}`, {
      method: 'POST',
      headers: { 'content-type': 'message/rfc822', authorization: `Bearer ${key}` },
      body,
    });
    return { status: response.status, body: await response.json() };
  }

  it('refused in the session: the address is marked, the others are told, and it is told no more by mail until it is another', async () => {
    box.refusal = { code: 550, text: '5.1.1 no such mailbox' };
    const building = await build('Synthetic school', 'gone@example.org', 'en');
    await mailed(building);
    await told(building);
    // Handled twice, it is said once.
    await told(building);
    expect(await kindsOf(building)).toEqual(['contact.email-returned']);
    expect(await settingsOf(building)).toMatchObject({ emailReturned: { status: '5.1.1' } });
    expect(await listed(building)).toMatchObject([{ inARow: 0, email: { status: '5.1.1' } }]);
    expect(await notices(building)).toEqual([{ channel: 'sms', purpose: 'contact-returned' }]);
    await world.world.database
      .pool('keng_owner')
      .query(
        `update facility set state = jsonb_set(state, '{contacts,0,email}', '"new@example.org"') where id = $1`,
        [building.facility],
      );
    expect(await settingsOf(building)).toMatchObject({ emailReturned: null });
    expect(await listed(building)).toEqual([]);
  });

  it('refused for a list that this centre stands on: the contact is not to blame', async () => {
    box.refusal = { code: 550, text: '5.7.1 you are on a list' };
    const building = await build('Synthetic school', 'fine@example.org', 'en');
    expect(await mailed(building)).toMatchObject({ status: 'failed' });
    await told(building);
    expect(await kindsOf(building)).toEqual([]);
  });

  it('sent back later: known by where it comes to, noted once, at the alarm and at the contact', async () => {
    const building = await build('Synthetic school', 'later@example.org', 'en');
    const job = await mailed(building, serverOf({ returns }));
    const from = box.mails[0]?.from ?? '';
    expect(from).toMatch(/^bounces\+[a-z2-7]{42}@keng\.example$/);
    expect(job).toMatchObject({ status: 'delivered' });
    // A header is for people, and stays what it was.
    expect(box.mails[0]?.raw).toMatch(/^From: desk@keng\.example$/m);
    expect(await handOver(from, report('4.4.1', 'delayed'))).toEqual({
      status: 200,
      body: { outcome: 'ignored' },
    });
    expect(await handOver(from, 'Subject: I am on holiday\r\n\r\nUntil Monday.')).toMatchObject({
      body: { outcome: 'ignored' },
    });
    expect(await kindsOf(building)).toEqual([]);
    expect(await handOver(from.toUpperCase(), report('5.1.1'))).toEqual({
      status: 200,
      body: { outcome: 'noted' },
    });
    expect(await handOver(from, report('5.1.1'))).toEqual({ status: 200, body: { outcome: 'known' } });
    await told(building);
    expect(await kindsOf(building)).toEqual(['contact.email-returned']);
    const [alarm] = await world.world.states(building);
    expect(alarm?.owner.contacts.find((one) => one.channel === 'email')).toMatchObject({ result: 'failed' });
    const [stored] = (await world.jobs(alarm?.id as never)).filter((one) => one.channel === 'email');
    expect(stored).toMatchObject({
      status: 'failed',
      phase: 'returned',
      error: 'returned: 5.1.1 550 no such user',
    });
  });

  it('nobody without the key, and nobody with an address that was never given out, marks anything', async () => {
    const building = await build('Synthetic school', 'safe@example.org', 'en');
    await mailed(building, serverOf({ returns }));
    const from = box.mails[0]?.from ?? '';
    expect(await handOver(from, report('5.1.1'), 'another key')).toMatchObject({
      status: 401,
      body: { code: 'mail.key-refused' },
    });
    const forged = from.replace(/[a-z2-7]@/, (end) => (end.startsWith('a') ? 'q@' : 'a@'));
    expect(await handOver(forged, report('5.1.1'))).toMatchObject({
      status: 403,
      body: { code: 'mail.return-path-refused' },
    });
    expect((await handOver(from, 'x'.repeat(300_000))).status).toBe(413);
    await told(building);
    expect(await kindsOf(building)).toEqual([]);
  });
});
