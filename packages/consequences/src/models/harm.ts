import { purpleBookProbit, thermalProbitKw, thermalProbitW, toxicProbit } from '../constants/harm.ts';
import {
  eisenbergLungProbit,
  gostPressureProbit,
  heatDose,
  hsePressureProbit,
  lethalConcentration,
  type ThermalSetKw,
  type ThermalSetW,
  type ToxicSubstance,
  thermalProbitFromKw,
  thermalProbitFromW,
  tnoCollapseProbit,
  tnoHeadProbit,
  toxicProbitOf,
} from '../formulas/harm.ts';
import { probabilityOf } from '../formulas/normal.ts';
import { choice, defineModel, number, output } from '../model.ts';

const positive = { minimum: 0, openMinimum: true } as const;
const outputs = {
  probit: output('1', 'probit, 5 is one half'),
  probability: output('1', 'probability'),
};
const told = (probit: number) => ({ probit, probability: probabilityOf(probit) });

const heat = {
  heatFluxKwM2: number({ unit: 'kW/m²', what: 'heat', ...positive }),
  seconds: number({ unit: 's', what: 'exposure', ...positive }),
};
const withDose = { ...outputs, dose: output('(kW/m²)^(4/3) s', 'thermal dose') };

/** Death by heat with the constants for W/m². */
export const heatHarm = defineModel({
  id: 'harm.heat',
  pack: 'hse-osd30',
  title: 'Death by heat: Eisenberg, TNO, Tsao and Perry, Lees',
  source: 'as collected by HyRAM+ (test_probits) and UK HSE SPC/Tech/OSD/30',
  check: 'cases_probit: hyram-*, osd18-*',
  inputs: { ...heat, set: choice('set of constants', Object.keys(thermalProbitW) as ThermalSetW[]) },
  outputs: withDose,
  examples: [
    {
      inputs: { heatFluxKwM2: 20, seconds: 20, set: 'tsaoPerry' },
      output: 'probability',
      expected: 0.53,
      tolerance: 0.02,
      source: 'UK HSE SPC/Tech/OSD/30, table 18',
    },
    {
      inputs: { heatFluxKwM2: 15.796170691, seconds: 60, set: 'eisenberg' },
      output: 'probability',
      expected: 0.5,
      tolerance: 1e-6,
      source: 'HyRAM+ test_probits',
    },
  ],
  calculate: (i) => ({
    ...told(thermalProbitFromW(i.set, heatDose(i.heatFluxKwM2 * 1000, i.seconds))),
    dose: heatDose(i.heatFluxKwM2, i.seconds),
  }),
});

/** Death by heat with the constants for kW/m². */
export const heatHarmKw = defineModel({
  id: 'harm.heat-kw',
  pack: 'gost-98',
  title: 'Death by heat: GOST (Eisenberg), Tsao and Perry, Lees, constants for kW/m²',
  source: 'GOST R 12.3.047-98, annex; UK HSE SPC/Tech/OSD/30, table 17',
  check: 'cases_probit: gost-thermal, osd17-*',
  inputs: { ...heat, set: choice('set of constants', Object.keys(thermalProbitKw) as ThermalSetKw[]) },
  outputs: withDose,
  examples: [
    {
      inputs: { heatFluxKwM2: 12.9, seconds: 40, set: 'eisenberg' },
      output: 'probit',
      expected: 3.28,
      tolerance: 6e-3,
      source: 'GOST R 12.3.047-98, probit example',
    },
  ],
  calculate: (i) => {
    const dose = heatDose(i.heatFluxKwM2, i.seconds);
    return { ...told(thermalProbitFromKw(i.set, dose)), dose };
  },
  warnings: (i) =>
    i.set === 'lees'
      ? [{ code: 'whole-dose', text: 'Lees in kW/m² counts the whole dose, in W/m² half of it.' }]
      : [],
});

const pressureKpa = number({ unit: 'kPa', what: 'overpressure', ...positive });
const impulsePaS = number({ unit: 'Pa s', what: 'impulse', ...positive });

/** Harm by pressure and impulse, GOST. */
export const pressureHarmGost = defineModel({
  id: 'harm.pressure-gost-98',
  pack: 'gost-98',
  title: 'Destruction of buildings and harm to people in them',
  source: 'GOST R 12.3.047-98, annex',
  check: 'cases_probit: gost-blast',
  inputs: { pressureKpa, impulsePaS },
  outputs,
  examples: [
    {
      inputs: { pressureKpa: 16.2, impulsePaS: 1000 },
      output: 'probit',
      expected: 4.83,
      tolerance: 4e-3,
      source: 'GOST R 12.3.047-98, probit example',
    },
  ],
  calculate: (i) => told(gostPressureProbit(i.pressureKpa * 1000, i.impulsePaS)),
});

/** Collapse of structures, TNO. */
export const collapseHarm = defineModel({
  id: 'harm.collapse-tno',
  pack: 'ccps-tno',
  title: 'Collapse of structures',
  source: 'TNO, as tested by HyRAM+',
  check: 'cases_probit: hyram-tno-collapse-1e5-1e4',
  inputs: { pressureKpa, impulsePaS },
  outputs,
  examples: [
    {
      inputs: { pressureKpa: 100, impulsePaS: 10_000 },
      output: 'probit',
      expected: 6.4917213,
      tolerance: 1e-7,
      source: 'HyRAM+ test_probits',
    },
  ],
  calculate: (i) => told(tnoCollapseProbit(i.pressureKpa * 1000, i.impulsePaS)),
});

