export interface HexLine {
  readonly offset: string;
  readonly hex: string;
  readonly text: string;
}

const WIDTH = 16;

/** Bytes as engineers read them: offset, hexadecimal, and what is printable. @param base64 the bytes as the log keeps them */
export function hexDump(base64: string): readonly HexLine[] {
  const binary = globalThis.atob(base64);
  const bytes = Array.from(binary, (character) => character.charCodeAt(0));
  const lines: HexLine[] = [];
  for (let at = 0; at < bytes.length; at += WIDTH) {
    const part = bytes.slice(at, at + WIDTH);
    lines.push({
      offset: at.toString(16).padStart(4, '0'),
      hex: part.map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
      text: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join(''),
    });
  }
  return lines;
}
