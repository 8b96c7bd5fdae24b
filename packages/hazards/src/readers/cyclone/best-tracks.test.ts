import { describe, expect, it } from 'vitest';
import { observationsOf } from '../reading.ts';
import { JMA_TRACK, JTWC_TRACK } from '../testing/best-tracks.ts';
import { readIbtracs } from './ibtracs.ts';
import { readJmaBestTrack } from './jma.ts';
import { readJtwcBestTrack } from './jtwc.ts';

describe('the best track of RSMC Tokyo', () => {
  const reading = readJmaBestTrack(JMA_TRACK);

  it('reads the sample of the document column by column', () => {
    const [sample] = reading.records;
    expect(sample).toMatchObject({
      at: { path: 'line 2', line: 2 },
      identity: '199119/1991-09-27T06:00:00.000Z',
      revision: Date.parse('1992-07-01T00:00:00Z'),
      details: { name: 'MIRREILE', grade: 'TY', windMeanMinutes: 10, landfall: true },
    });
    expect(sample?.observations.map(({ quantity, value, unit }) => [quantity, value, unit])).toEqual([
      ['cyclone.wind-10min', 95, 'kn'],
      ['cyclone.pressure', 935, 'hPa'],
      ['cyclone.wind-radius-50kn', 180 * 1.852, 'km'],
      ['cyclone.wind-radius-50kn', 140 * 1.852, 'km'],
      ['cyclone.wind-radius-30kn', 400 * 1.852, 'km'],
      ['cyclone.wind-radius-30kn', 260 * 1.852, 'km'],
    ]);
    expect(sample?.observations[0]?.place).toEqual({ kind: 'point', latitude: 32.5, longitude: 129.3 });
    expect(sample?.details).toMatchObject({
      radii: [{ windKt: 50, sector: 'longest', direction: 'SE' }, {}, { windKt: 30, direction: 'SE' }, {}],
    });
  });

  it('takes the wind 000 for no wind, the direction 9 for a circle, and the year for one of this century', () => {
    const [, depression, storm] = reading.records;
    expect(depression?.observations.map(({ quantity }) => quantity)).toEqual(['cyclone.pressure']);
    expect(depression?.observations[0]?.time).toBe('2024-08-31T12:00:00.000Z');
    expect(storm?.details).toMatchObject({
      grade: 'TS',
      radii: [{ windKt: 30, direction: null }, { windKt: 30 }],
    });
    expect(storm?.details).toMatchObject({ landfall: false });
  });

  it('names the lines that the header announces and the sample does not have, and nothing else', () => {
    expect(reading.rows).toEqual({ read: 5, accepted: 5, rejected: 0 });
    expect(reading.counts).toEqual({ 'cyclone.count': 1, 'value.missing-code': 2 });
  });
});

