/** Rows as CSV (RFC 4180). A byte order mark comes first, without which spreadsheets read Vietnamese in another encoding. */
export const CSV_START = '\uFEFF';

export type Cell = string | number | null;

export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

/** A cell that begins like a formula would be run by the spreadsheet that opens it (OWASP, CSV injection). */
function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
