import { CsvError, parse } from 'csv-parse/sync';
import { ReadError } from '../finding.ts';
import type { ReadLimits } from '../limits.ts';
import { decodeText } from './decode.ts';

export interface CsvTable {
  /** Names of the columns in lower case. */
  readonly header: readonly string[];
  /** Cells as they stand; `Columns` takes white space away. Empty rows are not among them. */
  readonly rows: readonly (readonly string[])[];
}

/**
 * A table whose first row names the columns, separated by the sign that stands most often in it: comma, semicolon or tab.
 * @param trim also white space around quotation marks, as people write it and machines do not
 * @throws ReadError `too-large`, `not-text`, `not-csv`, `row-too-long`, `too-many-rows`
 */
export function readCsv(source: Uint8Array | string, limits: ReadLimits, { trim = false } = {}): CsvTable {
  const text = decodeText(source, limits);
  let records: readonly (readonly string[])[];
  try {
    // csv-parse gives arrays of texts when it is asked for neither columns nor casts.
    records = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim,
      max_record_size: limits.rowCharacters,
      to: limits.rows + 2,
    }) as string[][];
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const code = cause.code === 'CSV_MAX_RECORD_SIZE' ? 'row-too-long' : 'not-csv';
    throw new ReadError(code, `it cannot be read as CSV: ${cause.message.slice(0, 160)}`, 0, { cause });
  }
  const [header = [], ...rows] = records;
  if (rows.length > limits.rows)
    throw new ReadError('too-many-rows', `more than ${limits.rows} rows`, limits.rows);
  return { header: header.map((name) => name.trim().toLowerCase()), rows };
}

function delimiterOf(text: string): string {
  const header = text.slice(0, 16_384).split(/[\r\n]/, 1)[0] ?? '';
  const count = (sign: string): number => header.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',');
}
