import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { SealedPart } from '../log/index.ts';
import { type ArchiveHead, linesOf } from './format.ts';

export interface WrittenFile {
  readonly bytes: number;
  /** Of the file as it lies there, packed. */
  readonly sha256: string;
  readonly entries: number;
  /** The chain after the last position. */
  readonly hash: string;
}

const PARTIAL = '.partial-';

/**
 * Writes an archive file and gives it its name when all of it is on disk; one whose name begins with `.partial-` is none, and is written
 * over. What has the name already and is not registered is replaced: it is of a run that was killed.
 */
export async function writeArchiveFile(
  folder: string,
  name: string,
  head: ArchiveHead,
  parts: AsyncIterable<SealedPart>,
): Promise<WrittenFile> {
  const partial = path.join(folder, `${PARTIAL}${name}`);
  const plain = createHash('sha256');
  const packed = createHash('sha256');
  let entries = 0;
  let seals = 0;
  let bytes = 0;
  let hash = head.previousHash;
  async function* lines(): AsyncGenerator<string> {
    const line = (text: string): string => {
      plain.update(text);
      return text;
    };
    yield line(`${JSON.stringify(head)}\n`);
    for await (const part of parts) {
      entries += part.entries.length;
      seals += 1;
      hash = part.seal.hash.toString('hex');
      yield line(linesOf(part));
    }
    yield `${JSON.stringify({ end: { hash, entries, seals, sha256: plain.digest('hex') } })}\n`;
  }
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      packed.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  fs.rmSync(partial, { force: true });
  // `flush` puts it on disk before it is closed.
  const target = fs.createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(Readable.from(lines()), createGzip(), count, target);
  fs.renameSync(partial, path.join(folder, name));
  syncFolder(folder);
  return { bytes, sha256: packed.digest('hex'), entries, hash };
}

/** A name in a folder is on disk only when the folder is. */
function syncFolder(folder: string): void {
  const open = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(open);
  } finally {
    fs.closeSync(open);
  }
}
