import { dateOf, dayNumber, monthOf } from '../../physics/calendar.ts';
import { defineMethod, type MethodOutcome, type MethodRefusal } from '../../physics/method.ts';
import {
  buildupIndex,
  dailySeverityRating,
  droughtCode,
  droughtDayLengthFactor,
  duffDayLengthHours,
  duffMoistureCode,
  type FireWeatherConstants,
  fineFuelMoistureCode,
  fireWeatherIndex,
  initialSpreadIndex,
} from './formulas.ts';

/** Weather at noon local standard time, and the rain of the 24 hours before. */
export interface FireWeatherDay {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly temperatureC?: number | undefined;
  readonly relativeHumidityPercent?: number | undefined;
  /** 10 m above open ground. */
  readonly windKmH?: number | undefined;
  readonly rainMm?: number | undefined;
}

/** The three moisture codes, which carry over from day to day. */
export interface MoistureCodes {
  readonly fineFuelMoistureCode: number;
  readonly duffMoistureCode: number;
  readonly droughtCode: number;
}

export interface FireWeather extends MoistureCodes {
  readonly date: string;
  readonly initialSpreadIndex: number;
  readonly buildupIndex: number;
  readonly fireWeatherIndex: number;
  readonly dailySeverityRating: number;
}

export interface FireWeatherSettings {
  readonly latitudeDeg: number;
  /** Codes of the day before the first; without it `springStart`. */
  readonly before?: MoistureCodes;
  /** Without it `cffdrs`, as Canada calculates today. */
  readonly constants?: FireWeatherConstants;
  /** false: the day lengths of Canada at every latitude, as in 1987. Without it true. */
  readonly dayLengthByLatitude?: boolean;
}

/** Codes three days after the snow has gone, Van Wagner (1987). */
export const springStart: MoistureCodes = {
  fineFuelMoistureCode: 85,
  duffMoistureCode: 6,
  droughtCode: 15,
};

/** More days than a century has are no season. */
const mostDays = 40_000;

const temperature = { unit: '°C', what: 'temperature at noon', minimum: -50, maximum: 60 };
const humidity = { unit: '%', what: 'relative humidity at noon', minimum: 0, maximum: 100 };
const wind = { unit: 'km/h', what: 'wind at noon, 10 m', minimum: 0, maximum: 300 };
const rain = { unit: 'mm', what: 'rain of 24 hours', minimum: 0, maximum: 2000 };
const code = { unit: '1', minimum: 0 };

export const fireWeatherQuantities = {
  temperatureC: temperature,
  relativeHumidityPercent: humidity,
  windKmH: wind,
  rainMm: rain,
  fineFuelMoistureCode: { ...code, what: 'FFMC of the day before', maximum: 101 },
  duffMoistureCode: { ...code, what: 'DMC of the day before', maximum: 1000 },
  droughtCode: { ...code, what: 'DC of the day before', maximum: 2500 },
  latitudeDeg: { unit: '°', what: 'latitude, north positive', minimum: -90, maximum: 90 },
};

export const fireWeatherMethod = defineMethod({
  id: 'fire-weather.canada',
  title: 'Canadian Fire Weather Index System: FFMC, DMC, DC, ISI, BUI, FWI, DSR',
  source:
    'Van Wagner (1987), Forestry Technical Report 35; Van Wagner and Pickett (1985), Report 33; day lengths of other latitudes: Lawson and Armitage (2008)',
  check: 'fwi_cffdrs_r: 11 daily files and 6 grids of components, relative 5e-4 (rounding of the files)',
  range:
    'one value a day, at noon local standard time; constants `cffdrs` or `printed`; the upper bounds of weather and codes are ours, the report has none',
  quantities: fireWeatherQuantities,
});

