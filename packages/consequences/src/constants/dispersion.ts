/** Spread of plumes and puffs. Classes A to F of Pasquill in this order. */

/** Briggs (1973), in the form of Griffiths (1994): sigma_y = a x (1 + s x)^-0.5, sigma_z = b x (1 + k x)^p. */
export const briggs = {
  rural: {
    spread: 0.0001,
    a: [0.22, 0.16, 0.11, 0.08, 0.06, 0.04],
    b: [0.2, 0.12, 0.08, 0.06, 0.03, 0.016],
    k: [0, 0, 0.0002, 0.0015, 0.0003, 0.0003],
    p: [0, 0, -0.5, -0.5, -1, -1],
  },
  urban: {
    spread: 0.0004,
    a: [0.32, 0.32, 0.22, 0.16, 0.11, 0.11],
    b: [0.24, 0.24, 0.2, 0.14, 0.08, 0.08],
    k: [0.001, 0.001, 0, 0.0003, 0.0015, 0.0015],
    p: [0.5, 0.5, 0, -0.5, -0.5, -0.5],
  },
};

/** TNO Yellow Book: sigma_y = a x^b, sigma_z = c x^d. */
export const tnoSigma = {
  a: [0.527, 0.371, 0.209, 0.128, 0.098, 0.065],
  b: [0.865, 0.866, 0.897, 0.905, 0.902, 0.902],
  c: [0.28, 0.23, 0.22, 0.2, 0.15, 0.12],
  d: [0.9, 0.85, 0.8, 0.76, 0.73, 0.67],
};

/** Hukkoo and Bapat (BARC manual): sigma_y = A x^0.9031, sigma_z = a x^q + r by distance. */
export const barcSigma = {
  y: [0.3658, 0.2751, 0.2089, 0.1471, 0.1046, 0.0722],
  yExponent: 0.9031,
  nearTo: 100,
  middleTo: 1000,
  near: {
    a: [0.192, 0.156, 0.116, 0.079, 0.063, 0.053],
    q: [0.936, 0.922, 0.905, 0.881, 0.871, 0.814],
    r: [0, 0, 0, 0, 0, 0],
  },
  middle: {
    a: [0.00066, 0.038, 0.113, 0.222, 0.211, 0.086],
    q: [1.941, 1.149, 0.911, 0.725, 0.678, 0.74],
    r: [9.27, 3.3, 0, -1.7, -1.3, -0.35],
  },
  far: {
    a: [0.00024, 0.055, 0.113, 1.26, 6.73, 18.05],
    q: [2.094, 1.098, 0.911, 0.516, 0.305, 0.18],
    r: [-9.6, 2, 0, -13, -34, -48.6],
  },
};

/**
 * The set of the worked plume of CCPS (1999), p. 97, class F only, the one that could be checked: sigma_y of Spicer and Havens
 * (DEGADIS 2.1, EPA-450/4-89-019) for 600 s, sigma_z of Seinfeld (1986).
 */
export const ccpsExampleSigma = { y: 0.0674, yExponent: 0.9, z: 0.01122, zExponent: 1.4024, zCurve: -0.054 };

/**
 * Lees (Mannan 2012), table 15.46, class F only: sigma_y = 0.067 x^0.90, sigma_z = 0.057 x^0.80 and from 500 m
 * 10^(-1.91 + 1.37 lg x - 0.119 lg²x). The book prints the first two signs of the last form the other way round.
 */
export const leesSigma = {
  y: 0.067,
  yExponent: 0.9,
  z: 0.057,
  zExponent: 0.8,
  farFrom: 500,
  far: [-1.91, 1.37, -0.119],
};

/** A rising plume spreads by its rise over 3.5: Fundamentals of Air Pollution, 5th edition, 27.19 and 27.20. */
export const riseSpread = { divisor: 3.5 };

