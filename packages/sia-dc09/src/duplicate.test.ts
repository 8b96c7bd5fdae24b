import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFrame, framed, now, onlyFrame, withKey, withoutKeys } from './frames.fixture.ts';
import {
  type DecodeContext,
  decodeFrame,
  duplicateKey,
  encodeFrame,
  type FrameToEncode,
  parseKey,
} from './index.ts';

const key = parseKey('AAAAAAAAAAAAAAAA', 'ascii');
const base = {
  token: 'SIA-DCS',
  sequence: 7232,
  account: 'AAA',
  data: '#AAA|Nri1/FA501',
  timestampMs: now,
} as const;

function found(bytes: Uint8Array, context: DecodeContext = withoutKeys) {
  const raw = onlyFrame(bytes);
  return duplicateKey(raw, decodeFrame(raw, context));
}

function keyOf(frame: FrameToEncode): string {
  const result = found(encodeFrame(frame), frame.key ? withKey(frame.key) : withoutKeys);
  return Buffer.from(result?.key ?? []).toString('hex');
}

describe('the duplicate key', () => {
  it('has 16 bytes and a window of five minutes', () => {
    const result = found(encodeFrame(base));
    expect(result?.key).toHaveLength(16);
    expect(result).toMatchObject({ windowSeconds: 300, bytesOnly: false });
  });

  it('does not see timestamp, CRC, CRC form, padding or ciphertext', () => {
    fc.assert(
      fc.property(anyFrame, fc.integer({ min: -40, max: 20 }), fc.boolean(), (frame, seconds, encrypted) => {
        fc.pre(frame.token !== 'NULL' && frame.sequence !== 0);
        const first: FrameToEncode = encrypted ? { ...frame, key } : frame;
        const retry: FrameToEncode = {
          ...first,
          timestampMs: now + seconds * 1_000,
          crcForm: frame.crcForm === 'hex' ? 'binary' : 'hex',
        };
        expect(keyOf(retry)).toBe(keyOf(first));
      }),
    );
  });

  it('does not see x-data about the transmission: authentication, path, key exchange', () => {
    const room = { id: 'R', text: 'Kho' };
    const first = { ...base, xdata: [{ id: 'A', text: '11' }, room, { id: 'J', text: '1' }] };
    const retry = { ...base, xdata: [{ id: 'A', text: '22' }, room, { id: 'J', text: '2' }] };
    expect(keyOf(retry)).toBe(keyOf(first));
    expect(keyOf(retry)).toBe(keyOf({ ...base, xdata: [room] }));
    expect(keyOf({ ...base, xdata: [{ id: 'R', text: 'Bếp' }] })).not.toBe(keyOf({ ...base, xdata: [room] }));
  });

  it.each([
    ['sequence', { sequence: 7233 }],
    ['account', { account: 'AAB', data: base.data }],
    ['receiver', { receiver: '1' }],
    ['line', { line: '1' }],
    ['line left out', { line: null }],
    ['line without digits', { line: '' }],
    ['token', { token: 'ADM-CID' }],
    ['data', { data: '#AAA|Nri1/FA502' }],
  ])('sees the %s', (_, change) => {
    expect(keyOf({ ...base, ...change })).not.toBe(keyOf(base));
  });

  it('of a plain frame never equals that of an encrypted one, so a forgery cannot hide a real alarm', () => {
    expect(keyOf({ ...base, key })).not.toBe(keyOf(base));
  });

  it('of a plain frame from an account with a key exists, so that repeats are shown once', () => {
    expect(found(encodeFrame(base), withKey(key))?.key).toHaveLength(16);
  });

  it('of sequence 0000 covers the raw bytes, for 60 s', () => {
    const zero = { ...base, sequence: 0 };
    expect(found(encodeFrame(zero))).toMatchObject({ windowSeconds: 60, bytesOnly: true });
    expect(keyOf(zero)).toBe(keyOf(zero));
    expect(keyOf({ ...zero, timestampMs: now + 1_000 })).not.toBe(keyOf(zero));
  });

  it.each([
    ['a link test', framed('"NULL"0001L0#1234[]')],
    ['an answer', framed('"ACK"0001L0#1234[]')],
    ['an unsupported token', framed('"SIA-PUL"0001L0#1234[x]')],
    ['a frame with a wrong CRC', Buffer.from('\n00000016"SIA-DCS"0001L0#1234[]\r')],
    ['an encrypted frame without key', encodeFrame({ ...base, key })],
  ])('does not exist for %s', (_, bytes) => {
    expect(found(bytes)).toBeNull();
  });
});
