import { at } from '../../physics/numbers.ts';
import {
  drought,
  droughtDayLength,
  duff,
  duffDayLength,
  fine,
  fireIndex,
  spread,
  variants,
  winter,
} from './constants.ts';

/** `printed`: the constants of the report; `cffdrs`: as the Canadian package calculates. */
export type FireWeatherConstants = keyof typeof variants;

/** Moisture in per cent of a Fine Fuel Moisture Code (1). */
export function moistureOfCode(code: number, constants: FireWeatherConstants): number {
  return (variants[constants].moistureScale * (fine.codeTop - code)) / (fine.codeScale + code);
}

/** The code of a moisture (10), within 0 and 101. */
export function codeOfMoisture(moisture: number, constants: FireWeatherConstants): number {
  const code =
    (fine.codeScale * (fine.moistureTop - moisture)) / (variants[constants].moistureScale + moisture);
  return Math.min(fine.codeTop, Math.max(0, code));
}

/** Moisture after rain that reaches the fuel (3a, 3b), per cent; `rainMm` over 0. */
export function moistureAfterRain(moisture: number, rainMm: number): number {
  const { rain, wet, moistureTop } = fine;
  let after =
    moisture +
    rain.factor *
      rainMm *
      Math.exp(-rain.deepFactor / (rain.deep - moisture)) *
      (1 - Math.exp(-rain.film / rainMm));
  if (moisture > wet.from)
    after += wet.factor * (moisture - wet.from) ** 2 * Math.abs(rainMm) ** wet.exponent;
  return Math.min(moistureTop, after);
}

/** Moisture to which fuel dries (4) or wets (5), per cent. */
function equilibrium(
  to: (typeof fine)['drying'],
  { factor, temperature, humidity }: (typeof fine)['warmth'],
  temperatureC: number,
  humidityPercent: number,
): number {
  return (
    to.factor * humidityPercent ** to.exponent +
    to.humid * Math.exp((humidityPercent - 100) / to.humidScale) +
    factor * (temperature - temperatureC) * (1 - Math.exp(-humidity * humidityPercent))
  );
}

/** Drying or wetting rate at 21.1 degrees without the factor of temperature (6a, 7a); `share` of 0 to 1. */
export function moistureRate(share: number, windKmH: number): number {
  const { still, stillPower, wind, windPower } = fine.rate;
  return still * (1 - share ** stillPower) + wind * Math.sqrt(windKmH) * (1 - share ** windPower);
}

/** Moisture after some time of drying or wetting (8, 9), per cent. `rate` is that of one unit of `time`. */
export function moistureAfterAir(
  moisture: number,
  air: { readonly temperatureC: number; readonly humidityPercent: number; readonly windKmH: number },
  rate: number,
  time: number,
): number {
  const { temperatureC, humidityPercent, windKmH } = air;
  const speed = rate * Math.exp(fine.rate.temperature * temperatureC) * time;
  const dry = equilibrium(fine.drying, fine.warmth, temperatureC, humidityPercent);
  if (moisture > dry) {
    const power = speed * moistureRate(humidityPercent / 100, windKmH);
    return dry + (moisture - dry) * 10 ** -power;
  }
  const wet = equilibrium(fine.wetting, fine.warmth, temperatureC, humidityPercent);
  if (moisture < wet) {
    const power = speed * moistureRate((100 - humidityPercent) / 100, windKmH);
    return wet - (wet - moisture) * 10 ** -power;
  }
  return moisture;
}

/** Fine Fuel Moisture Code of today (1 to 10) from yesterday's, noon weather and 24 h rain. */
export function fineFuelMoistureCode(
  yesterday: number,
  temperatureC: number,
  humidityPercent: number,
  windKmH: number,
  rainMm: number,
  constants: FireWeatherConstants,
): number {
  let moisture = moistureOfCode(yesterday, constants);
  if (rainMm > fine.rainLoss) moisture = moistureAfterRain(moisture, rainMm - fine.rainLoss);
  const air = { temperatureC, humidityPercent, windKmH };
  return codeOfMoisture(moistureAfterAir(moisture, air, fine.daily, 1), constants);
}

/** Fine Fuel Moisture Code after `hours` (Van Wagner 1977); all rain counts. */
export function hourlyFineFuelMoistureCode(
  before: number,
  temperatureC: number,
  humidityPercent: number,
  windKmH: number,
  rainMm: number,
  hours: number,
  constants: FireWeatherConstants,
): number {
  let moisture = moistureOfCode(before, constants);
  if (rainMm > 0) moisture = moistureAfterRain(moisture, rainMm);
  const air = { temperatureC, humidityPercent, windKmH };
  return codeOfMoisture(moistureAfterAir(moisture, air, fine.hourly, hours), constants);
}

/** Effective day length of the DMC, h. `byLatitude` false: the printed values of Canada everywhere. */
export function duffDayLengthHours(latitudeDeg: number, month: number, byLatitude: boolean): number {
  if (!byLatitude || latitudeDeg > 30) return at(duffDayLength.canada, month - 1);
  if (latitudeDeg > 10) return at(duffDayLength.north, month - 1);
  if (latitudeDeg > -10) return duffDayLength.equator;
  if (latitudeDeg > -30) return at(duffDayLength.south, month - 1);
  return at(duffDayLength.farSouth, month - 1);
}

