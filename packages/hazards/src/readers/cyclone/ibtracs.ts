import { Collector } from '../collector.ts';
import { ReadError, type ReadPlace } from '../finding.ts';
import { pointOf } from '../place.ts';
import { optionsOf, type Reading, type ReadOptions } from '../reading.ts';
import { readCsv } from '../text/csv.ts';
import { decimal, quoted } from '../text/number.ts';
import { Columns } from '../text/table.ts';
import { instantOf, isoTime } from '../text/time.ts';
import { wmoMean } from './ibtracs-agencies.ts';
import { columnsOf, kilometresAnHour, measuresOf, radiiOf, type Table } from './ibtracs-columns.ts';

const UNITS: Readonly<Record<string, readonly string[]>> = {
  lat: ['degrees_north'],
  lon: ['degrees_east'],
  wmo_wind: ['kts', 'kt'],
  wmo_pres: ['mb', 'hpa'],
  storm_speed: ['kts', 'kt'],
  usa_wind: ['kts', 'kt'],
  tokyo_wind: ['kts', 'kt'],
  cma_wind: ['kts', 'kt'],
};
const PROVISIONAL = ['provisional'] as const;
const NONE: readonly never[] = [];
const WANTED = ['wmo_wind', 'wmo_pres'];

/**
 * IBTrACS CSV, complete or cut down to some columns, with or without its row of units. Wind in knots with the mean of its
 * agency, pressure in hPa, time in UTC. Source: ncei.noaa.gov, IBTrACS version 4, column documentation.
 * @throws ReadError
 */
export function readIbtracs(source: Uint8Array | string, options: ReadOptions = {}): Reading {
  const { limits } = optionsOf(options);
  const table = readCsv(source, limits);
  if (!table.header.includes('sid') || !table.header.includes('iso_time'))
    throw new ReadError('not-this-source', 'there are no columns SID and ISO_TIME', 1);
  const collector = new Collector('ibtracs', options);
  // The document has 174 columns; those that are not read are no deviation.
  const columns = new Columns(collector, table, table.header, WANTED);
  const [first] = table.rows;
  const units =
    first !== undefined &&
    columns.cell(first, 'sid') === '' &&
    first.some((cell) => /^\s*(degrees|kts|Year)/i.test(cell));
  if (units) checkUnits(collector, columns, first);
  if (!columns.has('wmo_agency') && columns.has('wmo_wind'))
    collector.say(
      'unit.assumed',
      { path: 'row 1', line: 1 },
      'no column WMO_AGENCY: the wind was taken as the 10-minute mean of Tokyo where the storm begins in the west of the North Pacific',
    );
  const kept = { collector, columns, ...columnsOf(columns) };
  table.rows.forEach((row, index) => {
    if (units && index === 0) return;
    collector.row();
    readRow(kept, row, { path: `row ${index + 2}`, line: index + 2 });
  });
  return collector.reading();
}

function checkUnits(collector: Collector, columns: Columns, row: readonly string[]): void {
  const at = { path: 'row 2', line: 2 };
  collector.say('unit.row', at, 'the second row gives units');
  for (const [name, wanted] of Object.entries(UNITS)) {
    const unit = columns.cell(row, name);
    if (unit !== '' && !wanted.includes(unit.toLowerCase()))
      collector.say(
        'value.unit-unknown',
        { path: `row 2, column ${name}`, line: 2 },
        `${quoted(unit)} is not ${wanted[0]}`,
      );
  }
}

function readRow(table: Table, row: readonly string[], at: ReadPlace): void {
  const { collector, columns } = table;
  columns.checkWidth(collector, row, at);
  const storm = columns.cell(row, 'sid');
  if (storm === '') {
    collector.reject('row.identity-missing', at, 'SID is empty');
    return;
  }
  const place = pointOf(decimal(columns.cell(row, 'lat')), decimal(columns.cell(row, 'lon')));
  if (place === null) {
    collector.reject(
      'row.place-missing',
      at,
      `LAT ${quoted(columns.cell(row, 'lat'))}, LON ${quoted(columns.cell(row, 'lon'))}`,
    );
    return;
  }
  const time = isoTime(columns.cell(row, 'iso_time'));
  if (time === null || time.dayOnly) {
    collector.reject('row.time-missing', at, `ISO_TIME ${quoted(columns.cell(row, 'iso_time'))}`);
    return;
  }
  const mean =
    columns.cell(row, 'wmo_wind') === ''
      ? null
      : wmoMean(collector, storm, columns.cell(row, 'wmo_agency'), at);
  const speed = columns.number(collector, row, 'storm_speed', at);
  collector.accept({
    at,
    rows: 1,
    source: 'ibtracs',
    identity: `${storm}/${instantOf(time.at)}`,
    revision: null,
    time: time.at,
    place,
    flags: /provisional/i.test(columns.cell(row, 'track_type')) ? PROVISIONAL : NONE,
    measures: measuresOf(table, row, mean, speed, at),
    details: {
      what: 'cyclone-fix',
      storm,
      name: named(columns.cell(row, 'name')),
      basin: columns.cell(row, 'basin') || null,
      grade: columns.cell(row, 'nature') || null,
      windMeanMinutes: mean,
      radii: radiiOf(table, row, at),
      movementKmH: kilometresAnHour(speed),
      movementDegrees: columns.number(collector, row, 'storm_dir', at),
      landfall: null,
    },
  });
}

const named = (text: string): string | null =>
  text === '' || /^(not_named|unnamed)$/i.test(text) ? null : text;
