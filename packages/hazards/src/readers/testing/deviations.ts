import type { ReadErrorCode, ReadRule } from '../finding.ts';
import type { ReaderName, ReadOptions } from '../reading.ts';

/** A text with one deviation, and where its finding must stand. */
export interface Deviation {
  readonly rule: ReadRule;
  readonly reader: ReaderName;
  readonly text: string;
  readonly path: string;
  readonly options?: ReadOptions;
  /** Rows left out; none when it is not given. */
  readonly rejected?: number;
}

/** A GeoJSON of one event, some of its properties replaced. */
export const quakeJson = (properties: object = {}, feature: object = {}, metadata: object = {}): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    metadata: { status: 200, count: 1, ...metadata },
    features: [
      {
        type: 'Feature',
        id: 'us1',
        properties: {
          mag: 5,
          time: 1000,
          updated: 2000,
          status: 'reviewed',
          type: 'earthquake',
          ...properties,
        },
        geometry: { type: 'Point', coordinates: [105, 21, 10] },
        ...feature,
      },
    ],
  });

const ORIGIN =
  '<origin publicID="smi:vn.test/o/1"><time><value>2026-01-01T00:00:00Z</value></time><latitude><value>21</value></latitude><longitude><value>105</value></longitude><depth><value>10000</value></depth></origin>';
const MAGNITUDE = '<magnitude publicID="smi:vn.test/m/1"><mag><value>5</value></mag></magnitude>';

/** QuakeML of one event; its content is what is given, beside a sound origin and magnitude. */
export const quakeMl = (inside = '', { origin = ORIGIN, magnitude = MAGNITUDE } = {}): string =>
  `<q:quakeml xmlns:q="http://quakeml.org/xmlns/quakeml/1.2" xmlns="http://quakeml.org/xmlns/bed/1.2"><eventParameters publicID="smi:vn.test/c/1"><event publicID="smi:vn.test/e/1">${inside}${origin}${magnitude}</event></eventParameters></q:quakeml>`;

const ITEM: Readonly<Record<string, string>> = {
  eventtype: 'EQ',
  eventid: '1',
  alertlevel: 'Green',
  alertscore: '1',
  cap: 'https://gdacs.test/1.xml',
  fromdate: 'Mon, 30 Dec 2019 00:00:00 GMT',
};
export const alertRss = (
  changed: Record<string, string | null> = {},
  inside = '<pubDate>Mon, 30 Dec 2019 01:00:00 GMT</pubDate><point>21 105</point>',
): string =>
  `<rss xmlns:g="http://www.gdacs.org"><channel><item>${inside}${Object.entries({ ...ITEM, ...changed })
    .filter(([, text]) => text !== null)
    .map(([name, text]) => `<g:${name}>${text}</g:${name}>`)
    .join('')}</item></channel></rss>`;

export const FIRE_HEADER = 'latitude,longitude,acq_date,acq_time,satellite,instrument,confidence,frp';
export const fires = (row: string, header = FIRE_HEADER): string => `${header}\n${row}\n`;
const FIRE = '21.1,105.2,2026-04-01,0634,N20,VIIRS,h,12.5';

const STATION_HEADER =
  'station,quantity,value,unit,time,datum,kind,issued,revision,status,latitude,longitude';
export const stationRow = (row: string): string => `${STATION_HEADER}\n${row}\n`;
const TIME = '2026-09-07T13:00+07:00';

const tide = (row: object, options: object = {}): string =>
  JSON.stringify({ metadata: { id: '1' }, data: [row], ...options });
const TIDE_OPTIONS: ReadOptions = { datum: 'MLLW', units: 'metric', assumeOffsetMinutes: 0 };

