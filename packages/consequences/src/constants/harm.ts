/** Harm to people and buildings. Probit Pr = a + b ln(dose); 5 is one half. */

/** Heat, dose V = t q^(4/3) with q in W/m² and t in s. Lees counts half the dose. HyRAM+, UK HSE OSD/30. */
export const thermalProbitW = {
  eisenberg: { a: -38.48, b: 2.56, share: 1 },
  tno: { a: -37.23, b: 2.56, share: 1 },
  tsaoPerry: { a: -36.38, b: 2.56, share: 1 },
  lees: { a: -29.02, b: 1.99, share: 0.5 },
};

/** Heat, dose with q in kW/m². GOST R 12.3.047-98 uses Eisenberg's; UK HSE SPC/Tech/OSD/30, table 17. */
export const thermalProbitKw = {
  eisenberg: { a: -14.9, b: 2.56 },
  tsaoPerry: { a: -12.8, b: 2.56 },
  lees: { a: -10.7, b: 1.99 },
};

export const thermalDose = { exponent: 4 / 3 };

/** Pressure in Pa, impulse in Pa s, where not said otherwise. */
export const pressureProbit = {
  /** GOST R 12.3.047-98: destruction of buildings and the people in them. */
  gost: { a: 5, b: -0.26, pressure: 17_500, pressureExponent: 8.4, impulse: 290, impulseExponent: 9.3 },
  /** TNO: collapse. */
  tnoCollapse: {
    a: 5,
    b: -0.22,
    pressure: 40_000,
    pressureExponent: 7.4,
    impulse: 460,
    impulseExponent: 11.3,
  },
  /** TNO: head meets a wall. */
  tnoHead: { a: 5, b: -8.49, pressure: 2430, product: 4e8 },
  /** Eisenberg: bleeding of the lung. */
  eisenbergLung: { a: -77.1, b: 6.91 },
  /** UK HSE SPC/Tech/OSD/30, equation 4: 1.47 + 1.37 ln(pressure in psi). */
  hse: { a: 1.47, b: 1.37 },
};

/** Poison: Pr = a + b ln(C^n t), C in ppm, t in minutes. Lees (2005) in UK HSE SPC/Tech/OSD/30, table 2 (transcribed). */
export const toxicProbit = {
  acrolein: { a: -9.93, b: 2.05, n: 1 },
  ammonia: { a: -35.9, b: 1.85, n: 2 },
  benzene: { a: -109.78, b: 5.3, n: 2 },
  carbonMonoxide: { a: -37.98, b: 3.7, n: 1 },
  chlorine: { a: -8.29, b: 0.92, n: 2 },
  hydrogenChloride: { a: -16.85, b: 2, n: 1 },
  hydrogenCyanide: { a: -29.42, b: 3.008, n: 1.43 },
  hydrogenFluoride: { a: -35.87, b: 3.354, n: 1 },
  hydrogenSulphide: { a: -31.42, b: 3.008, n: 1.43 },
  nitrogenDioxide: { a: -13.79, b: 1.4, n: 2 },
  phosgene: { a: -19.27, b: 3.686, n: 1 },
  sulphurDioxide: { a: -15.67, b: 2.1, n: 1 },
  toluene: { a: -6.794, b: 0.41, n: 2.5 },
};

/** TNO Purple Book CPR 18E (1999), appendix 6.B: carbon monoxide in mg/m³, minutes. */
export const purpleBookProbit = { carbonMonoxide: { a: -7.4, b: 1, n: 1 } };
