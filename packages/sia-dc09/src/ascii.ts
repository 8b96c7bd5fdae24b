/** The few bytes and character classes that the DC-09 grammar is made of. */

export const NUL = 0x00;
export const LF = 0x0a;
export const CR = 0x0d;
export const QUOTE = 0x22;
export const HASH = 0x23;
export const STAR = 0x2a;
export const SLASH = 0x2f;
export const OPEN = 0x5b;
export const CLOSE = 0x5d;
export const CARET = 0x5e;
export const UNDERSCORE = 0x5f;
export const BAR = 0x7c;

const hexValues = buildHexValues();

function buildHexValues(): Int8Array {
  const values = new Int8Array(256).fill(-1);
  for (let digit = 0; digit < 10; digit++) values[0x30 + digit] = digit;
  for (let digit = 0; digit < 6; digit++) {
    values[0x41 + digit] = 10 + digit;
    values[0x61 + digit] = 10 + digit;
  }
  return values;
}

/** Value of a hex digit in either case, -1 for anything else (also for NaN and undefined). */
export function hexValue(byte: number | undefined): number {
  return byte === undefined ? -1 : (hexValues[byte] ?? -1);
}

export function isHexDigit(byte: number | undefined): boolean {
  return hexValue(byte) >= 0;
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

export function isUpper(code: number): boolean {
  return code >= 0x41 && code <= 0x5a;
}

export function isLower(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

/** A Buffer over the same memory, for the native search and text functions. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