describe('the best track of the JTWC', () => {
  const reading = readJtwcBestTrack(JTWC_TRACK);

  it('makes one fix of the lines of its three winds, in one-minute winds', () => {
    expect(reading.rows).toEqual({ read: 5, accepted: 5, rejected: 0 });
    expect(reading.records.map(({ rows }) => rows)).toEqual([1, 3, 1]);
    const [, fix] = reading.records;
    expect(fix).toMatchObject({
      identity: 'WP992024/BEST/2024-09-06T06:00:00.000Z',
      details: { name: 'BY-HAND', grade: 'ST', windMeanMinutes: 1, movementDegrees: 280 },
    });
    expect(fix?.observations.slice(0, 3).map(({ quantity, value }) => [quantity, value])).toEqual([
      ['cyclone.wind-1min', 130],
      ['cyclone.pressure', 920],
      ['cyclone.gust', 160],
    ]);
    const details = fix?.details.what === 'cyclone-fix' ? fix.details : null;
    expect(details?.radii.map(({ windKt, sector, radiusKm }) => [windKt, sector, radiusKm / 1.852])).toEqual([
      [34, 'NE', 150],
      [34, 'SE', 120],
      [34, 'SW', 90],
      [34, 'NW', 130],
      [50, 'NE', 70],
      [50, 'SE', 60],
      [50, 'SW', 50],
      [50, 'NW', 60],
      [64, 'circle', 40],
    ]);
  });

  it('goes round from the quadrant that the code names, south and west are negative, pressure 0 is none', () => {
    const [, , south] = reading.records;
    expect(south?.identity).toBe('SH032025/BEST/2024-11-01T00:00:00.000Z');
    expect(south?.observations[0]?.place).toEqual({ kind: 'point', latitude: -12, longitude: -179.5 });
    expect(south?.observations.map(({ quantity }) => quantity)).not.toContain('cyclone.pressure');
    const details = south?.details.what === 'cyclone-fix' ? south.details : null;
    expect(details?.radii.map(({ sector, radiusKm }) => [sector, radiusKm / 1.852])).toEqual([
      ['SE', 50],
      ['SW', 40],
      ['NW', 30],
      ['NE', 20],
    ]);
  });

  it('takes an hour ahead for a forecast, and the later of two for its revision', () => {
    const forecast = readJtwcBestTrack(
      'WP, 99, 2024090600, 03, JTWC,  24, 200N, 1080E, 110, 935, TY,\nWP, 99, 2024090606, 03, JTWC,  18, 201N, 1079E, 115, 930, TY,\n',
    );
    const [first, second] = forecast.records;
    expect(first?.identity).toBe(second?.identity);
    expect(second?.revision).toBeGreaterThan(first?.revision ?? Number.POSITIVE_INFINITY);
    expect(second?.observations[0]).toMatchObject({
      kind: 'forecast',
      time: '2024-09-06T06:00:00.000Z',
      validFrom: '2024-09-07T00:00:00.000Z',
      source: 'jtwc:jtwc',
    });
  });
});

describe('IBTrACS as it is published', () => {
  it('takes the wind of each agency with its own mean, and passes the row of units over', () => {
    const reading = readIbtracs(
      [
        'SID,SEASON,NAME,ISO_TIME,LAT,LON,WMO_WIND,WMO_PRES,WMO_AGENCY,TRACK_TYPE,USA_WIND,USA_R34_NE,CMA_WIND,TOKYO_WIND',
        ' ,Year, , ,degrees_north,degrees_east,kts,mb, , ,kts,nmile,kts,kts',
        '2024245N12129,2024,BY-HAND,2024-09-06 06:00:00,19.7,111.3,105,915,tokyo,PROVISIONAL,130,150,115,105',
        '2024245N12129,2024,BY-HAND,2024-09-06 12:00:00,19.8,110.8,100,920,newdelhi,main, , , , ',
      ].join('\n'),
    );
    expect(reading.rows).toEqual({ read: 2, accepted: 2, rejected: 0 });
    expect(reading.counts).toEqual({ 'unit.row': 1 });
    expect(observationsOf(reading).map(({ source, quantity, value }) => [source, quantity, value])).toEqual([
      ['ibtracs:wmo', 'cyclone.wind-10min', 105],
      ['ibtracs:wmo', 'cyclone.pressure', 915],
      ['ibtracs:usa', 'cyclone.wind-1min', 130],
      ['ibtracs:tokyo', 'cyclone.wind-10min', 105],
      ['ibtracs:cma', 'cyclone.wind-2min', 115],
      ['ibtracs:wmo', 'cyclone.wind-3min', 100],
      ['ibtracs:wmo', 'cyclone.pressure', 920],
    ]);
    expect(reading.records[0]?.details).toMatchObject({
      name: 'BY-HAND',
      radii: [{ windKt: 34, sector: 'NE', radiusKm: 150 * 1.852 }],
    });
    expect(observationsOf(reading)[0]?.flags).toEqual(['provisional']);
  });
});
