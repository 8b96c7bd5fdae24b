import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anyFrame,
  anyKey,
  framed,
  framesOf,
  now,
  onlyFrame,
  withKey,
  withoutKeys,
} from './frames.fixture.ts';
import {
  answerFor,
  Dc09AnswerError,
  Dc09EncodeError,
  Dc09KeyError,
  decodeAnswer,
  decodeFrame,
  encodeFrame,
  type FrameToEncode,
  nextSequence,
  parseKey,
  readDatagram,
} from './index.ts';

const key = parseKey('0123456789ABCDEF01234567', 'ascii');
const latin1 = (bytes: Uint8Array | null) => Buffer.from(bytes ?? []).toString('latin1');

function expectDecoded(frame: FrameToEncode, decoded: ReturnType<typeof decodeFrame>): void {
  expect(decoded).toMatchObject({
    verdict: 'ack',
    token: frame.token,
    sequence: String(frame.sequence).padStart(4, '0'),
    receiver: frame.receiver ?? null,
    line: frame.line,
    account: frame.account,
    data: frame.data,
    dataAccount: frame.account,
    xdata: frame.xdata,
    timestampMs: frame.timestampMs,
    crcForm: frame.crcForm,
    encrypted: frame.key !== undefined,
    authenticated: frame.key !== undefined,
  });
}

describe('encoding', () => {
  it('writes the frame of the standard', () => {
    const frame = { token: 'SIA-DCS', sequence: 9876, receiver: '579BDF', line: '789ABC', account: '12345A' };
    expect(latin1(encodeFrame({ ...frame, data: '#12345A|NFA129' }))).toBe(
      '\nCE110032"SIA-DCS"9876R579BDFL789ABC#12345A[#12345A|NFA129]\r',
    );
  });

  it('is undone by decoding, plain', () => {
    fc.assert(
      fc.property(anyFrame, (frame) => {
        expectDecoded(frame, decodeFrame(onlyFrame(encodeFrame(frame)), withoutKeys));
      }),
    );
  });

  it('is undone by decoding, AES-128, 192 and 256, also when keys take turns', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyFrame, anyKey), { minLength: 2, maxLength: 3 }), (pairs) => {
        for (const [plain, frameKey] of [...pairs, ...pairs]) {
          const frame = { ...plain, key: frameKey };
          expectDecoded(frame, decodeFrame(onlyFrame(encodeFrame(frame)), withKey(frameKey)));
        }
      }),
    );
  });

  it('still decrypts under a key after thousands of others were used', () => {
    const first = parseKey('0'.repeat(32), 'hex');
    const frame = encodeFrame({ token: 'NULL', sequence: 1, account: '1234', timestampMs: now, key: first });
    for (let count = 1; count <= 5_000; count++) {
      const other = parseKey(count.toString(16).padStart(32, '0'), 'hex');
      decodeFrame(onlyFrame(frame), withKey(other));
    }
    expect(decodeFrame(onlyFrame(frame), withKey(first)).verdict).toBe('ack');
  });

  it('pads with 1 to 16 characters, none of [ ] |, from any random source', () => {
    fc.assert(
      fc.property(anyFrame, fc.uint8Array({ minLength: 16, maxLength: 16 }), (frame, bytes) => {
        const encoded = encodeFrame({ ...frame, key, random: (count) => bytes.subarray(0, count) });
        expect(decodeFrame(onlyFrame(encoded), withKey(key)).verdict).toBe('ack');
      }),
    );
  });

  it('builds a test report when no data is given', () => {
    const data = (token: string) =>
      decodeFrame(onlyFrame(encodeFrame({ token, sequence: 1, account: '1234' })), withoutKeys).data;
    expect([data('NULL'), data('SIA-DCS'), data('ADM-CID')]).toEqual(['', '#1234|NRP', '#1234|1602 00 000']);
  });

  it.each([
    ['token', { token: 'a"b' }],
    ['sequence', { sequence: 10_000 }],
    ['sequence', { sequence: -1 }],
    ['receiver', { receiver: '1234567' }],
    ['line', { line: 'XY' }],
    ['account', { account: '12' }],
    ['data', { data: 'a]b' }],
    ['data', { data: 'a\rb' }],
    ['data', { data: 'x'.repeat(4_100) }],
    ['xdata', { xdata: [{ id: 'RR', text: 'x' }] }],
    ['xdata', { xdata: [{ id: 'R', text: '[x' }] }],
    ['timestampMs', { key }],
  ])('refuses what DC-09 cannot express and names the field: %s', (field, change) => {
    const attempt = () => encodeFrame({ token: 'SIA-DCS', sequence: 1, account: '1234', ...change });
    expect(attempt).toThrow(Dc09EncodeError);
    expect(attempt).toThrow(expect.objectContaining({ field }));
  });
});

describe('sequence numbers', () => {
  it.each([
    [1, 2],
    [9_998, 9_999],
    [9_999, 1],
    [0, 1],
  ])('%s is followed by %s', (before, after) => {
    expect(nextSequence(before)).toBe(after);
  });

  it.each([-1, 10_000, 1.5, Number.NaN])('%s is none', (number) => {
    expect(() => nextSequence(number)).toThrow(RangeError);
  });
});

