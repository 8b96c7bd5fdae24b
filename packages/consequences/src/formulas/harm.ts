import {
  pressureProbit,
  thermalDose,
  thermalProbitKw,
  thermalProbitW,
  type toxicProbit,
} from '../constants/harm.ts';
import { physics } from '../constants/physics.ts';
import { probitOf } from './normal.ts';

/** t q^(4/3), in the unit of the flux to the power of 4/3 times seconds. */
export function heatDose(flux: number, seconds: number): number {
  return seconds * flux ** thermalDose.exponent;
}

export type ThermalSetW = keyof typeof thermalProbitW;
export type ThermalSetKw = keyof typeof thermalProbitKw;

/** Probit of a dose in (W/m²)^(4/3) s. */
export function thermalProbitFromW(set: ThermalSetW, dose: number): number {
  const { a, b, share } = thermalProbitW[set];
  return a + b * Math.log(share * dose);
}

/** Probit of a dose in (kW/m²)^(4/3) s. */
export function thermalProbitFromKw(set: ThermalSetKw, dose: number): number {
  const { a, b } = thermalProbitKw[set];
  return a + b * Math.log(dose);
}

/** Dose in (kW/m²)^(4/3) s that a share of people does not survive. */
export function lethalDoseKw(set: ThermalSetKw, probability: number): number {
  const { a, b } = thermalProbitKw[set];
  return Math.exp((probitOf(probability) - a) / b);
}

/** GOST R 12.3.047-98: pressure in Pa, impulse in Pa s. */
export function gostPressureProbit(pressurePa: number, impulsePaS: number): number {
  const { a, b, pressure, pressureExponent, impulse, impulseExponent } = pressureProbit.gost;
  return (
    a + b * Math.log((pressure / pressurePa) ** pressureExponent + (impulse / impulsePaS) ** impulseExponent)
  );
}

export function tnoCollapseProbit(pressurePa: number, impulsePaS: number): number {
  const { a, b, pressure, pressureExponent, impulse, impulseExponent } = pressureProbit.tnoCollapse;
  return (
    a + b * Math.log((pressure / pressurePa) ** pressureExponent + (impulse / impulsePaS) ** impulseExponent)
  );
}

export function tnoHeadProbit(pressurePa: number, impulsePaS: number): number {
  const { a, b, pressure, product } = pressureProbit.tnoHead;
  return a + b * Math.log(pressure / pressurePa + product / (pressurePa * impulsePaS));
}

export function eisenbergLungProbit(pressurePa: number): number {
  return pressureProbit.eisenbergLung.a + pressureProbit.eisenbergLung.b * Math.log(pressurePa);
}

/** UK HSE: pressure in Pa; the formula itself counts in psi. */
export function hsePressureProbit(pressurePa: number): number {
  return pressureProbit.hse.a + pressureProbit.hse.b * Math.log(pressurePa / physics.pascalPerPsi);
}

export type ToxicSubstance = keyof typeof toxicProbit;

export interface ToxicCoefficients {
  readonly a: number;
  readonly b: number;
  readonly n: number;
}

/** a + b ln(C^n t). The exponent is applied once. */
export function toxicProbitOf(c: ToxicCoefficients, concentration: number, minutes: number): number {
  return c.a + c.b * (c.n * Math.log(concentration) + Math.log(minutes));
}

/** The concentration that has a probability of death in `minutes`. */
export function lethalConcentration(c: ToxicCoefficients, probability: number, minutes: number): number {
  return Math.exp(((probitOf(probability) - c.a) / c.b - Math.log(minutes)) / c.n);
}
