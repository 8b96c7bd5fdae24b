import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerFor, decodeFrame, duplicateKey, StreamReader } from './index.ts';

interface Captured {
  readonly id: string;
  readonly text: string;
  readonly expected: Record<string, string | number>;
}

const captured = readFileSync(new URL('../frames.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Captured);
const whole = Buffer.from(captured.map(({ text }) => text).join(''), 'latin1');
const textsOf = (items: ReturnType<StreamReader['push']>): string[] =>
  items.flatMap((item) => (item.kind === 'frame' ? [Buffer.from(item.frame.bytes).toString('latin1')] : []));

describe('captured frames', () => {
  it.each(captured)('$id', ({ text, expected }) => {
    const decoded = decodeFrame(Buffer.from(text, 'latin1'));
    const { events, ...rest } = expected;
    expect({ ...decoded, ...decoded.events[0] }).toMatchObject(rest);
    if (events !== undefined) expect(decoded.events).toHaveLength(Number(events));
    expect(answerFor(decoded) === null).toBe(decoded.verdict === 'silent');
  });
});

describe('whatever comes', () => {
  it('any split of the stream gives the same frames', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 })), (sizes) => {
        const reader = new StreamReader();
        const found: string[] = [];
        let at = 0;
        for (const size of [...sizes, whole.length]) {
          found.push(...textsOf(reader.push(whole.subarray(at, at + size))));
          at += size;
        }
        expect(found).toEqual(captured.map(({ text }) => text));
      }),
    );
  });

  it('mutated frames never throw, and are taken or refused by name', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }), (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of changes) bytes[at] = byte;
        for (const item of new StreamReader().push(bytes)) {
          if (item.kind !== 'frame') continue;
          const { verdict, reason } = decodeFrame(item.frame.bytes);
          expect(reason === null).toBe(verdict === 'confirm');
        }
      }),
    );
  });

  it('what never ends is given up, and the next frame is found', () => {
    const reader = new StreamReader();
    expect(textsOf(reader.push(Buffer.alloc(10_000, '!')))).toEqual([]);
    expect(reader.dropPending()).toBeLessThan(128);
    expect(textsOf(reader.push(Buffer.from(captured[0]?.text ?? '', 'latin1')))).toHaveLength(1);
  });

  it('a retry has the same key, another event another', () => {
    const [first, second] = captured.map(({ text }) =>
      duplicateKey(decodeFrame(Buffer.from(text, 'latin1'))),
    );
    expect(duplicateKey(decodeFrame(Buffer.from(captured[0]?.text ?? '', 'latin1')))).toEqual(first);
    expect(second).not.toEqual(first);
  });
});
