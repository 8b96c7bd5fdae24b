/** Constants of fires. SI inside the formulas; kW and kWm² only where the name says so. */

/** Flame of a pool: Thomas (1963), tilt by Welker and Sliepcevich; as in the Yellow Book CPR 14E (2005), 6.6.3. */
export const poolFlame = {
  still: { factor: 42, exponent: 0.61 },
  wind: { factor: 55, exponent: 0.67, windExponent: -0.21 },
  tilt: { factor: 0.666, froude: 0.333, reynolds: 0.117 },
  /** Emissive power of soot, W/m². */
  soot: 20_000,
};

/** Mudan and Croce: emissive power of smoky pool fires, kW/m²; D in m. */
export const mudan = { bright: 140, soot: 20, rate: 0.12 };

/** Order 404 of MChS Russia (2009), annex 3: mean emissive power in kW/m² by diameter, burning rate in kg/(m² s). */
export const order404Pool = {
  diameterM: [10, 20, 30, 40, 50],
  fuels: {
    lng: { emissivePowerKwM2: [220, 180, 150, 130, 120], burningRate: 0.08 },
    lpg: { emissivePowerKwM2: [80, 63, 50, 43, 40], burningRate: 0.1 },
    petrol: { emissivePowerKwM2: [60, 47, 35, 28, 25], burningRate: 0.06 },
    diesel: { emissivePowerKwM2: [40, 32, 25, 21, 18], burningRate: 0.04 },
  },
};

/** GOST R 12.3.047-98, annexes V and D: attenuation by the atmosphere, 1/m. */
export const gostAttenuation = { perMetre: 7e-4 };

/** Wayne (1991), J. Loss Prev. Process Ind. 4, 86: transmissivity of air for the radiation of hydrocarbon flames. */
export const wayne = {
  vapour: { constant: 20.386, temperature: 5132 },
  water: { factor: 288.651 },
  carbonDioxide: { temperature: 273, partsPerMillion: 335 },
  constant: 1.006,
  waterLinear: -0.01171,
  waterSquare: -0.02368,
  carbonLinear: -0.03188,
  carbonSquare: 0.001164,
};

/** Yellow Book CPR 14E (2005), chapter 6: tau = 2.02 (p_w x)^-0.09, p_w in Pa, x in m. */
export const simpleTransmissivity = { factor: 2.02, exponent: -0.09 };

/** Order 404, annex 3: length of a jet flame L = K G^0.4 (G in kg/s), width 0.15 L. */
export const order404Jet = { gas: 12.5, lpgVapour: 13.5, lpgLiquid: 15, exponent: 0.4, widthShare: 0.15 };

/** API 521 (2007), simple approach: tip diameter from mass flow in kg/h and pressure in kPa. */
export const flareTip = { factor: 3.23e-5 };

/** CCPS (1999), Guidelines for Consequence Analysis of Chemical Releases: D and t of a BLEVE fireball, kg, m, s. */
export const ccpsFireball = {
  diameter: { factor: 5.8, exponent: 1 / 3 },
  small: { factor: 0.45, exponent: 1 / 3 },
  large: { factor: 2.6, exponent: 1 / 6 },
  /** From this mass on the duration of large fireballs holds, kg. */
  largeFromKg: 30_000,
};

/** GOST R 12.3.047-98, annex D. */
export const gostFireball = {
  diameter: { factor: 5.33, exponent: 0.327 },
  duration: { factor: 0.92, exponent: 0.303 },
};

/** Order 404 as amended in 2010, the same in GOST R 12.3.047-2012. */
export const order404Fireball = {
  diameter: { factor: 6.48, exponent: 0.325 },
  duration: { factor: 0.852, exponent: 0.26 },
};

/** Davis: fireballs of liquefied natural gas (transcribed). */
export const lngFireball = {
  diameter: { factor: 3.77, exponent: 0.325 },
  duration: { factor: 0.258, exponent: 0.349 },
};

/** t-squared fires, kW/s². NFPA 72 and 92: 1,055 kW after 600, 300, 150 and 75 s. */
export const growth = { slow: 0.00293, medium: 0.01172, fast: 0.0469, ultraFast: 0.1876 };
