import { fork } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { LIVE } from '@keng/model';
import { encodeFrame, nextSequence, parseKey } from '@keng/sia-dc09';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../platform/index.ts';
import { asAdministrator, createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { until } from '../testing/until.ts';
import { listSource, MemoryRegistry } from './registry.ts';
import { framed, type Panel, type Rig, startRig, storedSignals, transmitter } from './test-rig.ts';

let database: TestDatabase;
let rig: Rig;
let panel: Panel;

const key = parseKey('AAAAAAAAAAAAAAAA', 'ascii');
const otherKey = parseKey('BBBBBBBBBBBBBBBB', 'ascii');
const plain = transmitter('1234', { zones: ['015'] });
const keyed = transmitter('5678', { key });
const devices = [plain, keyed];
let sequence = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  rig = await startRig(database.pool('keng_receiver'), devices);
  await rig.registry.load();
});
afterAll(async () => {
  await rig.stop();
  await database.drop();
});
beforeEach(async () => {
  panel = await rig.connect();
  return () => panel.close();
});

/** A frame that was never sent before. */
function event(data: string, account = '1234'): Buffer {
  sequence = nextSequence(sequence);
  return Buffer.from(encodeFrame({ token: 'SIA-DCS', account, sequence, data: `#${account}|${data}` }));
}

function encrypted(
  data: string,
  more: { key?: typeof key; ageSeconds?: number; inner?: string } = {},
): Buffer {
  sequence = nextSequence(sequence);
  const timestampMs = Date.now() - (more.ageSeconds ?? 0) * 1_000;
  const inner = `#${more.inner ?? '5678'}|${data}`;
  const frame = {
    token: 'SIA-DCS',
    account: '5678',
    sequence,
    data: inner,
    timestampMs,
    key: more.key ?? key,
  };
  return Buffer.from(encodeFrame(frame));
}

const linkTest = framed('"NULL"0000L0#1234[]');
const linkAnswer = '"ACK"0000L0#1234[]';

/** What was sent got no answer: the next one is that of a link test sent after it. */
async function expectSilence(bytes: Uint8Array | string): Promise<void> {
  panel.send(bytes);
  expect(await panel.ask(linkTest)).toContain(linkAnswer);
}

const all = (): ReturnType<typeof storedSignals> => storedSignals(database.pool('keng_auditor'));

