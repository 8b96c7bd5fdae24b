import { vietNam } from '@keng/country-vn';
import { type ContactId, type IncidentId, type IncidentState, LIVE, newId, type World } from '@keng/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from './address-policy.ts';
import { isToken, ownerToken, tokenHash } from './owner-link.ts';
import { nextTry, retryPolicy } from './policy.ts';
import {
  applyReceipt,
  GATEWAY_EVENTS,
  type GatewayEventType,
  type JobProgress,
  ownerWanted,
} from './receipt-rules.ts';
import { openWebhookSecret, sealWebhookSecret, WebhookSecretBroken, webhookKek } from './secret-seal.ts';
import { secretText, sign, signingKey, verifySignature } from './signature.ts';
import { Wording } from './wording.ts';

const NOW = new Date('2026-03-01T03:00:00.000Z');
const policy = { firstPauseSeconds: 20, longestPauseSeconds: 300, attempts: 6 };

describe('the pauses between attempts', () => {
  it('come from the country pack', () => {
    expect(retryPolicy(vietNam)).toEqual(policy);
  });

  it.each([
    [1, 20],
    [2, 40],
    [3, 80],
    [4, 160],
    [5, 300],
    [6, null],
    [7, null],
  ])('after attempt %i: %s seconds', (attempts, seconds) => {
    const next = nextTry(policy, attempts, NOW);
    expect(next && (next.getTime() - NOW.getTime()) / 1000).toBe(seconds);
  });

  it('grow to what the receiver asks for, and never past the longest', () => {
    expect(nextTry(policy, 1, NOW, 100)?.getTime()).toBe(NOW.getTime() + 100_000);
    expect(nextTry(policy, 1, NOW, 86_400)?.getTime()).toBe(NOW.getTime() + 300_000);
    expect(nextTry(policy, 3, NOW, 1)?.getTime()).toBe(NOW.getTime() + 80_000);
  });
});

describe('a receipt', () => {
  const call: JobProgress = { channel: 'voice', status: 'accepted', round: 1, attempts: 1, phase: 'ringing' };
  const receive = (job: JobProgress, type: GatewayEventType, wanted = true, round = job.round) =>
    applyReceipt(job, { type, round, detail: null }, wanted, policy, NOW);

  it.each([
    ['answered', { status: 'delivered', reached: 'answered', ended: 'delivered', round: 1 }],
    ['key', { status: 'delivered', reached: 'answered', ended: 'delivered', round: 1 }],
    ['no-answer', { status: 'queued', reached: 'no-answer', ended: null, round: 2 }],
    ['failed', { status: 'queued', reached: 'failed', ended: null, round: 2 }],
    ['hung-up', { status: 'queued', reached: null, ended: null, round: 2 }],
    ['delivered', { status: 'delivered', reached: 'delivered', ended: 'delivered', round: 1 }],
  ] as const)('"%s" of a call that rings', (type, change) => {
    expect(receive(call, type)).toMatchObject(change);
  });

  it('of an earlier round, of a cancelled job, or older than what is known changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...GATEWAY_EVENTS), fc.integer({ min: 1, max: 9 }), (type, round) => {
        expect(receive({ ...call, round: round + 1 }, type, true, round)).toBeNull();
        expect(receive({ ...call, status: 'cancelled' }, type)).toBeNull();
      }),
    );
    expect(receive({ ...call, status: 'delivered', phase: 'answered' }, 'ringing')).toBeNull();
    expect(receive({ ...call, status: 'delivered', phase: 'answered' }, 'no-answer')).toBeNull();
    expect(receive({ ...call, status: 'delivered', phase: 'hung-up' }, 'key')).toBeNull();
  });

  it('asks for no other call once the owner has answered, or after the last attempt', () => {
    expect(receive(call, 'no-answer', false)).toMatchObject({
      status: 'failed',
      ended: 'failed',
      reached: 'no-answer',
    });
    expect(receive({ ...call, attempts: 6 }, 'no-answer')).toMatchObject({
      status: 'failed',
      ended: 'failed',
    });
    expect(receive({ ...call, status: 'delivered', phase: 'key' }, 'hung-up')).toMatchObject({
      status: 'delivered',
      round: 1,
    });
  });

  it.each(['failed', 'hung-up'] as const)(
    '"%s" is no reason to call again who has answered elsewhere',
    (type) => {
      const answered: JobProgress = { ...call, status: 'delivered', phase: 'answered' };
      expect(receive(type === 'failed' ? call : answered, type, false)).toMatchObject({
        status: type === 'failed' ? 'failed' : 'delivered',
        round: 1,
      });
    },
  );

  it.each(['queued', 'sending'] as const)('that rings is awaited from now on: %s', (status) => {
    expect(receive({ ...call, status, phase: null }, 'ringing')).toMatchObject({
      status: 'accepted',
      dueAt: new Date(NOW.getTime() + 180_000),
      ended: null,
    });
  });

  it('of another key counts, as often as one is pressed; any other receipt counts once', () => {
    const pressed: JobProgress = { ...call, status: 'delivered', phase: 'key' };
    expect(receive(pressed, 'key')).toMatchObject({ phase: 'key', status: 'delivered', ended: null });
    expect(receive({ ...pressed, phase: 'answered' }, 'answered')).toBeNull();
  });

  it('"delivered" of a message that was said to have failed ends it as delivered', () => {
    const failed: JobProgress = { ...call, channel: 'sms', status: 'failed', phase: 'failed' };
    expect(receive(failed, 'delivered')).toMatchObject({ status: 'delivered', ended: 'delivered' });
  });

  it.each([
    ['open', 'none', true],
    ['open', 'checking', true],
    ['open', 'real', false],
    ['open', 'false-alarm', false],
    ['closed', 'none', false],
    ['closed', 'checking', false],
  ] as const)('of an incident that is %s, answer %s: the owner is asked on: %s', (status, answer, wanted) => {
    expect(ownerWanted({ status, owner: { answer } } as unknown as IncidentState)).toBe(wanted);
  });

  it('never ends a notification twice in the same way, whatever comes in whatever order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...GATEWAY_EVENTS), { maxLength: 12 }),
        fc.boolean(),
        (types, wanted) => {
          let job: JobProgress = { channel: 'voice', status: 'sending', round: 1, attempts: 6, phase: null };
          const ends: string[] = [];
          for (const type of types) {
            const change = receive(job, type, wanted);
            if (!change) continue;
            if (change.ended !== null) ends.push(change.ended);
            job = { ...job, ...change };
          }
          expect(new Set(ends).size).toBe(ends.length);
        },
      ),
    );
  });
});

