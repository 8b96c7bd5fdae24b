import type { Workshop } from '../workshop/workshop.ts';
import { type CsvRow, rowsOfTable } from './read-csv.ts';

/**
 * Reads an XLSX file as importFacilities reads CSV: unpacked and checked in the workshop before the first row is taken.
 * @throws Problem when the file as a whole cannot be used
 */
export async function xlsxReader(
  workshop: Workshop,
  file: Uint8Array,
): Promise<() => AsyncGenerator<CsvRow>> {
  const { content } = await workshop.work('table', file);
  return () => rowsOfTable(recordsOf(content));
}

async function* recordsOf(lines: Buffer): AsyncGenerator<readonly string[]> {
  let at = 0;
  while (at < lines.length) {
    const found = lines.indexOf(0x0a, at);
    const end = found < 0 ? lines.length : found;
    // A line of JSON that read-xlsx.ts wrote: a list of texts.
    yield JSON.parse(lines.toString('utf8', at, end)) as string[];
    at = end + 1;
  }
}