/** The day after `date`, or why the list is not one of days that follow each other. */
export function brokenOrder(
  method: typeof fireWeatherMethod,
  days: readonly { readonly date: string }[],
): MethodRefusal | undefined {
  if (days.length === 0) return method.missing('date', 'there is no day');
  if (days.length > mostDays)
    return method.invalid('date', 'too-large', `${days.length} days are more than ${mostDays}`);
  let before: number | undefined;
  for (const { date } of days) {
    const day = dayNumber(date);
    if (day === undefined)
      return method.invalid('date', 'not-a-date', `${String(date)} is no date YYYY-MM-DD`, String(date));
    if (before !== undefined && day <= before)
      return method.invalid('date', 'order', `${date} does not come after the day before it`, date);
    if (before !== undefined && day > before + 1)
      return method.missing(
        'date',
        `the day ${dateOf(before + 1)} is missing; without it the codes after it are unknown`,
        dateOf(before + 1),
      );
    before = day;
  }
  return undefined;
}

/**
 * All seven values of each day. The days must follow each other: a day that is missing, or a number missing in a day,
 * is named and nothing is given, because every later value rests on it.
 */
export function fireWeather(
  days: readonly FireWeatherDay[],
  settings: FireWeatherSettings,
): MethodOutcome<readonly FireWeather[]> {
  const { latitudeDeg, before = springStart, constants = 'cffdrs', dayLengthByLatitude = true } = settings;
  const { fineFuelMoistureCode: fine, duffMoistureCode: duff, droughtCode: dry } = before;
  const refused =
    fireWeatherMethod.refusal({
      latitudeDeg,
      fineFuelMoistureCode: fine,
      duffMoistureCode: duff,
      droughtCode: dry,
    }) ?? brokenOrder(fireWeatherMethod, days);
  if (refused) return refused;
  const found: FireWeather[] = [];
  let codes: MoistureCodes = before;
  for (const { date, temperatureC, relativeHumidityPercent, windKmH, rainMm } of days) {
    const weather = { temperatureC, relativeHumidityPercent, windKmH, rainMm };
    const wrong = fireWeatherMethod.refusal(weather, date);
    if (wrong) return wrong;
    // The refusal has seen that all four are numbers.
    const next = dayOf(codes, weather as Weather, monthOf(date), latitudeDeg, constants, dayLengthByLatitude);
    codes = next;
    found.push({ date, ...next });
  }
  return fireWeatherMethod.result(found);
}

interface Weather {
  readonly temperatureC: number;
  readonly relativeHumidityPercent: number;
  readonly windKmH: number;
  readonly rainMm: number;
}

function dayOf(
  before: MoistureCodes,
  { temperatureC, relativeHumidityPercent, windKmH, rainMm }: Weather,
  month: number,
  latitudeDeg: number,
  constants: FireWeatherConstants,
  byLatitude: boolean,
): Omit<FireWeather, 'date'> {
  // Saturated air has no drying side of the equation; the Canadian package takes the same limit.
  const humidityPercent = Math.min(99.9999, relativeHumidityPercent);
  const fine = fineFuelMoistureCode(
    before.fineFuelMoistureCode,
    temperatureC,
    humidityPercent,
    windKmH,
    rainMm,
    constants,
  );
  const duff = duffMoistureCode(
    before.duffMoistureCode,
    temperatureC,
    humidityPercent,
    rainMm,
    duffDayLengthHours(latitudeDeg, month, byLatitude),
    constants,
  );
  const dry = droughtCode(
    before.droughtCode,
    temperatureC,
    rainMm,
    droughtDayLengthFactor(latitudeDeg, month, byLatitude),
  );
  const spread = initialSpreadIndex(fine, windKmH, constants);
  const buildup = buildupIndex(duff, dry);
  const index = fireWeatherIndex(spread, buildup);
  return {
    fineFuelMoistureCode: fine,
    duffMoistureCode: duff,
    droughtCode: dry,
    initialSpreadIndex: spread,
    buildupIndex: buildup,
    fireWeatherIndex: index,
    dailySeverityRating: dailySeverityRating(index),
  };
}
