import { at } from '../physics/numbers.ts';

/** Lanczos approximation, g = 7, n = 9 (Godfrey); relative error below 1e-14. */
const lanczos = [
  0.999_999_999_999_809_93, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_13,
  -176.615_029_162_140_59, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_571_6e-6,
  1.505_632_735_149_311_6e-7,
];

/** Logarithm of the gamma function, x over 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  let series = at(lanczos, 0);
  for (let index = 1; index < lanczos.length; index += 1) series += at(lanczos, index) / (z + index);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(series);
}

const small = 1e-16;
const mostTerms = 10_000;

/** Regularised lower incomplete gamma P(a, x): series below a + 1, continued fraction (Lentz) above. */
export function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let total = term;
    for (let n = 1; n < mostTerms && Math.abs(term) > Math.abs(total) * small; n += 1) {
      term *= x / (a + n);
      total += term;
    }
    return Math.min(1, front * total);
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < mostTerms; n += 1) {
    const factor = -n * (n - a);
    b += 2;
    d = 1 / nonzero(factor * d + b);
    c = nonzero(b + factor / c);
    const change = d * c;
    h *= change;
    if (Math.abs(change - 1) < small) break;
  }
  return 1 - front * h;
}

function nonzero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}

/** Standard normal distribution function. */
export function normalBelow(x: number): number {
  const half = 0.5 * lowerGamma(0.5, (x * x) / 2);
  return x < 0 ? 0.5 - half : 0.5 + half;
}

/** Acklam's rational approximation, relative error 1.15e-9, before refinement. */
const acklam = {
  a: [
    -39.696_830_286_653_76, 220.946_098_424_520_5, -275.928_510_446_968_7, 138.357_751_867_269,
    -30.664_798_066_147_16, 2.506_628_277_459_239,
  ],
  b: [
    -54.476_098_798_224_06, 161.585_836_858_040_9, -155.698_979_859_886_6, 66.801_311_887_719_72,
    -13.280_681_552_885_72,
  ],
  c: [
    -7.784_894_002_430_293e-3, -0.322_396_458_041_136_5, -2.400_758_277_161_838, -2.549_732_539_343_734,
    4.374_664_141_464_968, 2.938_163_982_698_783,
  ],
  d: [7.784_695_709_041_462e-3, 0.322_467_129_070_039_8, 2.445_134_137_142_996, 3.754_408_661_907_416],
  low: 0.024_25,
};

function polynomial(values: readonly number[], x: number, last?: number): number {
  let total = 0;
  for (const value of values) total = total * x + value;
  return last === undefined ? total : total * x + last;
}

/** The x below which a share of the standard normal distribution lies; 0 and 1 give infinities. */
export function normalQuantile(share: number): number {
  if (share <= 0) return -Infinity;
  if (share >= 1) return Infinity;
  if (share > 0.5) return -normalQuantile(1 - share);
  const { a, b, c, d, low } = acklam;
  let x: number;
  if (share < low) {
    const q = Math.sqrt(-2 * Math.log(share));
    x = polynomial(c, q) / polynomial(d, q, 1);
  } else {
    const q = share - 0.5;
    x = (polynomial(a, q * q) * q) / polynomial(b, q * q, 1);
  }
  // One step of Halley brings it to the precision of the distribution function.
  const error = normalBelow(x) - share;
  const u = error * Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2);
  return x - u / (1 + (x * u) / 2);
}
