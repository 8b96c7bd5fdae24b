import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeBody, framed, now, onlyFrame, withKey, withoutKeys } from './frames.fixture.ts';
import { answerFor, decodeFrame, encodeFrame, parseKey } from './index.ts';

const key = parseKey('AAAAAAAAAAAAAAAA', 'ascii');
const keyed = withKey(key);

/** An encrypted frame around any plaintext, padding included: whole blocks. */
function encrypted(plain: string, token = 'SIA-DCS', head = '0042R1L0#1234') {
  const cipher = createCipheriv('aes-128-cbc', key.bytes, Buffer.alloc(16));
  cipher.setAutoPadding(false);
  const hex = cipher.update(plain, 'latin1').toString('hex').toUpperCase();
  return framed(`"*${token}"${head}[${hex}`);
}

/** Padding in front, as the handbook has it. */
function padded(text: string): string {
  return 'p'.repeat(16 - (text.length % 16)) + text;
}

const verdictOf = (bytes: Uint8Array, context = keyed) => {
  const { verdict, reason } = decodeFrame(onlyFrame(bytes), context);
  return reason ? `${verdict} ${reason}` : verdict;
};

const at = (seconds: number) =>
  encodeFrame({
    token: 'SIA-DCS',
    sequence: 1,
    account: '1234',
    data: '#1234|NFA1',
    timestampMs: now + seconds * 1_000,
    key,
  });

describe('the time window of encrypted frames', () => {
  it.each([
    [0, 'ack'],
    [-40, 'ack'],
    [-41, 'nak timestamp-outside-window'],
    [20, 'ack'],
    [21, 'nak timestamp-outside-window'],
    [-86_400, 'nak timestamp-outside-window'],
  ])('%s s from the clock of the receiver: %s', (seconds, expected) => {
    expect(verdictOf(at(seconds))).toBe(expected);
    // 999 ms into the second changes nothing: timestamps have whole seconds.
    expect(verdictOf(at(seconds), { ...keyed, nowMs: now + 999 })).toBe(expected);
  });

  it('can be set', () => {
    expect(verdictOf(at(-60), { ...keyed, window: { oldestSeconds: 60, futureSeconds: 0 } })).toBe('ack');
    expect(verdictOf(at(1), { ...keyed, window: { oldestSeconds: 60, futureSeconds: 0 } })).toMatch(/^nak/);
  });

  it('counts a missing timestamp and one that is no date as outside', () => {
    expect(verdictOf(encrypted(padded('|#1234|NFA1]')))).toBe('nak timestamp-missing');
    expect(verdictOf(encrypted(padded('|#1234|NFA1]_10:00:00,00-02-2026')))).toBe(
      'nak timestamp-outside-window',
    );
  });

  it('answers a frame with binary CRC in kind', () => {
    const late = { token: 'NULL', sequence: 1, account: '1234', timestampMs: now - 60_000, key } as const;
    const raw = onlyFrame(encodeFrame({ ...late, crcForm: 'binary' }));
    const answer = answerFor(raw, decodeFrame(raw, keyed), { nowMs: now, key });
    const expected = framed('"NAK"0000R0L0A0[]_10:00:00,01-02-2026', 'binary');
    expect(Buffer.from(answer ?? [])).toEqual(Buffer.from(expected));
  });

  it('answers with the time of the receiver, never encrypted', () => {
    const raw = onlyFrame(at(-86_400));
    const answer = answerFor(raw, decodeFrame(raw, keyed), { nowMs: now, key });
    expect(Buffer.from(answer ?? []).toString('latin1')).toBe(
      '\nA8D90025"NAK"0000R0L0A0[]_10:00:00,01-02-2026\r',
    );
  });

  it.each([
    '_10:00:00,01-02-2014',
    '_23:59:59,12-31-2099',
    '_10:00:00,00-31-2026',
    '_99:99:99,99-99-9999',
    '',
  ])('does not exist for plain frames (%s)', (timestamp) => {
    expect(decodeBody(`"SIA-DCS"0001L0#1234[#1234|NFA1]${timestamp}`).verdict).toBe('ack');
  });
});

