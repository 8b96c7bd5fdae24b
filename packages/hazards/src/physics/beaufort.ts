import { defineMethod, type MethodOutcome } from './method.ts';

/** A wind scale as a country prints it: the least speed of each number, in whole km/h, from 0 on. */
export interface WindScale {
  readonly id: string;
  readonly source: string;
  /** Least speed of number 0, 1, 2 ... in whole km/h. */
  readonly fromKmH: readonly number[];
}

/** Beaufort 0 to 12 of the WMO Manual on Codes. */
export const wmoBeaufort: WindScale = {
  id: 'wmo',
  source: 'WMO-No. 306, Manual on Codes, code table 1100',
  fromKmH: [0, 1, 6, 12, 20, 29, 39, 50, 62, 75, 89, 103, 118],
};

export const beaufortMethod = defineMethod({
  id: 'wind.beaufort',
  title: 'Beaufort number of a wind',
  source: 'WMO-No. 306 code table 1100; boundaries of a country (13 and more in East Asia) are data',
  check: 'every boundary of the scale',
  range:
    'the scale is printed in whole km/h with gaps (49 | 50): a speed is rounded to whole km/h first, half up',
  quantities: {
    windKmH: { unit: 'km/h', what: 'mean wind', minimum: 0, maximum: 500 },
  },
});

export const kmHOfKnot = 1.852;
export const kmHOfMS = 3.6;

/** The number of a mean wind in a scale; the last number is open above. */
export function beaufort(windKmH: number, scale: WindScale = wmoBeaufort): MethodOutcome<number> {
  const refused = beaufortMethod.refusal({ windKmH });
  if (refused) return refused;
  // Multiplying by 1.852 or 3.6 leaves noise that must not lift 49.4999999 over the half.
  const whole = Math.floor(Math.round(windKmH * 1e6) / 1e6 + 0.5);
  return beaufortMethod.result(scale.fromKmH.findLastIndex((from) => whole >= from));
}

/** Least and greatest mean wind of a number, whole km/h; null: open above. */
export function windOfBeaufort(
  number: number,
  scale: WindScale = wmoBeaufort,
): { readonly fromKmH: number; readonly toKmH: number | null } | undefined {
  const fromKmH = scale.fromKmH[number];
  if (fromKmH === undefined) return undefined;
  const next = scale.fromKmH[number + 1];
  return { fromKmH, toKmH: next === undefined ? null : next - 1 };
}
