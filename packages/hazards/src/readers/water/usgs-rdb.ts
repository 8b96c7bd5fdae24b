import { Collector, type Measure } from '../collector.ts';
import { ReadError, type ReadPlace } from '../finding.ts';
import { optionsOf, type Reading, type ReadOptions } from '../reading.ts';
import { type Line, readLines } from '../text/lines.ts';
import { decimal, quoted } from '../text/number.ts';
import { instantOf, isoTime } from '../text/time.ts';
import { usgsFlags } from './usgs-json.ts';
import { datumOf, USGS_PARAMETERS, USGS_ZONES, type UsgsParameter } from './usgs-parameters.ts';

/** Words that stand where a number would, because there is none (NWIS help, real-time codes). */
const NO_VALUE = new Set([
  'Ssn',
  'Ice',
  'Pr',
  'Rat',
  'Nd',
  'Eqp',
  'Fld',
  'Dry',
  'Dis',
  'Bkw',
  'Mnt',
  '--',
  '***',
  'ZFl',
  '#',
  'Tst',
  'Zfl',
]);
/** `69928_00065`, of daily values `69928_00060_00003`. */
const SERIES_COLUMN = /^(?:(\d+)_)?(\d{5})(?:_(\d{5}))?$/;
/** Qualification of a peak: 1 a daily mean, 2 estimated, 4 and 8 beyond the record, B and A a date in doubt. */
const DOUBTFUL_PEAK = new Set(['1', '4', '8', 'O']);
/** Gauge height: 3 another site or datum, 4 below what is recorded, 6 the datum changed in the year. */
const DOUBTFUL_HEIGHT = new Set(['1', '2', '3', '4', '6', '7']);

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

type Cell = (name: string) => string;

function readValues(
  collector: Collector,
  names: readonly string[],
  cell: Cell,
  site: string,
  at: ReadPlace,
  options: ReadOptions,
): void {
  const zone = cell('tz_cd');
  const offset =
    zone === ''
      ? options.assumeOffsetMinutes
      : Object.hasOwn(USGS_ZONES, zone)
        ? USGS_ZONES[zone]
        : undefined;
  const time = isoTime(cell('datetime'), offset ?? 0);
  if (time === null || (zone !== '' && offset === undefined)) {
    collector.reject('row.time-missing', at, `datetime ${quoted(cell('datetime'))}, zone ${quoted(zone)}`);
    return;
  }
  if (offset === undefined) collector.say('time.zone-assumed', at, 'no zone: UTC was taken');
  if (time.dayOnly) collector.say('time.imprecise', at, 'the value is of a whole day');
  const measures: Measure[] = [];
  const qualifiers: string[] = [];
  const statistics: string[] = [];
  const datums = new Set<string>();
  for (const name of names) {
    const found = SERIES_COLUMN.exec(name);
    const parameter = found === null ? undefined : parameterOf(found[2]);
    if (found === null || parameter === undefined) continue;
    const value = numberOrNone(collector, cell(name), `${at.path}, column ${name}`, at.line);
    if (found[3] !== undefined && value !== null) statistics.push(found[3]);
    qualifiers.push(
      ...cell(`${name}_cd`)
        .split(/[\s,:]+/)
        .filter((one) => one !== ''),
    );
    const datum = datumOf(parameter, site);
    if (datum !== null && value !== null) datums.add(datum);
    measures.push({ quantity: parameter.quantity, value, unit: parameter.unit, part: name });
  }
  // Two heights of different datums in one row: neither may be taken for the other.
  if (datums.size > 1)
    collector.say('datum.missing', at, `heights of ${[...datums].join(' and ')} stand in one row`);
  accept(collector, site, time.at, measures, qualifiers, {
    at,
    datum: datums.size === 1 ? ([...datums][0] ?? null) : null,
    part: 'values',
    statistic: statistics[0] ?? null,
  });
}

function parameterOf(code: string | undefined): UsgsParameter | undefined {
  return code !== undefined && Object.hasOwn(USGS_PARAMETERS, code) ? USGS_PARAMETERS[code] : undefined;
}

function numberOrNone(collector: Collector, text: string, path: string, line: number): number | null {
  const [word = ''] = text.split('_');
  if (NO_VALUE.has(text) || NO_VALUE.has(word)) {
    collector.say('value.missing-code', { path, line }, `${quoted(text)} stands for no value`);
    return null;
  }
  return collector.number(text, { path, line });
}

function readPeak(collector: Collector, cell: Cell, site: string, at: ReadPlace, options: ReadOptions): void {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(cell('peak_dt')) ?? [];
  if (year === undefined || month === undefined || day === undefined) {
    collector.reject('row.time-missing', at, `peak_dt ${quoted(cell('peak_dt'))}`);
    return;
  }
  const hour = /^\d{2}:\d{2}$/.test(cell('peak_tm')) ? `T${cell('peak_tm')}` : '';
  const first = (part: string): string => (part === '00' ? '01' : part);
  const time = isoTime(`${year}-${first(month)}-${first(day)}${hour}`, options.assumeOffsetMinutes ?? 0);
  if (time === null) {
    collector.reject('row.time-missing', at, `${quoted(cell('peak_dt'))} ${quoted(cell('peak_tm'))}`);
    return;
  }
  if (hour === '' || month === '00' || day === '00')
    collector.say('time.imprecise', at, `only ${quoted(cell('peak_dt'))} is known`);
  if (options.assumeOffsetMinutes === undefined)
    collector.say('time.zone-assumed', at, 'the time is local and the file has no zone: UTC was taken');
  const peakCodes = codesOf(cell('peak_cd'));
  const heightCodes = codesOf(cell('gage_ht_cd'));
  if (
    peakCodes.some((code) => DOUBTFUL_PEAK.has(code)) ||
    heightCodes.some((code) => DOUBTFUL_HEIGHT.has(code))
  )
    collector.say(
      'quality.flagged',
      at,
      `peak ${quoted(cell('peak_cd'))}, height ${quoted(cell('gage_ht_cd'))}`,
    );
  const number = (name: string): number | null => collector.number(cell(name), at, `, column ${name}`);
  const estimated = ['estimated'] as const;
  accept(
    collector,
    site,
    time.at,
    [
      {
        quantity: 'water.discharge',
        value: number('peak_va'),
        unit: 'ft3/s',
        flags: peakCodes.includes('2') ? estimated : [],
      },
      {
        quantity: 'water.level',
        value: number('gage_ht'),
        unit: 'ft',
        flags: heightCodes.includes('5') ? estimated : [],
      },
    ],
    [...peakCodes, ...heightCodes.map((code) => `gage-height:${code}`)],
    {
      at,
      datum: decimal(cell('gage_ht')) === null ? null : `gage ${site}`,
      part: 'peak',
      statistic: 'annual peak',
    },
  );
}

function codesOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function accept(
  collector: Collector,
  site: string,
  time: number,
  measures: readonly Measure[],
  qualifiers: readonly string[],
  row: {
    readonly at: ReadPlace;
    readonly datum: string | null;
    readonly part: string;
    readonly statistic: string | null;
  },
): void {
  collector.accept({
    at: row.at,
    rows: 1,
    source: 'usgs-water',
    identity: ['USGS', site, row.part, instantOf(time)].join('/'),
    revision: qualifiers.includes('A') ? 1 : 0,
    time,
    place: { kind: 'station', station: site },
    datum: row.datum,
    flags: usgsFlags(collector, row.part === 'peak' ? [] : qualifiers, row.at),
    measures,
    details: {
      what: 'station',
      station: site,
      name: null,
      parameter: null,
      statistic: row.statistic,
      qualifiers,
    },
  });
}
