import { breathing, inhalationDose } from '../constants/radiological.ts';

export type Nuclide = keyof typeof inhalationDose;
export type Age = 'adult' | 'oneYear';

/** Committed dose, Sv, of somebody who breathes air with `exposure` Bq s/m³ all the time. */
export function inhaledDose(exposure: number, nuclide: Nuclide, age: Age): number {
  return ((exposure * breathing[age]) / breathing.secondsPerYear) * inhalationDose[nuclide][age];
}