export const waterJson = (value: object, variable: object = {}, info: object = {}): string =>
  JSON.stringify({
    value: {
      timeSeries: [
        {
          sourceInfo: {
            siteCode: [{ value: '01' }],
            timeZoneInfo: {
              defaultTimeZone: { zoneOffset: '-05:00' },
              daylightSavingsTimeZone: { zoneOffset: '-04:00' },
            },
            ...info,
          },
          variable: {
            variableCode: [{ value: '00065' }],
            unit: { unitCode: 'ft' },
            noDataValue: -999999,
            ...variable,
          },
          values: [
            {
              value: [
                { value: '6.48', qualifiers: ['A'], dateTime: '2026-01-01T00:00:00.000-05:00', ...value },
              ],
            },
          ],
        },
      ],
    },
  });

export const rdb = (
  row: string,
  names = 'agency_cd\tsite_no\tdatetime\ttz_cd\t1_00065\t1_00065_cd',
): string =>
  `# head\n${names}\n${names
    .split('\t')
    .map(() => '5s')
    .join('\t')}\n${row}\n`;
const PEAKS = 'agency_cd\tsite_no\tpeak_dt\tpeak_tm\tpeak_va\tpeak_cd\tgage_ht\tgage_ht_cd';

const JMA_HEADER = '66666 2499  001 0001 2499 0 6             BY-HAND               20250110';
const JMA_LINE = '24090606 002 5 197 1113  915     105     90090 0090 30210 0150';
const jtwc = (line: string): string =>
  `WP, 99, 2024090606,   , BEST,   0, 197N, 1113E, 130,  920, ST,  34, NEQ,  150,  120,   90,  130\n${line}\n`;

const TRACK = 'SID,ISO_TIME,LAT,LON,WMO_WIND,WMO_PRES,WMO_AGENCY';

