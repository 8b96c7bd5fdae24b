import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cut, framesOf, noon, onlyFrame } from './frames.fixture.ts';
import {
  answerFor,
  type DecodedFrame,
  decodeFrame,
  duplicateKey,
  encodeData,
  encodeFrame,
  Gb26875StreamReader,
} from './index.ts';

// Published frames with their expected results, kept outside the project (test data only).
const file = resolve(import.meta.dirname, '../../../../shared/data/gb26875/frames.jsonl');
const present = existsSync(file);

interface Line {
  readonly id: string;
  readonly hex: string;
  readonly expected: Readonly<Record<string, unknown>> & {
    readonly verdict: string;
    readonly answer?: Readonly<Record<string, unknown>>;
  };
}

const lines: readonly Line[] = present
  ? readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  : [];

/** Expected fields that are compared one to one, under the name they have here. */
const fields: Readonly<Record<string, keyof DecodedFrame>> = {
  verdict: 'verdict',
  crcOk: 'checksumOk',
  lengthOk: 'lengthOk',
  serial: 'serial',
  mainVersion: 'mainVersion',
  userVersion: 'userVersion',
  time: 'time',
  source: 'source',
  destination: 'destination',
  dataLength: 'dataLength',
  command: 'command',
  commandName: 'commandName',
  type: 'type',
  count: 'count',
  objects: 'objects',
  newEvents: 'newEvents',
};
const handled = new Set([...Object.keys(fields), 'checksumSent', 'checksumComputed', 'answer']);

const bytesOf = (line: Line): Buffer => Buffer.from(line.hex, 'hex');

describe.skipIf(!present)('published frames (skipped where shared/data/gb26875 is absent)', () => {
  it('are all there', () => {
    expect(lines).toHaveLength(19);
  });

  it.each(lines.map((line) => [line.id, line] as const))(
    '%s gives its expected result',
    (_, { expected, hex }) => {
      const raw = onlyFrame(Buffer.from(hex, 'hex'));
      const decoded = decodeFrame(raw);
      for (const name of Object.keys(expected))
        expect(handled, `${name} of the file is checked`).toContain(name);
      for (const [name, ours] of Object.entries(fields)) {
        if (name in expected) expect(decoded[ours], name).toEqual(expected[name]);
      }
      expect(raw.checksumSent).toBe(Number.parseInt(String(expected.checksumSent), 16));
      expect(raw.checksumComputed).toBe(Number.parseInt(String(expected.checksumComputed), 16));
      const answer = answerFor(decoded, { time: noon });
      expect(answer === null).toBe(expected.answer === undefined);
      if (answer !== null) expect(decodeFrame(onlyFrame(answer))).toMatchObject({ ...expected.answer });
    },
  );

  it.each(lines.map((line) => [line.id, line] as const))('%s is written again as it was read', (_, line) => {
    const decoded = decodeFrame(onlyFrame(bytesOf(line)));
    // The damaged frame is written with the checksum that it should have had.
    const data =
      decoded.type === null
        ? new Uint8Array()
        : encodeData(decoded.type, decoded.objects).subarray(0, decoded.dataLength);
    const again = Buffer.from(encodeFrame({ ...decoded, data }));
    const wanted = bytesOf(line);

    if (line.expected.crcOk === false) wanted[wanted.length - 3] = again[again.length - 3] ?? 0;
    // Makers pad texts with blanks, NUL or both; we write blanks.
    if (!decoded.objects.some((object) => 'text' in object))
      expect(again.toString('hex')).toBe(wanted.toString('hex'));
    const redecoded = decodeFrame(onlyFrame(again));
    expect(redecoded.objects).toEqual(decoded.objects);
  });

  it('read alike byte by byte, in pieces, and one after the other', () => {
    const stream = Buffer.concat(lines.map(bytesOf));
    const whole = framesOf(new Gb26875StreamReader().push(stream));
    expect(whole).toEqual(lines.map((line) => onlyFrame(bytesOf(line))));
    for (const pieces of [Array.from(stream, (byte) => Buffer.of(byte)), cut(stream, [7, 100, 313, 471])]) {
      const reader = new Gb26875StreamReader();
      expect(framesOf(pieces.flatMap((piece) => reader.push(piece)))).toEqual(whole);
    }
  });

  it('give every event a key of its own', () => {
    const keys = lines.flatMap((line) => {
      const raw = onlyFrame(bytesOf(line));
      const found = duplicateKey(raw, decodeFrame(raw));
      return found === null ? [] : [Buffer.from(found.key).toString('hex')];
    });
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(4);
  });
});
