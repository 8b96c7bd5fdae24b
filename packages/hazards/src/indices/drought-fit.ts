import { mean, sum } from '../physics/numbers.ts';
import { logGamma, lowerGamma, normalBelow } from './distributions.ts';

/** The share of a calendar month's sums below a value, from its calibration years. */
export type Below = (value: number) => number;

/** Why there is no fit. */
export type NoFit = 'too-few' | 'no-spread';

/** Fewest sums of one calendar month for a fit: 30 years, WMO-No. 1090 (2012), Standardized Precipitation Index user guide. */
export const fewestYears = 30;

/**
 * Gamma distribution by Thom's estimate (1958), mixed with the share of zeros: McKee, Doesken and Kleist (1993);
 * WMO-No. 1090.
 */
export function gammaFit(sums: readonly number[]): Below | NoFit {
  const wet = sums.filter((value) => value > 0);
  if (wet.length < 2) return 'too-few';
  const average = mean(wet);
  const a = Math.log(average) - sum(wet.map(Math.log)) / wet.length;
  if (!(a > 1e-12)) return 'no-spread';
  const shape = (1 + Math.sqrt(1 + (4 * a) / 3)) / (4 * a);
  const scale = average / shape;
  const dry = 1 - wet.length / sums.length;
  return (value) => dry + (1 - dry) * lowerGamma(shape, value / scale);
}

/** L-moments of a sample: mean, scale, third moment (Hosking and Wallis 1997, unbiased). */
function linearMoments(sums: readonly number[]): readonly [number, number, number] {
  const sorted = [...sums].sort((a, b) => a - b);
  const n = sorted.length;
  let [b0, b1, b2] = [0, 0, 0];
  for (const [index, value] of sorted.entries()) {
    b0 += value;
    b1 += (value * index) / (n - 1);
    b2 += (value * index * (index - 1)) / ((n - 1) * (n - 2));
  }
  return [b0 / n, (2 * b1 - b0) / n, (6 * b2 - 6 * b1 + b0) / n];
}

/** Rational approximations of Hosking (1990) between L-skewness and shape of Pearson III. */
export const pearsonConstants = {
  near: { top: 0.2906, square: 0.1882, cube: 0.0442 },
  far: {
    one: 0.360_67,
    two: -0.595_67,
    three: 0.253_61,
    below: [-2.788_61, 2.560_96, -0.770_45],
  },
};

function pearsonShape(skew: number): number {
  if (skew < 1 / 3) {
    const { top, square, cube } = pearsonConstants.near;
    const g = 3 * Math.PI * skew * skew;
    return (1 + top * g) / (g + square * g * g + cube * g ** 3);
  }
  const { one, two, three, below } = pearsonConstants.far;
  const [p = 0, q = 0, r = 0] = below;
  const g = 1 - skew;
  return (g * (one + two * g + three * g * g)) / (1 + p * g + q * g * g + r * g ** 3);
}

/** Pearson type III by L-moments (Hosking 1990), mixed with the share of zeros as the gamma fit is. */
export function pearsonFit(sums: readonly number[]): Below | NoFit {
  if (sums.length < 4) return 'too-few';
  const zeros = sums.filter((value) => value === 0).length / sums.length;
  const [location, spread, third] = linearMoments(sums);
  if (!(spread > 1e-12)) return 'no-spread';
  const ratio = third / spread;
  if (Math.abs(ratio) <= 1e-6) {
    const deviation = spread * Math.sqrt(Math.PI);
    return (value) => zeros + (1 - zeros) * normalBelow((value - location) / deviation);
  }
  const shape = pearsonShape(Math.abs(ratio));
  const deviation = spread * Math.sqrt(Math.PI * shape) * Math.exp(logGamma(shape) - logGamma(shape + 0.5));
  const scale = deviation / Math.sqrt(shape);
  const side = Math.sign(ratio);
  const edge = location - side * deviation * Math.sqrt(shape);
  return (value) => {
    const within = lowerGamma(shape, Math.max(0, (side * (value - edge)) / scale));
    return zeros + (1 - zeros) * (side > 0 ? within : 1 - within);
  };
}