/** At least one for every rule; a rule without one fails the test. */
export const DEVIATIONS: readonly Deviation[] = [
  {
    rule: 'row.broken',
    reader: 'usgs-geojson',
    text: '{"type":"FeatureCollection","features":[7]}',
    path: 'features[0]',
    rejected: 1,
  },
  {
    rule: 'row.broken',
    reader: 'jma-best-track',
    text: `${JMA_HEADER}\n24090606 003 5 197\n`,
    path: 'line 2',
    rejected: 1,
  },
  { rule: 'row.broken', reader: 'jtwc-best-track', text: jtwc('WP; 99'), path: 'line 2', rejected: 1 },
  {
    rule: 'row.broken',
    reader: 'usgs-water-rdb',
    text: rdb('USGS\t01\t2026-01-01 00:00\tEST\t1\tP\tx'),
    path: 'line 4',
    rejected: 1,
  },
  { rule: 'row.width', reader: 'firms', text: fires(`${FIRE},more`), path: 'row 2' },
  {
    rule: 'row.place-missing',
    reader: 'firms',
    text: fires('91,105,2026-04-01,0634,N20,VIIRS,h,1'),
    path: 'row 2',
    rejected: 1,
  },
  {
    rule: 'row.place-missing',
    reader: 'usgs-geojson',
    text: quakeJson({}, { geometry: null }),
    path: 'features[0]',
    rejected: 1,
  },
  {
    rule: 'row.place-missing',
    reader: 'quakeml',
    text: quakeMl('', { origin: '' }),
    path: 'eventParameters/event[1]',
    rejected: 1,
  },
  {
    rule: 'row.time-missing',
    reader: 'firms',
    text: fires('21,105,2026-02-30,0634,N20,VIIRS,h,1'),
    path: 'row 2',
    rejected: 1,
  },
  {
    rule: 'row.time-missing',
    reader: 'firms',
    text: fires('21,105,2026-02-28,2460,N20,VIIRS,h,1'),
    path: 'row 2',
    rejected: 1,
  },
  {
    rule: 'row.time-missing',
    reader: 'usgs-water-rdb',
    text: rdb('USGS\t01\t2026-01-01 00:00\tXYZ\t1\tP'),
    path: 'line 4',
    rejected: 1,
  },
  {
    rule: 'row.value-missing',
    reader: 'usgs-geojson',
    text: quakeJson({ mag: null }, { geometry: { coordinates: [105, 21] } }),
    path: 'features[0]',
    rejected: 1,
  },
  {
    rule: 'row.value-missing',
    reader: 'noaa-coops',
    text: tide({ t: '2026-01-01 00:00', v: '', q: 'p' }),
    path: 'data[0]',
    options: TIDE_OPTIONS,
    rejected: 1,
  },
  {
    rule: 'row.identity-missing',
    reader: 'usgs-geojson',
    text: quakeJson({}, { id: null }),
    path: 'features[0]',
    rejected: 1,
  },
  {
    rule: 'row.identity-missing',
    reader: 'usgs-water-json',
    text: waterJson({}, {}, { siteCode: [] }),
    path: 'value.timeSeries[0].values[0].value[0]',
    rejected: 1,
  },
  {
    rule: 'row.quantity-unknown',
    reader: 'usgs-water-json',
    text: waterJson({}, { variableCode: [{ value: '80154' }] }),
    path: 'value.timeSeries[0].values[0].value[0]',
    rejected: 1,
  },
  { rule: 'row.twice', reader: 'firms', text: fires(`${FIRE}\n${FIRE}`), path: 'row 3' },
  {
    rule: 'value.not-a-number',
    reader: 'firms',
    text: fires('21,105,2026-04-01,0634,N20,VIIRS,h,12:5'),
    path: 'row 2, column frp',
  },
  {
    rule: 'value.not-a-number',
    reader: 'usgs-geojson',
    text: quakeJson({ mag: 'big' }),
    path: 'features[0].properties.mag',
  },
  {
    rule: 'value.missing-code',
    reader: 'usgs-water-json',
    text: waterJson({ value: '-999999', qualifiers: ['P', 'Ice'] }),
    path: 'value.timeSeries[0].values[0].value[0]',
    rejected: 1,
  },
  {
    rule: 'value.missing-code',
    reader: 'usgs-water-rdb',
    text: rdb('USGS\t01\t2026-01-01 00:00\tEST\tIce\tP'),
    path: 'line 4, column 1_00065',
    rejected: 1,
  },
  { rule: 'value.absurd', reader: 'usgs-geojson', text: quakeJson({ mag: 11 }), path: 'features[0]' },
  {
    rule: 'value.unit-unknown',
    reader: 'usgs-water-json',
    text: waterJson({}, { unit: { unitCode: 'fathoms' } }),
    path: 'value.timeSeries[0].values[0].value[0]',
    rejected: 1,
  },
  {
    rule: 'code.unknown',
    reader: 'firms',
    text: fires('21,105,2026-04-01,0634,N99,VIIRS,h,1'),
    path: 'row 2',
  },
  {
    rule: 'code.unknown',
    reader: 'firms',
    text: fires('21,105,2026-04-01,0634,N20,VIIRS,101,1'),
    path: 'row 2, column confidence',
  },
  {
    rule: 'code.unknown',
    reader: 'gdacs',
    text: alertRss({ alertlevel: 'Blue' }),
    path: 'rss/channel/item[1]',
  },
  {
    rule: 'time.zone-assumed',
    reader: 'quakeml',
    text: quakeMl('', { origin: ORIGIN.replace('00Z', '00') }),
    path: 'eventParameters/event[1]',
  },
  {
    rule: 'time.zone-assumed',
    reader: 'usgs-water-json',
    text: waterJson({ dateTime: '2026-01-01T00:00:00.000' }),
    path: 'value.timeSeries[0].values[0].value[0]',
  },
  {
    rule: 'time.zone-contradicts',
    reader: 'usgs-water-json',
    text: waterJson({ dateTime: '2026-01-01T00:00:00.000+07:00' }),
    path: 'value.timeSeries[0].values[0].value[0]',
  },
  {
    rule: 'time.future',
    reader: 'firms',
    text: fires(FIRE),
    path: 'row 2',
    options: { now: Date.parse('2026-04-01T06:28Z') },
  },
  {
    rule: 'time.before-event',
    reader: 'usgs-geojson',
    text: quakeJson({ updated: 999 }),
    path: 'features[0]',
  },
  {
    rule: 'time.imprecise',
    reader: 'usgs-water-rdb',
    text: rdb('USGS\t01\t1936-03-00\t\t100\tBd\t1.5\t', PEAKS),
    path: 'line 4',
    options: { assumeOffsetMinutes: -300 },
  },
  { rule: 'feed.count', reader: 'usgs-geojson', text: quakeJson({}, {}, { count: 2 }), path: 'metadata' },
  { rule: 'feed.status', reader: 'usgs-geojson', text: quakeJson({}, {}, { status: 503 }), path: 'metadata' },
  { rule: 'feed.empty', reader: 'firms', text: `${FIRE_HEADER}\n`, path: '' },
  { rule: 'feed.cut', reader: 'usgs-geojson', text: quakeJson({}, {}, { limit: 1 }), path: 'metadata' },
  {
    rule: 'column.unknown',
    reader: 'firms',
    text: fires(`${FIRE},1`, `${FIRE_HEADER},mood`),
    path: 'row 1, column 9',
  },
  {
    rule: 'column.missing',
    reader: 'firms',
    text: fires(
      '21.1,105.2,2026-04-01,0634,N20,VIIRS,h',
      'latitude,longitude,acq_date,acq_time,satellite,instrument,confidence',
    ),
    path: 'row 1',
  },
  {
    rule: 'unit.row',
    reader: 'ibtracs',
    text: `${TRACK}\n , ,degrees_north,degrees_east,kts,mb,\n2024245N12129,2024-09-06 06:00:00,19.7,111.3,105,915,tokyo\n`,
    path: 'row 2',
  },
  {
    rule: 'xml.broken',
    reader: 'gdacs',
    text: alertRss().replace('</channel></rss>', '<item><title>x'),
    path: 'rss/channel',
    rejected: 1,
  },
  {
    rule: 'xml.broken',
    reader: 'gdacs',
    text: alertRss().replace('</channel>', '<title>Fish & chips</title></channel>'),
    path: 'rss/channel',
  },
  {
    rule: 'datum.missing',
    reader: 'noaa-coops',
    text: tide({ t: '2026-01-01 00:00', v: '1', q: 'v' }),
    path: 'metadata',
    options: { units: 'metric', assumeOffsetMinutes: 0 },
  },
  {
    rule: 'unit.assumed',
    reader: 'noaa-coops',
    text: tide({ t: '2026-01-01 00:00', v: '1', q: 'v' }),
    path: 'metadata',
    options: { datum: 'MLLW', assumeOffsetMinutes: 0 },
  },
  {
    rule: 'quality.flagged',
    reader: 'noaa-coops',
    text: tide({ t: '2026-01-01 00:00', v: '1', q: 'p', f: '0,1,0,0' }),
    path: 'data[0]',
    options: TIDE_OPTIONS,
  },
  {
    rule: 'quality.flagged',
    reader: 'usgs-water-rdb',
    text: rdb('USGS\t01\t2020-03-01\t10:00\t100\t4\t1.5\t', PEAKS),
    path: 'line 4',
    options: { assumeOffsetMinutes: -300 },
  },
  {
    rule: 'product.superseded',
    reader: 'usgs-geojson',
    text: quakeJson({
      products: {
        shakemap: [1, 2].map((updateTime) => ({ source: 'us', code: 'us1', updateTime, status: 'UPDATE' })),
      },
    }),
    path: 'features[0].properties.products.shakemap[0]',
  },
  {
    rule: 'product.deleted',
    reader: 'usgs-geojson',
    text: quakeJson({
      products: { shakemap: [{ source: 'us', code: 'us1', updateTime: 1, status: 'DELETE' }] },
    }),
    path: 'features[0].properties.products.shakemap[0]',
  },
  {
    rule: 'event.cancelled',
    reader: 'usgs-geojson',
    text: quakeJson({ status: 'deleted', time: null, mag: null }, { geometry: null }),
    path: 'features[0]',
  },
  {
    rule: 'event.cancelled',
    reader: 'quakeml',
    text: quakeMl('<type>not existing</type>'),
    path: 'eventParameters/event[1]',
  },
  {
    rule: 'event.not-earthquake',
    reader: 'usgs-geojson',
    text: quakeJson({ type: 'quarry blast' }),
    path: 'features[0]',
  },
  {
    rule: 'quakeml.namespace',
    reader: 'quakeml',
    text: quakeMl().replace('bed/1.2', 'bed-rt/1.2'),
    path: 'eventParameters',
  },
  {
    rule: 'quakeml.enumeration',
    reader: 'quakeml',
    text: quakeMl('<type>Earthquake</type>'),
    path: 'eventParameters/event[1]/type',
  },
  {
    rule: 'quakeml.identifier',
    reader: 'quakeml',
    text: quakeMl('<preferredFocalMechanismID>smi:x</preferredFocalMechanismID>'),
    path: 'eventParameters/event[1]/preferredFocalMechanismID',
  },
  {
    rule: 'quakeml.missing',
    reader: 'quakeml',
    text: quakeMl('<description><type>region name</type></description>'),
    path: 'eventParameters/event[1]/description[1]',
  },
  {
    rule: 'quakeml.element',
    reader: 'quakeml',
    text: quakeMl('<mood/>'),
    path: 'eventParameters/event[1]/mood',
  },
  {
    rule: 'quakeml.repeated',
    reader: 'quakeml',
    text: quakeMl('<type>earthquake</type><type>earthquake</type>'),
    path: 'eventParameters/event[1]/type',
  },
  {
    rule: 'quakeml.text-length',
    reader: 'quakeml',
    text: quakeMl(`<creationInfo><agencyID>${'x'.repeat(65)}</agencyID></creationInfo>`),
    path: 'eventParameters/event[1]/creationInfo/agencyID',
  },
  {
    rule: 'quakeml.number',
    reader: 'quakeml',
    text: quakeMl('<creationInfo><creationTime>2026-02-30T00:00:00Z</creationTime></creationInfo>'),
    path: 'eventParameters/event[1]/creationInfo/creationTime',
  },
  {
    rule: 'quakeml.reference',
    reader: 'quakeml',
    text: quakeMl('<preferredOriginID>smi:vn.test/o/9</preferredOriginID>'),
    path: 'eventParameters/event[1]',
  },
  {
    rule: 'quakeml.depth-unit',
    reader: 'quakeml',
    text: quakeMl('', { origin: ORIGIN.replace('10000', '10') }),
    path: 'eventParameters/event[1]',
  },
  {
    rule: 'gdacs.no-point',
    reader: 'gdacs',
    text: alertRss({}, '<pubDate>Mon, 30 Dec 2019 01:00:00 GMT</pubDate>'),
    path: 'rss/channel/item[1]',
    rejected: 1,
  },
  { rule: 'gdacs.missing', reader: 'gdacs', text: alertRss({ cap: null }), path: 'rss/channel/item[1]' },
  {
    rule: 'gdacs.level-contradicts',
    reader: 'gdacs',
    text: alertRss({ alertlevel: 'Red', alertscore: '1' }),
    path: 'rss/channel/item[1]',
  },
  {
    rule: 'gdacs.severity-contradicts',
    reader: 'gdacs',
    text: alertRss(
      {},
      '<pubDate>Mon, 30 Dec 2019 01:00:00 GMT</pubDate><point>21 105</point><severity unit="M" value="7.2">Magnitude 5.1M, Depth:10km</severity>',
    ),
    path: 'rss/channel/item[1]',
  },
  {
    rule: 'cyclone.header',
    reader: 'jma-best-track',
    text: `66666 24XX  001\n${JMA_LINE}\n`,
    path: 'line 1',
    rejected: 1,
  },
  {
    rule: 'cyclone.count',
    reader: 'jma-best-track',
    text: `${JMA_HEADER}\n${JMA_LINE}\n${JMA_LINE.replace('0606', '0612')}\n`,
    path: 'line 1',
  },
  {
    rule: 'cyclone.radius',
    reader: 'jma-best-track',
    text: `${JMA_HEADER}\n${JMA_LINE.replace('0150', '0350')}\n`,
    path: 'line 2',
  },
  {
    rule: 'cyclone.radius',
    reader: 'jtwc-best-track',
    text: jtwc(
      'WP, 99, 2024090606,   , BEST,   0, 198N, 1113E, 130,  920, ST,  50, NEQ,   70,   60,   50,   60',
    ),
    path: 'line 2',
  },
  {
    rule: 'cyclone.radius',
    reader: 'jtwc-best-track',
    text: jtwc(
      'WP, 99, 2024090612,   , BEST,   0, 198N, 1113E, 130,  920, ST,  34, XXQ,   70,   60,   50,   60',
    ),
    path: 'line 2',
  },
  {
    rule: 'cyclone.wind-mean',
    reader: 'ibtracs',
    text: `${TRACK}\n2024245N12129,2024-09-06 06:00:00,19.7,111.3,105,915,nobody\n`,
    path: 'row 2',
  },
  {
    rule: 'cyclone.orphan',
    reader: 'jma-best-track',
    text: `${JMA_LINE}\n${JMA_HEADER}\n${JMA_LINE}\n`,
    path: 'line 1',
    rejected: 1,
  },
  ...[
    ['value', `HN,water.level,"9,62",m,${TIME},HON-DAU`],
    ['value', `HN,water.level,,m,${TIME},HON-DAU`],
    ['station', `,water.level,9.62,m,${TIME},HON-DAU`],
    ['quantity', `HN,water.height,9.62,m,${TIME},HON-DAU`],
    ['unit', `HN,water.level,9.62,mm/h,${TIME},HON-DAU`],
    ['unit', `HN,water.level,9.62,,${TIME},HON-DAU`],
    ['time', 'HN,water.level,9.62,m,2026-09-07T13:00,HON-DAU'],
    ['time', 'HN,water.level,9.62,m,2026-09-07,HON-DAU'],
    ['time', 'HN,water.level,9.62,m,07/09/2026 13:00,HON-DAU'],
    ['datum', `HN,water.level,9.62,m,${TIME},`],
    ['kind', `HN,water.level,9.62,m,${TIME},HON-DAU,guess`],
    ['issued', `HN,water.level,9.62,m,${TIME},HON-DAU,forecast,`],
    ['issued', `HN,water.level,9.62,m,${TIME},HON-DAU,forecast,2026-09-07T13:01+07:00`],
    ['revision', `HN,water.level,9.62,m,${TIME},HON-DAU,,,1.5`],
    ['status', `HN,water.level,9.62,m,${TIME},HON-DAU,,,,maybe`],
    ['latitude', `HN,water.level,9.62,m,${TIME},HON-DAU,,,,,95,105`],
    ['longitude', `HN,water.level,9.62,m,${TIME},HON-DAU,,,,,21,`],
  ].map(
    ([column, row]): Deviation => ({
      rule: 'station.column',
      reader: 'station-form',
      text: stationRow(row ?? ''),
      path: `row 2, column ${column}`,
      rejected: 1,
    }),
  ),
];

