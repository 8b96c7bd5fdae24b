import {
  barcSigma,
  briggs,
  briggsRise,
  britterMcQuaid,
  ccpsExampleSigma,
  leesSigma,
  puffSigma,
  riseSpread,
  tnoSigma,
  windProfile,
} from '../constants/dispersion.ts';
import { physics } from '../constants/physics.ts';
import { at } from './fire.ts';

export const stabilityClasses = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export type Stability = (typeof stabilityClasses)[number];
export const terrains = ['rural', 'urban'] as const;
export type Terrain = (typeof terrains)[number];
export const sigmaSets = ['briggs-rural', 'briggs-urban', 'tno', 'barc', 'ccps-example-f', 'lees-f'] as const;
export type SigmaSet = (typeof sigmaSets)[number];

export interface Sigma {
  readonly y: number;
  readonly z: number;
}

function briggsSigma(x: number, index: number, terrain: Terrain): Sigma {
  const c = briggs[terrain];
  return {
    y: (at(c.a, index) * x) / Math.sqrt(1 + c.spread * x),
    z: at(c.b, index) * x * (1 + at(c.k, index) * x) ** at(c.p, index),
  };
}

function barc(x: number, index: number): Sigma {
  const c =
    x < barcSigma.nearTo ? barcSigma.near : x <= barcSigma.middleTo ? barcSigma.middle : barcSigma.far;
  return {
    y: at(barcSigma.y, index) * x ** barcSigma.yExponent,
    z: at(c.a, index) * x ** at(c.q, index) + at(c.r, index),
  };
}

function lees(x: number): Sigma {
  const { y, yExponent, z, zExponent, farFrom, far } = leesSigma;
  const logarithm = Math.log10(x);
  return {
    y: y * x ** yExponent,
    z:
      x < farFrom
        ? z * x ** zExponent
        : 10 ** (at(far, 0) + at(far, 1) * logarithm + at(far, 2) * logarithm * logarithm),
  };
}

/** Standard deviations of a plume, m, at `x` m downwind. Name the set with every result: they differ. */
export function plumeSigma(set: SigmaSet, stability: Stability, x: number): Sigma {
  const index = stabilityClasses.indexOf(stability);
  if (set === 'briggs-rural') return briggsSigma(x, index, 'rural');
  if (set === 'briggs-urban') return briggsSigma(x, index, 'urban');
  if (set === 'barc') return barc(x, index);
  if (set === 'tno') {
    const { a, b, c, d } = tnoSigma;
    return { y: at(a, index) * x ** at(b, index), z: at(c, index) * x ** at(d, index) };
  }
  if (set === 'lees-f') return lees(x);
  const { y, yExponent, z, zExponent, zCurve } = ccpsExampleSigma;
  return { y: y * x ** yExponent, z: z * x ** zExponent * Math.exp(zCurve * Math.log(x) ** 2) };
}

/** Standard deviations of a puff (Slade in CCPS 1999), m; along the wind as across it. */
export function puffSigmaAt(stability: Stability, x: number): Sigma {
  const index = stabilityClasses.indexOf(stability);
  const { a, b, c, d } = puffSigma;
  return { y: at(a, index) * x ** at(b, index), z: at(c, index) * x ** at(d, index) };
}

/** Gaussian plume with its image below the ground: amount a second in, amount a cubic metre out. */
export function gaussianPlume(
  source: number,
  windMS: number,
  sigma: Sigma,
  y: number,
  z: number,
  height: number,
): number {
  const across = Math.exp(-0.5 * (y / sigma.y) ** 2);
  const up = Math.exp(-0.5 * ((z - height) / sigma.z) ** 2) + Math.exp(-0.5 * ((z + height) / sigma.z) ** 2);
  return (source / (2 * Math.PI * windMS * sigma.y * sigma.z)) * across * up;
}

/** Gaussian puff on the ground with its image; `along` and `across` from its centre. */
export function gaussianPuff(mass: number, sigma: Sigma, along: number, across: number, z: number): number {
  const peak = (2 * mass) / ((2 * Math.PI) ** 1.5 * sigma.y * sigma.y * sigma.z);
  return peak * Math.exp(-0.5 * ((along * along + across * across) / sigma.y ** 2 + (z / sigma.z) ** 2));
}

