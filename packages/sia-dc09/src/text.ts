/**
 * Text of panels. Parsing works on strings with one character a byte (latin1), so every offset is a byte
 * offset; only the leaves that people read go through `decodeText`.
 */

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Windows-1252, 80..9F. Our own table: TextDecoder('windows-1252') of Node 20 turns these into control
 * characters (handbook 2.9). The five unassigned places stay control characters, as in WHATWG Encoding.
 */
const windows1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Decodes text with one character a byte: strict UTF-8 first, else Windows-1252. Never fails. */
export function decodeText(text: string): string {
  if (isAscii(text)) return text;
  try {
    return utf8.decode(Buffer.from(text, 'latin1'));
  } catch {
    // Not UTF-8, which is the expected answer for older panels: the book says Windows-1252.
    return fromWindows1252(text);
  }
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}

function fromWindows1252(text: string): string {
  let result = '';
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    result += code >= 0x80 && code <= 0x9f ? windows1252.charAt(code - 0x80) : text.charAt(index);
  }
  return result;
}

/** Encodes text for the wire as UTF-8, given back with one character a byte. */
export function encodeText(text: string): string {
  return isAscii(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}
