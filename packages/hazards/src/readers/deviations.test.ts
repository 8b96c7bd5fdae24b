import { describe, expect, it } from 'vitest';
import { READERS } from './detect.ts';
import { READ_ERRORS, READ_RULES, ReadError } from './finding.ts';
import { observationsOf } from './reading.ts';
import { DEVIATIONS, fires, quakeJson, quakeMl, REFUSALS, stationRow } from './testing/deviations.ts';

describe('every deviation is named', () => {
  it.each(DEVIATIONS)('$rule by $reader at $path', ({ rule, reader, text, path, options, rejected = 0 }) => {
    const reading = READERS[reader](text, options);
    const found = reading.findings.filter((finding) => finding.rule === rule);
    expect(found.map((finding) => finding.path)).toContain(path);
    expect(found[0]?.severity).toBe(READ_RULES[rule][0]);
    expect(reading.rows.rejected).toBe(rejected);
    expect(reading.rows.read).toBe(reading.rows.accepted + rejected);
    expect(reading.complete).toBe(rule !== 'xml.broken');
  });

  it('there is one for every rule', () => {
    const covered = new Set(DEVIATIONS.map(({ rule }) => rule));
    expect(Object.keys(READ_RULES).filter((rule) => !covered.has(rule as never))).toEqual([]);
  });

  it('a row left out has a finding that says why', () => {
    for (const { reader, text, options, rejected } of DEVIATIONS)
      if (rejected)
        expect(READERS[reader](text, options).findings.some(({ severity }) => severity === 'error')).toBe(
          true,
        );
  });
});

describe('every refusal has a name', () => {
  it.each(REFUSALS)('$code by $reader', ({ code, reader, text, options }) => {
    let thrown: unknown = null;
    try {
      READERS[reader](text, options);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ReadError);
    expect(thrown).toMatchObject({ code });
  });

  it('there is one for every code', () => {
    const covered = new Set<string>(REFUSALS.map(({ code }) => code));
    expect(Object.keys(READ_ERRORS).filter((code) => !covered.has(code))).toEqual([]);
  });
});

describe('what a deviation does to the value', () => {
  const first = (reader: keyof typeof READERS, text: string, options = {}) =>
    observationsOf(READERS[reader](text, options))[0];

  it('an absurd value and one of the future are flagged, and never used', () => {
    expect(first('usgs-geojson', quakeJson({ mag: 11 }))?.flags).toEqual(['absurd']);
    const fire = fires('21.1,105.2,2026-04-01,0634,N20,VIIRS,h,12.5');
    expect(first('firms', fire, { now: Date.parse('2026-04-01T06:28Z') })?.flags).toEqual(['absurd']);
    // Within the tolerance of clocks.
    expect(first('firms', fire, { now: Date.parse('2026-04-01T06:29Z') })?.flags).toEqual([]);
  });

  it('a withdrawn event is kept, so that it withdraws', () => {
    const [record] = READERS['usgs-geojson'](
      quakeJson({ status: 'deleted', time: null }, { geometry: null }),
    ).records;
    expect(record).toMatchObject({ identity: 'us1', cancelled: true, observations: [] });
    const [blast] = READERS.quakeml(quakeMl('<type>not existing</type>')).records;
    expect(blast?.observations.map(({ flags }) => flags)).toEqual([['cancelled'], ['cancelled']]);
  });

  it.each([
    ['0', '00:00'],
    ['34', '00:34'],
    ['234', '02:34'],
    ['0234', '02:34'],
    ['2359', '23:59'],
    ['2:34', '02:34'],
  ])('acq_time %s is %s UTC', (written, hour) => {
    expect(first('firms', fires(`21,105,2026-04-01,${written},N,VIIRS,n,1`))?.time).toBe(
      `2026-04-01T${hour}:00.000Z`,
    );
  });

  it.each([
    ['l', 'low', null],
    ['nominal', 'nominal', null],
    ['H', 'high', null],
    ['0', 'low', 0],
    ['29', 'low', 29],
    ['30', 'nominal', 30],
    ['79', 'nominal', 79],
    ['80', 'high', 80],
    ['100', 'high', 100],
  ])('confidence %s is %s', (written, word, percent) => {
    const [record] = READERS.firms(fires(`21,105,2026-04-01,0634,N,VIIRS,${written},1`)).records;
    expect(record?.details).toMatchObject({ confidence: word, confidencePercent: percent });
  });

  it('a table may be separated by semicolons, begin with a mark, and have the country before all', () => {
    const text = `\ufeffcountry_id;latitude;longitude;bright_ti4;acq_date;acq_time;satellite;instrument;confidence;bright_ti5;frp\r\nVNM;21;105;330.5;2026-04-01;634;N;VIIRS;n;290;3\r\n`;
    const reading = READERS.firms(Buffer.from(text));
    expect(reading.counts).toEqual({});
    expect(reading.records[0]?.details).toMatchObject({ country: 'VNM', satellite: 'Suomi NPP' });
    expect(observationsOf(reading).map(({ value }) => value)).toEqual([3, 330.5, 290, 'nominal']);
  });

  it('all faults of a row of the station form are named at once', () => {
    const { findings, rows } = READERS['station-form'](stationRow(',nothing,"1,5",,noon,,,,,'));
    expect(rows).toEqual({ read: 1, accepted: 0, rejected: 1 });
    expect(findings.map(({ path }) => path)).toEqual([
      'row 2, column station',
      'row 2, column quantity',
      'row 2, column value',
      'row 2, column unit',
      'row 2, column time',
      'row 2',
    ]);
    expect(findings[2]?.text).toBe('"1,5" has a comma; a point is wanted');
  });

  it('the station form comes as JSON too, in feet if one likes, and a later forecast replaces an earlier one', () => {
    const row = {
      station: 'HN',
      quantity: 'water.level',
      value: 30,
      unit: 'ft',
      time: '2026-09-08T07:00+07:00',
      datum: 'HON-DAU',
    };
    const reading = READERS['station-form'](
      JSON.stringify({ rows: [row, { ...row, kind: 'forecast', issued: '2026-09-07T07:00+07:00' }, 7] }),
    );
    expect(reading.rows).toEqual({ read: 3, accepted: 2, rejected: 1 });
    expect(observationsOf(reading)[0]).toMatchObject({
      value: 9.144,
      unit: 'm',
      time: '2026-09-08T00:00:00.000Z',
    });
    expect(observationsOf(reading)[1]).toMatchObject({
      kind: 'forecast',
      time: '2026-09-07T00:00:00.000Z',
      validFrom: '2026-09-08T00:00:00.000Z',
      revision: Date.parse('2026-09-07T00:00:00Z'),
    });
  });

  it('findings are bounded by rule, and counted all the same', () => {
    const reading = READERS.firms(fires(Array(1_000).fill('91,0,2026-04-01,0634,N,VIIRS,n,1').join('\n')), {
      limits: { findingsOfARule: 10 },
    });
    expect(reading.findings).toHaveLength(10);
    expect(reading.counts).toEqual({ 'row.place-missing': 1_000 });
    expect(reading.rows).toEqual({ read: 1_000, accepted: 0, rejected: 1_000 });
  });

  it('what names an item in a feed is never taken for a member of an object', () => {
    const text = quakeJson(
      { alert: '__proto__', status: 'constructor', magType: 'toString' },
      { id: '__proto__' },
    );
    expect(READERS['usgs-geojson'](text).records[0]?.identity).toBe('__proto__');
  });
});
