import { fireWeatherMethod } from './fire-weather/daily.ts';
import {
  grassMethod,
  hourlyFineFuelMethod,
  overwinterMethod,
  shelteredDuffMethod,
} from './fire-weather/special.ts';
import { russianNesterovMethod, vietNamNesterovMethod } from './nesterov.ts';
import { spellMethod } from './spells.ts';
import { percentOfNormalMethod, spiMethod } from './spi.ts';

export {
  type FireWeather,
  type FireWeatherDay,
  type FireWeatherSettings,
  fireWeather,
  type MoistureCodes,
  springStart,
} from './fire-weather/daily.ts';
export type { FireWeatherConstants } from './fire-weather/formulas.ts';
export {
  type FireWeatherStep,
  type GrassStep,
  grassFuel,
  hourlyFineFuel,
  overwinterDrought,
  shelteredDuff,
} from './fire-weather/special.ts';
export {
  dewPointOf,
  type MiddayWeather,
  type NesterovDay,
  type RainLimit,
  type RussianNesterovSettings,
  russianNesterov,
  saturationDeficitHPa,
  saturationPressureHPa,
  vietNamNesterov,
} from './nesterov.ts';
export {
  type MonthlyRainLimit,
  type NesterovClassTable,
  nesterovClass,
  russianClassTables,
} from './nesterov-classes.ts';
export { type DailyValue, type Spell, type SpellRule, spells } from './spells.ts';
export {
  type DroughtSeries,
  type MonthlyPrecipitation,
  type SpiSettings,
  shareOfNormal,
  spiLimit,
  standardizedPrecipitation,
} from './spi.ts';

/** Every index of this folder with its source, range and check. */
export const indexMethods = [
  vietNamNesterovMethod,
  russianNesterovMethod,
  fireWeatherMethod,
  hourlyFineFuelMethod,
  grassMethod,
  shelteredDuffMethod,
  overwinterMethod,
  spiMethod,
  percentOfNormalMethod,
  spellMethod,
] as const;
