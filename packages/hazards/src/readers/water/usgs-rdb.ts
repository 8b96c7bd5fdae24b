import { Collector } from '../collector.ts';
import { ReadError } from '../finding.ts';
import { optionsOf, type Reading, type ReadOptions } from '../reading.ts';
import { type Line, readLines } from '../text/lines.ts';
import { USGS_PARAMETERS } from './usgs-parameters.ts';
import { readPeak } from './usgs-rdb-peak.ts';
import { readValues, SERIES_COLUMN } from './usgs-rdb-values.ts';

/** The names of the columns that now count; a file of several sites has them anew for each. */
interface Block {
  readonly names: readonly string[];
  readonly peaks: boolean;
}

/**
 * USGS RDB (tab-separated): instantaneous values, daily values, annual peaks; one or several sites. Level in m, discharge in
 * m³/s. Source: waterdata.usgs.gov, "Tab-delimited output-format description"; codes from the head of each file.
 * @throws ReadError
 */
export function readUsgsWaterRdb(source: Uint8Array | string, options: ReadOptions = {}): Reading {
  const { limits } = optionsOf(options);
  const lines = readLines(source, limits);
  if (!lines[0]?.text.startsWith('#'))
    throw new ReadError('not-this-source', 'the first line is no comment of RDB', lines[0]?.number ?? 0);
  const collector = new Collector('usgs-water-rdb', options);
  let block: Block | null = null;
  let rows = 0;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as Line;
    if (line.text.startsWith('#')) {
      block = null;
      continue;
    }
    if (block === null) {
      block = blockOf(collector, line, lines[index + 1]);
      // The row that gives the widths: "5s", "15s", "10d".
      index += 1;
      continue;
    }
    rows += 1;
    if (rows > limits.rows)
      throw new ReadError('too-many-rows', `more than ${limits.rows} rows`, line.number);
    collector.row();
    readRow(collector, block, line, options);
  }
  return collector.reading();
}

function blockOf(collector: Collector, line: Line, widths: Line | undefined): Block {
  const names = line.text.split('\t').map((name) => name.trim());
  if (!names.includes('site_no') || widths === undefined || !/^\d+[sdn](\t|$)/.test(widths.text.trim()))
    throw new ReadError(
      'not-this-source',
      'no row of names with site_no and row of widths stands below the comments',
      line.number,
    );
  const block = { names, peaks: names.includes('peak_va') };
  if (!block.peaks && !names.includes('datetime'))
    throw new ReadError(
      'not-this-source',
      'neither instantaneous or daily values nor annual peaks',
      line.number,
    );
  for (const name of names) {
    const code = SERIES_COLUMN.exec(name)?.[2];
    if (code !== undefined && !Object.hasOwn(USGS_PARAMETERS, code))
      collector.say(
        'column.unknown',
        { path: `line ${line.number}, column ${name}`, line: line.number },
        `no quantity for parameter ${code}`,
      );
  }
  return block;
}

function readRow(collector: Collector, block: Block, line: Line, options: ReadOptions): void {
  const at = { path: `line ${line.number}`, line: line.number };
  const cells = line.text.split('\t').map((cell) => cell.trim());
  // Trailing empty cells may be lost on the way.
  if (cells.length > block.names.length || cells.length < 3) {
    collector.reject('row.broken', at, `${cells.length} cells, and ${block.names.length} columns`);
    return;
  }
  const cell = (name: string): string => cells[block.names.indexOf(name)] ?? '';
  const site = cell('site_no');
  if (site === '') {
    collector.reject('row.identity-missing', at, 'site_no is empty');
    return;
  }
  if (block.peaks) readPeak(collector, cell, site, at, options);
  else readValues(collector, block.names, cell, site, at, options);
}
