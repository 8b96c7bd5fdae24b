import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Numbers of others, kept outside the project (see their README): test data only, never part of a build. */
const folder = resolve(import.meta.dirname, '../../../../../../shared/data/hazards');

export const referencePresent = existsSync(folder);

export function referenceText(name: string): string {
  return readFileSync(resolve(folder, name), 'utf8');
}

export type CsvRow = Readonly<Record<string, string>>;

/** Rows of a plain CSV file without quotes inside its cells. */
export function referenceRows(name: string): readonly CsvRow[] {
  const [head = '', ...lines] = referenceText(name).trim().split(/\r?\n/);
  const separator = head.includes(';') ? ';' : ',';
  const names = head.split(separator).map((one) => one.replaceAll('"', ''));
  return lines.map((line) => {
    const cells = line.split(separator);
    return Object.fromEntries(names.map((one, index) => [one, cells[index] ?? '']));
  });
}

/** A cell as number; `NA` and nothing are NaN. */
export function cell(row: CsvRow, name: string): number {
  const text = row[name] ?? row[name.toLowerCase()];
  if (text === 'Inf') return Number.POSITIVE_INFINITY;
  return text === undefined || text === '' || text === 'NA' ? Number.NaN : Number(text);
}