describe('keys', () => {
  it('are typed as characters or as hex digits', () => {
    expect(parseKey('AAAAAAAAAAAAAAAA', 'ascii').bytes).toEqual(new Uint8Array(16).fill(0x41));
    expect(parseKey('41'.repeat(32), 'hex').bytes).toEqual(new Uint8Array(32).fill(0x41));
    // 32 characters fit both forms, hence the form is stored beside the key.
    expect(parseKey('41'.repeat(16), 'ascii').bytes).toHaveLength(32);
    expect(parseKey('41'.repeat(16), 'hex').bytes).toHaveLength(16);
  });

  it.each([
    ['short', 'ascii'],
    ['é'.repeat(16), 'ascii'],
    ['G'.repeat(32), 'hex'],
    ['A'.repeat(31), 'hex'],
    ['', 'hex'],
  ] as const)('refuse %s as %s without showing it', (text, form) => {
    expect(() => parseKey(text, form)).toThrow(Dc09KeyError);
    if (text !== '') expect(() => parseKey(text, form)).not.toThrow(text);
  });
});

describe('answers as the panel reads them', () => {
  const receive = (bytes: Uint8Array, context = withoutKeys) => {
    const raw = onlyFrame(bytes);
    return answerFor(raw, decodeFrame(raw, context), { nowMs: now, key });
  };
  const frame = {
    token: 'SIA-DCS',
    sequence: 42,
    account: '1234',
    data: '#1234|NFA1',
    timestampMs: now,
  } as const;

  it('name sequence and account, and the time when encrypted', () => {
    const plain = receive(encodeFrame(frame));
    expect(decodeAnswer(plain ?? new Uint8Array())).toEqual({
      kind: 'ACK',
      sequence: '0042',
      account: '1234',
    });
    const secret = receive(encodeFrame({ ...frame, key }), withKey(key));
    expect(decodeAnswer(secret ?? new Uint8Array(), key)).toEqual({
      kind: 'ACK',
      sequence: '0042',
      account: '1234',
      timestamp: '2026-01-02T10:00:00Z',
    });
  });

  it('carry the time in a NAK', () => {
    const late = receive(encodeFrame({ ...frame, timestampMs: now - 60_000, key }), withKey(key));
    expect(decodeAnswer(late ?? new Uint8Array())).toEqual({
      kind: 'NAK',
      sequence: '0000',
      account: null,
      timestamp: '2026-01-02T10:00:00Z',
    });
  });

  it.each([
    ['no-frame', Buffer.from('hello')],
    ['not-an-answer', encodeFrame(frame)],
    ['several-frames', Buffer.concat([framed('"ACK"0001L0#1234[]'), framed('"ACK"0002L0#1234[]')])],
    ['crc-wrong', Buffer.from('\n00000012"ACK"0000L0#1409[]\r')],
    ['length-wrong', Buffer.from('\n59890013"ACK"0000L0#1409[]\r')],
    [
      'key-missing',
      encodeFrame({ token: 'ACK', sequence: 1, account: '1234', data: '', timestampMs: now, key }),
    ],
  ])('that are of no use are named: %s', (reason, bytes) => {
    const answer = decodeAnswer(bytes);
    expect(answer).toBeInstanceOf(Dc09AnswerError);
    expect(answer).toMatchObject({ kind: 'error', reason });
  });

  it('under another key are named so', () => {
    const bytes = encodeFrame({
      token: 'ACK',
      sequence: 1,
      account: '1234',
      data: '',
      timestampMs: now,
      key,
    });
    expect(decodeAnswer(bytes, parseKey('B'.repeat(16), 'ascii'))).toMatchObject({ reason: 'key-mismatch' });
  });

  it('cannot be made for an encrypted frame without its key', () => {
    const raw = onlyFrame(encodeFrame({ ...frame, key }));
    expect(() => answerFor(raw, decodeFrame(raw, withKey(key)), { nowMs: now })).toThrow(Dc09KeyError);
  });

  it('follow a policy of the caller said by the verdict', () => {
    const raw = onlyFrame(encodeFrame(frame));
    const decoded = decodeFrame(raw, withoutKeys);
    expect(latin1(answerFor(raw, { ...decoded, verdict: 'nak' }, { nowMs: now }))).toContain('"NAK"');
    expect(answerFor(raw, { ...decoded, verdict: 'silent' }, { nowMs: now })).toBeNull();
  });

  it('come in the CRC form of the frame, in upper case', () => {
    const lower = latin1(encodeFrame(frame)).replace(/^\n(.{8})/, (head) => head.toLowerCase());
    const answer = latin1(receive(Buffer.from(lower, 'latin1')));
    expect(answer.slice(1, 9)).toBe(answer.slice(1, 9).toUpperCase());
    const binary = receive(encodeFrame({ ...frame, crcForm: 'binary' }));
    expect(framesOf(readDatagram(binary ?? new Uint8Array()))[0]).toMatchObject({
      crcForm: 'binary',
      crcOk: true,
    });
  });
});
