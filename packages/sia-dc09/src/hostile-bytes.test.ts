import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFrame, anyKey, framed, framesOf, now, withKey, withoutKeys } from './frames.fixture.ts';
import {
  answerFor,
  Dc09AnswerError,
  Dc09StreamReader,
  type DecodeContext,
  decodeAnswer,
  decodeFrame,
  duplicateKey,
  encodeFrame,
  parseKey,
  type Verdict,
} from './index.ts';

const verdicts: readonly Verdict[] = ['ack', 'nak', 'duh', 'silent', 'answer-frame'];
const key = parseKey('AAAAAAAAAAAAAAAA', 'ascii');
const runs = { numRuns: 500 };

/** Takes bytes through everything a receiver does with them. */
function receive(bytes: Uint8Array, context: DecodeContext) {
  return framesOf(new Dc09StreamReader().push(bytes)).map((raw) => {
    const decoded = decodeFrame(raw, context);
    const answer = answerFor(raw, decoded, { nowMs: now, key });
    duplicateKey(raw, decoded);
    return { raw, decoded, answer };
  });
}

function expectNamed(results: ReturnType<typeof receive>): void {
  for (const { decoded, answer } of results) {
    expect(verdicts).toContain(decoded.verdict);
    expect(decoded.verdict === 'ack').toBe(decoded.reason === undefined);
    expect(answer === null).toBe(decoded.verdict === 'silent' || decoded.verdict === 'answer-frame');
  }
}

/** Characters the grammar is made of, so that random text reaches deep into the parsers. */
const grammar = fc.string({
  unit: fc.constantFrom(...'"*#[]|/^_:,-NOARLTF0123456789 abri\u00fc\n\0'),
  maxLength: 200,
});

describe('hostile bytes', () => {
  it('at random never throw and always get a named result', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expectNamed(receive(bytes, withoutKeys));
        const answer = decodeAnswer(bytes, key);
        expect(answer instanceof Dc09AnswerError || answer.sequence !== undefined).toBe(true);
      }),
      runs,
    );
  });

  it('with a right CRC but any body never throw', () => {
    const tokens = fc.constantFrom(
      '"SIA-DCS"',
      '"ADM-CID"',
      '"NULL"',
      '"*SIA-DCS"',
      '"*NULL"',
      '"XYZ"',
      '"',
      '',
    );
    fc.assert(
      fc.property(tokens, grammar, fc.boolean(), (token, rest, keyed) => {
        expectNamed(receive(framed(token + rest), keyed ? withKey(key) : withoutKeys));
        expectNamed(receive(framed(`${token}0001L0#1234[${rest}`), withoutKeys));
      }),
      runs,
    );
  });

  it('made from a frame by one changed byte are never acknowledged', () => {
    // CRC-16 finds every error inside 16 bits, so this holds without exception.
    fc.assert(
      fc.property(
        anyFrame,
        fc.boolean(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (frame, encrypted, place, flip) => {
          const context = encrypted ? withKey(key) : withoutKeys;
          const bytes = Buffer.from(encodeFrame(encrypted ? { ...frame, key } : frame));
          const at = place % bytes.length;
          const before = bytes[at] ?? 0;
          bytes[at] = before ^ flip;
          // The same digit in the other case is the same frame.
          fc.pre(!(at < 9 && sameHexDigit(before, before ^ flip)));
          const results = receive(bytes, context);
          expectNamed(results);
          for (const { decoded } of results) expect(decoded.verdict).not.toBe('ack');
        },
      ),
      runs,
    );
  });

  it('made from an encrypted frame by any changes are never acknowledged', () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(anyFrame, fc.array(change, { minLength: 1, maxLength: 20 }), (frame, changes) => {
        const original = Buffer.from(encodeFrame({ ...frame, key }));
        const bytes = Buffer.from(original);
        for (const [place, flip] of changes) {
          const at = place % bytes.length;
          bytes[at] = (bytes[at] ?? 0) ^ flip;
        }
        fc.pre(bytes.toString('latin1').toUpperCase() !== original.toString('latin1').toUpperCase());
        for (const { decoded } of receive(bytes, withKey(key))) expect(decoded.verdict).not.toBe('ack');
      }),
      runs,
    );
  });

  it('with new ciphertext and a matching CRC are never acknowledged', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 12 }), (seed) => {
        const cipher = Buffer.alloc(16 * seed.length, Buffer.from(seed))
          .toString('hex')
          .toUpperCase();
        const results = receive(framed(`"*SIA-DCS"0001L0#1234[${cipher}`), withKey(key));
        for (const { decoded } of results) expect(decoded.verdict).not.toBe('ack');
      }),
      runs,
    );
  });

  it('encrypted with another key are never acknowledged', () => {
    fc.assert(
      fc.property(anyFrame, anyKey, (frame, other) => {
        fc.pre(Buffer.compare(other.bytes, key.bytes) !== 0);
        for (const { decoded } of receive(encodeFrame({ ...frame, key: other }), withKey(key))) {
          expect(decoded).toMatchObject({
            verdict: 'silent',
            reason: 'key-mismatch',
            data: null,
            events: [],
          });
        }
      }),
      runs,
    );
  });
});

function sameHexDigit(left: number, right: number): boolean {
  const digits = /^[0-9A-F]$/;
  const one = String.fromCharCode(left).toUpperCase();
  return digits.test(one) && one === String.fromCharCode(right).toUpperCase();
}
