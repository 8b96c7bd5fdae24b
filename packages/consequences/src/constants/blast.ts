/** Constants of explosions. */

/** Energy of TNT, J/kg, in Russia (GOST R 12.3.047-98). CCPS has 4.68 MJ/kg, the default of `blast.tnt-mass`. */
export const tnt = { energyGost: 4.52e6 };

/**
 * Swisdak (1994), "Simplified Kingery airblast calculations", ADA526744: hemispherical surface burst of TNT.
 * value = exp(sum of c_i (ln Z)^i), Z in m/kg^(1/3). `scales`: value is for 1 kg and grows with the cube root of the mass.
 * `from` is the first Z of the fit, `to` the last of each piece.
 */
export const kingeryBulmash = {
  timeOfArrival: {
    unit: 'ms',
    scales: true,
    from: 0.06,
    pieces: [
      { to: 1.5, c: [-0.7604, 1.8058, 0.1257, -0.0437, -0.031, -0.00669] },
      { to: 40, c: [-0.7137, 1.5732, 0.5561, -0.4213, 0.1054, -0.00929] },
    ],
  },
  incidentPressure: {
    unit: 'kPa',
    scales: false,
    from: 0.2,
    pieces: [
      { to: 2.9, c: [7.2106, -2.1069, -0.3229, 0.1117, 0.0685] },
      { to: 23.8, c: [7.5938, -3.0523, 0.40977, 0.0261, -0.01267] },
      { to: 198.5, c: [6.0536, -1.4066] },
    ],
  },
  reflectedPressure: {
    unit: 'kPa',
    scales: false,
    from: 0.06,
    pieces: [
      { to: 2, c: [9.006, -2.6893, -0.6295, 0.1011, 0.29255, 0.13505, 0.019736] },
      { to: 40, c: [8.8396, -1.733, -2.64, 2.293, -0.8232, 0.14247, -0.0099] },
    ],
  },
  positivePhaseDuration: {
    unit: 'ms',
    scales: true,
    from: 0.2,
    pieces: [
      { to: 1.02, c: [0.5426, 3.2299, -1.5931, -5.9667, -4.0815, -0.9149] },
      { to: 2.8, c: [0.544, 2.7082, -9.7354, 14.3425, -9.7791, 2.8535] },
      { to: 40, c: [-2.4608, 7.1639, -5.6215, 2.2711, -0.44994, 0.03486] },
    ],
  },
  incidentImpulse: {
    unit: 'kPa ms',
    scales: true,
    from: 0.2,
    pieces: [
      { to: 0.96, c: [5.522, 1.117, 0.6, -0.292, -0.087] },
      { to: 2.38, c: [5.465, -0.308, -1.464, 1.362, -0.432] },
      { to: 33.7, c: [5.2749, -0.4677, -0.2499, 0.0588, -0.00554] },
      { to: 158.7, c: [5.9825, -1.062] },
    ],
  },
  reflectedImpulse: {
    unit: 'kPa ms',
    scales: true,
    from: 0.06,
    pieces: [{ to: 40, c: [6.7853, -1.3466, 0.101, -0.01123] }],
  },
  shockFrontVelocity: {
    unit: 'km/s',
    scales: false,
    from: 0.06,
    pieces: [
      { to: 1.5, c: [0.1794, -0.956, -0.0866, 0.109, 0.0699, 0.01218] },
      { to: 40, c: [0.2597, -1.326, 0.3767, 0.0396, -0.0351, 0.00432] },
    ],
  },
};

/** Kinney and Graham (1985), Explosive Shocks in Air: chemical explosion in free air. */
export const kinneyGraham = { factor: 808, a: 4.5, b: 0.048, c: 0.32, d: 1.35 };

/**
 * GOST R 12.3.047-98, annex E. The exponents are 1/3 and 2/3: the printed example (16.2 kPa, 1000 Pa s) does not follow
 * from the printed 0.33 and 0.66, which give 15.45 kPa and 919 Pa s.
 */
export const gostBlast = {
  /** Pressure of the standard, kPa. */
  pressureKpa: 101,
  near: 0.8,
  middle: 3,
  far: 5,
  third: 1 / 3,
  twoThirds: 2 / 3,
  impulse: 123,
};

/** Order 404 (2009), annex 3, the same in RD 03-409-01: clouds that burn or detonate. */
export const order404Blast = {
  /** Speed of sound c0, m/s. The pressure p0 is the standard atmosphere. */
  soundMS: 340,
  /** Expansion of burnt gas. */
  expansion: 7,
  /** A cloud on the ground counts twice. */
  groundFactor: 2,
  deflagration: {
    pressure: [0.83, -0.14],
    impulse: { reduction: 0.4, series: [0.06, 0.01, -0.0025] },
  },
  gasDetonation: { pressure: [-1.124, -1.66, 0.26], impulse: [-3.4217, -0.898, -0.0096] },
  mixtureDetonation: { pressure: [0.125, 0.137, 0.023], impulse: [0.022] },
  /** The deflagration formulas hold from here. */
  fromScaled: 0.34,
  /** The gas-detonation fit has its minimum at 24.3 and rises behind it. */
  toScaled: 24,
};

/** Order 404: mode of combustion by class of fuel (row) and class of space (column). */
export const order404Modes = {
  table: [
    [1, 1, 2, 3],
    [1, 2, 3, 4],
    [2, 3, 4, 5],
    [3, 4, 5, 6],
  ],
  /** Speeds of the front of modes 2, 3, 4, m/s. Mode 1 detonates or burns with 500 and more. */
  fastFrom: 500,
  bands: { mode2: [300, 500], mode3: [200, 300], mode4: [150, 200] },
  /** Modes 5 and 6: u = k M^(1/6). */
  mode5: 43,
  mode6: 26,
  exponent: 1 / 6,
};

/** Order 404: flash fire, R = 7.8 (m/(rho C))^0.33, C in per cent by volume; lethal zone 1.2 times as wide (transcribed). */
export const flashFire = { factor: 7.8, exponent: 0.33, lethal: 1.2 };

/** Share of oxygen in dry air by volume, as in CCPS (2010) worked by selenized.github.io, 2021-01-09. */
export const air = { oxygenShare: 0.20946 };
