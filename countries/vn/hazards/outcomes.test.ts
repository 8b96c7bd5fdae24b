import { type AttributeValue, tryOut, type Verdict } from '@keng/hazards';
import { describe, expect, it } from 'vitest';
import { stationAreaOf, vietNamHazards } from './index.ts';
import { readReference, referencePresent } from './testing/reference.ts';

interface Case {
  readonly official_level: number;
  readonly [name: string]: unknown;
}
type Outcomes = Readonly<Record<'earthquake' | 'storm' | 'flood', readonly Case[]>>;

const outcomes: Outcomes = referencePresent
  ? JSON.parse(readReference('hazards/vn/official_outcome_cases.json'))
  : { earthquake: [], storm: [], flood: [] };

function asked(
  hazard: string,
  driver: 'forecast' | 'observation',
  inputs: Readonly<Record<string, readonly [number | string, string]>>,
  attributes: Readonly<Record<string, AttributeValue>>,
  choices = {},
): Verdict {
  return tryOut(vietNamHazards, {
    hazard,
    driver,
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([name, [value, unit]]) => [name, { value, unit }]),
    ),
    attributes,
    choices,
    source: 'bulletin',
    time: '2026-01-01T00:00:00Z',
  });
}

/**
 * Epicentral intensity by Allen, Wald and Worden 2012 (hypocentral; coefficients as in the handbook, section 9), written
 * out here so that the test does not rest on the product's own function. MMI is taken as MSK-64.
 */
function epicentralIntensity(magnitude: number, depthKm: number): number {
  const rm = -0.209 + 2.042 * Math.exp(magnitude - 5);
  return 2.085 + 1.428 * magnitude - 1.402 * Math.log(Math.hypot(depthKm, rm));
}

describe.skipIf(!referencePresent)('what the authority announced', () => {
  it('every case of the file is one of these three kinds', () => {
    expect(Object.keys(outcomes).sort()).toEqual(expect.arrayContaining(['earthquake', 'flood', 'storm']));
    expect(outcomes.earthquake.length + outcomes.storm.length + outcomes.flood.length).toBeGreaterThanOrEqual(
      12,
    );
  });

  it.each(outcomes.earthquake)('earthquake $date M $M, $depth_km km: $official_level', (one) => {
    const depth = Number(one.depth_km ?? one.depth_assumed_km);
    const intensity = epicentralIntensity(Number(one.M), depth);
    // The bulletins left within minutes: the intensity is an estimate. All places are rural.
    const verdict = asked(
      'earthquake',
      'forecast',
      { intensity: [intensity, 'MSK-64'] },
      { landUse: 'rural' },
    );
    expect(verdict).toMatchObject({ kind: 'level', level: one.official_level, driver: 'forecast' });
    expect(verdict.choices.map(({ choice }) => choice)).toContain('earthquake.estimated');
  });

  it('Kon Plông has reservoirs: to the letter 3, as announced 2, by choice', () => {
    const intensity = epicentralIntensity(5, 8.1);
    const ask = (choices = {}) =>
      asked(
        'earthquake',
        'forecast',
        { intensity: [intensity, 'MSK-64'] },
        { landUse: ['rural', 'reservoir'] },
        choices,
      );
    expect(ask()).toMatchObject({ level: 3, rule: '55.3' });
    expect(ask({ 'earthquake.reservoirs': 'ignored' })).toMatchObject({ level: 2, rule: '55.2' });
  });

  it.each(outcomes.storm)('storm $date $area: $official_level', (one) => {
    // "13-14 at the centre" is not the wind of the area: the lower grade is what the area can have had.
    const wind = Number(/\d+/.exec(String(one.beaufort ?? one.beaufort_forecast))?.[0]);
    expect(wind).toBeGreaterThan(5);
    expect(asked('storm', 'forecast', { wind: [wind, 'Beaufort'] }, { region: 'east-sea' })).toMatchObject({
      kind: 'level',
      level: one.official_level,
    });
  });

  it('the level is of the area, not of the storm', () => {
    const [, gulf] = outcomes.storm;
    expect(gulf?.official_level).toBe(3);
    const centre = asked('storm', 'forecast', { wind: [14, 'Beaufort'] }, { region: 'east-sea' });
    expect(centre).toMatchObject({ level: 4 });
  });

  it.each(outcomes.flood)('flood $date $station $level_m m: $official_level', (one) => {
    const names: Readonly<Record<string, string>> = { 'Cau Lau': 'Câu Lâu', 'Ai Nghia': 'Ái Nghĩa' };
    const stationArea = stationAreaOf('Quảng Nam', names[String(one.station)] ?? '');
    expect(stationArea).toBe('3');
    const alarm3 = Number(one.bd3_m);
    const level = Number(one.level_m);
    // "Forecast to exceed BĐ3" without a number: the least that exceeds it.
    const forecast = one.note === 'forecast to exceed BD3' ? alarm3 + 0.01 : level;
    const attributes = {
      stationArea: stationArea ?? '',
      // Only alarm level 3 is given; the lower ones do not matter above it.
      alarm1: alarm3 - 2,
      alarm2: alarm3 - 1,
      alarm3,
      ...(one.historic_m === undefined ? {} : { historic: Number(one.historic_m) }),
    };
    expect(asked('flood', 'forecast', { level: [forecast, 'm'] }, attributes)).toMatchObject({
      level: one.official_level,
      rule: '45.3.b',
    });
  });
});
