import { monthOf } from '../physics/calendar.ts';
import { defineMethod, type HazardMethod, type MethodOutcome } from '../physics/method.ts';
import { brokenOrder } from './fire-weather/daily.ts';
import type { MonthlyRainLimit } from './nesterov-classes.ts';
import { dewPoint, rainFactors, rainReset, saturation } from './nesterov-constants.ts';

/** Measured at 13 h (Viet Nam) or about midday (Russia), and the rain of the day. */
export interface MiddayWeather {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly temperatureC?: number | undefined;
  readonly relativeHumidityPercent?: number | undefined;
  /** In place of the humidity, when it was measured. */
  readonly dewPointC?: number | undefined;
  readonly rainMm?: number | undefined;
}

export interface NesterovDay {
  readonly date: string;
  readonly index: number;
  /** What today added. */
  readonly added: number;
  /** Today's rain started the sum again. */
  readonly reset: boolean;
}

const temperatureC = { unit: '°C', what: 'air temperature at midday', minimum: -60, maximum: 60 };
const relativeHumidityPercent = {
  unit: '%',
  what: 'relative humidity at midday',
  minimum: 0,
  openMinimum: true,
  maximum: 100,
};
const rainMm = { unit: 'mm', what: 'rain of the day', minimum: 0, maximum: 2000 };
const dewPointC = { unit: '°C', what: 'dew point at midday', minimum: -80, maximum: 50 };
const indexBefore = { unit: '°C hPa or °C²', what: 'index of the day before', minimum: 0 };
const limit = { unit: 'mm', what: 'rain that starts the sum again', minimum: 0, openMinimum: true };

/** Vapour pressure at saturation, hPa. Tetens (1930), Murray (1967). */
export function saturationPressureHPa(celsius: number): number {
  return saturation.factor * Math.exp((saturation.slope * celsius) / (celsius + saturation.offset));
}

/** Saturation deficit (độ chênh lệch bão hòa), hPa: what the air could still take up; not T minus dew point. */
export function saturationDeficitHPa(celsius: number, humidityPercent: number): number {
  return saturationPressureHPa(celsius) * (1 - humidityPercent / 100);
}

/** Dew point, °C, of a humidity above 0. */
export function dewPointOf(celsius: number, humidityPercent: number): number {
  const { slope, offset } = dewPoint;
  const gamma = (slope * celsius) / (offset + celsius) + Math.log(humidityPercent / 100);
  return (offset * gamma) / (slope - gamma);
}

/** The rain limit: one number, or a table by month. */
export type RainLimit = number | MonthlyRainLimit;

export const vietNamNesterovMethod = defineMethod({
  id: 'nesterov.viet-nam',
  title: "Index P of Viet Nam: Nesterov's sum with the saturation deficit",
  source:
    'P = K sum(t13 d13), K = 0 from 5 mm a day, Decree 156/2018 with provincial tables; Decision 33/2022 of Huế for limits by zone and month',
  check: 'nesterov/check_sequence_computed.csv, 10 days, 0.1 %',
  range: 'temperature at 13 h; below 0 °C a day adds nothing',
  quantities: { temperatureC, relativeHumidityPercent, rainMm, indexBefore, rainLimitMm: limit },
});

/**
 * Index P of each day: the sum of t13 times the saturation deficit at 13 h (°C hPa) since the last rain of at least the
 * limit (5 mm without another). The day of that rain is 0. A missing day or number is named, nothing is given.
 */
export function vietNamNesterov(
  days: readonly MiddayWeather[],
  settings: { readonly rainLimit?: RainLimit; readonly indexBefore?: number } = {},
): MethodOutcome<readonly NesterovDay[]> {
  const { rainLimit = rainReset.vietNam, indexBefore: start = 0 } = settings;
  const method = vietNamNesterovMethod;
  const refused = method.refusal({ indexBefore: start }) ?? brokenOrder(method, days);
  if (refused) return refused;
  const found: NesterovDay[] = [];
  let index = start;
  for (const { date, temperatureC: t, relativeHumidityPercent: h, rainMm: r } of days) {
    const limitMm = typeof rainLimit === 'number' ? rainLimit : rainLimit.mmOfMonth[monthOf(date)];
    if (limitMm === undefined)
      return method.missing('rainLimitMm', `no rain limit is known for month ${monthOf(date)}`, date);
    const wrong = method.refusal(
      { temperatureC: t, relativeHumidityPercent: h, rainMm: r, rainLimitMm: limitMm },
      date,
    );
    if (wrong) return wrong;
    const reset = Number(r) >= limitMm;
    const added = reset ? 0 : Math.max(0, Number(t)) * saturationDeficitHPa(Number(t), Number(h));
    index = reset ? 0 : index + added;
    found.push({ date, index, added, reset });
  }
  return method.result(found);
}

