import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFrameBytes, framesOf, noon, onlyFrame } from './frames.fixture.ts';
import {
  answerFor,
  decodeFrame,
  duplicateKey,
  encodeFrame,
  Gb26875StreamReader,
  type Verdict,
} from './index.ts';

const verdicts: readonly Verdict[] = ['confirm', 'deny', 'outbound', 'answer-frame'];
const runs = { numRuns: 500 };

/** Takes bytes through everything a receiver does with them. */
function receive(bytes: Uint8Array) {
  const reader = new Gb26875StreamReader();
  const items = reader.push(bytes);
  while (reader.dropPending() > 0) items.push(...reader.push(new Uint8Array()));
  return framesOf(items).map((raw) => {
    const decoded = decodeFrame(raw);
    const answer = answerFor(decoded, { time: noon });
    duplicateKey(raw, decoded);
    return { raw, decoded, answer };
  });
}

function expectNamed(results: ReturnType<typeof receive>): void {
  for (const { decoded, answer } of results) {
    expect(verdicts).toContain(decoded.verdict);
    expect(decoded.verdict === 'confirm').toBe(decoded.reason === null);
    expect(answer === null).toBe(decoded.verdict === 'outbound' || decoded.verdict === 'answer-frame');
    if (answer !== null) expect(decodeFrame(onlyFrame(answer)).verdict).toBe('answer-frame');
    if (decoded.verdict === 'confirm') {
      expect([decoded.checksumOk, decoded.lengthOk, decoded.endOk]).toEqual([true, true, true]);
    }
  }
}

describe('hostile bytes', () => {
  it('at random, and made of the marks of the protocol, never throw and always get a named result', () => {
    const marks = fc.array(fc.constantFrom(0x40, 0x23, 0, 1, 2, 27, 30, 255), { maxLength: 300 });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          marks.map((bytes) => Uint8Array.from(bytes)),
        ),
        (bytes) => {
          expectNamed(receive(bytes));
        },
      ),
      runs,
    );
  });

  it('in a data unit of a frame that is right otherwise never throw, and are never confirmed as nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1_024 }), fc.nat(255), fc.nat(255), (data, type, command) => {
        if (data.length > 0) data[0] = type;
        const results = receive(
          encodeFrame({ serial: 1, time: noon, source: 1, destination: 2, command, data }),
        );
        expect(results).toHaveLength(1);
        expectNamed(results);
      }),
      runs,
    );
  });

  it('made from a frame by one changed byte are never confirmed', () => {
    // A sum finds every single changed byte; the marks and the length are checked by themselves.
    fc.assert(
      fc.property(anyFrameBytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (frame, place, flip) => {
        const bytes = Buffer.from(frame);
        const at = place % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        const results = receive(bytes);
        expectNamed(results);
        for (const { raw, decoded } of results) {
          // A changed length can leave a frame inside that is a frame by chance; the whole one never passes.
          if (raw.bytes.length === frame.length) expect(decoded.verdict).not.toBe('confirm');
        }
      }),
      runs,
    );
  });

  it('a flood of false beginnings costs time in proportion to its length', () => {
    const start = Buffer.concat([Buffer.from('@@'), Buffer.alloc(22), Buffer.from([0xff, 0x03, 2])]);
    const flood = Buffer.alloc(2_000_000);
    for (let at = 0; at < flood.length; at += start.length) start.copy(flood, at);
    const reader = new Gb26875StreamReader();
    let foreign = 0;
    for (let at = 0; at < flood.length; at += 65_536) {
      for (const item of reader.push(flood.subarray(at, at + 65_536)))
        if (item.kind === 'foreign') foreign += item.bytes;
    }
    expect(foreign).toBeGreaterThan(flood.length - 2_000);
  });
});
