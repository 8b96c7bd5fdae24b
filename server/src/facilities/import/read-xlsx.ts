import { readSheet } from 'read-excel-file/node';
import { Refused } from '../workshop/job.ts';
import { openZip, plainZip } from './open-zip.ts';
import { XLSX_LIMITS } from './xlsx-limits.ts';

/** What a table is made of. Macros, links, images, comments and whatever else a workbook may hold are never opened. */
const WANTED =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/(?:_rels\/workbook\.xml\.rels|workbook\.xml|sharedStrings\.xml|styles\.xml|worksheets\/[\w-]{1,60}\.xml))$/;
const CELL = /\br="([A-Z]{1,4})(\d{1,9})"/g;

/**
 * The first sheet of an XLSX file, each row a line of JSON; runs in the workshop. A formula is what the spreadsheet
 * last computed; nothing is computed here.
 * @throws Refused with the code of the problem
 */
export async function readXlsx(
  file: Uint8Array,
): Promise<{ readonly facts: { readonly rows: number }; readonly content: Uint8Array }> {
  if (file.length > XLSX_LIMITS.bytes) {
    throw new Refused('import.xlsx-too-large', 'The file is too large: save it as CSV.', {
      most: XLSX_LIMITS.bytes,
    });
  }
  const parts = openZip(Buffer.from(file), (name) => WANTED.test(name));
  for (const [name, content] of parts) checkPart(name, content);
  const rows = await sheetOf(plainZip(parts));
  const lines = rows.map((row) => JSON.stringify(row.map(textOf)));
  return { facts: { rows: rows.length }, content: Buffer.from(lines.join('\n')) };
}

function checkPart(name: string, content: Buffer): void {
  const text = content.toString('utf8');
  // Entities of one's own are the other kind of bomb; no spreadsheet writes any.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text) || text.includes('\0')) {
    throw new Refused('import.xlsx-broken', `${name} holds what no spreadsheet writes.`);
  }
  if (!name.startsWith('xl/worksheets/')) return;
  // One cell at the far corner would make a table of seventeen billion.
  for (const [, column = '', row] of text.matchAll(CELL)) {
    if (Number(row) > XLSX_LIMITS.rows + 1) {
      throw new Refused('import.too-many-rows', 'Too many rows for XLSX; save it as CSV.', {
        most: XLSX_LIMITS.rows,
      });
    }
    if (columnNumber(column) > XLSX_LIMITS.columns) {
      throw new Refused('import.xlsx-broken', `Column ${column} is beyond any template.`);
    }
  }
}

function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

async function sheetOf(file: Buffer): Promise<readonly (readonly unknown[])[]> {
  try {
    return await readSheet(file);
  } catch (cause) {
    throw new Refused(
      'import.xlsx-broken',
      `The file cannot be read as XLSX (${String(cause).slice(0, 200)}).`,
    );
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return String(value).trim();
}
