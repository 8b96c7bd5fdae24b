import { z } from 'zod';
import type { Workshop } from '../workshop/workshop.ts';
import { type CsvRow, rowsOfTable } from './read-csv.ts';

/** With its header, as read-xlsx.ts says it. */
const tableFacts = z.object({ rows: z.int().nonnegative() });

/** An XLSX file that was unpacked. */
export interface OpenedXlsx {
  readonly read: () => AsyncGenerator<CsvRow>;
  /** Below the header, blank ones included. */
  readonly rows: number;
}

/**
 * Reads an XLSX file as importFacilities reads CSV: unpacked and checked in the workshop before the first row is taken.
 * @throws Problem when the file as a whole cannot be used
 */
export async function xlsxReader(workshop: Workshop, file: Uint8Array): Promise<OpenedXlsx> {
  const { content, facts } = await workshop.work('table', file);
  const { rows } = tableFacts.parse(facts);
  return { read: () => rowsOfTable(recordsOf(content)), rows: Math.max(0, rows - 1) };
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
