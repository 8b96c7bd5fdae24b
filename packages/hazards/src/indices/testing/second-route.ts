import * as physics from '../../physics/constants.ts';
import { distanceKm } from '../../physics/geodesy.ts';
import {
  type AveragingSeconds,
  allenHypocentralIntensity,
  allenRuptureIntensity,
  blakeShebalinIntensity,
  depthGrid,
  type Exposure,
  greenHeight,
  hollandWind,
  type MethodOutcome,
  stormTenMinuteMaximum,
  tsunamiTravelTimes,
  windOfOtherMean,
} from '../../physics/index.ts';
import { pearsonConstants, pearsonFit } from '../drought-fit.ts';
import * as fireWeather from '../fire-weather/constants.ts';
import * as formulas from '../fire-weather/formulas.ts';
import * as variants from '../fire-weather/variants.ts';
import {
  dewPointOf,
  nesterovRainFactor,
  russianNesterov,
  saturationPressureHPa,
  vietNamNesterov,
} from '../nesterov.ts';
import * as nesterov from '../nesterov-constants.ts';
import { secondRoute } from './second-route-values.ts';

/** Every constant that a formula uses, by file and table. The mutation run walks this and changes one number at a time. */
export const constantTables: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  fireWeather,
  nesterov,
  drought: { pearsonConstants },
  physics,
};

function value<Found>(outcome: MethodOutcome<Found>): Found {
  if (outcome.kind !== 'result') throw new Error(outcome.why);
  return outcome.value;
}

const n = Number;

/** 1 when a day of rain keeps the sum, 0 when it starts it again. */
function keeps(rainMm: number, variant: 'viet-nam' | 'russia'): number {
  const days = [
    { date: '2026-05-01', temperatureC: 30, relativeHumidityPercent: 50, rainMm: 0 },
    { date: '2026-05-02', temperatureC: 30, relativeHumidityPercent: 50, rainMm },
  ];
  const found =
    variant === 'viet-nam'
      ? vietNamNesterov(days)
      : russianNesterov(days, { atExactlyTheLimit: 'accumulates', belowZero: 'adds-nothing' });
  return value(found)[1]?.reset ? 0 : 1;
}

/** Seconds to the next cell of an even sea, 0.2 degrees to the north. */
function stepOfWave(depthM: number): number {
  const grid = depthGrid({
    rows: 2,
    columns: 2,
    southDeg: 0,
    westDeg: 100,
    stepLatitudeDeg: 0.2,
    stepLongitudeDeg: 0.2,
    depthM: new Float64Array(4).fill(depthM),
  });
  const times = tsunamiTravelTimes(value(grid), [{ latitudeDeg: 0, longitudeDeg: 100 }]);
  return n(value(times).seconds[2]);
}

type Arguments = readonly unknown[];

const quakeOf = ([magnitude, depthKm, epicentralKm]: Arguments) => ({
  magnitude: n(magnitude),
  depthKm: n(depthKm),
  epicentralKm: n(epicentralKm),
});

// The arguments come out of the file of numbers, where the Python script wrote them in this order.
const constantsOf = (name: unknown) => name as formulas.FireWeatherConstants;