/** Slade (1968), in CCPS (1999): puffs, sigma_x = sigma_y = a x^b, sigma_z = c x^d. */
export const puffSigma = {
  a: [0.18, 0.14, 0.1, 0.06, 0.04, 0.02],
  b: [0.92, 0.92, 0.92, 0.92, 0.92, 0.89],
  c: [0.6, 0.53, 0.34, 0.15, 0.1, 0.05],
  d: [0.75, 0.73, 0.71, 0.7, 0.65, 0.61],
};

/** Exponents of the wind profile, CCPS (1999), table 2.11. */
export const windProfile = {
  rural: [0.07, 0.07, 0.1, 0.15, 0.35, 0.55],
  urban: [0.15, 0.15, 0.2, 0.25, 0.4, 0.6],
};

/** Rise of warm plumes, EPA-454/B-95-003b (ISC3), equations 1-6 to 1-22. */
export const briggsRise = {
  limitFlux: 55,
  weak: { distance: 49, distanceExponent: 5 / 8, rise: 21.425, riseExponent: 0.75 },
  strong: { distance: 119, distanceExponent: 0.4, rise: 38.71, riseExponent: 0.6 },
  stable: { distance: 2.0715, rise: 2.6, gradientE: 0.02, gradientF: 0.035 },
  early: 1.6,
};

/** One straight piece of beta(alpha): beta = slope alpha + constant up to and with `to`. */
export interface BritterPiece {
  /** Absent in the last piece. */
  readonly to?: number;
  readonly slope: number;
  readonly constant: number;
}

/** Britter and McQuaid (1988), HSE CRR 17/1988, plume, as digitised in TSCREEN (EPA-454/B-94-023). */
export const britterMcQuaid: {
  readonly nodes: readonly { readonly concentration: number; readonly pieces: readonly BritterPiece[] }[];
  readonly near: { readonly factor: number; readonly upTo: number };
  readonly dense: number;
  readonly alpha: { readonly factor: number; readonly to: number };
} = {
  nodes: [
    {
      concentration: 0.1,
      pieces: [
        { to: -0.55, slope: 0, constant: 1.75 },
        { to: -0.14, slope: 0.24, constant: 1.88 },
        { slope: -0.5, constant: 1.78 },
      ],
    },
    {
      concentration: 0.05,
      pieces: [
        { to: -0.68, slope: 0, constant: 1.92 },
        { to: -0.29, slope: 0.36, constant: 2.16 },
        { to: -0.18, slope: 0, constant: 2.06 },
        { slope: -0.56, constant: 1.96 },
      ],
    },
    {
      concentration: 0.02,
      pieces: [
        { to: -0.69, slope: 0, constant: 2.08 },
        { to: -0.31, slope: 0.45, constant: 2.39 },
        { to: -0.16, slope: 0, constant: 2.25 },
        { slope: -0.54, constant: 2.16 },
      ],
    },
    {
      concentration: 0.01,
      pieces: [
        { to: -0.7, slope: 0, constant: 2.25 },
        { to: -0.29, slope: 0.49, constant: 2.59 },
        { to: -0.2, slope: 0, constant: 2.45 },
        { slope: -0.52, constant: 2.35 },
      ],
    },
    {
      concentration: 0.005,
      pieces: [
        { to: -0.67, slope: 0, constant: 2.4 },
        { to: -0.28, slope: 0.59, constant: 2.8 },
        { to: -0.15, slope: 0, constant: 2.63 },
        { slope: -0.48, constant: 2.56 },
      ],
    },
    {
      concentration: 0.002,
      pieces: [
        { to: -0.69, slope: 0, constant: 2.6 },
        { to: -0.25, slope: 0.39, constant: 2.87 },
        { to: -0.13, slope: 0, constant: 2.77 },
        { slope: -0.5, constant: 2.71 },
      ],
    },
  ],
  near: { factor: 306, upTo: 30 },
  /** (g0' V / (u^3 D))^(1/3) from which the cloud counts as dense. */
  dense: 0.15,
  /** The criterion of density already keeps alpha above -0.99, inside the curves. */
  alpha: { factor: 0.2, to: 1 },
};

/** Friction velocity as a share of the wind at 10 m, TSCREEN. */
export const friction = { share: 0.06 };