/** A head thrown against a wall, TNO. */
export const headHarm = defineModel({
  id: 'harm.head-impact-tno',
  pack: 'ccps-tno',
  title: 'Death by impact of the head',
  source: 'TNO, as tested by HyRAM+',
  check: 'cases_probit: hyram-tno-head-1e5-1e4',
  inputs: { pressureKpa, impulsePaS },
  outputs,
  examples: [
    {
      inputs: { pressureKpa: 100, impulsePaS: 10_000 },
      output: 'probit',
      expected: 12.2786003,
      tolerance: 1e-7,
      source: 'HyRAM+ test_probits',
    },
  ],
  calculate: (i) => told(tnoHeadProbit(i.pressureKpa * 1000, i.impulsePaS)),
});

/** Bleeding of the lung, Eisenberg. */
export const lungHarm = defineModel({
  id: 'harm.lung-eisenberg',
  pack: 'hse-osd30',
  title: 'Death by bleeding of the lung',
  source: 'Eisenberg, as tested by HyRAM+',
  check: 'cases_probit: hyram-overp-eisenberg-1e5, hyram-P50-overp',
  inputs: { pressureKpa },
  outputs,
  examples: [
    {
      inputs: { pressureKpa: 144.542867547 },
      output: 'probability',
      expected: 0.5,
      tolerance: 1e-6,
      source: 'HyRAM+ test_probits',
    },
  ],
  calculate: (i) => told(eisenbergLungProbit(i.pressureKpa * 1000)),
});

/** Death of people indoors by pressure, UK HSE. */
export const pressureHarmHse = defineModel({
  id: 'harm.pressure-hse',
  pack: 'hse-osd30',
  title: 'Death by overpressure',
  source: 'UK HSE SPC/Tech/OSD/30, equation 4: 1.47 + 1.37 ln(psi), the same as 5.13 + 1.37 ln(bar)',
  check: 'cases_probit: hsc-*',
  inputs: { pressureKpa },
  outputs,
  examples: [
    {
      inputs: { pressureKpa: 90.3 },
      output: 'probability',
      expected: 0.5,
      tolerance: 0.01,
      source: 'UK HSE SPC/Tech/OSD/30: 13.1 psi',
    },
  ],
  calculate: (i) => told(hsePressureProbit(i.pressureKpa * 1000)),
});

/** Death by a toxic gas. */
export const toxicHarm = defineModel({
  id: 'harm.toxic',
  pack: 'hse-osd30',
  title: 'Death by a toxic gas, constant concentration',
  source: 'Lees (2005) in UK HSE SPC/Tech/OSD/30, table 2 (transcribed)',
  check: 'cases_toxic_lc (40 rows)',
  inputs: {
    substance: choice('gas', Object.keys(toxicProbit) as ToxicSubstance[]),
    concentrationPpm: number({ unit: 'ppm', what: 'concentration', ...positive, maximum: 1e6 }),
    minutes: number({ unit: 'min', what: 'exposure', ...positive }),
  },
  outputs: {
    ...outputs,
    lethalHalfPpm: output('ppm', 'concentration that one half does not survive in this time'),
  },
  examples: [
    {
      inputs: { substance: 'chlorine', concentrationPpm: 613, minutes: 5 },
      output: 'probability',
      expected: 0.5,
      tolerance: 1e-3,
      source: 'UK HSE SPC/Tech/OSD/30, table 2',
    },
    {
      inputs: { substance: 'ammonia', concentrationPpm: 1000, minutes: 30 },
      output: 'lethalHalfPpm',
      expected: 11_539,
      tolerance: 1e-4,
      source: 'UK HSE SPC/Tech/OSD/30, table 2',
    },
  ],
  calculate: (i) => {
    const c = toxicProbit[i.substance];
    return {
      ...told(toxicProbitOf(c, i.concentrationPpm, i.minutes)),
      lethalHalfPpm: lethalConcentration(c, 0.5, i.minutes),
    };
  },
});

/** Carbon monoxide in mg/m³, Purple Book. */
export const carbonMonoxideHarm = defineModel({
  id: 'harm.carbon-monoxide-purple-book',
  pack: 'ccps-tno',
  title: 'Death by carbon monoxide, mg/m³',
  source: 'TNO Purple Book CPR 18E (1999), appendix 6.B',
  check: 'cases_probit: pb6B-CO, pb6B-CO-P',
  inputs: {
    concentrationMgM3: number({ unit: 'mg/m³', what: 'concentration', ...positive }),
    minutes: number({ unit: 'min', what: 'exposure', ...positive }),
  },
  outputs,
  examples: [
    {
      inputs: { concentrationMgM3: 21_300, minutes: 30 },
      output: 'probit',
      expected: 5.97,
      tolerance: 1e-3,
      source: 'Purple Book, appendix 6.B',
    },
  ],
  calculate: (i) => told(toxicProbitOf(purpleBookProbit.carbonMonoxide, i.concentrationMgM3, i.minutes)),
});

export const harmModels = [
  heatHarm,
  heatHarmKw,
  pressureHarmGost,
  collapseHarm,
  headHarm,
  lungHarm,
  pressureHarmHse,
  toxicHarm,
  carbonMonoxideHarm,
];