describe('a frame of a registered panel', () => {
  it('is in the log, decoded, when its acknowledgement arrives', async () => {
    expect(await panel.ask(event('Nri2/FA0015^Kho tầng 2^'))).toMatch(/"ACK"\d{4}L0#1234\[\]\r$/);
    expect((await all()).at(-1)).toMatchObject({
      kind: 'signal.received',
      lane: 0,
      subject: plain.transmitterId,
      body: {
        facilityId: plain.facilityId,
        receiver: 'dc09-tcp',
        encrypted: false,
        events: [{ code: 'FA', class: 'alarm', family: 'fire', zone: '015', area: '2', text: 'Kho tầng 2' }],
      },
    });
  });

  it.each([
    ['fire', 'NFA1', 0],
    ['fault', 'Nri1/FT1', 1],
    ['test', 'Nri1/RP', 2],
    ['what nobody can decode', 'NZZ9', 1],
  ] as const)('goes into the lane of its most urgent event: %s', async (_, data, lane) => {
    await panel.ask(event(data));
    expect((await all()).at(-1)?.lane).toBe(lane);
  });

  it('is kept as one unknown event when nothing in it can be decoded', async () => {
    expect(await panel.ask(event('0|?!'))).toContain('"ACK"');
    expect((await all()).at(-1)?.body.events).toMatchObject([
      { family: 'other', class: 'other', text: '#1234|0|?!' },
    ]);
  });

  it('is of the same account in small letters, also for its key and a device registered a moment ago', async () => {
    const [fresh, withKey] = [transmitter('ABC1'), transmitter('ABC2', { key })];
    devices.push(fresh, withKey);
    const frame = { token: 'SIA-DCS', account: 'abc2', sequence: 1, data: '#abc2|NFA1', key } as const;
    for (let count = 0; count < 2; count += 1) {
      expect(await panel.ask(event('NFA1', 'abc1'))).toContain('#abc1');
      expect(await panel.ask(encodeFrame({ ...frame, timestampMs: Date.now() }))).toContain('"*ACK"');
    }
  });

  it('may hold control characters: they are shown as such, and harm no other frame of the commit', async () => {
    const [own, other] = [framed('"SIA-DCS"7001L0#1234[#1234|NFA1^a\0b\x1fc^]'), event('NFA2')];
    panel.send(Buffer.concat([own, other]));
    expect([await panel.answer(), await panel.answer()]).toEqual([
      expect.stringContaining('7001'),
      expect.stringContaining('"ACK"'),
    ]);
    const stored = (await all()).find((one) => one.body.sequence === '7001');
    expect(stored?.body.events[0]?.text).toBe('a\ufffdb\ufffdc');
  });

  it('is acknowledged across the turn of the sequence, 9999 to 0001', async () => {
    sequence = 9_998;
    const before = (await all()).length;
    for (const expected of ['9999', '0001', '0002'])
      expect(await panel.ask(event('NFT8'))).toContain(`"ACK"${expected}`);
    expect(await all()).toHaveLength(before + 3);
  });
});

describe('a retry', () => {
  it('with another timestamp, padding and ciphertext is acknowledged and raised once', async () => {
    const first = encrypted('NFA3');
    sequence -= 1;
    const again = encrypted('NFA3', { ageSeconds: 11 });
    expect(again.equals(first)).toBe(false);
    const before = (await all()).length;
    expect(await panel.ask(first)).toContain('"*ACK"');
    expect(await panel.ask(again)).toContain('"*ACK"');
    expect(await all()).toHaveLength(before + 1);
  });

  it('is known after a restart of the receiver, and by another receiver at the same time', async () => {
    const frame = event('NFA4');
    const before = (await all()).length;
    await panel.ask(frame);
    const second = await startRig(database.pool('keng_receiver'), devices, { name: 'second' });
    const elsewhere = await second.connect();
    expect(await elsewhere.ask(frame)).toContain('"ACK"');
    elsewhere.close();
    await second.stop();
    expect(await all()).toHaveLength(before + 1);
  });

  it('that comes twice in one segment is stored once', async () => {
    const frame = event('NFA5');
    const before = (await all()).length;
    panel.send(Buffer.concat([frame, frame]));
    expect([await panel.answer(), await panel.answer()].every((answer) => answer?.includes('"ACK"'))).toBe(
      true,
    );
    expect(await all()).toHaveLength(before + 1);
  });
});

describe('refused means unacknowledged, never hidden', () => {
  const refused = async () => (await all()).filter((one) => one.kind === 'signal.refused');

  it.each([
    ['an unknown account', 'account-unknown', 'unknown:dc09:EEE1', () => event('NFA1', 'EEE1')],
    [
      'plain from a device with a key',
      'plain-from-keyed-account',
      keyed.transmitterId,
      () => event('NFA1', '5678'),
    ],
    ['a wrong key', 'key-mismatch', keyed.transmitterId, () => encrypted('NFA1', { key: otherKey })],
    [
      'another account inside',
      'inner-account-differs',
      keyed.transmitterId,
      () => encrypted('NFA1', { inner: '9999' }),
    ],
    [
      'encrypted for an unknown account',
      'account-unknown',
      'unknown:dc09:EEE2',
      () =>
        Buffer.from(
          encodeFrame({
            token: 'SIA-DCS',
            account: 'EEE2',
            sequence: 1,
            data: '#EEE2|NFA1',
            timestampMs: Date.now(),
            key,
          }),
        ),
    ],
    ['no account at all', 'account-missing', 'unknown:dc09:', () => framed('"SIA-DCS"0001L0[|NFA1]')],
  ] as const)('%s is silence and a refused entry, once', async (_, reason, subject, frame) => {
    await expectSilence(frame());
    await until(async () =>
      (await refused()).some((one) => one.body.reason === reason && one.subject === subject),
    );
    for (let count = 0; count < 20; count += 1) panel.send(frame());
    expect(await panel.ask(linkTest)).toContain(linkAnswer);
    const entries = (await refused()).filter((one) => one.body.reason === reason && one.subject === subject);
    expect(entries).toHaveLength(1);
    expect(entries[0]?.body.suppressed).toBe(0);
  });

  it('an account of hostile bytes is refused and shown, and costs no other frame its answer', async () => {
    const good = event('NFA6');
    panel.send(Buffer.concat([framed('"SIA-DCS"0001L0#1\0\x1f\x1e\u00ff[#1|NFA1]'), good]));
    expect(await panel.answer()).toContain('"ACK"');
    await until(async () => (await refused()).some((one) => one.subject.startsWith('unknown:dc09:1\ufffd')));
  });

  it('a replay outside the window gets NAK, is not stored as received, and a fire in it is shown', async () => {
    const before = (await all()).filter((one) => one.kind === 'signal.received').length;
    expect(await panel.ask(encrypted('NFA7', { ageSeconds: 300 }))).toMatch(
      /"NAK"0000R0L0A0\[\]_\d\d:\d\d:\d\d/,
    );
    expect((await all()).filter((one) => one.kind === 'signal.received')).toHaveLength(before);
    await until(async () => (await refused()).some((one) => one.body.reason === 'timestamp-outside-window'));
  });

  it('an unsupported token gets DUH and is shown', async () => {
    expect(await panel.ask(framed('"SIA-PUL"0007L0#1234[#1234|x]'))).toContain('"DUH"0007L0#1234[]');
    await until(async () => (await refused()).some((one) => one.body.reason === 'token-unsupported'));
  });

  it('who names a device and does not prove to be it stays a stranger, and gives way to devices', async () => {
    const own = await startRig(database.pool('keng_receiver'), devices);
    const liar = await own.connect();
    liar.send(encrypted('NFA1', { key: otherKey }));
    liar.send(event('NFA1', '5678'));
    expect(await liar.ask(encrypted('NFA1', { ageSeconds: 300 }))).toContain('"NAK"');
    expect(await liar.ask(framed('"SIA-PUL"0007L0#1234[#1234|x]'))).toContain('"DUH"');
    expect(own.receivers.metrics().tcp?.registered).toBe(0);
    expect(await liar.ask(linkTest)).toContain(linkAnswer);
    expect(own.receivers.metrics().tcp?.registered).toBe(1);
    liar.close();
    await own.stop();
  });

  it('an unsupported token of an unknown account is silence, and shown', async () => {
    await expectSilence(framed('"SIA-PUL"0007L0#EEE7[#EEE7|x]'));
    await until(async () => (await refused()).some((one) => one.subject === 'unknown:dc09:EEE7'));
  });

  it('a link test of an unknown account, or with an old clock, is counted and not stored', async () => {
    const own = await startRig(database.pool('keng_receiver'), devices);
    const one = await own.connect();
    const old = {
      token: 'NULL',
      account: '5678',
      sequence: 1,
      timestampMs: Date.now() - 300_000,
      key,
    } as const;
    const before = (await all()).length;
    one.send(framed('"NULL"0000L0#EEE8[]'));
    expect(await one.ask(encodeFrame(old))).toContain('"NAK"');
    // What was to be stored of them would have been stored before this.
    expect(await one.ask(event('NFA8'))).toContain('"ACK"');
    expect(await all()).toHaveLength(before + 1);
    expect(own.receivers.metrics().frames).toMatchObject({ naks: 1, refused: 1 });
    one.close();
    await own.stop();
  });

  it('a damaged frame does not bring its account before the register', async () => {
    const asked: string[] = [];
    const source = {
      ...listSource(() => [plain]),
      byAccount: async (_: string, account: string) => {
        asked.push(account);
        return account === plain.account ? plain : undefined;
      },
    };
    const registry = new MemoryRegistry({ source });
    const own = await startRig(database.pool('keng_receiver'), [], { registry });
    const one = await own.connect();
    const damaged = event('NFA1', 'EEE9');
    damaged[3] = damaged[3] === 0x30 ? 0x31 : 0x30;
    one.send(damaged);
    expect(await one.ask(linkTest)).toContain(linkAnswer);
    expect(asked).toEqual(['1234']);
    one.close();
    await own.stop();
  });

  it('a device registered a moment ago is known at once', async () => {
    await expectSilence(event('NFA1', 'AB01'));
    const fresh = transmitter('AB02');
    devices.push(fresh);
    expect(await panel.ask(event('NFA1', 'AB02'))).toContain('"ACK"');
    expect((await all()).some((one) => one.subject === fresh.transmitterId)).toBe(true);
  });
});

describe('bytes from hell', () => {
  it('random bytes and mutated frames never cost a registered device its answer', async () => {
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.nat() }).map(({ at, byte, cut }) => {
        const frame = Buffer.from(framed('"SIA-DCS"0001L0#1234[#1234|Nri1/FA015^x^]'));
        frame[at % frame.length] = byte;
        return frame.subarray(0, cut % 5 === 0 ? cut % frame.length : frame.length);
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { maxLength: 8 }), async (pieces) => {
        const stranger = await rig.connect();
        for (const piece of pieces) stranger.send(piece);
        // The hostile connection itself: behind a CR the next frame is found again, whatever stood before.
        stranger.send(Buffer.concat([Buffer.of(0x0d), event('NFT1')]));
        const wanted = `${String(sequence).padStart(4, '0')}L0#1234`;
        let answer = await stranger.answer();
        while (answer !== null && !answer.includes(wanted)) answer = await stranger.answer();
        stranger.close();
        expect(answer).toContain('"ACK"');
      }),
      { numRuns: 150 },
    );
  });
});

