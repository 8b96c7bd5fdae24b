import { crc32, inflateRawSync } from 'node:zlib';
import { Refused } from '../workshop/job.ts';
import { XLSX_LIMITS } from './xlsx-limits.ts';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const MOST_COMMENT = 0xffff;

/**
 * The parts of a ZIP file that are asked for, unpacked under a limit that no header can talk away.
 * @throws Refused `import.xlsx-broken`, `file.too-large-inside`
 */
export function openZip(file: Buffer, wanted: (name: string) => boolean): Map<string, Buffer> {
  const end = findEnd(file);
  const count = file.readUInt16LE(end + 10);
  if (count > XLSX_LIMITS.parts) throw broken('too many parts');
  const parts = new Map<string, Buffer>();
  let at = file.readUInt32LE(end + 16);
  let left: number = XLSX_LIMITS.unpackedBytes;
  for (let index = 0; index < count; index += 1) {
    if (at + ENTRY_BYTES > file.length || file.readUInt32LE(at) !== ENTRY) throw broken('its list of parts');
    const nameLength = file.readUInt16LE(at + 28);
    const name = file.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength);
    if (wanted(name)) {
      if (parts.has(name)) throw broken(`two parts are called ${name}`);
      const content = unpackPart(file, at, left);
      left -= content.length;
      parts.set(name, content);
    }
    at += ENTRY_BYTES + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return parts;
}

function findEnd(file: Buffer): number {
  const first = Math.max(0, file.length - END_BYTES - MOST_COMMENT);
  for (let at = file.length - END_BYTES; at >= first; at -= 1) if (file.readUInt32LE(at) === END) return at;
  throw broken('no end of a ZIP file');
}

function unpackPart(file: Buffer, entry: number, left: number): Buffer {
  const flags = file.readUInt16LE(entry + 8);
  if ((flags & 1) !== 0) throw new Refused('import.xlsx-encrypted', 'The file is protected by a password.');
  const method = file.readUInt16LE(entry + 10);
  const packed = file.readUInt32LE(entry + 20);
  const local = file.readUInt32LE(entry + 42);
  if (local + LOCAL_BYTES > file.length || file.readUInt32LE(local) !== LOCAL) throw broken('a part');
  const start = local + LOCAL_BYTES + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
  const content = file.subarray(start, start + packed);
  if (content.length !== packed) throw broken('a part is cut off');
  if (method === 0) {
    if (content.length > left) throw bomb();
    return content;
  }
  if (method !== 8) throw broken('a part is packed in an unusual way');
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(1, left) });
  } catch (cause) {
    throw cause instanceof RangeError ? bomb() : broken('a part cannot be unpacked');
  }
}

/** A ZIP file of these parts, not packed: whoever reads it has nothing left to unpack. */
export function plainZip(parts: ReadonlyMap<string, Buffer>): Buffer {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const path = Buffer.from(name, 'utf8');
    const local = Buffer.alloc(LOCAL_BYTES);
    local.writeUInt32LE(LOCAL, 0);
    local.writeUInt16LE(20, 4);
    writeSizes(local, 14, content);
    local.writeUInt16LE(path.length, 26);
    const entry = Buffer.alloc(ENTRY_BYTES);
    entry.writeUInt32LE(ENTRY, 0);
    entry.writeUInt16LE(20, 4);
    entry.writeUInt16LE(20, 6);
    writeSizes(entry, 16, content);
    entry.writeUInt16LE(path.length, 28);
    entry.writeUInt32LE(offset, 42);
    bodies.push(local, path, content);
    entries.push(entry, path);
    offset += LOCAL_BYTES + path.length + content.length;
  }
  const list = Buffer.concat(entries);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(parts.size, 8);
  end.writeUInt16LE(parts.size, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, list, end]);
}

function writeSizes(header: Buffer, at: number, content: Buffer): void {
  header.writeUInt32LE(crc32(content), at);
  header.writeUInt32LE(content.length, at + 4);
  header.writeUInt32LE(content.length, at + 8);
}

const broken = (why: string): Refused =>
  new Refused('import.xlsx-broken', `The file cannot be read as XLSX (${why}).`);
const bomb = (): Refused =>
  new Refused('file.too-large-inside', 'The file is far larger when it is unpacked than a table is.', {
    most: XLSX_LIMITS.unpackedBytes,
  });
