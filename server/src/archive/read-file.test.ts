import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prepareEntry } from '../log/commitment.ts';
import { type SealedPart, sealHash } from '../log/index.ts';
import { signalDraft } from '../testing/drafts.ts';
import { FORMAT } from './format.ts';
import { readArchiveFile } from './read-file.ts';
import { writeArchiveFile } from './write-file.ts';

const AT = new Date('2020-01-05T00:00:00.000Z');
let folder: string;
let lines: string[];
const file = (): string => path.join(folder, 'one.jsonl.gz');

async function* parts(): AsyncGenerator<SealedPart> {
  let previous: Buffer = Buffer.alloc(32);
  for (const [first, last] of [
    [1, 3],
    [4, 4],
    [5, 8],
  ] as const) {
    const entries = Array.from({ length: last - first + 1 }, (_, index) => {
      const position = first + index;
      const one = prepareEntry(signalDraft(position, { at: AT }), AT);
      return {
        ...one,
        position,
        id: position,
        origin: 'test',
        epoch: 1,
        seq: position,
        at: one.atText,
        recorded_at: one.recordedAtText,
        actor_kind: one.actorKind,
        actor_id: one.actorId,
        actor_name: one.actorName,
        body: one.bodyText,
        salt: Buffer.from(one.saltHex, 'hex'),
        commitment: Buffer.from(one.commitmentHex, 'hex'),
      };
    });
    const hash = sealHash(
      previous,
      first,
      last,
      entries.map((one) => one.commitment),
    );
    yield {
      seal: { first_position: first, last_position: last, previous_hash: previous, hash, sealed_at: AT },
      entries,
    };
    previous = hash;
  }
}

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keng-archive-file-'));
  const head = {
    format: FORMAT,
    origin: 'test',
    epoch: 1,
    world: 'live',
    firstPosition: 1,
    lastPosition: 8,
    previousHash: '0'.repeat(64),
    writtenAt: AT.toISOString(),
    program: 'test',
  } as const;
  expect(await writeArchiveFile(folder, 'one.jsonl.gz', head, parts())).toMatchObject({ entries: 8 });
  lines = gunzipSync(fs.readFileSync(file())).toString().split('\n').slice(0, -1);
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

async function read(bytes: Buffer): Promise<number> {
  const other = path.join(folder, 'other.jsonl.gz');
  fs.writeFileSync(other, bytes);
  let entries = 0;
  for await (const part of readArchiveFile(other)) entries += part.entries.length;
  return entries;
}
const packed = (changed: readonly string[], end = '\n'): Buffer => gzipSync(`${changed.join('\n')}${end}`);
/** A forger who knows the format makes the checksum of the lines anew. */
const forged = (changed: readonly string[]): Buffer => {
  const before = changed.slice(0, -1);
  const { end } = JSON.parse(changed.at(-1) ?? '{}');
  const sha256 = createHash('sha256')
    .update(before.map((line) => `${line}\n`).join(''))
    .digest('hex');
  return packed([...before, JSON.stringify({ end: { ...end, sha256 } })]);
};

it('is a stream of lines that says of itself whether it is whole', async () => {
  expect(lines).toHaveLength(8 + 3 + 2);
  expect(await read(fs.readFileSync(file()))).toBe(8);
  expect(await read(packed(lines))).toBe(8);
  expect(await read(forged(lines))).toBe(8);
});

it.each<[string, () => Buffer]>([
  ['nothing', () => Buffer.alloc(0)],
  ['no gzip', () => Buffer.from(lines.join('\n'))],
  ['gzip that breaks off', () => fs.readFileSync(file()).subarray(0, -20)],
  [
    'one bit that differs',
    () => {
      const bytes = Buffer.from(fs.readFileSync(file()));
      bytes.writeUInt8(bytes.readUInt8(400) ^ 4, 400);
      return bytes;
    },
  ],
  ['no end', () => packed(lines.slice(0, -1))],
  ['a last line without its end', () => packed(lines, '')],
  ['something after the end', () => packed([...lines, lines[1] ?? ''])],
  ['another format', () => forged([lines[0]?.replace('archive/1', 'archive/2') ?? '', ...lines.slice(1)])],
  ['an entry that is missing', () => forged([...lines.slice(0, 2), ...lines.slice(3)])],
  ['entries in another order', () => forged([lines[0], lines[2], lines[1], ...lines.slice(3)] as string[])],
  ['a text that was changed', () => forged(lines.map((line) => line.replace('\\"0002\\"', '\\"0009\\"')))],
  ['a seal that was left out', () => forged(lines.filter((line) => !line.startsWith('{"seal":[4,4]')))],
  [
    'a chain that begins elsewhere',
    () => forged([lines[0]?.replace('0'.repeat(64), '1'.repeat(64)) ?? '', ...lines.slice(1)]),
  ],
  ['a line that is not JSON', () => packed([...lines.slice(0, 3), '{', ...lines.slice(3)])],
  ['a line that never ends', () => gzipSync(Buffer.alloc(40 * 1_024 * 1_024, 'x'))],
])('%s is refused by name', async (_what, bytes) => {
  await expect(read(bytes())).rejects.toMatchObject({ code: 'archive-damaged' });
});
