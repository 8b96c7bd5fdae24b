import { Buffer, isUtf8 } from 'node:buffer';
import { ReadError } from '../finding.ts';
import type { ReadLimits } from '../limits.ts';

/** The declaration of XML stands within the first bytes, in ASCII (XML 1.0, appendix F). */
const HEAD_BYTES = 256;
const DECLARED = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']/;
const BYTE_ORDER_MARK = 0xfeff;

/**
 * Bytes as text: by the byte order mark, else by the declaration of XML, else UTF-8. A text stays as it is.
 * @throws ReadError `too-large`, `not-text`
 */
export function decodeText(source: Uint8Array | string, limits: ReadLimits): string {
  if (source.length > limits.bytes)
    throw new ReadError('too-large', `the text has ${source.length} bytes, more than ${limits.bytes}`);
  const text = typeof source === 'string' ? source : decoded(source);
  return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
}

function decoded(bytes: Uint8Array): string {
  const label = encodingOf(bytes);
  // Nearly everything, and much faster than a decoder that must stop at the first fault.
  if (label === 'utf-8' && isUtf8(bytes))
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ReadError('not-text', `the bytes are not ${label}`, 0, { cause });
  }
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, HEAD_BYTES));
  return DECLARED.exec(head.toString('latin1'))?.[1]?.toLowerCase() ?? 'utf-8';
}
