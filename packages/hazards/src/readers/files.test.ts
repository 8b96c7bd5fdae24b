import { describe, expect, it } from 'vitest';
import { readAny, readerFor } from './detect.ts';
import type { ReaderName, Reading } from './reading.ts';
import { observationsOf } from './reading.ts';
import { fileBytes, fileText, realFiles, withoutFiles } from './testing/real-files.ts';

interface Expected {
  readonly reader: ReaderName;
  /** Counted in the file by other means than the reader's. */
  readonly rows: number;
  readonly rejected?: number;
  readonly observations: number;
  /** All findings, by rule. */
  readonly findings: Readonly<Record<string, number>>;
}

const features = (name: string): number => JSON.parse(fileText(name)).features.length;
const matches = (name: string, pattern: RegExp): number => [...fileText(name).matchAll(pattern)].length;
const lines = (name: string): number =>
  fileText(name)
    .split('\n')
    .filter((line) => line.trim() !== '').length;

/** Of a GeoJSON file: values that are not null. */
const given = (name: string): number =>
  JSON.parse(fileText(name)).features.reduce(
    (
      sum: number,
      { properties, geometry }: { properties: Record<string, unknown>; geometry: { coordinates: unknown[] } },
    ) =>
      sum +
      [properties.mag, properties.mmi, geometry.coordinates[2]].filter((value) => value !== null).length,
    0,
  );
const cells = (name: string, columns: readonly number[]): number =>
  fileText(name)
    .split('\n')
    .slice(1)
    .reduce(
      (sum, line) => sum + columns.filter((column) => (line.split(',')[column] ?? '').trim() !== '').length,
      0,
    );

const quake = (name: string): string => `earthquake/${name}`;
const event = (findings: Expected['findings'], observations: number, rejected = 0, rows = 1): Expected => ({
  reader: 'quakeml',
  rows,
  rejected,
  observations,
  findings,
});
const detail = (findings: Expected['findings'] = {}): Expected => ({
  reader: 'usgs-geojson',
  rows: 1,
  observations: 3,
  findings,
});

