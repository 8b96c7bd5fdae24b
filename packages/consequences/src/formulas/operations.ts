import { evacuation, forces, iowa, nfa } from '../constants/operations.ts';

/** US National Fire Academy, gallons a minute; lengths in feet, share 0 to 1. */
export function nfaFlow(
  lengthFt: number,
  widthFt: number,
  floors: number,
  share: number,
  exposures: number,
): number {
  return ((lengthFt * widthFt) / nfa.divisor) * floors * share * (1 + nfa.exposureShare * exposures);
}

/** Iowa State University, gallons a minute; lengths in feet. */
export function iowaFlow(lengthFt: number, widthFt: number, heightFt: number): number {
  return (lengthFt * widthFt * heightFt) / iowa.divisor;
}

/** Whole things: what rounding noise lifted just above a whole number does not ask for one more. */
export function wholeUp(value: number): number {
  return Math.ceil(value - 1e-9);
}

/** Share of the counted flow of pumps that a flow needs; rounded up it is the number of pumpers. */
export function pumpersNeeded(flowLS: number, pumpLS: number): number {
  return flowLS / (forces.pumpShare * pumpLS);
}

/** Longest hose line, m: [Hp - (Hn + z)]/(S Q²) x 20, heads in m, flow in l/s, S of one hose. */
export function hoseLimit(
  pumpM: number,
  nozzleM: number,
  liftM: number,
  hoseResistance: number,
  flowLS: number,
): number {
  return ((pumpM - (nozzleM + liftM)) / (hoseResistance * flowLS * flowLS)) * forces.hoseM;
}

export function squadsNeeded(people: number): number {
  return people / forces.squad;
}

/** Persons a second and metre of effective width at a density of persons a square metre. */
export function specificFlow(k: number, density: number): number {
  return (1 - evacuation.a * density) * k * density;
}

/** The greatest specific flow, k/(4a), at half the density at which people stand still. */
export function greatestFlow(k: number): number {
  return k / (4 * evacuation.a);
}
