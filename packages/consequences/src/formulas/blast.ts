import { gostBlast, kingeryBulmash, kinneyGraham, order404Blast } from '../constants/blast.ts';
import { physics } from '../constants/physics.ts';
import { at } from './fire.ts';
import { polynomial } from './polynomial.ts';

export type AirblastQuantity = keyof typeof kingeryBulmash;

/** m/kg^(1/3). */
export function scaledDistance(distanceM: number, massKg: number): number {
  return distanceM / Math.cbrt(massKg);
}

/** Swisdak's fit at a scaled distance, for 1 kg; undefined outside all its pieces. */
export function airblast(quantity: AirblastQuantity, scaled: number): number | undefined {
  const { from, pieces } = kingeryBulmash[quantity];
  const piece = scaled >= from ? pieces.find(({ to }) => scaled <= to) : undefined;
  if (!piece) return undefined;
  const logarithm = Math.log(scaled);
  return Math.exp(polynomial(piece.c, logarithm));
}

/** Kinney and Graham: overpressure over the pressure of the air. */
export function kinneyGrahamRatio(scaled: number): number {
  const { factor, a, b, c, d } = kinneyGraham;
  const root = (by: number) => Math.sqrt(1 + (scaled / by) ** 2);
  return (factor * (1 + (scaled / a) ** 2)) / (root(b) * root(c) * root(d));
}

/** GOST R 12.3.047-98, annex E: overpressure, kPa, of a reduced mass. */
export function gostOverpressure(reducedKg: number, distanceM: number): number {
  const { pressureKpa, near, middle, far, third, twoThirds } = gostBlast;
  return (
    pressureKpa *
    ((near * reducedKg ** third) / distanceM +
      (middle * reducedKg ** twoThirds) / distanceM ** 2 +
      (far * reducedKg) / distanceM ** 3)
  );
}

/** GOST R 12.3.047-98, annex E: impulse, Pa s. */
export function gostImpulse(reducedKg: number, distanceM: number): number {
  return (gostBlast.impulse * reducedKg ** gostBlast.twoThirds) / distanceM;
}

/** r/(E/p0)^(1/3). */
export function energyScaled(distanceM: number, energyJ: number): number {
  return distanceM / Math.cbrt(energyJ / physics.atmosphere);
}

export interface Blast {
  /** Overpressure over the pressure of the air. */
  readonly pressure: number;
  /** Impulse over p0^(2/3) E^(1/3)/c0. */
  readonly impulse: number;
}

/** c0/x + c1/x² + ... */
function inverseSeries(c: readonly number[], x: number): number {
  return polynomial(c, 1 / x) / x;
}

/** Order 404: deflagration with the speed `flameMS` of the front. */
export function deflagration(scaled: number, flameMS: number): Blast {
  const { expansion, soundMS, deflagration: c } = order404Blast;
  const k = (expansion - 1) / expansion;
  const mach = flameMS / soundMS;
  const pressure = mach * mach * k * (at(c.pressure, 0) / scaled + at(c.pressure, 1) / scaled ** 2);
  const series = inverseSeries(c.impulse.series, scaled);
  return { pressure, impulse: mach * k * (1 - c.impulse.reduction * mach * k) * series };
}

/** Order 404: detonation of a gas cloud. Falls to 24.3 and rises behind: never use it there. */
export function gasDetonation(scaled: number): Blast {
  const logarithm = Math.log(scaled);
  return {
    pressure: Math.exp(polynomial(order404Blast.gasDetonation.pressure, logarithm)),
    impulse: Math.exp(polynomial(order404Blast.gasDetonation.impulse, logarithm)),
  };
}

/** Order 404: detonation of a cloud with drops. */
export function mixtureDetonation(scaled: number): Blast {
  const series = (c: readonly number[]) => inverseSeries(c, scaled);
  return {
    pressure: series(order404Blast.mixtureDetonation.pressure),
    impulse: series(order404Blast.mixtureDetonation.impulse),
  };
}

/** Order 404: a deflagration never gives more than a detonation, so the smaller of both counts. */
export function smaller(a: Blast, b: Blast): Blast {
  return { pressure: Math.min(a.pressure, b.pressure), impulse: Math.min(a.impulse, b.impulse) };
}

/** Pa s from the reduced impulse. */
export function impulsePaS(reduced: number, energyJ: number): number {
  return (reduced * Math.cbrt(physics.atmosphere ** 2 * energyJ)) / order404Blast.soundMS;
}