export interface Refusal {
  readonly code: ReadErrorCode;
  readonly reader: ReaderName;
  readonly text: string | Uint8Array;
  readonly options?: ReadOptions;
}

const limited = (limits: ReadOptions['limits']): ReadOptions => ({ limits: limits ?? {} });

/** At least one for every code; a code without one fails the test. */
export const REFUSALS: readonly Refusal[] = [
  { code: 'too-large', reader: 'firms', text: fires(FIRE), options: limited({ bytes: 50 }) },
  { code: 'too-deep', reader: 'usgs-geojson', text: `${'['.repeat(41)}${']'.repeat(41)}` },
  { code: 'too-deep', reader: 'quakeml', text: '<a>'.repeat(41) },
  { code: 'too-many-rows', reader: 'firms', text: fires(`${FIRE}\n${FIRE}`), options: limited({ rows: 1 }) },
  {
    code: 'too-many-rows',
    reader: 'usgs-geojson',
    text: '{"type":"FeatureCollection","features":[1,2]}',
    options: limited({ rows: 1 }),
  },
  {
    code: 'too-many-rows',
    reader: 'jma-best-track',
    text: `${JMA_HEADER}\n${JMA_LINE}\n${JMA_LINE}\n`,
    options: limited({ rows: 1 }),
  },
  { code: 'too-many-rows', reader: 'jtwc-best-track', text: jtwc(jtwc('')), options: limited({ rows: 1 }) },
  {
    code: 'too-many-rows',
    reader: 'gdacs',
    text: '<rss><channel><item/><item/></channel></rss>',
    options: limited({ rows: 1 }),
  },
  {
    code: 'too-many-rows',
    reader: 'usgs-water-rdb',
    text: rdb('USGS\t01\t2026-01-01 00:00\tEST\t1\tP\nUSGS\t01\t2026-01-01 00:15\tEST\t1\tP'),
    options: limited({ rows: 1 }),
  },
  {
    code: 'too-many-elements',
    reader: 'gdacs',
    text: `<rss>${'<a/>'.repeat(20)}</rss>`,
    options: limited({ elements: 20 }),
  },
  { code: 'row-too-long', reader: 'firms', text: fires(`"${'x'.repeat(70_000)}`) },
  { code: 'row-too-long', reader: 'jtwc-best-track', text: 'x'.repeat(70_000) },
  { code: 'not-text', reader: 'firms', text: Uint8Array.of(0x6c, 0xff, 0xfe) },
  {
    code: 'not-text',
    reader: 'quakeml',
    text: Buffer.from('<?xml version="1.0" encoding="klingon"?><quakeml/>'),
  },
  { code: 'not-json', reader: 'usgs-geojson', text: '{"type":' },
  { code: 'not-xml', reader: 'quakeml', text: 'latitude,longitude' },
  { code: 'not-csv', reader: 'firms', text: fires('21,105,"2026') },
  { code: 'doctype-refused', reader: 'quakeml', text: `<!DOCTYPE q [<!ENTITY a "b">]>${quakeMl()}` },
  {
    code: 'doctype-refused',
    reader: 'gdacs',
    text: '<?xml version="1.0"?><!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss/>',
  },
  { code: 'not-this-source', reader: 'usgs-geojson', text: '{"type":"Topology"}' },
  { code: 'not-this-source', reader: 'gdacs', text: '<feed/>' },
  { code: 'not-this-source', reader: 'quakeml', text: '<rss/>' },
  { code: 'not-this-source', reader: 'firms', text: 'a,b\n1,2\n' },
  { code: 'not-this-source', reader: 'ibtracs', text: 'a,b\n1,2\n' },
  { code: 'not-this-source', reader: 'jma-best-track', text: 'a' },
  { code: 'not-this-source', reader: 'jtwc-best-track', text: 'a' },
  { code: 'not-this-source', reader: 'usgs-water-rdb', text: '<!DOCTYPE html>' },
  { code: 'not-this-source', reader: 'station-form', text: 'station,value\nHN,1\n' },
  { code: 'option-refused', reader: 'firms', text: fires(FIRE), options: { now: Number.NaN } },
  { code: 'option-refused', reader: 'firms', text: fires(FIRE), options: { assumeOffsetMinutes: 900 } },
  { code: 'option-refused', reader: 'firms', text: fires(FIRE), options: limited({ rows: Number.NaN }) },
  { code: 'source-refused', reader: 'firms', text: 'Invalid MAP_KEY.' },
  { code: 'source-refused', reader: 'noaa-coops', text: '{"error":{"message":"No data was found."}}' },
];