describe('a signature', () => {
  const key = signingKey('a secret of some length');

  it('is that of Standard Webhooks: the example of its libraries', () => {
    const example = signingKey('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    expect(
      sign(example, 'msg_p5jXN8AQM9LWM0D4loKWxJek', new Date(1_614_265_330_000), '{"test": 2432232314}'),
    ).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('fits what was signed and nothing else', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.integer({ min: 1, max: 255 }), (body, at, change) => {
        const headers = { ...sign(key, 'id-1', NOW, body) };
        const bytes = Buffer.from(body);
        expect(verifySignature(key, headers, bytes, NOW)).toMatchObject({ ok: true, id: 'id-1' });
        const other = Buffer.concat([bytes, Buffer.from('.')]);
        other[at % other.length] = (other[at % other.length] ?? 0) ^ change;
        expect(verifySignature(key, headers, other, NOW)).toEqual({ ok: false, why: 'signature' });
      }),
    );
  });

  it('may stand among others while a secret is being changed', () => {
    const headers = { ...sign(key, 'id', NOW, '{}') };
    headers['webhook-signature'] = `v1,AAAA v1a,BBBB ${headers['webhook-signature']}`;
    expect(verifySignature(key, headers, Buffer.from('{}'), NOW).ok).toBe(true);
  });

  it('of another scheme is none, whatever it says', () => {
    const headers = { ...sign(key, 'id', NOW, '{}') };
    headers['webhook-signature'] = headers['webhook-signature'].replace('v1,', 'v2,');
    expect(verifySignature(key, headers, Buffer.from('{}'), NOW)).toEqual({ ok: false, why: 'signature' });
  });

  it.each([
    [-301, false],
    [-300, true],
    [300, true],
    [301, false],
  ])('holds for five minutes before and after: %i s, %s', (seconds, ok) => {
    const headers = { ...sign(key, 'id', NOW, '{}') };
    const then = new Date(NOW.getTime() + seconds * 1000);
    expect(verifySignature(key, headers, Buffer.from('{}'), then).ok).toBe(ok);
  });

  it('is read from hostile headers without a crash', () => {
    const header = fc.oneof(fc.string(), fc.constant(undefined), fc.array(fc.string()));
    fc.assert(
      fc.property(header, header, header, (id, timestamp, signature) => {
        const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
        expect(verifySignature(key, headers, Buffer.from('{}'), NOW).ok).toBe(false);
      }),
    );
  });

  it('needs a secret worth the name', () => {
    expect(() => signingKey('fifteen letters')).toThrow(/16 bytes/);
    expect(signingKey('sixteen letters!')).toHaveLength(16);
    expect(signingKey(secretText(Buffer.alloc(32, 7)))).toEqual(Buffer.alloc(32, 7));
  });
});

