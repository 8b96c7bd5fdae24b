import { asBuffer } from './bytes.ts';

/** Texts are GB18030 (a superset of GBK and GB 2312), padded with blanks or NUL. Needs a Node with full ICU, which is the usual one. */
const decoder = new TextDecoder('gb18030');

/** Decodes text up to the first NUL, without blanks at its end. Never fails: damaged bytes become U+FFFD. */
export function decodeText(bytes: Uint8Array): string {
  // No second byte of GB18030 is NUL, so the first one ends the text wherever it stands.
  const nul = bytes.indexOf(0);
  let end = nul < 0 ? bytes.length : nul;
  while (end > 0 && bytes[end - 1] === 0x20) end--;
  if (end === 0) return '';
  const text = bytes.subarray(0, end);
  return isAscii(text) ? asBuffer(text).toString('latin1') : decoder.decode(text).trimEnd();
}

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 0x7f) return false;
  return true;
}

/** Encodes text as GB18030, whole characters only, in at most `most` bytes. For simulators: Vietnamese letters take four bytes. */
export function encodeText(text: string, most: number): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = encodeCharacter(character);
    if (bytes.length + code.length > most) break;
    bytes.push(...code);
  }
  return Uint8Array.from(bytes);
}

function encodeCharacter(character: string): readonly number[] {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) return [point];
  if (point > 0xffff) return fourBytes(0x90, point - 0x1_0000);
  return planeZero().get(character) ?? [0x3f];
}

let known: Map<string, readonly number[]> | undefined;

/** The table of plane 0 turned round: Node decodes GB18030 and does not encode it. Made at the first use, some 63,000 characters. */
function planeZero(): ReadonlyMap<string, readonly number[]> {
  if (known) return known;
  known = new Map();
  // The last linear four-byte code of plane 0 is 84 31 A4 39.
  for (let index = 0; index < 39_420; index++) remember(known, fourBytes(0x81, index));
  // Two-byte codes after the four-byte ones: where both exist the short one is what devices know.
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) remember(known, [lead, trail]);
  }
  return known;
}

function remember(table: Map<string, readonly number[]>, code: readonly number[]): void {
  const text = decoder.decode(Uint8Array.from(code));
  if (text.length === 1 && text !== '\ufffd') table.set(text, code);
}

function fourBytes(first: number, index: number): readonly number[] {
  return [
    first + Math.floor(index / 12_600),
    0x30 + (Math.floor(index / 1_260) % 10),
    0x81 + (Math.floor(index / 10) % 126),
    0x30 + (index % 10),
  ];
}