describe('slow and silent senders', () => {
  it('an unfinished frame is dropped after its time, and the connection lives on', async () => {
    const own = await startRig(database.pool('keng_receiver'), devices, { limits: { unfinishedMs: 50 } });
    const slow = await own.connect();
    slow.send(event('NFA1').subarray(0, 30));
    await until(() => (own.receivers.metrics().tcp?.unfinishedDropped ?? 0) === 1);
    expect(await slow.ask(event('NFA2'))).toContain('"ACK"');
    slow.close();
    await own.stop();
  });

  it('strangers give way to each other, never a registered device to them', async () => {
    const own = await startRig(database.pool('keng_receiver'), devices, { limits: { connections: 20 } });
    const registered = await own.connect();
    await registered.ask(linkTest);
    const strangers = await Promise.all(Array.from({ length: 60 }, () => own.connect()));
    await until(() => strangers.filter((one) => one.closed).length >= 41);
    expect(await registered.ask(event('NFA3'))).toContain('"ACK"');
    expect(own.receivers.metrics().tcp?.connections).toBeLessThanOrEqual(20);
    for (const one of [registered, ...strangers]) one.close();
    await own.stop();
  });

  it('10,000 idle and half-finished connections (or what the system allows) leave a registered device answered', async () => {
    const own = await startRig(database.pool('keng_receiver'), devices, {
      limits: { strangersPerAddress: 20_000 },
    });
    const registered = await own.connect();
    await registered.ask(linkTest);
    // In a process of their own: the other ends of 10,000 connections need as many files again.
    const crowd = fork(new URL('./idle-crowd.ts', import.meta.url), [String(own.port), '10000'], {
      execArgv: ['--import', import.meta.resolve('tsx')],
    });
    try {
      const [message] = (await once(crowd, 'message')) as [{ open: number }];
      expect(own.receivers.metrics().tcp?.connections).toBeGreaterThan(Math.min(700, message.open));
      for (let count = 0; count < 20; count += 1)
        expect(await registered.ask(event('NFA4'))).toContain('"ACK"');
      const fresh = await own.connect();
      expect(await fresh.ask(event('NFA4'))).toContain('"ACK"');
      fresh.close();
    } finally {
      crowd.kill('SIGKILL');
      registered.close();
      await own.stop();
    }
  });

  it('a panel that says it will send no more still gets its answer', async () => {
    const socket = net.connect({ port: rig.port, host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    socket.end(event('NFA5'));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString('latin1')).toContain('"ACK"');
    await once(socket, 'close');
  });

  it('a stop answers what was read, then closes', async () => {
    const own = await startRig(database.pool('keng_receiver'), devices);
    const busy = await own.connect();
    const before = (await all()).length;
    for (let count = 0; count < 30; count += 1) busy.send(event('NFA6'));
    const first = await busy.answer();
    await own.stop();
    let answers = first === null ? 0 : 1;
    while ((await busy.answer()) !== null) answers += 1;
    expect(await all()).toHaveLength(before + answers);
  });
});

describe('when nothing can be stored', () => {
  it('nobody is acknowledged, connections stay, and it recovers by itself with both entries in the log', async () => {
    const own = await startRig(database.pool('keng_receiver'), devices);
    const waiting = await own.connect();
    expect(await waiting.ask(event('NFA1'))).toContain('"ACK"');
    await asAdministrator(database.address, 'revoke insert on entry from keng_receiver');
    const before = (await all()).length;
    const lost = event('NFA2');
    waiting.send(lost);
    expect(await waiting.ask(linkTest)).toContain(linkAnswer);
    expect(own.receivers.failing?.refused).toBe(1);
    expect(own.receivers.metrics()).toMatchObject({ storage: 'failing', frames: { unstored: 1 } });
    expect(await all()).toHaveLength(before);
    await asAdministrator(database.address, 'grant insert on entry to keng_receiver');
    await until(() => own.receivers.failing === null);
    expect(await waiting.ask(lost)).toContain('"ACK"');
    expect(await all()).toHaveLength(before + 1);
    const { rows } = await database
      .pool('keng_auditor')
      .query("select kind, body from entry where kind like 'storage.%' order by id");
    expect(rows.map((row) => row.kind)).toEqual(['storage.failed', 'storage.recovered']);
    expect(rows[1]?.body.refused).toBe(1);
    waiting.close();
    await own.stop();
  });
});

describe('an exercise', () => {
  it('has a register of its own: its receivers refuse live accounts', async () => {
    const exercise = await startRig(database.pool('keng_receiver'), [transmitter('E0E0')], {
      world: LIVE,
      clock: systemClock,
    });
    const stranger = await exercise.connect();
    stranger.send(event('NFA1'));
    stranger.send(framed('"NULL"0000L0#E0E0[]'));
    expect(await stranger.answer()).toContain('"ACK"0000L0#E0E0[]');
    stranger.close();
    await exercise.stop();
  });
});
