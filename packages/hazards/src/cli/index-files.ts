import { parse } from 'csv-parse/sync';
import { fileOf, type Terminal, UsageError, type Words } from './words.ts';

/** A file of 64 MB holds more days and cells than any method takes. */
const mostBytes = 64 * 1024 * 1024;

/** The text of the file that the second word names. */
export function textOf(words: Words, terminal: Terminal): string {
  const file = words.plain[1];
  if (file === undefined) throw new UsageError('which file?');
  const bytes = fileOf(terminal, file);
  if (bytes.length > mostBytes) throw new UsageError(`${file} is greater than 64 MB`);
  return new TextDecoder().decode(bytes);
}

/** Rows of a CSV file with a head line that has at least these columns. */
export function rowsOf(
  words: Words,
  terminal: Terminal,
  columns: readonly string[],
): readonly Readonly<Record<string, string>>[] {
  const text = textOf(words, terminal);
  let rows: readonly Record<string, string>[];
  try {
    rows = parse(text, { columns: true, skip_empty_lines: true, trim: true, bom: true });
  } catch (error) {
    throw new UsageError(`no CSV: ${error instanceof Error ? error.message : String(error)}`);
  }
  const lacking = columns.filter((name) => rows[0] !== undefined && !Object.hasOwn(rows[0], name));
  if (lacking.length > 0) throw new UsageError(`the file has no column ${lacking.join(', ')}`);
  return rows;
}

/** Nothing in the cell: not known. Anything else that is no number is NaN and refused by name. */
export function cellOf(row: Readonly<Record<string, string>>, name: string): number | undefined {
  const text = row[name];
  return text === undefined || text === '' ? undefined : Number(text);
}
