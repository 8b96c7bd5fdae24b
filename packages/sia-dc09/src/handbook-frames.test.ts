import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  answerFor,
  Dc09StreamReader,
  type DecodeContext,
  type DecodedFrame,
  decodeFrame,
  duplicateKey,
  type FrameKey,
  parseKey,
  type RawFrame,
  readDatagram,
  type StreamItem,
} from './index.ts';

// Captured and generated frames with their expected results, kept outside the project (test data only).
const file = resolve(import.meta.dirname, '../../../../shared/data/dc09/frames.jsonl');
const present = existsSync(file);

interface Line {
  readonly id: string;
  readonly text?: string;
  readonly hex?: string;
  readonly segments?: readonly string[];
  readonly key?: string;
  readonly keyForm?: 'ascii' | 'hex';
  readonly clock?: string;
  readonly note: string;
  readonly expected: Record<string, unknown> & {
    readonly verdict: string;
    readonly frames?: readonly Line['expected'][];
  };
}

const lines: readonly Line[] = present
  ? readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  : [];

/** The file speaks for people; these are our names for it. */
const reasonNames: Readonly<Record<string, string>> = {
  'CRC wrong': 'crc-wrong',
  'length wrong': 'length-wrong',
  'no key for this account: framing only': 'key-missing',
};

/** Expected fields that are compared one to one, under the name they have here. */
const fields: Readonly<Record<string, keyof DecodedFrame>> = {
  verdict: 'verdict',
  crcForm: 'crcForm',
  crcOk: 'crcOk',
  lengthOk: 'lengthOk',
  token: 'token',
  encrypted: 'encrypted',
  seq: 'sequence',
  receiver: 'receiver',
  line: 'line',
  account: 'account',
  data: 'data',
  dataAccount: 'dataAccount',
  modifiers: 'modifiers',
  events: 'events',
  xdata: 'xdata',
  unparsed: 'unparsed',
  timestamp: 'timestamp',
};

const handled = new Set([
  ...Object.keys(fields),
  ...['crcSent', 'crcComputed', 'lengthSent', 'lengthComputed', 'quirks', 'newEvents', 'reason', 'frames'],
  ...['answerToken', 'answerHeader', 'answerText', 'answerHex', 'duplicateOf'],
  ...['decrypts', 'plaintext', 'ageSeconds'],
]);

function bytesOf(line: Line): Buffer {
  return line.hex === undefined ? Buffer.from(line.text ?? '', 'latin1') : Buffer.from(line.hex, 'hex');
}

function keyOf(line: Line): FrameKey | undefined {
  return line.key === undefined ? undefined : parseKey(line.key, line.keyForm ?? 'ascii');
}

function contextOf(line: Line): DecodeContext {
  const key = keyOf(line);
  return { nowMs: Date.parse(line.clock ?? '2026-01-02T10:00:00Z'), keyFor: () => key };
}

function framesOf(items: readonly StreamItem[]): RawFrame[] {
  return items.flatMap((item) => (item.kind === 'frame' ? [item.frame] : []));
}

function check(line: Line, expected: Line['expected'], raw: RawFrame): void {
  const context = contextOf(line);
  const decoded = decodeFrame(raw, context);
  for (const name of Object.keys(expected))
    expect(handled, `field ${name} of the file is checked`).toContain(name);
  for (const [name, ours] of Object.entries(fields)) {
    if (name in expected) expect(decoded[ours], name).toEqual(expected[name]);
  }
  expect(raw.crcSent).toBe(Number.parseInt(String(expected.crcSent), 16));
  expect(raw.crcComputed).toBe(Number.parseInt(String(expected.crcComputed), 16));
  expect([raw.lengthSent, raw.lengthComputed]).toEqual([expected.lengthSent, expected.lengthComputed]);
  expect([...decoded.quirks].sort()).toEqual([...((expected.quirks as string[] | undefined) ?? [])].sort());
  if (!('xdata' in expected)) expect(decoded.xdata).toEqual([]);
  if (!('unparsed' in expected)) expect(decoded.unparsed).toEqual([]);
  if (!('modifiers' in expected)) expect(decoded.modifiers).toEqual({});
  if (!('events' in expected)) expect(decoded.events).toEqual([]);
  if (expected.reason !== undefined) expect(decoded.reason).toBe(reasonNames[String(expected.reason)]);
  // A retry is known by its duplicate key, which is the store's business: alone it counts as new.
  if (expected.duplicateOf === undefined) expect(decoded.newEvents).toBe(expected.newEvents);
  if (expected.plaintext !== undefined) {
    const plain = String(expected.plaintext);
    const timestampAt = plain.lastIndexOf('_');
    expect(plain.slice(0, timestampAt).endsWith(decoded.content ?? 'none')).toBe(true);
    expect(decoded.timestampText).toBe(plain.slice(timestampAt + 1));
  }
  if (expected.ageSeconds !== undefined) {
    expect((context.nowMs - (decoded.timestampMs ?? 0)) / 1_000).toBe(expected.ageSeconds);
  }
  checkAnswer(line, expected, raw, decoded);
}