/** u = u0 (z/z0)^p. */
export function windAt(
  windMS: number,
  atM: number,
  heightM: number,
  stability: Stability,
  terrain: Terrain,
): number {
  return windMS * (heightM / atM) ** at(windProfile[terrain], stabilityClasses.indexOf(stability));
}

/** F = g v D² (Ts - Ta)/(4 Ts), m⁴/s³. */
export function buoyancyFlux(
  speedMS: number,
  diameterM: number,
  stackK: number,
  airK: number,
  gravity = physics.gravity,
): number {
  return (gravity * speedMS * diameterM * diameterM * (stackK - airK)) / (4 * stackK);
}

export interface Rise {
  readonly riseM: number;
  /** Distance at which it is complete. */
  readonly distanceM: number;
}

/** Final rise of a warm plume. Classes A to D as neutral. */
export function finalRise(
  fluxM4S3: number,
  windMS: number,
  stability: Stability,
  airK: number,
  gravity = physics.gravity,
): Rise {
  const { limitFlux, weak, strong, stable } = briggsRise;
  if (stability === 'E' || stability === 'F') {
    const gradient = stability === 'E' ? stable.gradientE : stable.gradientF;
    const s = (gravity / airK) * gradient;
    return {
      riseM: stable.rise * Math.cbrt(fluxM4S3 / (windMS * s)),
      distanceM: (stable.distance * windMS) / Math.sqrt(s),
    };
  }
  const c = fluxM4S3 < limitFlux ? weak : strong;
  return {
    riseM: (c.rise * fluxM4S3 ** c.riseExponent) / windMS,
    distanceM: c.distance * fluxM4S3 ** c.distanceExponent,
  };
}

/** Rise on the way, 1.60 (F x²/u³)^(1/3), never more than the final one. */
export function riseAt(rise: Rise, fluxM4S3: number, windMS: number, x: number): number {
  return x >= rise.distanceM ? rise.riseM : briggsRise.early * Math.cbrt((fluxM4S3 * x * x) / windMS ** 3);
}

/** Spread of a plume that has risen. */
export function risenSigma(sigma: Sigma, riseM: number): Sigma {
  const more = riseM / riseSpread.divisor;
  return { y: Math.hypot(sigma.y, more), z: Math.hypot(sigma.z, more) };
}

/** alpha of Britter and McQuaid: 0.2 lg(g0'^2 V/u^5). */
export function britterAlpha(reducedGravity: number, flowM3S: number, windMS: number): number {
  return britterMcQuaid.alpha.factor * Math.log10((reducedGravity ** 2 * flowM3S) / windMS ** 5);
}

type Nodes = typeof britterMcQuaid.nodes;

/** beta = lg(x/D) of a node at an alpha of at most 1. */
export function britterBeta(pieces: Nodes[number]['pieces'], alpha: number): number {
  const piece = pieces.find(({ to }) => to === undefined || alpha <= to);
  return piece ? piece.slope * alpha + piece.constant : Number.NaN;
}

/** Mean concentration (volume share, isothermal) at x/D, between the nodes straight in lg x, behind the last as x^-2. */
export function britterConcentration(
  ratio: number,
  alpha: number,
  nodes: Nodes = britterMcQuaid.nodes,
): number {
  const { factor, upTo } = britterMcQuaid.near;
  const near = (r: number) => factor / (factor + r * r);
  if (ratio <= upTo) return near(ratio);
  const beta = Math.log10(ratio);
  let fromBeta = Math.log10(upTo);
  let fromC = near(upTo);
  for (const { concentration, pieces } of nodes) {
    const toBeta = britterBeta(pieces, alpha);
    if (beta <= toBeta) return fromC + ((beta - fromBeta) / (toBeta - fromBeta)) * (concentration - fromC);
    fromBeta = toBeta;
    fromC = concentration;
  }
  return fromC * (10 ** fromBeta / ratio) ** 2;
}

/** Concentration in a cloud that is colder than the air: C/(C + (1 - C) Tr/Ta). */
export function coldCloud(concentration: number, cloudK: number, airK: number): number {
  return concentration / (concentration + ((1 - concentration) * cloudK) / airK);
}
