import type { QuantityName } from '../quantities.ts';
import type { CycloneDetails } from '../reading.ts';

/** By definition of the international nautical mile. */
export const KM_PER_NAUTICAL_MILE = 1.852;
export const KM_H_PER_KNOT = 1.852;

/** The wind of the agency as its own quantity: winds of different means are never one series. */
export function windQuantity(minutes: NonNullable<CycloneDetails['windMeanMinutes']>): QuantityName {
  return `cyclone.wind-${minutes}min`;
}
