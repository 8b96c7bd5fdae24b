import { monthOf } from '../../physics/calendar.ts';
import { defineMethod, type MethodOutcome } from '../../physics/method.ts';
import { brokenOrder, type FireWeatherDay, fireWeatherQuantities } from './daily.ts';
import {
  duffDayLengthHours,
  type FireWeatherConstants,
  hourlyFineFuelMoistureCode,
  overwinteredDroughtCode,
} from './formulas.ts';
import { grassFuelMoistureCode, shelteredDuffMoistureCode, shelteredStart } from './variants.ts';

const { temperatureC, relativeHumidityPercent, windKmH, latitudeDeg, duffMoistureCode } =
  fireWeatherQuantities;
const rainOfStep = { unit: 'mm', what: 'rain of the step', minimum: 0, maximum: 500 };
const hours = { unit: 'h', what: 'length of the step', minimum: 0, openMinimum: true, maximum: 24 };
const codeBefore = { unit: '1', what: 'code at the start of the step', minimum: 0, maximum: 101 };

/** Weather of one step of hours. */
export interface FireWeatherStep {
  readonly temperatureC?: number | undefined;
  readonly relativeHumidityPercent?: number | undefined;
  readonly windKmH?: number | undefined;
  readonly rainMm?: number | undefined;
  /** Length of the step, h. */
  readonly hours?: number | undefined;
}

export const hourlyFineFuelMethod = defineMethod({
  id: 'fire-weather.hourly-ffmc',
  title: 'Hourly Fine Fuel Moisture Code',
  source: 'Van Wagner (1977), Information Report PS-X-69',
  check: 'fwi_cffdrs_r/HourlyFineFuelMoistureCode, relative 5e-4',
  range: 'any hour of the day; all rain of the step counts, the canopy takes none',
  quantities: { codeBefore, temperatureC, relativeHumidityPercent, windKmH, rainMm: rainOfStep, hours },
});

/** Fine Fuel Moisture Code after each step. A step that is not complete is named and nothing is given. */
export function hourlyFineFuel(
  codeAtStart: number,
  steps: readonly FireWeatherStep[],
  constants: FireWeatherConstants = 'cffdrs',
): MethodOutcome<readonly number[]> {
  const first = hourlyFineFuelMethod.refusal({ codeBefore: codeAtStart });
  if (first) return first;
  const found: number[] = [];
  let code = codeAtStart;
  for (const [index, { hours: given = 1, ...step }] of steps.entries()) {
    const { temperatureC: t, relativeHumidityPercent: h, windKmH: w, rainMm: r } = step;
    const refused = hourlyFineFuelMethod.refusal(
      { temperatureC: t, relativeHumidityPercent: h, windKmH: w, rainMm: r, hours: given },
      `step ${index + 1}`,
    );
    if (refused) return refused;
    code = hourlyFineFuelMoistureCode(
      code,
      Number(t),
      Math.min(99.9999, Number(h)),
      Number(w),
      Number(r),
      given,
      constants,
    );
    found.push(code);
  }
  return hourlyFineFuelMethod.result(found);
}

export const grassMethod = defineMethod({
  id: 'fire-weather.gfmc',
  title: 'Grass Fuel Moisture Code, hourly',
  source: 'Wotton (2009), Int. J. Wildland Fire',
  check: 'by hand against the published test grid of cffdrs (7 rows, 2e-6); second route in Python',
  range: 'fully cured, matted grass in the open',
  quantities: {
    codeBefore,
    temperatureC,
    relativeHumidityPercent,
    windKmH,
    rainMm: rainOfStep,
    hours,
    solarKwM2: { unit: 'kW/m²', what: 'solar radiation', minimum: 0, maximum: 1.5 },
    fuelLoadKgM2: { unit: 'kg/m²', what: 'grass load', minimum: 0.05, maximum: 2 },
  },
});

/** Weather of one step over grass. */
export interface GrassStep extends FireWeatherStep {
  readonly solarKwM2?: number | undefined;
  /** Without it 0.3 kg/m². */
  readonly fuelLoadKgM2?: number | undefined;
}

