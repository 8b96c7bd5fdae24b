import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { READERS, readAny } from './detect.ts';
import { ReadError } from './finding.ts';
import { READER_NAMES, type ReaderName, type Reading } from './reading.ts';
import { Register } from './register.ts';
import { JMA_TRACK, JTWC_TRACK } from './testing/best-tracks.ts';
import {
  alertRss,
  DEVIATIONS,
  fires,
  quakeJson,
  quakeMl,
  rdb,
  stationRow,
  waterJson,
} from './testing/deviations.ts';
import { fileBytes, realFiles, withoutFiles } from './testing/real-files.ts';
import { instantOf } from './text/time.ts';

/** The reading, or null where it was refused by name; anything else that is thrown fails the test. */
function read(reader: ReaderName | 'auto', source: Uint8Array | string): Reading | null {
  try {
    return reader === 'auto' ? readAny(source) : READERS[reader](source);
  } catch (error) {
    if (error instanceof ReadError) return null;
    throw error;
  }
}

/** What holds for every reading, whatever was read. */
function expectWhole(reading: Reading | null): void {
  if (reading === null) return;
  const { rows, records, findings, counts } = reading;
  expect(rows.read).toBe(rows.accepted + rows.rejected);
  expect(records.reduce((sum, record) => sum + record.rows, 0)).toBe(rows.accepted);
  if (rows.rejected > 0) expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
  for (const { rule } of findings) expect(counts[rule]).toBeGreaterThan(0);
  for (const { observations } of records)
    for (const { time, value, place } of observations) {
      expect(Number.isNaN(Date.parse(time))).toBe(false);
      if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      if (place.kind === 'point') expect(Math.abs(place.latitude)).toBeLessThanOrEqual(90);
    }
}

/** A sound text for every reader. */
const SOUND: Readonly<Record<ReaderName, string>> = {
  'usgs-geojson': quakeJson({
    products: { shakemap: [{ source: 'us', code: '1', updateTime: 1, status: 'UPDATE' }] },
  }),
  'usgs-shakemap':
    '{"input":{"event_information":{"event_id":"us1","latitude":"21","longitude":"105","origin_time":"2026-01-01T00:00:00Z","magnitude":"5","depth":"10"}},"output":{"ground_motions":{"MMI":{"units":"intensity","max":"6.5"},"PGA":{"units":"%g","max":"12"}}}}',
  quakeml: quakeMl('<type>earthquake</type><description><text>Test</text></description>'),
  gdacs: alertRss(),
  firms: fires('21.1,105.2,2026-04-01,0634,N20,VIIRS,h,12.5'),
  ibtracs:
    'SID,ISO_TIME,LAT,LON,WMO_WIND,WMO_PRES,WMO_AGENCY\n2024245N12129,2024-09-06 06:00:00,19.7,111.3,105,915,tokyo\n',
  'jma-best-track': JMA_TRACK,
  'jtwc-best-track': JTWC_TRACK,
  'noaa-coops':
    '{"metadata":{"id":"1","lat":"47.6","lon":"-122.3"},"data":[{"t":"2015-01-01 00:00","v":"1.798","s":"0.023","f":"0,0,0,0","q":"v"}]}',
  'usgs-water-json': waterJson({}),
  'usgs-water-rdb': rdb('USGS\t01\t2026-01-01 00:00\tEST\t6.48\tP'),
  'station-form': stationRow('HN,water.level,9.62,m,2026-09-07T13:00+07:00,HON-DAU'),
};

/** Any code points, halves of a pair too. The text of fast-check would first write down all of Unicode, for seconds. */
const anyText = fc
  .array(fc.nat(0x10ffff), { maxLength: 200 })
  .map((points) => String.fromCodePoint(...points));

