import type { Collector } from '../collector.ts';
import type { ReadPlace } from '../finding.ts';
import type { CsvTable } from './csv.ts';
import { decimal } from './number.ts';

/** Names what a table has or lacks, and gives the cells of a row by column. */
export class Columns {
  readonly #index = new Map<string, number>();
  readonly #width: number;

  /**
   * @param known columns of the document; others are named and not read
   * @param wanted columns whose absence is named
   */
  constructor(collector: Collector, table: CsvTable, known: Iterable<string>, wanted: Iterable<string> = []) {
    const names = new Set(known);
    this.#width = table.header.length;
    table.header.forEach((name, index) => {
      const at = { path: `row 1, column ${index + 1}`, line: 1 };
      if (this.#index.has(name)) collector.say('column.unknown', at, `a second column ${name.slice(0, 60)}`);
      else this.#index.set(name, index);
      if (!names.has(name))
        collector.say('column.unknown', at, `the document has no column ${name.slice(0, 60)}`);
    });
    for (const name of wanted)
      if (!this.#index.has(name))
        collector.say('column.missing', { path: 'row 1', line: 1 }, `there is no column ${name}`);
  }

  has(name: string): boolean {
    return this.#index.has(name);
  }

  /** The cell; empty where the column or the cell is absent. */
  cell(row: readonly string[], name: string): string {
    const index = this.#index.get(name);
    return index === undefined ? '' : (row[index] ?? '').trim();
  }

  /** The number in a cell; null where there is none, with a finding where there is something else. */
  number(collector: Collector, row: readonly string[], name: string, at: ReadPlace): number | null {
    const text = this.cell(row, name);
    if (text === '') return null;
    return decimal(text) ?? collector.number(text, at, `, column ${name}`);
  }

  /** Spreadsheets drop empty cells at the end of a row, and that is no fault; a cell too many is. */
  checkWidth(collector: Collector, row: readonly string[], at: ReadPlace): void {
    if (row.length > this.#width)
      collector.say('row.width', at, `${row.length} cells, and ${this.#width} columns`);
  }
}
