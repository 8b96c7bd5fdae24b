/**
 * Constants of the Canadian Forest Fire Weather Index System.
 * Van Wagner, C.E. (1987): Development and structure of the Canadian Forest Fire Weather Index System. Forestry
 * Technical Report 35; Van Wagner and Pickett (1985): Equations and FORTRAN program. Forestry Technical Report 33.
 * Numbers in brackets are those of the equations of that report.
 */

/**
 * The two ways to write three constants. `printed`: as in the report. `cffdrs`: as the package of the Canadian Forest
 * Service calculates: 147.2 unrounded (250 x 59.5 / 101), e^5.6348 as 280, 1/43.43 as 0.023. They differ by up to 1.9 %
 * in the ISI.
 */
export const variants = {
  printed: { moistureScale: 147.2, duffWater: Math.exp(5.6348), duffRate: 1 / 43.43 },
  cffdrs: { moistureScale: (250 * 59.5) / 101, duffWater: 280, duffRate: 0.023 },
};

/** Fine Fuel Moisture Code, (1) to (10). */
export const fine = {
  codeTop: 101,
  codeScale: 59.5,
  moistureTop: 250,
  rainLoss: 0.5,
  rain: { factor: 42.5, deep: 251, deepFactor: 100, film: 6.93 },
  wet: { from: 150, factor: 0.0015, exponent: 0.5 },
  drying: { factor: 0.942, exponent: 0.679, humid: 11, humidScale: 10 },
  wetting: { factor: 0.618, exponent: 0.753, humid: 10, humidScale: 10 },
  warmth: { factor: 0.18, temperature: 21.1, humidity: 0.115 },
  rate: { still: 0.424, stillPower: 1.7, wind: 0.0694, windPower: 8, temperature: 0.0365 },
  daily: 0.581,
  /** Van Wagner (1977), A method of computing fine fuel moisture content throughout the diurnal cycle, PS-X-69. */
  hourly: 0.0579,
};

/** Duff Moisture Code, (11) to (17). */
export const duff = {
  coldest: -1.1,
  rainFrom: 1.5,
  rain: { factor: 0.92, loss: 1.27 },
  codeTop: 5.6348,
  codeScale: 43.43,
  steep: { to: 33, top: 100, constant: 0.5, slope: 0.3 },
  middle: { to: 65, constant: 14, slope: 1.3 },
  flat: { slope: 6.2, constant: 17.2 },
  wetting: { factor: 1000, constant: 48.77 },
  drying: 1.894e-4,
};

/** Drought Code, (18) to (23). */
export const drought = {
  coldest: -2.8,
  rainFrom: 2.8,
  rain: { factor: 0.83, loss: 1.27 },
  store: 800,
  scale: 400,
  wetting: 3.937,
  temperature: 0.36,
  half: 0.5,
};

/** Initial Spread Index, (24) to (26); the wind of fast fires: Forestry Canada (1992), ST-X-3, equation 53a. */
export const spread = {
  moisture: { factor: 91.9, rate: 0.1386, exponent: 5.31, scale: 4.93e7 },
  wind: 0.05039,
  factor: 0.208,
  fast: { fromKmH: 40, top: 12, rate: 0.0818, offset: 28 },
};

/** Buildup Index (27), Fire Weather Index (28) to (30), Daily Severity Rating (31). */
export const fireIndex = {
  share: 0.4,
  buildup: 0.8,
  shallow: { constant: 0.92, factor: 0.0114, exponent: 1.7 },
  duff: { to: 80, factor: 0.626, exponent: 0.809, constant: 2 },
  deep: { top: 1000, constant: 25, factor: 108.64, rate: 0.023 },
  intensity: 0.1,
  // biome-ignore lint/suspicious/noApproximativeNumericConstant: the report prints three digits
  scale: { factor: 2.72, inner: 0.434, exponent: 0.647 },
  severity: { factor: 0.0272, exponent: 1.77 },
};

/** Effective day length of the DMC in hours by month and zone of latitude: Lawson and Armitage (2008), Weather guide for the CFFDRS, table A3.1. */
export const duffDayLength = {
  /** North of 30 degrees, as printed in 1987. */
  canada: [6.5, 7.5, 9, 12.8, 13.9, 13.9, 12.4, 10.9, 9.4, 8, 7, 6],
  north: [7.9, 8.4, 8.9, 9.5, 9.9, 10.2, 10.1, 9.7, 9.1, 8.6, 8.1, 7.8],
  equator: 9,
  south: [10.1, 9.6, 9.1, 8.5, 8.1, 7.8, 7.9, 8.3, 8.9, 9.4, 9.9, 10.2],
  farSouth: [11.5, 10.5, 9.2, 7.9, 6.8, 6.2, 6.5, 7.4, 8.7, 10, 11.2, 11.8],
};

/** Day length factor of the DC by month: the same source; south of 20 degrees half a year later. */
export const droughtDayLength = {
  north: [-1.6, -1.6, -1.6, 0.9, 3.8, 5.8, 6.4, 5, 2.4, 0.4, -1.6, -1.6],
  equator: 1.4,
  south: [6.4, 5, 2.4, 0.4, -1.6, -1.6, -1.6, -1.6, -1.6, 0.9, 3.8, 5.8],
};

/** Overwintering: Lawson and Armitage (2008); Van Wagner (1985), Drought, timelag and fire danger rating. */
export const winter = { store: 800, scale: 400, rain: 3.94, start: 15 };

/** Grass Fuel Moisture Code: Wotton (2009), A grass moisture model for the Canadian Forest Fire Danger Rating System. */
export const grass = {
  sun: { factor: 35.07, wind: 0.06215 },
  vapour: { slope: 7.5, offset: 237 },
  drying: { factor: 1.62, exponent: 0.532, humid: 13.7, humidScale: 13 },
  wetting: { factor: 1.42, exponent: 0.512, humid: 12, humidScale: 18 },
  warmth: { factor: 0.27, temperature: 26.7, humidity: 0.115 },
  rate: 0.389633,
  rain: 100,
};

/** Sheltered Duff Moisture Code: Wotton, Stocks and Martell (2005), Int. J. Wildland Fire 14, 169. */
export const sheltered = {
  drying: (4.91 / 3.57) * 1.894e-4,
  rainFrom: 0.44,
  light: { to: 7.69, factor: 0.218, loss: 0.094 },
  heavy: { factor: 0.83, loss: 4.8 },
  start: { constant: 2.6, factor: 1.7, loss: 6, least: 12 },
};