/** Day length factor of the DC. */
export function droughtDayLengthFactor(latitudeDeg: number, month: number, byLatitude: boolean): number {
  if (!byLatitude || latitudeDeg > 20) return at(droughtDayLength.north, month - 1);
  if (latitudeDeg > -20) return droughtDayLength.equator;
  return at(droughtDayLength.south, month - 1);
}

/** Slope of the wetting curve of duff (13). */
export function duffSlope(code: number): number {
  const { steep, middle, flat } = duff;
  if (code <= steep.to) return steep.top / (steep.constant + steep.slope * code);
  if (code <= middle.to) return middle.constant - middle.slope * Math.log(code);
  return flat.slope * Math.log(code) - flat.constant;
}

/** Duff Moisture Code after rain that reaches the duff (12 to 15), at least 0. */
export function duffAfterRain(
  code: number,
  netRainMm: number,
  slope: number,
  constants: FireWeatherConstants,
): number {
  const { duffWater, duffRate } = variants[constants];
  // The report adds 20 % here and takes it off again below: it is left out of both.
  const moisture = duffWater * Math.exp(-duffRate * code);
  const wet = moisture + (duff.wetting.factor * netRainMm) / (duff.wetting.constant + slope * netRainMm);
  return Math.max(0, duff.codeScale * (duff.codeTop - Math.log(wet)));
}

/** Duff Moisture Code of today (11 to 17). */
export function duffMoistureCode(
  yesterday: number,
  temperatureC: number,
  humidityPercent: number,
  rainMm: number,
  dayLengthHours: number,
  constants: FireWeatherConstants,
): number {
  const warmth = Math.max(temperatureC, duff.coldest) - duff.coldest;
  const drying = duff.drying * warmth * (100 - humidityPercent) * dayLengthHours;
  const net = duff.rain.factor * rainMm - duff.rain.loss;
  const wet =
    rainMm > duff.rainFrom ? duffAfterRain(yesterday, net, duffSlope(yesterday), constants) : yesterday;
  return Math.max(0, wet + drying);
}

/** Drought Code of today (18 to 23). */
export function droughtCode(
  yesterday: number,
  temperatureC: number,
  rainMm: number,
  dayLengthFactor: number,
): number {
  const warmth = Math.max(temperatureC, drought.coldest) - drought.coldest;
  const drying = Math.max(0, drought.half * (drought.temperature * warmth + dayLengthFactor));
  let wet = yesterday;
  if (rainMm > drought.rainFrom) {
    const water =
      drought.store * Math.exp(-yesterday / drought.scale) +
      drought.wetting * (drought.rain.factor * rainMm - drought.rain.loss);
    wet = Math.max(0, drought.scale * Math.log(drought.store / water));
  }
  return Math.max(0, wet + drying);
}

/** Initial Spread Index (24 to 26). `fastWind`: the wind function of ST-X-3 from 40 km/h on. */
export function initialSpreadIndex(
  fineCode: number,
  windKmH: number,
  constants: FireWeatherConstants,
  fastWind = false,
): number {
  const moisture = moistureOfCode(fineCode, constants);
  const { factor, rate, exponent, scale } = spread.moisture;
  const fuel = factor * Math.exp(-rate * moisture) * (1 + moisture ** exponent / scale);
  const { fromKmH, top, rate: fastRate, offset } = spread.fast;
  const wind =
    fastWind && windKmH >= fromKmH
      ? top * (1 - Math.exp(-fastRate * (windKmH - offset)))
      : Math.exp(spread.wind * windKmH);
  return spread.factor * wind * fuel;
}

/** Buildup Index (27). */
export function buildupIndex(duffCode: number, code: number): number {
  if (duffCode === 0) return 0;
  const deep = fireIndex.share * code;
  if (duffCode <= deep) return (fireIndex.buildup * duffCode * code) / (duffCode + deep);
  const { constant, factor, exponent } = fireIndex.shallow;
  const rest = 1 - (fireIndex.buildup * code) / (duffCode + deep);
  return Math.max(0, duffCode - rest * (constant + (factor * duffCode) ** exponent));
}

/** Fire Weather Index (28 to 30). */
export function fireWeatherIndex(spreadIndex: number, buildup: number): number {
  const { duff: shallow, deep, intensity, scale } = fireIndex;
  const fuel =
    buildup > shallow.to
      ? deep.top / (deep.constant + deep.factor * Math.exp(-deep.rate * buildup))
      : shallow.factor * buildup ** shallow.exponent + shallow.constant;
  const value = intensity * spreadIndex * fuel;
  if (value <= 1) return value;
  return Math.exp(scale.factor * (scale.inner * Math.log(value)) ** scale.exponent);
}

/** Daily Severity Rating (31). */
export function dailySeverityRating(index: number): number {
  return fireIndex.severity.factor * index ** fireIndex.severity.exponent;
}

/** Drought Code at the start of the season from that of last autumn and the winter's precipitation, at least 15. */
export function overwinteredDroughtCode(
  autumnCode: number,
  winterPrecipitationMm: number,
  carryOver: number,
  wetting: number,
): number {
  const left = carryOver * winter.store * Math.exp(-autumnCode / winter.scale);
  const store = left + wetting * winter.rain * winterPrecipitationMm;
  return Math.max(winter.start, winter.scale * Math.log(winter.store / store));
}
