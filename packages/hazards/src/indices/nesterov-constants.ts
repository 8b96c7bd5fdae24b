/**
 * Vapour pressure at saturation over water, hPa: Tetens (1930) as Murray (1967), J. Appl. Meteorol. 6, 203, writes it.
 */
export const saturation = { factor: 6.1078, slope: 17.2693882, offset: 237.3 };

/** Dew point from temperature and humidity, Magnus form with the constants of Barenbrug (1974), used by FATES SPITFIRE. */
export const dewPoint = { slope: 17.271, offset: 237.7 };

/** Day's rain in mm from which the sum starts again. */
export const rainReset = {
  /** Viet Nam: K = 0 from 5 mm on. */
  vietNam: 5,
  /** Russia today: more than 3 mm. */
  russia: 3,
};

/**
 * Factors of the sum by the day's rain: below `belowMm` (itself excluded), 0 above the last; Groisman et al. (2007),
 * Glob. Planet. Change 56, 371.
 */
export const rainFactors = {
  steps: [
    { belowMm: 1, factor: 0.8 },
    { belowMm: 3, factor: 0.6 },
    { belowMm: 6, factor: 0.4 },
    { belowMm: 15, factor: 0.2 },
  ],
  heavy: { upToMm: 19, factor: 0.1 },
};