function checkAnswer(line: Line, expected: Line['expected'], raw: RawFrame, decoded: DecodedFrame): void {
  const context = contextOf(line);
  const key = keyOf(line);
  const answer = answerFor(raw, decoded, { nowMs: context.nowMs, ...(key && { key }) });
  if (expected.answerToken === undefined) {
    expect(answer).toBeNull();
    return;
  }
  const sent = Buffer.from(answer ?? []);
  if (expected.answerText !== undefined) expect(sent.toString('latin1')).toBe(expected.answerText);
  if (expected.answerHex !== undefined) expect(sent.toString('hex').toUpperCase()).toBe(expected.answerHex);
  const back = framesOf(readDatagram(sent))[0];
  if (back === undefined) throw new Error('the answer is no frame');
  const decodedBack = decodeFrame(back, context);
  expect(decodedBack).toMatchObject({
    verdict: 'answer-frame',
    crcForm: raw.crcForm,
    crcOk: true,
    lengthOk: true,
    header: expected.answerHeader,
    token: String(expected.answerToken).replace('*', ''),
    encrypted: String(expected.answerToken).startsWith('*'),
  });
  if (decodedBack.encrypted) {
    expect(decodedBack.authenticated).toBe(true);
    expect(decodedBack.timestampMs).toBe(context.nowMs);
  }
}

describe.skipIf(!present)(
  'captured frames of the handbook (skipped where shared/data/dc09 is absent)',
  () => {
    it('are all there', () => {
      expect(lines).toHaveLength(94);
    });

    it.each(lines.map((line) => [line.id, line] as const))('%s gives its expected result', (_, line) => {
      const items = readDatagram(bytesOf(line));
      if (line.expected.verdict === 'foreign') {
        expect(framesOf(items)).toEqual([]);
        expect(items.map((item) => item.kind)).toEqual(['foreign']);
        return;
      }
      const frames = framesOf(items);
      const expected = line.expected.frames ?? [line.expected];
      expect(items).toHaveLength(expected.length);
      expected.forEach((one, index) => {
        const raw = frames[index];
        if (raw === undefined) throw new Error(`frame ${index} is missing`);
        check(line, one, raw);
      });
    });

    it.each(lines.map((line) => [line.id, line] as const))(
      '%s reads alike byte by byte and in segments',
      (_, line) => {
        const whole = framesOf(new Dc09StreamReader().push(bytesOf(line)));
        const bytes = bytesOf(line);
        const cuts = line.segments?.map((segment) =>
          Buffer.from(segment, line.hex === undefined ? 'latin1' : 'hex'),
        ) ?? [bytes.subarray(0, 7), bytes.subarray(7)];
        for (const pieces of [cuts, Array.from(bytes, (byte) => Buffer.from([byte]))]) {
          const reader = new Dc09StreamReader();
          const frames = framesOf(pieces.flatMap((piece) => reader.push(piece)));
          // A NUL behind the CR is noted only when it came in the same piece.
          const withoutNul = (frame: RawFrame) => ({ ...frame, trailingNul: false });
          expect(frames.map(withoutNul)).toEqual(whole.map(withoutNul));
        }
      },
    );

    it('come one after the other in one stream, damaged and foreign ones between, and all are found', () => {
      const items = new Dc09StreamReader().push(Buffer.concat(lines.map(bytesOf)));
      const alone = lines.flatMap((line) => framesOf(readDatagram(bytesOf(line))));
      expect(framesOf(items).map((frame) => frame.bytes)).toEqual(alone.map((frame) => frame.bytes));
    });

    it('give a retry the key of its first try, and every other event a key of its own', () => {
      const keys = new Map<string, string>();
      for (const line of lines) {
        const raw = framesOf(readDatagram(bytesOf(line)))[0];
        if (raw === undefined) continue;
        const found = duplicateKey(raw, decodeFrame(raw, contextOf(line)));
        if (found === null) continue;
        const first = line.expected.duplicateOf;
        const key = `${line.key ?? ''} ${Buffer.from(found.key).toString('hex')}`;
        if (typeof first === 'string') expect(keys.get(key)).toBe(first);
        else {
          expect(keys.get(key)).toBeUndefined();
          keys.set(key, line.id);
        }
      }
      expect(keys.size).toBeGreaterThan(30);
    });
  },
);