function expectations(): Readonly<Record<string, Expected>> {
  const week = quake('usgs_vega_earthquakes_week.geojson');
  const query = (name: string): Expected => ({
    reader: 'usgs-geojson',
    rows: features(quake(`usgs_libcomcat/${name}`)),
    observations: given(quake(`usgs_libcomcat/${name}`)),
    findings: {},
  });
  const table = (name: string, rowsOf: number, findings = {}): Expected => ({
    reader: 'firms',
    rows: lines(`firms/${name}`) - 1,
    observations: 4 * rowsOf,
    findings,
  });
  const track = (name: string): Expected => ({
    reader: 'ibtracs',
    rows: lines(`cyclone/${name}`) - 1,
    observations: cells(`cyclone/${name}`, [4, 5, 6]),
    findings: { 'unit.assumed': 1 },
  });
  const alerts = (name: string, findings: Expected['findings']): Expected => ({
    reader: 'gdacs',
    rows: matches(`gdacs/${name}`, /<item>/g),
    observations:
      matches(`gdacs/${name}`, /<gdacs:alertlevel>/g) + 2 * matches(`gdacs/${name}`, /<gdacs:eventtype>EQ</g),
    findings,
  });
  return {
    [week]: {
      reader: 'usgs-geojson',
      rows: features(week),
      observations: given(week),
      findings: { 'event.not-earthquake': matches(week, /"type": ?"(?:explosion|quarry blast)"/g) },
    },
    [quake('quakeml/invalid_enum.xml')]: event({ 'quakeml.enumeration': 1, 'quakeml.depth-unit': 1 }, 1),
    [quake('quakeml/invalid_id.xml')]: event({ 'quakeml.identifier': 19 }, 1),
    [quake('quakeml/neries_events.xml')]: event(
      { 'quakeml.namespace': 2, 'quakeml.enumeration': 3 },
      6,
      0,
      3,
    ),
    [quake('quakeml/preferred.xml')]: event(
      { 'quakeml.identifier': 11, 'time.zone-assumed': 1, 'quakeml.depth-unit': 1 },
      2,
    ),
    [quake('quakeml/qml-example-1.2-RC3.xml')]: event({ 'time.zone-assumed': 1, 'quakeml.depth-unit': 1 }, 2),
    [quake('quakeml/quakeml_1.2_event.xml')]: event({ 'quakeml.reference': 2, 'row.place-missing': 1 }, 0, 1),
    [quake('quakeml/quakeml_1.2_focalmechanism.xml')]: event({ 'row.place-missing': 1 }, 0, 1),
    [quake('quakeml/quakeml_1.2_magnitude.xml')]: event({ 'row.place-missing': 1 }, 0, 1),
    [quake('quakeml/quakeml_1.2_origin.xml')]: event({ 'quakeml.depth-unit': 1 }, 1),
    [quake('quakeml/usgs_event.xml')]: event(
      { 'quakeml.enumeration': 2, 'event.not-earthquake': 2 },
      4,
      0,
      2,
    ),
    [quake('usgs_libcomcat/quakeml_phase_us1000778i.xml')]: event({}, 2),
    [quake('usgs_libcomcat/detail_ci3144585_M6.7.geojson')]: detail(),
    [quake('usgs_libcomcat/detail_official20110311054624120_30_M9.1.geojson')]: detail({
      'product.superseded': 32,
      'product.deleted': 3,
    }),
    [quake('usgs_libcomcat/detail_us1000778i_M7.8.geojson')]: detail(),
    [quake('usgs_libcomcat/detail_us2000ar20_M7.1.geojson')]: detail(),
    [quake('usgs_libcomcat/query_1994_northridge.geojson')]: query('query_1994_northridge.geojson'),
    [quake('usgs_libcomcat/query_2011-03-11.geojson')]: query('query_2011-03-11.geojson'),
    [quake('usgs_libcomcat/query_2017-01-01_11.geojson')]: query('query_2017-01-01_11.geojson'),
    [quake('usgs_libcomcat/shakemap_info_ci3144585.json')]: {
      reader: 'usgs-shakemap',
      rows: 1,
      observations: 4,
      findings: {},
    },
    'gdacs/gdacs-1.xml': alerts('gdacs-1.xml', {}),
    'gdacs/gdacs-2.xml': {
      reader: 'gdacs',
      rows: 1,
      rejected: 1,
      observations: 0,
      findings: { 'gdacs.no-point': 1 },
    },
    'gdacs/gdacs-rss-24h.xml': alerts('gdacs-rss-24h.xml', { 'gdacs.severity-contradicts': 1 }),
    'gdacs/gdacs-rss-7d.xml': alerts('gdacs-rss-7d.xml', { 'gdacs.severity-contradicts': 2 }),
    'gdacs/gdacs-rss.xml': alerts('gdacs-rss.xml', { 'gdacs.severity-contradicts': 2 }),
    'firms/modis_us_2025_sample.csv': table('modis_us_2025_sample.csv', 2000),
    'firms/viirs_hawaii_2024.csv': table('viirs_hawaii_2024.csv', 395),
    'firms/viirs_noaa20_nrt_sample.csv': table('viirs_noaa20_nrt_sample.csv', 12),
    'cyclone/ibtracs_2024_yagi.csv': track('ibtracs_2024_yagi.csv'),
    'cyclone/ibtracs_wp_2000-2025_entering_vietnam_box.csv': track(
      'ibtracs_wp_2000-2025_entering_vietnam_box.csv',
    ),
    'water/noaa_coops_3.json': {
      reader: 'noaa-coops',
      rows: matches('water/noaa_coops_3.json', /"t":/g),
      observations: matches('water/noaa_coops_3.json', /"v":"[-\d]/g),
      findings: { 'datum.missing': 1, 'unit.assumed': 1, 'time.zone-assumed': 1 },
    },
    'water/usgs_nwis_iv_mock.json': {
      reader: 'usgs-water-json',
      rows: 2,
      observations: 2,
      findings: { 'unit.assumed': 2 },
    },
    'water/usgs_waterservices_dv.txt': {
      reader: 'usgs-water-json',
      rows: matches('water/usgs_waterservices_dv.txt', /"qualifiers":/g),
      observations: 4,
      findings: { 'time.zone-assumed': 4 },
    },
    'water/usgs_waterservices_iv.txt': {
      reader: 'usgs-water-json',
      rows: matches('water/usgs_waterservices_iv.txt', /"qualifiers":/g),
      observations: 20,
      findings: {},
    },
    'water/usgs_waterservices_peaks.txt': {
      reader: 'usgs-water-rdb',
      rows: matches('water/usgs_waterservices_peaks.txt', /^USGS\t/gm),
      // One of the peaks has no gauge height.
      observations: 2 * 20 - 1,
      findings: { 'time.zone-assumed': 20, 'time.imprecise': 2, 'quality.flagged': 1 },
    },
  };
}

const read = (name: string): Reading => readAny(fileBytes(name));

describe.skipIf(withoutFiles !== null)('the files of the sources', () => {
  const expected = withoutFiles === null ? expectations() : {};

  it('are all expected here', () => {
    expect(Object.keys(expected).sort()).toEqual([...realFiles].sort());
  });

  it.each(realFiles)('%s: reader, rows, observations, and every finding', (name) => {
    const want = expected[name] as Expected;
    expect(readerFor(fileBytes(name))).toBe(want.reader);
    const reading = read(name);
    const rejected = want.rejected ?? 0;
    expect(reading.rows).toEqual({ read: want.rows, accepted: want.rows - rejected, rejected });
    expect(reading.counts).toEqual(want.findings);
    expect(observationsOf(reading)).toHaveLength(want.observations);
    expect(reading.complete).toBe(true);
    expect(observationsOf(reading).filter(({ flags }) => flags.includes('absurd'))).toEqual([]);
  });

  it('Northridge is the same in the query, the details and the ShakeMap', () => {
    const of = (name: string) =>
      observationsOf(read(quake(`usgs_libcomcat/${name}`)))
        .filter(({ quantity }) => quantity === 'earthquake.magnitude')
        .map(({ value, place }) => ({ value, place: { ...place, depthKm: undefined } }));
    expect(of('query_1994_northridge.geojson')).toEqual(of('detail_ci3144585_M6.7.geojson'));
    expect(of('query_1994_northridge.geojson')).toEqual(of('shakemap_info_ci3144585.json'));
  });

  it('Kaikoura is the same in GeoJSON and QuakeML, and the one knows the name of the other', () => {
    const [json] = read(quake('usgs_libcomcat/detail_us1000778i_M7.8.geojson')).records;
    const [xml] = read(quake('usgs_libcomcat/quakeml_phase_us1000778i.xml')).records;
    expect(xml?.aliases).toEqual([json?.identity]);
    const values = (record: typeof xml) =>
      record?.observations.slice(0, 2).map(({ quantity, value, time }) => [quantity, value, time]);
    expect(values(xml)).toEqual(values(json));
    expect(xml?.observations[1]).toMatchObject({ quantity: 'earthquake.depth', value: 15.11, unit: 'km' });
    expect(xml?.details).toMatchObject({ magnitudeType: 'Mww', origins: 2, magnitudes: 3 });
  });

  it('of the Tohoku products the withdrawn and superseded ones are told from those that count', () => {
    const [record] = read(quake('usgs_libcomcat/detail_official20110311054624120_30_M9.1.geojson')).records;
    const products = record?.details.what === 'earthquake' ? record.details.products : [];
    const of = (type: string) =>
      products.filter((one) => one.type === type).map(({ code, state }) => [code, state]);
    // Withdrawn, and the version before the withdrawal stands in the list all the same.
    expect(of('impact-text')).toEqual([
      ['official20110311054624120_30', 'preferred'],
      ['usp000hvnu', 'deleted'],
      ['usp000hvnu', 'superseded'],
    ]);
    // Withdrawn, and published again after that.
    expect(of('shakemap').filter(([code]) => code === 'atlas20110311054624')).toEqual([
      ['atlas20110311054624', 'alternative'],
      ...Array(4).fill(['atlas20110311054624', 'superseded']),
    ]);
    expect(of('dyfi')).toEqual([['usc0001xgp', 'preferred'], ...Array(4).fill(['usc0001xgp', 'superseded'])]);
  });

  it('Yagi has 105 kn of ten minutes at its height', () => {
    const winds = observationsOf(read('cyclone/ibtracs_2024_yagi.csv')).filter(
      ({ quantity }) => quantity === 'cyclone.wind-10min',
    );
    expect(Math.max(...winds.map(({ value }) => Number(value)))).toBe(105);
    expect(winds.find(({ time }) => time === '2024-09-07T06:00:00.000Z')).toMatchObject({
      value: 90,
      unit: 'kn',
      place: { longitude: 107, latitude: 21 },
    });
    expect(winds.filter(({ value }) => value === 105).map(({ time }) => time)).toEqual([
      '2024-09-05T00:00:00.000Z',
      '2024-09-05T06:00:00.000Z',
      '2024-09-05T12:00:00.000Z',
      '2024-09-05T18:00:00.000Z',
      '2024-09-06T00:00:00.000Z',
      '2024-09-06T06:00:00.000Z',
    ]);
  });

  it('the box of Viet Nam has the 102 storms that the reference says', () => {
    const storms = new Set(
      read('cyclone/ibtracs_wp_2000-2025_entering_vietnam_box.csv').records.map(({ details }) =>
        details.what === 'cyclone-fix' ? details.storm : '',
      ),
    );
    expect(storms.size).toBe(102);
  });

  it('every satellite of the samples has one name', () => {
    const names = (name: string) =>
      [
        ...new Set(
          read(name).records.map(({ details }) => (details.what === 'hotspot' ? details.satellite : '')),
        ),
      ].sort();
    expect(names('firms/viirs_hawaii_2024.csv')).toEqual(['NOAA-20', 'NOAA-21']);
    expect(names('firms/modis_us_2025_sample.csv')).toEqual(['Aqua', 'Terra']);
  });

  it('a height of Seattle carries the datum that was asked for, in metres whatever was sent', () => {
    const metric = readAny(fileBytes('water/noaa_coops_3.json'), {
      datum: 'MLLW',
      units: 'metric',
      assumeOffsetMinutes: 0,
    });
    expect(metric.counts).toEqual({});
    expect(observationsOf(metric)[0]).toMatchObject({
      value: 1.798,
      unit: 'm',
      datum: 'MLLW',
      revision: 1,
      flags: [],
    });
    const english = readAny(fileBytes('water/noaa_coops_3.json'), { datum: 'MLLW', units: 'english' });
    expect(observationsOf(english)[0]?.value).toBeCloseTo(1.798 * 0.3048, 9);
  });
});
