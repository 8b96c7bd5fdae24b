import { pipeline, Readable } from 'node:stream';
import { Problem } from '@keng/model';
import { CsvError, parse } from 'csv-parse';
import { COLUMNS } from './columns.ts';
import { plainText } from './safe-cell.ts';

/** One row of the file, by column; cells are trimmed, columns the file does not have are empty. */
export interface CsvRow {
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly cells: ReadonlyMap<string, string>;
  /** How many cells the row has when it is not as many as the header. */
  readonly wrongWidth: number | null;
}

const MOST_ROW_CHARACTERS = 256 * 1024;

/**
 * Rows of a CSV file in UTF-8, with or without byte order mark, separated by comma, semicolon (as spreadsheets in Viet Nam
 * write it) or tab. One row at a time is in memory.
 * @throws Problem `import.*` when the file as a whole cannot be used
 */
export async function* readCsv(source: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRow> {
  const text = decoded(source);
  const first = await text.next();
  if (first.done || first.value.trim() === '') {
    throw new Problem(422, 'import.file-empty', 'The file is empty: start from the template.');
  }
  const parser = parse({
    delimiter: delimiterOf(first.value),
    relax_column_count: true,
    relax_quotes: true,
    trim: true,
    max_record_size: MOST_ROW_CHARACTERS,
  });
  // One piece ahead, or the file is read long before its rows are taken.
  // An error of the source ends the parser too, and the loop below throws it.
  pipeline(Readable.from(chunks(first.value, text), { highWaterMark: 1 }), parser, () => {});
  yield* rowsOfTable(recordsOf(parser));
}

/** csv-parse gives arrays of texts when it is asked for neither columns nor casts. */
async function* recordsOf(parser: AsyncIterable<unknown>): AsyncGenerator<readonly string[]> {
  let row = 0;
  try {
    for await (const record of parser) {
      row += 1;
      yield record as readonly string[];
    }
  } catch (error) {
    throw error instanceof CsvError ? brokenCsv(error, row + 1) : error;
  }
}

/**
 * Rows of a table whose first one names the columns, from whatever kind of file.
 * @throws Problem `import.*` when the header is not one of the template
 */
export async function* rowsOfTable(records: AsyncIterable<readonly string[]>): AsyncGenerator<CsvRow> {
  let header: readonly string[] | null = null;
  let row = 0;
  for await (const cells of records) {
    row += 1;
    if (header === null) header = readHeader(cells);
    else if (cells.some((cell) => cell !== '')) yield rowOf(row, header, cells);
  }
  if (header === null)
    throw new Problem(422, 'import.file-empty', 'The file has no header: start from the template.');
}

function rowOf(row: number, header: readonly string[], cells: readonly string[]): CsvRow {
  return {
    row,
    cells: new Map(header.map((name, index) => [name, plainText(cells[index] ?? '')])),
    // Spreadsheets drop empty cells at the end of a row, and that is no fault.
    wrongWidth: cells.length > header.length ? cells.length : null,
  };
}

async function* decoded(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  // Enough to see the whole header before the separator is chosen.
  let text = '';
  try {
    for await (const chunk of source) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length < 16_384) continue;
      yield text;
      text = '';
    }
    text += decoder.decode();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new Problem(422, 'import.not-utf8', 'The file is not in UTF-8: save it as "CSV UTF-8".', { cause });
  }
  if (text !== '') yield text;
}

async function* chunks(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const count = (sign: string): number => header.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',');
}

function readHeader(cells: readonly string[]): readonly string[] {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  while (names.at(-1) === '') names.pop();
  const known = new Set(COLUMNS.map((one) => one.name));
  const wrong = names.filter((name) => !known.has(name));
  if (wrong.length > 0) {
    throw headerProblem(
      'import.column-unknown',
      `The template has no column ${wrong.map((one) => `"${one}"`).join(', ')}.`,
      wrong,
    );
  }
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0)
    throw headerProblem('import.column-repeated', `A column stands there twice: ${twice.join(', ')}.`, twice);
  const missing = COLUMNS.filter((one) => one.required && !names.includes(one.name)).map((one) => one.name);
  if (missing.length > 0)
    throw headerProblem(
      'import.column-missing',
      `These columns are missing: ${missing.join(', ')}.`,
      missing,
    );
  return names;
}

function headerProblem(code: string, detail: string, columns: readonly string[]): Problem {
  return new Problem(422, code, detail, {
    at: 'row 1',
    problems: columns
      .slice(0, 50)
      .map((name) => ({ at: name.slice(0, 100), code, detail: name.slice(0, 100) })),
  });
}

function brokenCsv(error: CsvError, row: number): Problem {
  return error.code === 'CSV_MAX_RECORD_SIZE'
    ? new Problem(
        422,
        'import.row-too-long',
        `Row ${row} is longer than ${MOST_ROW_CHARACTERS} characters: is a quotation mark open?`,
        { at: `row ${row}` },
      )
    : new Problem(422, 'import.csv-broken', `Row ${row} cannot be read as CSV (${error.message}).`, {
        at: `row ${row}`,
      });
}
