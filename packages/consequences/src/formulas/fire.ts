import {
  gostAttenuation,
  mudan,
  order404Pool,
  poolFlame,
  simpleTransmissivity,
  wayne,
} from '../constants/fire.ts';
import { physics } from '../constants/physics.ts';

/** Burning rate of a pool of finite size, kg/(m² s): m (1 - exp(-k D)). Babrauskas (1983). */
export function burningRate(limitKgM2S: number, kBetaPerM: number, diameterM: number): number {
  return limitKgM2S * (1 - Math.exp(-kBetaPerM * diameterM));
}

/** m/(rho sqrt(g D)), the number that the flame lengths go by. */
export function combustionNumber(rateKgM2S: number, airDensityKgM3: number, diameterM: number): number {
  return rateKgM2S / (airDensityKgM3 * Math.sqrt(physics.gravity * diameterM));
}

/** Wind over its characteristic speed (g m D/rho)^(1/3), not limited to 1. */
export function windRatio(windMS: number, rateKgM2S: number, diameterM: number, densityKgM3: number): number {
  return windMS / Math.cbrt((physics.gravity * rateKgM2S * diameterM) / densityKgM3);
}

/** Thomas: length over diameter of a pool flame, in still air. */
export function stillFlame(number: number): number {
  return poolFlame.still.factor * number ** poolFlame.still.exponent;
}

/** Thomas: length over diameter of a pool flame in wind; `ratio` at least 1. */
export function windFlame(number: number, ratio: number): number {
  const { factor, exponent, windExponent } = poolFlame.wind;
  return factor * number ** exponent * ratio ** windExponent;
}

/** Tilt: tan(theta)/cos(theta). */
export function tiltNumber(froude: number, reynolds: number): number {
  const { factor, froude: byFroude, reynolds: byReynolds } = poolFlame.tilt;
  return factor * froude ** byFroude * reynolds ** byReynolds;
}

/** The angle of tan(theta)/cos(theta) = c, radians. */
export function tiltAngle(c: number): number {
  return c === 0 ? 0 : Math.asin((Math.sqrt(4 * c * c + 1) - 1) / (2 * c));
}

/** Mudan and Croce, kW/m². */
export function mudanEmissivePower(diameterM: number): number {
  const bright = Math.exp(-mudan.rate * diameterM);
  return mudan.bright * bright + mudan.soot * (1 - bright);
}

export type Order404Fuel = keyof typeof order404Pool.fuels;

/** Order 404: emissive power, kW/m², straight between the diameters of the table, constant outside it. */
export function order404EmissivePower(fuel: Order404Fuel, diameterM: number): number {
  const xs = order404Pool.diameterM;
  const ys = order404Pool.fuels[fuel].emissivePowerKwM2;
  let above = xs.findIndex((x) => x >= diameterM);
  if (above === 0) return at(ys, 0);
  if (above < 0) above = xs.length;
  if (above === xs.length) return at(ys, xs.length - 1);
  const share = (diameterM - at(xs, above - 1)) / (at(xs, above) - at(xs, above - 1));
  return at(ys, above - 1) + share * (at(ys, above) - at(ys, above - 1));
}

/** A number of a table whose index is known to exist; NaN would show itself at once. */
export function at(values: readonly number[], index: number): number {
  return values[index] ?? Number.NaN;
}

/** Russian attenuation: exp(-7e-4 metres). */
export function gostTransmissivity(pathM: number): number {
  return Math.exp(-gostAttenuation.perMetre * pathM);
}

/** Wayne (1991). Relative humidity 0 to 1, carbon dioxide in ppm. The formula differs by up to 2.6 % from its own printed table. */
export function wayneTransmissivity(
  temperatureK: number,
  pathM: number,
  humidity: number,
  carbonPpm: number,
): number {
  const pressure = Math.exp(wayne.vapour.constant - wayne.vapour.temperature / temperatureK);
  const water = Math.log10((humidity * pathM * pressure * wayne.water.factor) / temperatureK);
  const { temperature, partsPerMillion } = wayne.carbonDioxide;
  const carbon = Math.log10((pathM * temperature * carbonPpm) / (temperatureK * partsPerMillion));
  return (
    wayne.constant +
    wayne.waterLinear * water +
    wayne.waterSquare * water * water +
    wayne.carbonLinear * carbon +
    wayne.carbonSquare * carbon * carbon
  );
}

/** 2.02 (p x)^-0.09: partial pressure of water in Pa times path in m. */
export function yellowBookTransmissivity(waterPressurePa: number, pathM: number): number {
  return simpleTransmissivity.factor * (waterPressurePa * pathM) ** simpleTransmissivity.exponent;
}

/** Heat from a point, in the unit of `power` over the square of the unit of `distance`. */
export function pointSource(
  power: number,
  fraction: number,
  transmissivity: number,
  distance: number,
): number {
  return (transmissivity * fraction * power) / (4 * Math.PI * distance * distance);
}
