import { Collector } from './collector.ts';
import { ReadError, type ReadPlace } from './finding.ts';
import { pointOf } from './place.ts';
import { type HotspotDetails, optionsOf, type Reading, type ReadOptions } from './reading.ts';
import { readCsv } from './text/csv.ts';
import { decimal, quoted } from './text/number.ts';
import { Columns } from './text/table.ts';
import { instantOf, utc } from './text/time.ts';

const COLUMNS = [
  'country_id',
  'latitude',
  'longitude',
  'brightness',
  'bright_ti4',
  'scan',
  'track',
  'acq_date',
  'acq_time',
  'satellite',
  'instrument',
  'confidence',
  'version',
  'bright_t31',
  'bright_ti5',
  'frp',
  'daynight',
  'type',
];
/** Names the feeds have for the same satellite. */
const SATELLITES: Readonly<Record<string, string>> = {
  N: 'Suomi NPP',
  SNPP: 'Suomi NPP',
  NPP: 'Suomi NPP',
  'SUOMI-NPP': 'Suomi NPP',
  '0': 'Suomi NPP',
  N20: 'NOAA-20',
  'NOAA-20': 'NOAA-20',
  J1: 'NOAA-20',
  '1': 'NOAA-20',
  N21: 'NOAA-21',
  'NOAA-21': 'NOAA-21',
  J2: 'NOAA-21',
  '2': 'NOAA-21',
  T: 'Terra',
  TERRA: 'Terra',
  A: 'Aqua',
  AQUA: 'Aqua',
};
const CONFIDENCES: Readonly<Record<string, NonNullable<HotspotDetails['confidence']>>> = {
  l: 'low',
  low: 'low',
  n: 'nominal',
  nominal: 'nominal',
  h: 'high',
  high: 'high',
};
/** MODIS Collection 6 user's guide, table of confidence classes: below 30 low, from 80 high. */
const [LOW_BELOW, HIGH_FROM] = [30, 80];

/**
 * FIRMS active fires, VIIRS or MODIS, near real time or standard, of an area or a country. Position in degrees, power in MW,
 * temperature in K, time in UTC. Source: earthdata.nasa.gov, "Active Fire Data Attributes for MODIS and VIIRS".
 * @throws ReadError
 */
export function readFirms(source: Uint8Array | string, options: ReadOptions = {}): Reading {
  const { limits } = optionsOf(options);
  const table = readCsv(source, limits);
  if (!table.header.includes('latitude') || !table.header.includes('acq_date')) refuse(table.header);
  const collector = new Collector('firms', options);
  const columns = new Columns(collector, table, COLUMNS, [
    'longitude',
    'acq_time',
    'satellite',
    'instrument',
    'confidence',
    'frp',
  ]);
  table.rows.forEach((row, index) => {
    collector.row();
    readRow(collector, columns, row, { path: `row ${index + 2}`, line: index + 2 });
  });
  return collector.reading();
}

/** The service answers a wrong key with HTTP 200 and a sentence. */
function refuse(header: readonly string[]): never {
  const text = header.join(' ');
  if (/invalid|exceed|error|map_key|not found/i.test(text))
    throw new ReadError('source-refused', `the service answered ${quoted(text)}`, 1);
  throw new ReadError('not-this-source', 'there are no columns latitude and acq_date', 1);
}