/** Grass Fuel Moisture Code after each step. */
export function grassFuel(
  codeAtStart: number,
  steps: readonly GrassStep[],
  constants: FireWeatherConstants = 'cffdrs',
): MethodOutcome<readonly number[]> {
  const first = grassMethod.refusal({ codeBefore: codeAtStart });
  if (first) return first;
  const found: number[] = [];
  let code = codeAtStart;
  for (const [index, step] of steps.entries()) {
    const { temperatureC: t, relativeHumidityPercent: h, windKmH: w, rainMm: r, solarKwM2: s } = step;
    const { fuelLoadKgM2 = 0.3, hours: given = 1 } = step;
    const refused = grassMethod.refusal(
      {
        temperatureC: t,
        relativeHumidityPercent: h,
        windKmH: w,
        rainMm: r,
        solarKwM2: s,
        fuelLoadKgM2,
        hours: given,
      },
      `step ${index + 1}`,
    );
    if (refused) return refused;
    const air = {
      temperatureC: Number(t),
      humidityPercent: Number(h),
      windKmH: Number(w),
      rainMm: Number(r),
      solarKwM2: Number(s),
      fuelLoadKgM2,
      hours: given,
    };
    code = grassFuelMoistureCode(code, air, constants);
    found.push(code);
  }
  return grassMethod.result(found);
}

export const shelteredDuffMethod = defineMethod({
  id: 'fire-weather.sdmc',
  title: 'Sheltered Duff Moisture Code',
  source: 'Wotton, Stocks and Martell (2005), Int. J. Wildland Fire 14, 169',
  check:
    'by hand against the published test grid of cffdrs (4 rows within the ranges, exact); second route in Python',
  range: 'duff under a closed canopy, near the trunks; day lengths as for the DMC of Canada',
  quantities: {
    temperatureC,
    relativeHumidityPercent,
    rainMm: fireWeatherQuantities.rainMm,
    duffMoistureCode,
    latitudeDeg,
    shelteredBefore: { unit: '1', what: 'code of the day before', minimum: 0, maximum: 1000 },
  },
});

/** Sheltered Duff Moisture Code of each day, from the ordinary DMC at the start or from a code of the day before. */
export function shelteredDuff(
  days: readonly Omit<FireWeatherDay, 'windKmH'>[],
  start: { readonly duffMoistureCode: number } | { readonly shelteredBefore: number },
  latitude: number,
): MethodOutcome<readonly number[]> {
  const refused =
    shelteredDuffMethod.refusal({ latitudeDeg: latitude }) ??
    shelteredDuffMethod.refusal(
      'shelteredBefore' in start
        ? { shelteredBefore: start.shelteredBefore }
        : { duffMoistureCode: start.duffMoistureCode },
    ) ??
    brokenOrder(shelteredDuffMethod, days);
  if (refused) return refused;
  const found: number[] = [];
  let code = 'shelteredBefore' in start ? start.shelteredBefore : shelteredStart(start.duffMoistureCode);
  for (const { date, temperatureC: t, relativeHumidityPercent: h, rainMm: r } of days) {
    const wrong = shelteredDuffMethod.refusal(
      { temperatureC: t, relativeHumidityPercent: h, rainMm: r },
      date,
    );
    if (wrong) return wrong;
    const length = duffDayLengthHours(latitude, monthOf(date), true);
    code = shelteredDuffMoistureCode(code, Number(t), Number(h), Number(r), length);
    found.push(code);
  }
  return shelteredDuffMethod.result(found);
}

export const overwinterMethod = defineMethod({
  id: 'fire-weather.overwinter-dc',
  title: 'Drought Code carried over a winter',
  source: 'Van Wagner (1985); Lawson and Armitage (2008), Weather guide for the CFFDRS',
  check: 'fwi_cffdrs_r/OverwinterDroughtCode, relative 5e-4',
  range: 'carry-over 0.5, 0.75 or 1.0 and wetting 0.5, 0.75 or 0.9 in the guide; others are possible',
  quantities: {
    autumnDroughtCode: { unit: '1', what: 'DC of last autumn', minimum: 0, maximum: 2500 },
    winterPrecipitationMm: { unit: 'mm', what: 'precipitation of the winter', minimum: 0, maximum: 5000 },
    carryOverShare: {
      unit: '1',
      what: 'share of the autumn moisture that stays',
      minimum: 0,
      openMinimum: true,
      maximum: 1,
    },
    wettingShare: {
      unit: '1',
      what: 'share of the winter precipitation that wets the duff',
      minimum: 0,
      maximum: 1,
    },
  },
});

/** Drought Code on the first day of the season, at least 15. */
export function overwinterDrought(inputs: {
  readonly autumnDroughtCode: number;
  readonly winterPrecipitationMm: number;
  readonly carryOverShare: number;
  readonly wettingShare: number;
}): MethodOutcome<number> {
  const { autumnDroughtCode, winterPrecipitationMm, carryOverShare, wettingShare } = inputs;
  const refused = overwinterMethod.refusal({
    autumnDroughtCode,
    winterPrecipitationMm,
    carryOverShare,
    wettingShare,
  });
  if (refused) return refused;
  return overwinterMethod.result(
    overwinteredDroughtCode(autumnDroughtCode, winterPrecipitationMm, carryOverShare, wettingShare),
  );
}
