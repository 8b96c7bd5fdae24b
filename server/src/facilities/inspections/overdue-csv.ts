import { safeCell } from '../import/safe-cell.ts';
import type { OverdueItem } from './overdue.ts';

const CSV_COLUMNS = [
  'dueOn',
  'daysOverdue',
  'facilityName',
  'areaCode',
  'organisation',
  'category',
  'finding',
  'article',
  'facilityId',
] as const;

/** A line each, with the mark that tells a spreadsheet of UTF-8. */
export function overdueCsv(items: readonly OverdueItem[]): string {
  const line = (cells: readonly (string | number | null)[]): string =>
    cells.map((cell) => `"${safeCell(String(cell ?? '')).replaceAll('"', '""')}"`).join(',');
  const rows = items.map((item) => line(CSV_COLUMNS.map((name) => item[name])));
  return `\uFEFF${[line(CSV_COLUMNS), ...rows].join('\r\n')}\r\n`;
}