function readRow(collector: Collector, columns: Columns, row: readonly string[], at: ReadPlace): void {
  columns.checkWidth(collector, row, at);
  const place = pointOf(decimal(columns.cell(row, 'latitude')), decimal(columns.cell(row, 'longitude')));
  if (place === null) {
    collector.reject(
      'row.place-missing',
      at,
      `latitude ${quoted(columns.cell(row, 'latitude'))}, longitude ${quoted(columns.cell(row, 'longitude'))}`,
    );
    return;
  }
  const time = timeOf(columns.cell(row, 'acq_date'), columns.cell(row, 'acq_time'));
  if (time === null) {
    collector.reject(
      'row.time-missing',
      at,
      `acq_date ${quoted(columns.cell(row, 'acq_date'))}, acq_time ${quoted(columns.cell(row, 'acq_time'))}`,
    );
    return;
  }
  const satellite = satelliteOf(collector, columns.cell(row, 'satellite'), at);
  const instrument = instrumentOf(columns.cell(row, 'instrument'), columns);
  const version = columns.cell(row, 'version') || null;
  const { confidence, confidencePercent } = confidenceOf(collector, columns.cell(row, 'confidence'), at);
  const daynight = columns.cell(row, 'daynight').toUpperCase();
  const nearRealTime = /NRT|RT$|URT/i.test(version ?? '');
  collector.accept({
    at,
    rows: 1,
    source: 'nasa-firms',
    // The service numbers no fire: a pixel of a pass is its own identity.
    identity: `${satellite}/${instantOf(time)}/${columns.cell(row, 'latitude')},${columns.cell(row, 'longitude')}`,
    revision: null,
    time,
    place,
    flags: nearRealTime ? ['provisional'] : [],
    measures: [
      { quantity: 'fire.radiative-power', value: columns.number(collector, row, 'frp', at) },
      {
        quantity: 'fire.brightness-temperature',
        value: columns.number(collector, row, columns.has('bright_ti4') ? 'bright_ti4' : 'brightness', at),
      },
      {
        quantity: 'fire.background-temperature',
        value: columns.number(collector, row, columns.has('bright_ti5') ? 'bright_ti5' : 'bright_t31', at),
      },
    ],
    statements: confidence === null ? [] : [{ quantity: 'fire.confidence', value: confidence }],
    details: {
      what: 'hotspot',
      satellite,
      instrument,
      confidence,
      confidencePercent,
      scanKm: columns.number(collector, row, 'scan', at),
      trackKm: columns.number(collector, row, 'track', at),
      daytime: daynight === 'D' ? true : daynight === 'N' ? false : null,
      version,
      nearRealTime,
      country: columns.cell(row, 'country_id') || null,
    },
  });
}

/** `234` is 02:34 UTC: spreadsheets and the service itself lose the zero in front. */
function timeOf(date: string, time: string): number | null {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  const hour = /^(\d{1,2}):(\d{2})$/.exec(time) ?? /^(\d{0,2})(\d{2})$/.exec(time.padStart(4, '0'));
  if (day === null || hour === null || time === '') return null;
  return utc(Number(day[1]), Number(day[2]), Number(day[3]), Number(hour[1]), Number(hour[2]));
}

function satelliteOf(collector: Collector, text: string, at: ReadPlace): string {
  const known = SATELLITES[text.toUpperCase()];
  if (known !== undefined) return known;
  collector.say('code.unknown', at, `satellite ${quoted(text)}`);
  return text;
}

function instrumentOf(text: string, columns: Columns): string {
  return text !== '' ? text.toUpperCase() : columns.has('bright_ti4') ? 'VIIRS' : '';
}

function confidenceOf(
  collector: Collector,
  text: string,
  at: ReadPlace,
): Pick<HotspotDetails, 'confidence' | 'confidencePercent'> {
  const lower = text.toLowerCase();
  const word = Object.hasOwn(CONFIDENCES, lower) ? CONFIDENCES[lower] : undefined;
  if (word !== undefined) return { confidence: word, confidencePercent: null };
  const percent = decimal(text);
  if (percent !== null && percent >= 0 && percent <= 100)
    return {
      confidence: percent < LOW_BELOW ? 'low' : percent < HIGH_FROM ? 'nominal' : 'high',
      confidencePercent: percent,
    };
  collector.say(
    'code.unknown',
    { ...at, path: `${at.path}, column confidence` },
    `confidence ${quoted(text)}`,
  );
  return { confidence: null, confidencePercent: null };
}
