import type { RowProblem } from '../../api/facility-import.ts';

/** The list of problems as CSV with a byte order mark, without which spreadsheets read it in another encoding. */
export function problemsCsv(problems: readonly RowProblem[], reasonOf: (one: RowProblem) => string): string {
  const lines = problems.map((one) => [String(one.row), one.column, reasonOf(one), one.value ?? '']);
  return `\uFEFF${[['row', 'column', 'reason', 'value'], ...lines].map((cells) => cells.map(quoted).join(',')).join('\r\n')}\r\n`;
}

/** A cell that begins like a formula would be run by the spreadsheet that opens it (OWASP, CSV injection). */
function quoted(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) && !/^[+-]?[0-9. ]+$/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
