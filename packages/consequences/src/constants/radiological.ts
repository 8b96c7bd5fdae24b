/** Screening of radioactive plumes. */

/** Dose of inhaled activity, Sv/Bq, the class that gives most: ICRP 119 as used by pyDOSEIA (1f51f7c). */
export const inhalationDose = {
  'I-131': { adult: 7.4e-9, oneYear: 7.2e-8 },
  'Cs-137': { adult: 3.9e-8, oneYear: 1.1e-7 },
  'Sr-90': { adult: 1.6e-7, oneYear: 4.2e-7 },
  'Co-60': { adult: 1e-8, oneYear: 4.2e-8 },
  'Cs-134': { adult: 2e-8, oneYear: 7e-8 },
  'Eu-154': { adult: 5.3e-8, oneYear: 1.6e-7 },
};

/** Breathing, m³ a year, and the seconds of a year that the source divides by. */
export const breathing = { adult: 8400, oneYear: 1400, secondsPerYear: 31_536_000 };
