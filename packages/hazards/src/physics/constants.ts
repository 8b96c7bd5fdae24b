/** Standard gravity as the tsunami reference uses it, m/s². */
export const gravityMS2 = { value: 9.81 };

/** Mean radius of the earth (IUGG), km. */
export const earthRadiusKm = { value: 6371 };

/** Angular speed of the earth (IERS), rad/s. */
export const earthRotation = { value: 7.292e-5 };

/**
 * Greatest mean of a short time within a longer one: Harper, Kepert and Ginger (2010), WMO/TD-No. 1555, table 1.1, by
 * exposure; index: longer time in s, then shorter time in s. Transcribed: the columns of 3 s in-land and off-land, of
 * 60 s off-land and 3 s in 600 s over the sea were compared with open programs that cite it.
 */
export const gustFactors = {
  'in-land': {
    600: { 3: 1.66, 60: 1.21, 120: 1.12 },
    120: { 3: 1.55, 60: 1.13 },
    60: { 3: 1.49 },
  },
  'off-land': {
    600: { 3: 1.52, 60: 1.16, 120: 1.09 },
    120: { 3: 1.42, 60: 1.08 },
    60: { 3: 1.36 },
  },
  'off-sea': {
    600: { 3: 1.38, 60: 1.11, 120: 1.05 },
    120: { 3: 1.28, 60: 1.03 },
    60: { 3: 1.23 },
  },
  'at-sea': {
    600: { 3: 1.23, 60: 1.05, 120: 1.02 },
    120: { 3: 1.15, 60: 1.0 },
    60: { 3: 1.11 },
  },
};

/** Greatest 10-minute mean of a storm from its greatest 1-minute mean at sea: the same report, table 1.2. */
export const stormMaximum = { tenMinuteOfOneMinuteAtSea: 0.93 };

/** Allen, Wald and Worden (2012), J. Seismol. 16, 409: intensity of active crust, coefficients as in OpenQuake. */
export const allen2012 = {
  hypocentral: {
    c0: 2.085,
    c1: 1.428,
    c2: -1.402,
    c4: 0.078,
    m1: -0.209,
    m2: 2.042,
    farKm: 50,
    sigma: { s1: 0.82, s2: 0.37, s3: 22.9 },
  },
  rupture: {
    c0: 3.95,
    c1: 0.913,
    c2: -1.107,
    c3: 0.813,
    sigma: { s1: 0.72, s2: 0.23, s3: 44.7 },
  },
  referenceMagnitude: 5,
};

/** Shebalin's form of Blake: I = 1.5 M - 3.5 lg R + 3. */
export const blakeShebalin = { magnitude: 1.5, distance: 3.5, constant: 3 };

/** A wave breaks when its height passes this share of the depth: McCowan (1894). */
export const breaking = { share: 0.78 };
