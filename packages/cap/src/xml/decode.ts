import { Buffer, isUtf8 } from 'node:buffer';
import { CapError } from '../finding.ts';

/** The declaration stands within the first bytes, in ASCII whatever the encoding (XML 1.0, appendix F). */
const HEAD_BYTES = 256;
const BYTE_ORDER_MARK = 0xfeff;
const DECLARED = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']/;

/**
 * Bytes as text: by the byte order mark, else by the XML declaration, else UTF-8.
 * @throws CapError `encoding-unknown`, `encoding-invalid`
 */
export function decodeXml(bytes: Uint8Array): string {
  const label = encodingOf(bytes);
  // Nearly everything, and much faster than a decoder that must stop at the first fault.
  if (label === 'utf-8' && isUtf8(bytes)) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
  }
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(label, { fatal: true });
  } catch {
    throw new CapError('encoding-unknown', `nobody knows the encoding ${label}`);
  }
  try {
    return decoder.decode(bytes);
  } catch {
    throw new CapError('encoding-invalid', `the bytes are not ${label}`);
  }
}

/** The encoding as the bytes say it. */
export function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be';
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le';
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, HEAD_BYTES)).toString(
    'latin1',
  );
  return DECLARED.exec(head)?.[1]?.toLowerCase() ?? 'utf-8';
}