export interface RussianNesterovSettings {
  /** Rain that starts the sum again, mm; 3 today, 2.5 in the older text. */
  readonly resetMm?: number;
  /** Programs disagree on a day of exactly the limit; there is no default. */
  readonly atExactlyTheLimit: 'accumulates' | 'resets';
  /** A midday below 0 °C adds nothing, or starts the sum again; programs disagree here too. */
  readonly belowZero: 'adds-nothing' | 'resets';
  /** `factor`: the sum is multiplied by a factor of the day's rain instead of being set to 0. */
  readonly rain?: 'reset' | 'factor';
  readonly indexBefore?: number;
}

export const russianNesterovMethod = defineMethod({
  id: 'nesterov.russia',
  title: "Nesterov's index of Russia, with reset or with factors of rain",
  source:
    'Order 287 of Rosleskhoz (2011): sum of t (t - dew point) since rain of more than 3 mm (2.5 mm in the older text); factors: Groisman et al. (2007)',
  check: 'nesterov/check_sequence_computed.csv, 10 days, 0.1 %; the factors by hand only',
  range: 'exactly 3.0 mm and temperatures below 0 °C are choices of the caller',
  quantities: {
    temperatureC,
    relativeHumidityPercent,
    dewPointC,
    rainMm,
    indexBefore,
    resetMm: limit,
  },
});

/** Factor of the sum by the day's rain, 1 to 0 (Groisman 2007). Its table has gaps (0.9 to 1 mm): the row below holds up to the next. */
export function nesterovRainFactor(mm: number): number {
  if (mm <= 0) return 1;
  const step = rainFactors.steps.find(({ belowMm }) => mm < belowMm);
  if (step) return step.factor;
  return mm > rainFactors.heavy.upToMm ? 0 : rainFactors.heavy.factor;
}

/**
 * Nesterov's index of each day, °C². With `rain: 'factor'` the sum with today's part is multiplied by the factor of
 * today's rain; the order of the two is recalled, not read, and the result says so.
 */
export function russianNesterov(
  days: readonly MiddayWeather[],
  settings: RussianNesterovSettings,
): MethodOutcome<readonly NesterovDay[]> {
  const { resetMm = rainReset.russia, atExactlyTheLimit, belowZero, rain = 'reset' } = settings;
  const method = russianNesterovMethod;
  const refused =
    method.refusal({ indexBefore: settings.indexBefore ?? 0, resetMm }) ?? brokenOrder(method, days);
  if (refused) return refused;
  const found: NesterovDay[] = [];
  let index = settings.indexBefore ?? 0;
  for (const day of days) {
    const humid = humidityOrDew(method, day);
    if ('kind' in humid) return humid;
    const { date } = day;
    const { t, dew, mm } = humid;
    const wet = rain === 'reset' && (atExactlyTheLimit === 'resets' ? mm >= resetMm : mm > resetMm);
    const reset = wet || (t < 0 && belowZero === 'resets');
    const added = reset || t < 0 ? 0 : t * Math.max(0, t - dew);
    index = reset ? 0 : index + added;
    if (rain === 'factor') index *= nesterovRainFactor(mm);
    found.push({ date, index, added, reset });
  }
  return method.result(
    found,
    rain === 'factor'
      ? [
          {
            code: 'recalled',
            text: 'That the factor of rain multiplies the sum with the day itself is recalled, not read.',
          },
        ]
      : [],
  );
}

function humidityOrDew(method: HazardMethod, day: MiddayWeather) {
  const { date, temperatureC: t, relativeHumidityPercent: h, dewPointC: d, rainMm: r } = day;
  const refused =
    method.refusal({ temperatureC: t, rainMm: r }, date) ??
    method.refusal(d === undefined ? { relativeHumidityPercent: h } : { dewPointC: d }, date);
  if (refused) return refused;
  const celsius = Number(t);
  if (d !== undefined && d > celsius)
    return method.invalid('dewPointC', 'contradiction', 'the dew point is above the temperature', date);
  return { t: celsius, dew: d ?? dewPointOf(celsius, Number(h)), mm: Number(r) };
}