describe('the secret of a webhook', () => {
  it('opens for its webhook, in its world, with the secret of its centre alone', () => {
    const kek = webhookKek('one');
    const ref = { world: LIVE, id: newId() as string };
    const sealed = sealWebhookSecret(kek, ref, Buffer.from('plain'));
    expect(openWebhookSecret(kek, ref, sealed).toString()).toBe('plain');
    expect(() => openWebhookSecret(kek, { ...ref, id: newId() as string }, sealed)).toThrow(
      WebhookSecretBroken,
    );
    expect(() => openWebhookSecret(kek, { ...ref, world: 'exercise-a' as World }, sealed)).toThrow(
      WebhookSecretBroken,
    );
    expect(() => openWebhookSecret(webhookKek('two'), ref, sealed)).toThrow(/KENG_WEBHOOKS_SECRET/);
  });
});

describe('the link of an owner', () => {
  it('is the same each time it is sent, another for anybody else, and cannot be made without the secret', () => {
    const owner = { world: LIVE, incident: newId<IncidentId>(), contact: newId<ContactId>() };
    const token = ownerToken('secret', owner);
    expect(ownerToken('secret', owner)).toBe(token);
    expect(isToken(token)).toBe(true);
    expect(tokenHash(token)).toHaveLength(32);
    expect(ownerToken('another', owner)).not.toBe(token);
    expect(ownerToken('secret', { ...owner, contact: newId<ContactId>() })).not.toBe(token);
    expect(ownerToken('secret', { ...owner, world: 'exercise-a' as World })).not.toBe(token);
  });
});

describe('addresses', () => {
  it.each(['8.8.8.8', '203.0.112.1', '2606:4700::1111', '[2606:4700::1111]', '172.32.0.1', '1.1.1.1'])(
    '%s is outside',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ...[
      '127.0.0.1',
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
    ],
    ...[
      '224.0.0.1',
      '255.255.255.255',
      '198.18.0.1',
      '192.0.0.8',
      '192.0.2.1',
      '198.51.100.1',
      '203.0.113.1',
      '::1',
      '::',
      '[::1]',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
    ],
    ...[
      'fe80::1',
      'fe80::1%eth0',
      'fc00::1',
      'fd12::1',
      'ff02::1',
      '64:ff9b::7f00:1',
      '2001::7f00:1',
      '2002:7f00:1::',
      '2001:db8::1',
      'localhost',
      '',
    ],
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('the words', () => {
  const wording = new Wording(vietNam);
  const at = new Date('2026-03-01T18:05:00.000Z');
  const place = { facility: 'Chợ Đồng Xuân', address: '1 Đồng Xuân', at };

  it('name the zones and the time of the country', () => {
    const zones = ['Sảnh', 'Sảnh', 'Bếp', 'Kho', 'Mái'].map((zoneLabel, index) => ({
      zone: String(index),
      zoneLabel,
    }));
    expect(wording.text('call.alarm', 'vi', { ...place, zones })).toContain(
      'Chợ Đồng Xuân, 1 Đồng Xuân, vị trí Sảnh, Bếp, Kho, lúc 01:05.',
    );
  });

  it('are a sentence even where the panel named no zone', () => {
    expect(wording.text('call.alarm', 'en', { ...place, zones: [{ zone: '*', zoneLabel: null }] })).toContain(
      'in Fire alarm, at',
    );
    expect(
      wording.text('call.alarm', 'en', { ...place, zones: [{ zone: '12', zoneLabel: null }] }),
    ).toContain('in 12, at');
  });

  it('are spoken in a language there is', () => {
    expect((['vi', 'en', 'ru', 'zh'] as const).map((language) => wording.spoken(language))).toEqual([
      'vi',
      'en',
      'en',
      'en',
    ]);
  });
});