describe('hostile input', () => {
  it('the sound texts are sound', () => {
    for (const reader of READER_NAMES) {
      const reading = READERS[reader](SOUND[reader]);
      expect(reading.rows.accepted).toBeGreaterThan(0);
      expect(reading.rows.rejected).toBe(0);
    }
  });

  it.each(READER_NAMES)('%s: random bytes and texts are read or refused by name', (reader) => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), anyText), (source) => {
        expectWhole(read(reader, source));
        expectWhole(read('auto', source));
      }),
      { numRuns: 100 },
    );
  });

  it.each(READER_NAMES)('%s: a sound text with any part changed', (reader) => {
    const bytes = Buffer.from(SOUND[reader]);
    const bit = fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc
        .constantFrom(
          '"',
          '\n',
          ',,',
          '<',
          '</a>',
          '&',
          '{}',
          '[[',
          'null',
          '1e999',
          '-999999',
          'NaN',
          '__proto__',
          '\u0000',
          '٣',
          '9999-99-99',
          '\t',
        )
        .map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(fc.nat(bytes.length), bit, fc.nat(40), (at, put, cut) => {
        expectWhole(read(reader, Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)])));
      }),
      { numRuns: 250 },
    );
  });

  it.each(['usgs-geojson', 'usgs-shakemap', 'noaa-coops', 'usgs-water-json', 'station-form'] as const)(
    '%s: JSON of the right form with anything in its places',
    (reader) => {
      const sound: unknown = JSON.parse(
        reader === 'station-form'
          ? '[{"station":"HN","quantity":"water.level","value":"1","unit":"m","time":"2026-09-07T13:00+07:00","datum":"HON-DAU"}]'
          : SOUND[reader],
      );
      const places = placesOf(sound);
      fc.assert(
        fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 3 }), (place, put) => {
          expectWhole(read(reader, JSON.stringify(replaced(sound, place, put))));
        }),
        { numRuns: 200 },
      );
    },
  );

  it.each(realFiles)('%s: the real file changed anywhere', (name) => {
    const bytes = Buffer.from(fileBytes(name));
    fc.assert(
      fc.property(fc.nat(bytes.length), fc.uint8Array({ maxLength: 6 }), fc.nat(400), (at, put, cut) => {
        expectWhole(read('auto', Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)])));
      }),
      // A file of a megabyte takes a tenth of a second; it is changed a few times, and a small one often.
      { numRuns: Math.max(2, Math.min(50, Math.round(500_000 / bytes.length))) },
    );
  });

  it('depth is counted before anything is built, and strings are not counted', () => {
    expect(read('usgs-geojson', `{"a":${'['.repeat(1_000_000)}`)).toBeNull();
    const title = `"title":"${'[{\\"'.repeat(1_000)}"`;
    expect(
      READERS['usgs-geojson'](SOUND['usgs-geojson'].replace('"status"', `${title},"status"`)).rows.read,
    ).toBe(1);
  });

  it('the names of an event in a hundred thousand and of one identity do not grow the register', () => {
    const register = new Register({ most: 100, mostAliases: 5 });
    for (let round = 0; round < 50; round += 1) {
      const features = Array.from({ length: 100 }, (_, index) => ({
        type: 'Feature',
        id: `us${round}x${index}`,
        properties: {
          mag: 1,
          time: 1_000 * round,
          updated: 1,
          ids: `,${Array.from({ length: 200 }, (_, alias) => `a${round}x${index}x${alias}`).join(',')},`,
        },
        geometry: { type: 'Point', coordinates: [0, 0, 1] },
      }));
      register.take(READERS['usgs-geojson'](JSON.stringify({ type: 'FeatureCollection', features })));
    }
    expect(register.size).toBe(100);
    expect(register.forgotten).toBe(4_900);
  });

  it.skipIf(withoutFiles !== null)('the register judges whatever a mutated feed gives', () => {
    const register = new Register({ most: 50 });
    const bytes = Buffer.from(fileBytes('gdacs/gdacs-1.xml'));
    fc.assert(
      fc.property(fc.nat(bytes.length), fc.uint8Array({ maxLength: 4 }), (at, put) => {
        const reading = read(
          'gdacs',
          Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + put.length)]),
        );
        if (reading !== null) expect(register.take(reading)).toHaveLength(reading.records.length);
        expect(register.size).toBeLessThanOrEqual(50);
      }),
      { numRuns: 60 },
    );
  });

  it('every text of the table of deviations keeps its rows, with every reader', () => {
    for (const { text } of DEVIATIONS) for (const reader of READER_NAMES) expectWhole(read(reader, text));
  });

  it.each([-5e-324, -0.5, 0, 0.5, 86_399_999.9, -86_400_000.1])('%d milliseconds are a time', (time) => {
    expect(Date.parse(instantOf(time))).toBe(Math.floor(time));
  });
});

type JsonPlace = readonly (string | number)[];

function placesOf(value: unknown, at: JsonPlace = []): JsonPlace[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, inside]) => placesOf(inside, [...at, name]))];
}

function replaced(value: unknown, [name, ...rest]: JsonPlace, put: unknown): unknown {
  if (name === undefined) return put;
  if (Array.isArray(value))
    return value.map((one, index) => (String(index) === String(name) ? replaced(one, rest, put) : one));
  return { ...(value as object), [name]: replaced((value as Record<string, unknown>)[name], rest, put) };
}
