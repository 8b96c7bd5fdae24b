import { physics } from '../constants/physics.ts';

/** Area of a round hole, m². */
export function circleArea(diameterM: number): number {
  return (Math.PI / 4) * diameterM * diameterM;
}

/** Liquid through a hole, kg/s: m = C A sqrt(2 rho (dp + rho g h)). Yellow Book CPR 14E, 2.194. */
export function liquidOrifice(
  coefficient: number,
  areaM2: number,
  densityKgM3: number,
  overpressurePa: number,
  headM: number,
  gravityMS2: number = physics.gravity,
): number {
  const driving = overpressurePa + densityKgM3 * gravityMS2 * headM;
  return coefficient * areaM2 * Math.sqrt(2 * densityKgM3 * driving);
}

/** The ratio of outer to inner pressure below which the flow of an ideal gas is choked. */
export function criticalPressureRatio(gamma: number): number {
  return (2 / (gamma + 1)) ** (gamma / (gamma - 1));
}

/** Ideal gas through a hole, kg/s, choked or not, by the pressure ratio. */
export function gasOrifice(
  coefficient: number,
  areaM2: number,
  pressurePa: number,
  outsidePa: number,
  temperatureK: number,
  molarMassKgMol: number,
  gamma: number,
): number {
  const ratio = Math.max(outsidePa / pressurePa, criticalPressureRatio(gamma));
  const density = (pressurePa * molarMassKgMol) / (physics.gasConstant * temperatureK);
  const factor = (2 * pressurePa * density * gamma) / (gamma - 1);
  return coefficient * areaM2 * Math.sqrt(factor * (ratio ** (2 / gamma) - ratio ** ((gamma + 1) / gamma)));
}

/** Share of a superheated liquid that flashes: c (T - Tb)/h. CCPS (1996), equation 4-14. */
export function flashFraction(
  heatCapacityJKgK: number,
  temperatureK: number,
  boilingK: number,
  latentHeatJKg: number,
): number {
  return (heatCapacityJKgK * (temperatureK - boilingK)) / latentHeatJKg;
}

/** Diameter of a round pool of a thickness, m. */
export function poolDiameter(volumeM3: number, thicknessM: number): number {
  return Math.sqrt((4 * volumeM3) / (Math.PI * thicknessM));
}
