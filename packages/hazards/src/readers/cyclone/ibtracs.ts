import { Collector, type Measure, pointOf } from '../collector.ts';
import { ReadError, type ReadPlace } from '../finding.ts';
import type { QuantityName } from '../quantities.ts';
import {
  type CycloneDetails,
  optionsOf,
  type Reading,
  type ReadOptions,
  type WindRadius,
} from '../reading.ts';
import { readCsv } from '../text/csv.ts';
import { decimal, quoted } from '../text/number.ts';
import { Columns } from '../text/table.ts';
import { instantOf, isoTime } from '../text/time.ts';
import { KM_H_PER_KNOT, KM_PER_NAUTICAL_MILE, windQuantity } from './wind.ts';

type Mean = NonNullable<CycloneDetails['windMeanMinutes']>;

/** Over how many minutes each agency takes the mean of its maximum wind (IBTrACS v04r01, column documentation). */
const AGENCIES: readonly { readonly name: string; readonly mean: Mean }[] = [
  { name: 'usa', mean: 1 },
  { name: 'tokyo', mean: 10 },
  { name: 'cma', mean: 2 },
  { name: 'hko', mean: 10 },
  { name: 'kma', mean: 10 },
  { name: 'newdelhi', mean: 3 },
  { name: 'reunion', mean: 10 },
  { name: 'bom', mean: 10 },
  { name: 'nadi', mean: 10 },
  { name: 'wellington', mean: 10 },
];
/** The agency of the WMO that is responsible where the storm is. */
const WMO_AGENCIES: Readonly<Record<string, Mean>> = {
  tokyo: 10,
  reunion: 10,
  bom: 10,
  nadi: 10,
  wellington: 10,
  newdelhi: 3,
  hurdat_atl: 1,
  hurdat_epa: 1,
  cphc: 1,
  atcf: 1,
};
const QUADRANTS = ['NE', 'SE', 'SW', 'NW'] as const;
const RADIUS_WINDS = [34, 50, 64] as const;
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

/** What a file of a hundred columns or of eight has of the agencies: looked up once. */
interface Table {
  readonly collector: Collector;
  readonly columns: Columns;
  readonly agencies: readonly {
    readonly name: string;
    readonly source: string;
    readonly wind: string;
    readonly pressure: string;
    readonly quantity: QuantityName;
  }[];
  readonly radii: readonly {
    readonly column: string;
    readonly windKt: number;
    readonly sector: (typeof QUADRANTS)[number];
  }[];
}

function columnsOf(columns: Columns): Pick<Table, 'agencies' | 'radii'> {
  return {
    agencies: AGENCIES.map(({ name, mean }) => ({
      name,
      source: `ibtracs:${name}`,
      wind: `${name}_wind`,
      pressure: `${name}_pres`,
      quantity: windQuantity(mean),
    })).filter(({ wind }) => columns.has(wind)),
    radii: RADIUS_WINDS.flatMap((windKt) =>
      QUADRANTS.map((sector) => ({ column: `usa_r${windKt}_${sector.toLowerCase()}`, windKt, sector })),
    ).filter(({ column }) => columns.has(column)),
  };
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

/** `2024245N12129`: the fourteenth sign on is the longitude where the storm began. */
function wmoMean(collector: Collector, storm: string, agency: string, at: ReadPlace): Mean | null {
  if (agency !== '') {
    const mean = Object.hasOwn(WMO_AGENCIES, agency.toLowerCase())
      ? WMO_AGENCIES[agency.toLowerCase()]
      : undefined;
    if (mean !== undefined) return mean;
    collector.say('cyclone.wind-mean', at, `the mean of WMO_AGENCY ${quoted(agency)} is not known`);
    return null;
  }
  const begun = /^\d{7}N\d{2}(\d{3})$/.exec(storm)?.[1];
  if (begun !== undefined && Number(begun) >= 100 && Number(begun) <= 180) return 10;
  collector.say(
    'cyclone.wind-mean',
    at,
    `no agency, and ${quoted(storm)} did not begin where Tokyo is responsible`,
  );
  return null;
}

function measuresOf(
  { collector, columns, agencies }: Table,
  row: readonly string[],
  mean: Mean | null,
  speedKt: number | null,
  at: ReadPlace,
): readonly Measure[] {
  const wmo = { source: 'ibtracs:wmo', part: 'wmo' };
  const measures: Measure[] = [];
  if (mean !== null)
    measures.push({
      quantity: windQuantity(mean),
      value: columns.number(collector, row, 'wmo_wind', at),
      ...wmo,
    });
  measures.push({
    quantity: 'cyclone.pressure',
    value: columns.number(collector, row, 'wmo_pres', at),
    ...wmo,
  });
  measures.push({ quantity: 'cyclone.movement', value: kilometresAnHour(speedKt) });
  for (const { name, source, wind, pressure, quantity } of agencies) {
    measures.push({ quantity, value: columns.number(collector, row, wind, at), source, part: name });
    measures.push({
      quantity: 'cyclone.pressure',
      value: columns.number(collector, row, pressure, at),
      source,
      part: name,
    });
  }
  return measures;
}

/** Exact to the metre: 13 kn are 24.076 km/h and not 24.076000000000004. */
function kilometresAnHour(knots: number | null): number | null {
  return knots === null ? null : Math.round(knots * KM_H_PER_KNOT * 1_000) / 1_000;
}

function radiiOf(
  { collector, columns, radii }: Table,
  row: readonly string[],
  at: ReadPlace,
): readonly WindRadius[] {
  if (radii.length === 0) return NONE;
  const found: WindRadius[] = [];
  for (const { column, windKt, sector } of radii) {
    const radius = columns.number(collector, row, column, at);
    if (radius !== null && radius > 0)
      found.push({ windKt, sector, direction: null, radiusKm: radius * KM_PER_NAUTICAL_MILE });
  }
  return found;
}