describe('the structure of the plaintext proves the key', () => {
  const time = '_10:00:00,01-02-2026';
  /** Whole blocks without any padding. */
  const whole = `|#1234|NFA1^${'x'.repeat(14)}^]${time}`;

  it.each([
    ['with the bar', padded(`|#1234|NFA1]${time}`), 'ack'],
    ['with x-data', padded(`|#1234|NFA1][RKho]${time}`), 'ack'],
    ['with an empty inner account', padded(`||NFA1]${time}`), 'ack'],
    ['with 16 bytes of padding', 'p'.repeat(16) + whole, 'ack'],
    [
      'with 17 bytes of padding',
      'p'.repeat(17) + whole.replace('^x', '^'.padEnd(17, 'x')),
      'silent key-mismatch',
    ],
    ['without padding', whole, 'silent key-mismatch'],
    ['without timestamp and with control characters', padded('|#1234|NFA1\x01\x02]'), 'silent key-mismatch'],
    ['with text behind the timestamp', padded(`|#1234|NFA1]${time}x`), 'silent key-mismatch'],
    ['with text between the blocks', padded(`|#1234|NFA1]x[RKho]${time}`), 'silent key-mismatch'],
    ['without closing bracket', padded(`|#1234|NFA1${time}`), 'silent key-mismatch'],
    ['with a bracket inside the data', padded(`|#1234|NF[A1]${time}`), 'silent key-mismatch'],
    ['with an open bracket in the padding', padded(`[|#1234|NFA1]${time}`), 'silent key-mismatch'],
    ['with the account of another panel', padded(`|#9999|NFA1]${time}`), 'silent inner-account-differs'],
    ['with nothing but noise', '\x01\x02'.repeat(16), 'silent key-mismatch'],
  ])('%s', (_, plain, expected) => {
    expect(verdictOf(encrypted(plain))).toBe(expected);
  });

  it('compares the inner account without regard to case', () => {
    expect(verdictOf(encrypted(padded(`|#abcd|NFA1]${time}`), 'SIA-DCS', '0001L0#ABCD'))).toBe('ack');
  });

  it('accepts the encrypted link test with the bar and without it', () => {
    for (const form of ['|]', ']', '|#1234|]'])
      expect(verdictOf(encrypted(padded(form + time), 'NULL'))).toBe('ack');
  });

  it('names what is wrong with the ciphertext', () => {
    expect(verdictOf(framed('"*SIA-DCS"0001L0#1234[AABB'))).toBe('silent ciphertext-not-whole-blocks');
    expect(verdictOf(framed('"*SIA-DCS"0001L0#1234['))).toBe('silent ciphertext-not-whole-blocks');
    expect(verdictOf(framed(`"*SIA-DCS"0001L0#1234[${'G'.repeat(32)}`))).toBe(
      'silent ciphertext-not-whole-blocks',
    );
    expect(verdictOf(at(0), withoutKeys)).toBe('silent key-missing');
    expect(verdictOf(framed(`"*SIA-DCS"0001L0[${'A'.repeat(32)}`))).toBe('silent key-missing');
  });

  it('takes ciphertext in small letters', () => {
    const body = Buffer.from(at(0)).toString('latin1', 9, at(0).length - 1);
    const open = body.indexOf('[');
    expect(verdictOf(framed(body.slice(0, open) + body.slice(open).toLowerCase()))).toBe('ack');
  });
});

describe('a plain frame', () => {
  it('of an account with a key is not answered, but decoded so that it can be shown', () => {
    const raw = onlyFrame(framed('"SIA-DCS"0001L0#1234[#1234|Nri1/FA015]'));
    const decoded = decodeFrame(raw, keyed);
    expect(decoded).toMatchObject({
      verdict: 'silent',
      reason: 'plain-from-keyed-account',
      authenticated: false,
      newEvents: 0,
      events: [{ code: 'FA', number: '015', area: '1', family: 'fire', class: 'alarm' }],
    });
    expect(answerFor(raw, decoded, { nowMs: now, key })).toBeNull();
  });

  it('is judged by the account of the data when the header has none', () => {
    const keyFor = (account: string) => (account === '9999' ? key : undefined);
    expect(decodeBody('"SIA-DCS"0001L[#9999|NBA2]', { nowMs: now, keyFor }).reason).toBe(
      'plain-from-keyed-account',
    );
    expect(decodeBody('"SIA-DCS"0001L[#9998|NBA2]', { nowMs: now, keyFor }).verdict).toBe('ack');
  });

  it('is named by the header, whatever account the data holds (SATEL)', () => {
    expect(decodeBody('"SIA-DCS"0001L0#ABCD[#0000|NFA1]')).toMatchObject({
      identity: 'ABCD',
      dataAccount: '0000',
    });
  });
});