const questions: Readonly<Record<string, (given: Arguments) => number>> = {
  ffmc: ([f, t, h, w, p, c]) => formulas.fineFuelMoistureCode(n(f), n(t), n(h), n(w), n(p), constantsOf(c)),
  hffmc: ([f, t, h, w, p, s, c]) =>
    formulas.hourlyFineFuelMoistureCode(n(f), n(t), n(h), n(w), n(p), n(s), constantsOf(c)),
  dmc: ([p, t, h, r, l, c]) => formulas.duffMoistureCode(n(p), n(t), n(h), n(r), n(l), constantsOf(c)),
  dc: ([d, t, r, l]) => formulas.droughtCode(n(d), n(t), n(r), n(l)),
  isi: ([f, w, c, fast]) => formulas.initialSpreadIndex(n(f), n(w), constantsOf(c), fast === true),
  bui: ([p, d]) => formulas.buildupIndex(n(p), n(d)),
  fwi: ([r, u]) => formulas.fireWeatherIndex(n(r), n(u)),
  dsr: ([i]) => formulas.dailySeverityRating(n(i)),
  duffDay: ([latitude, month]) => formulas.duffDayLengthHours(n(latitude), n(month), true),
  droughtDay: ([latitude, month]) => formulas.droughtDayLengthFactor(n(latitude), n(month), true),
  winter: ([d, r, a, b]) => formulas.overwinteredDroughtCode(n(d), n(r), n(a), n(b)),
  gfmc: ([f, t, h, w, p, s, load, hours]) =>
    variants.grassFuelMoistureCode(
      n(f),
      {
        temperatureC: n(t),
        humidityPercent: n(h),
        windKmH: n(w),
        rainMm: n(p),
        solarKwM2: n(s),
        fuelLoadKgM2: n(load),
        hours: n(hours),
      },
      'cffdrs',
    ),
  sdmc: ([s, t, h, r, l]) => variants.shelteredDuffMoistureCode(n(s), n(t), n(h), n(r), n(l)),
  sdmcStart: ([d]) => variants.shelteredStart(n(d)),
  saturation: ([t]) => saturationPressureHPa(n(t)),
  dewPoint: ([t, h]) => dewPointOf(n(t), n(h)),
  rainFactor: ([mm]) => nesterovRainFactor(n(mm)),
  vnKeeps: ([mm]) => keeps(n(mm), 'viet-nam'),
  ruKeeps: ([mm]) => keeps(n(mm), 'russia'),
  gust: ([from, to, where]) =>
    value(
      windOfOtherMean(
        { windMS: 1, seconds: from as AveragingSeconds },
        to as AveragingSeconds,
        where as Exposure,
      ),
    ).factor,
  stormTen: ([v]) => value(stormTenMinuteMaximum(n(v))),
  allen: (given) => value(allenHypocentralIntensity(quakeOf(given))).intensity,
  allenSigma: (given) => n(value(allenHypocentralIntensity(quakeOf(given))).sigma),
  rupture: ([magnitude, ruptureKm]) =>
    value(allenRuptureIntensity({ magnitude: n(magnitude), ruptureKm: n(ruptureKm) })).intensity,
  ruptureSigma: ([magnitude, ruptureKm]) =>
    n(value(allenRuptureIntensity({ magnitude: n(magnitude), ruptureKm: n(ruptureKm) })).sigma),
  blake: (given) => value(blakeShebalinIntensity(quakeOf(given))).intensity,
  holland: ([pc, pn, rm, b, latitude, r]) =>
    value(
      hollandWind(
        {
          centralPressureHPa: n(pc),
          ambientPressureHPa: n(pn),
          radiusOfMaximumWindKm: n(rm),
          b: n(b),
          latitudeDeg: n(latitude),
        },
        n(r),
      ),
    ),
  degree: ([a, b, c, d]) =>
    distanceKm({ latitudeDeg: n(a), longitudeDeg: n(b) }, { latitudeDeg: n(c), longitudeDeg: n(d) }),
  breaks: ([height, depth]) =>
    greenHeight({ heightM: n(height), depthM: n(depth), coastDepthM: n(depth) }).kind === 'result' ? 1 : 0,
  wave: ([depth]) => stepOfWave(n(depth)),
  pearson: ([sums, at]) => {
    const below = pearsonFit(sums as readonly number[]);
    return typeof below === 'function' ? below(n(at)) : Number.NaN;
  },
};

/** Rows whose answer differs by more than 1e-7 of itself (or of a millionth, near 0). */
export function secondRouteFailures(most = Number.POSITIVE_INFINITY): readonly string[] {
  const failed: string[] = [];
  for (const [question, given, expected] of secondRoute) {
    if (failed.length >= most) break;
    let found: number;
    try {
      found = questions[question]?.(given) ?? Number.NaN;
    } catch {
      // A row that can no longer be calculated has noticed the change as well.
      found = Number.NaN;
    }
    if (!(Math.abs(found - expected) <= 1e-7 * Math.max(Math.abs(expected), 1e-6)))
      failed.push(`${question} ${JSON.stringify(given)}: ${found} for ${expected}`);
  }
  return failed;
}
