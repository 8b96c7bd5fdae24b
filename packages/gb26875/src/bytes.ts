/** Low byte first everywhere (GB/T 26875.3). The `?? 0` satisfy noUncheckedIndexedAccess; callers check the bounds. */

export function readU16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

export function readI16(bytes: Uint8Array, at: number): number {
  return (readU16(bytes, at) << 16) >> 16;
}

export function readU32(bytes: Uint8Array, at: number): number {
  return readU16(bytes, at) + readU16(bytes, at + 2) * 0x1_0000;
}

export function readU48(bytes: Uint8Array, at: number): number {
  return readU32(bytes, at) + readU16(bytes, at + 4) * 0x1_0000_0000;
}

/** Writes `size` bytes of a whole number that may be negative, low byte first. */
export function writeNumber(bytes: Uint8Array, at: number, size: number, value: number): void {
  let rest = value < 0 ? value + 2 ** (8 * size) : value;
  for (let index = 0; index < size; index++) {
    bytes[at + index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

/** A Buffer over the same memory, for the native search and text functions. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
