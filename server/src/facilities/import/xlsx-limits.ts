/** Limits of an XLSX file, of the program and of no country. Larger registers come as CSV, which is read a row at a time. */
export const XLSX_LIMITS = {
  bytes: 16 * 1024 * 1024,
  parts: 500,
  /** All parts together, unpacked. */
  unpackedBytes: 64 * 1024 * 1024,
  rows: 20_000,
  columns: 256,
} as const;
