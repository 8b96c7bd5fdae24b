import { duff, fine, grass, sheltered } from './constants.ts';
import {
  codeOfMoisture,
  duffAfterRain,
  duffSlope,
  type FireWeatherConstants,
  moistureOfCode,
  moistureRate,
} from './formulas.ts';

/** Vapour pressure at saturation as Wotton (2009) writes it, in units of 6.107 hPa: only ratios are asked. */
function vapourPressure(temperatureC: number): number {
  const { slope, offset } = grass.vapour;
  return 10 ** ((slope * temperatureC) / (offset + temperatureC));
}

function grassEquilibrium(to: (typeof grass)['drying'], fuelC: number, humidityPercent: number): number {
  const { factor, temperature, humidity } = grass.warmth;
  return (
    to.factor * humidityPercent ** to.exponent +
    to.humid * Math.exp((humidityPercent - 100) / to.humidScale) +
    factor * (temperature - fuelC) * (1 - Math.exp(-humidity * humidityPercent))
  );
}

/** What cured grass meets in one step of time. */
export interface GrassAir {
  readonly temperatureC: number;
  readonly humidityPercent: number;
  readonly windKmH: number;
  readonly rainMm: number;
  readonly solarKwM2: number;
  readonly fuelLoadKgM2: number;
  readonly hours: number;
}

/** Grass Fuel Moisture Code after some hours (Wotton 2009): fine grass in the sun, open ground, matted. */
export function grassFuelMoistureCode(
  before: number,
  air: GrassAir,
  constants: FireWeatherConstants,
): number {
  const { temperatureC, humidityPercent, windKmH, rainMm, solarKwM2, fuelLoadKgM2, hours } = air;
  const moisture = Math.min(
    fine.moistureTop,
    moistureOfCode(before, constants) + (grass.rain * rainMm) / fuelLoadKgM2,
  );
  const fuelC = temperatureC + grass.sun.factor * solarKwM2 * Math.exp(-grass.sun.wind * windKmH);
  const humidity = humidityPercent * (vapourPressure(temperatureC) / vapourPressure(fuelC));
  const rate = (share: number) =>
    10 ** (-grass.rate * Math.exp(fine.rate.temperature * fuelC) * moistureRate(share, windKmH) * hours);
  const dry = grassEquilibrium(grass.drying, fuelC, humidity);
  if (moisture > dry) return codeOfMoisture(dry + (moisture - dry) * rate(humidity / 100), constants);
  const wet = grassEquilibrium(grass.wetting, fuelC, humidity);
  if (moisture < wet) return codeOfMoisture(wet + (moisture - wet) * rate((100 - humidity) / 100), constants);
  return codeOfMoisture(moisture, constants);
}

/** Start value of the sheltered code from the ordinary DMC. */
export function shelteredStart(duffCode: number): number {
  const { constant, factor, loss, least } = sheltered.start;
  return Math.max(least, constant + factor * duffCode - loss);
}

/** Sheltered Duff Moisture Code of today: duff under a closed canopy at the foot of trees. */
export function shelteredDuffMoistureCode(
  yesterday: number,
  temperatureC: number,
  humidityPercent: number,
  rainMm: number,
  dayLengthHours: number,
): number {
  const warmth = Math.max(temperatureC, duff.coldest) - duff.coldest;
  const drying = sheltered.drying * warmth * (100 - humidityPercent) * dayLengthHours;
  const { light, heavy, rainFrom } = sheltered;
  const net = rainMm < light.to ? light.factor * rainMm - light.loss : heavy.factor * rainMm - heavy.loss;
  const wet = rainMm > rainFrom ? duffAfterRain(yesterday, net, duffSlope(yesterday), 'cffdrs') : yesterday;
  return wet + drying;
}
