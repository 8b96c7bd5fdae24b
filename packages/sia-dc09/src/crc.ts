/**
 * CRC-16/ARC as DC-09 uses it: polynomial 8005 reflected (A001), initial value 0, no final XOR.
 * Check value of "123456789" is BB3D. It always runs over raw bytes: text decoded first would break it.
 */
const table = buildTable();

function buildTable(): Uint16Array {
  const values = new Uint16Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
    values[byte] = crc;
  }
  return values;
}

/** CRC-16/ARC of `bytes[start, end)`, 0..65535. `initial` continues an earlier CRC. */
export function crc16(bytes: Uint8Array, start = 0, end = bytes.length, initial = 0): number {
  let crc = initial;
  for (let index = start; index < end; index++) {
    // The two `?? 0` satisfy noUncheckedIndexedAccess; both indexes are always inside.
    crc = (crc >>> 8) ^ (table[(crc ^ (bytes[index] ?? 0)) & 0xff] ?? 0);
  }
  return crc;
}