describe('other tokens', () => {
  it.each(['ACK', 'NAK', 'DUH', 'RSP'])('%s is an answer and is not answered', (token) => {
    const raw = onlyFrame(framed(`"${token}"0001L0#1234[]`));
    const decoded = decodeFrame(raw, withoutKeys);
    expect(decoded.verdict).toBe('answer-frame');
    expect(answerFor(raw, decoded, { nowMs: now })).toBeNull();
  });

  it('that are not supported get a DUH with the exact echo', () => {
    const raw = onlyFrame(framed('"SIA-PUL"0017R2L3#ABC[#ABC|x]', 'binary'));
    const answer = answerFor(raw, decodeFrame(raw, withoutKeys), { nowMs: now });
    expect(Buffer.from(answer ?? [])).toEqual(Buffer.from(framed('"DUH"0017R2L3#ABC[]', 'binary')));
  });

  it('get a DUH only when the encrypted frame proved its key', () => {
    expect(verdictOf(encrypted(padded('|x]_10:00:00,01-02-2026'), 'SIA-PUL'))).toBe('duh token-unsupported');
    expect(verdictOf(encrypted('\x01'.repeat(32), 'SIA-PUL'))).toBe('silent key-mismatch');
  });
});

describe('a header', () => {
  it.each([
    '"SIA-DCS',
    '"SIA-DCS"0001L0#1234',
    '""0001L0#1234[]',
    `"SIA-DCS"0001L0#${'1'.repeat(200)}[]`,
    `"${'X'.repeat(60)}"0001L0#1234[]`,
  ])('that cannot be read is not answered: %s', (body) => {
    expect(decodeBody(body)).toMatchObject({ verdict: 'silent', reason: 'header-unreadable', events: [] });
  });

  it('with an odd field is echoed and acknowledged: a fire is not lost to formality', () => {
    const raw = onlyFrame(framed('"SIA-DCS"17R1L0Q7#1234[#1234|NFA1]'));
    const decoded = decodeFrame(raw, withoutKeys);
    expect(decoded).toMatchObject({
      verdict: 'ack',
      sequence: '',
      quirks: ['sequence-unreadable', 'header-rest'],
    });
    expect(decoded.identity).toBe('1234');
    const answer = answerFor(raw, decoded, { nowMs: now });
    expect(Buffer.from(answer ?? [])).toEqual(Buffer.from(framed('"ACK"17R1L0Q7#1234[]')));
  });

  it('tells an absent field from an empty one', () => {
    expect(decodeBody('"NULL"0001#1234[]')).toMatchObject({ receiver: null, line: null });
    expect(decodeBody('"NULL"0001RL#1234[]')).toMatchObject({ receiver: '', line: '' });
  });
});

describe('content', () => {
  it('keeps coordinates as text', () => {
    expect(decodeBody('"SIA-DCS"0001L0#1234[#1234|NFA1][X006E07.7777777][Y49N06.6666666]').xdata).toEqual([
      { id: 'X', text: '006E07.7777777' },
      { id: 'Y', text: '49N06.6666666' },
    ]);
  });

  it.each([
    ['a bracket inside the text', '#1234|NFA1^a]b^]', ['b^]']],
    ['text between blocks', '#1234|NFA1]x[RKho]', ['x[RKho]']],
    ['an unclosed block', '#1234|NFA1][RKho', ['[RKho']],
    ['no closing bracket', '#1234|NFA1', []],
  ])('with %s is acknowledged, the rest kept', (_, content, unparsed) => {
    const decoded = decodeBody(`"SIA-DCS"0001L0#1234[${content}_10:00:00,01-02-2026`);
    expect(decoded).toMatchObject({ verdict: 'ack', unparsed, timestamp: '2026-01-02T10:00:00Z' });
    expect(decoded.events).toMatchObject([{ code: 'FA', number: '1' }]);
  });

  it.each([
    ['10:00:00,02-29-2024', '2024-02-29T10:00:00Z'],
    ['10:00:00,03-01-2024', '2024-03-01T10:00:00Z'],
    ['10:00:00,02-29-2026', null],
    ['23:59:59,12-31-1999', '1999-12-31T23:59:59Z'],
    ['24:00:00,01-01-2026', null],
    ['10:00:00,03-01-2100', '2100-03-01T10:00:00Z'],
    ['10:00:00,02-29-2100', null],
  ])('has a timestamp only if it is a date: %s', (sent, iso) => {
    const decoded = decodeBody(`"NULL"0001L0#1234[]_${sent}`);
    expect(decoded).toMatchObject({ timestamp: iso, timestampText: sent });
    expect(decoded.timestampMs).toBe(iso === null ? null : Date.parse(iso));
  });
});
