import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as hazards from '../indices/index.ts';
import * as physics from './index.ts';

/** Functions as a caller without types reaches them. */
type Loose = (...given: readonly unknown[]) => { readonly kind: string; readonly value?: unknown };

const value = fc.oneof(
  fc.double(),
  fc.integer({ min: -5, max: 120 }),
  fc.constantFrom(0, -0, 1e300, Number.NaN, Number.POSITIVE_INFINITY, null, undefined, '7', '', true, {}, []),
);
const word = fc.oneof(
  fc.string(),
  fc.constantFrom('__proto__', 'constructor', '2026-02-30', '2026-03-01', '2026-03-02', '2026-13-01'),
);

function recordOf(...names: readonly string[]) {
  return fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
}

function listOf<Item>(item: fc.Arbitrary<Item>) {
  return fc.array(item, { maxLength: 6 });
}

const dated = (...names: readonly string[]) =>
  listOf(fc.tuple(word, recordOf(...names)).map(([date, rest]) => ({ date, ...rest })));
const weather = dated('temperatureC', 'relativeHumidityPercent', 'dewPointC', 'windKmH', 'rainMm');
const place = recordOf('latitudeDeg', 'longitudeDeg');
const fixes = listOf(recordOf('atMs', 'latitudeDeg', 'longitudeDeg', 'windMS', 'radiusKm'));
const stages = listOf(recordOf('atMs', 'levelM'));
const heights = listOf(recordOf('atMs', 'heightM'));
const quake = recordOf('magnitude', 'depthKm', 'epicentralKm', 'ruptureKm');
const storm = recordOf(
  'centralPressureHPa',
  'ambientPressureHPa',
  'radiusOfMaximumWindKm',
  'b',
  'latitudeDeg',
  'maximumWindMS',
  'exponent',
);
const stations = listOf(
  fc.tuple(word, recordOf('distanceFromMouthKm', 'salinityGL')).map(([name, rest]) => ({ name, ...rest })),
);
const months = fc.record({
  firstYear: value,
  firstMonth: value,
  precipitationMm: listOf(value),
  levelMm: listOf(value),
});
const station = fc.constant({ datum: 'a', alarmDatum: 'a', alarmLevels: [{ name: 'BĐ1', levelM: 1 }] });

const asked: readonly (readonly [string, unknown, readonly fc.Arbitrary<unknown>[]])[] = [
  ['fireWeather', hazards.fireWeather, [weather, recordOf('latitudeDeg')]],
  ['hourlyFineFuel', hazards.hourlyFineFuel, [value, weather]],
  ['grassFuel', hazards.grassFuel, [value, weather]],
  ['shelteredDuff', hazards.shelteredDuff, [weather, recordOf('duffMoistureCode'), value]],
  [
    'overwinterDrought',
    hazards.overwinterDrought,
    [recordOf('autumnDroughtCode', 'winterPrecipitationMm', 'carryOverShare', 'wettingShare')],
  ],
  ['vietNamNesterov', hazards.vietNamNesterov, [weather]],
  [
    'russianNesterov',
    hazards.russianNesterov,
    [weather, fc.constant({ atExactlyTheLimit: 'resets', belowZero: 'resets' })],
  ],
  ['standardizedPrecipitation', hazards.standardizedPrecipitation, [months, recordOf('months')]],
  ['shareOfNormal', hazards.shareOfNormal, [months, recordOf('months')]],
  [
    'spells',
    hazards.spells,
    [
      dated('value'),
      fc.constant({ comparison: 'above', threshold: 1, minimumDays: 1, missingDay: 'breaks' }),
    ],
  ],
  ['beaufort', physics.beaufort, [value]],
  ['windOfOtherMean', physics.windOfOtherMean, [recordOf('windMS', 'seconds'), value, word]],
  ['stormTenMinuteMaximum', physics.stormTenMinuteMaximum, [value]],
  ['hollandWind', physics.hollandWind, [storm, value]],
  ['hollandRadius', physics.hollandRadius, [storm, value]],
  ['rankineRadius', physics.rankineRadius, [storm, value]],
  ['trackAt', physics.trackAt, [fixes, value]],
  ['nearestApproach', physics.nearestApproach, [fixes, place]],
  ['windArrival', physics.windArrival, [fixes, place]],
  ['riverState', physics.riverState, [stages, station]],
  ['riverState without settings', physics.riverState, [stages, station, recordOf('windowHours')]],
  ['analyseTide', physics.analyseTide, [heights.map((points) => ({ datum: 'a', points }))]],
  [
    'totalWaterLevel',
    physics.totalWaterLevel,
    [
      heights.map((points) => ({ datum: 'a', points })),
      heights.map((points) => ({ points })),
      fc.constant('a'),
    ],
  ],
  ['saltLine', physics.saltLine, [stations, value]],
  ['seaLevelTrend', physics.seaLevelTrend, [months]],
  ['allenHypocentralIntensity', physics.allenHypocentralIntensity, [quake]],
  ['allenRuptureIntensity', physics.allenRuptureIntensity, [quake]],
  ['blakeShebalinIntensity', physics.blakeShebalinIntensity, [quake]],
  ['greenHeight', physics.greenHeight, [recordOf('heightM', 'depthM', 'coastDepthM', 'widthRatio')]],
  [
    'depthGrid',
    physics.depthGrid,
    [
      recordOf('rows', 'columns', 'southDeg', 'westDeg', 'stepLatitudeDeg', 'stepLongitudeDeg').map(
        (one) => ({
          ...one,
          depthM: new Float64Array(4),
        }),
      ),
    ],
  ],
];

function numbersIn(found: unknown): readonly number[] {
  if (typeof found === 'number') return [found];
  if (typeof found !== 'object' || found === null || ArrayBuffer.isView(found)) return [];
  return Object.values(found).flatMap(numbersIn);
}

describe('whatever is given', () => {
  it.each(asked)('%s does not throw, and gives no number that is none', (_, call, inputs) => {
    fc.assert(
      fc.property(fc.tuple(...inputs), (given) => {
        // The types are what this test takes away.
        const outcome = (call as Loose)(...given);
        expect(['result', 'outside-range', 'missing-input', 'invalid-input']).toContain(outcome.kind);
        if (outcome.kind === 'result')
          for (const one of numbersIn(outcome.value)) expect(Number.isFinite(one)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
