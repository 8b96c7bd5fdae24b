import { physics } from '../constants/physics.ts';
import {
  circleArea,
  criticalPressureRatio,
  flashFraction,
  gasOrifice,
  liquidOrifice,
  poolDiameter,
} from '../formulas/release.ts';
import { defineModel, number, output } from '../model.ts';
import { Outside } from '../outcome.ts';

/** 0.62: sharp-edged hole, Yellow Book 2.6.4.1. */
const hole = {
  dischargeCoefficient: number({
    unit: '1',
    what: 'discharge coefficient',
    minimum: 0,
    openMinimum: true,
    maximum: 1,
    default: 0.62,
  }),
  holeDiameterM: number({ unit: 'm', what: 'diameter of the hole', minimum: 0, openMinimum: true }),
};
const gravityMS2 = number({
  unit: 'm/s²',
  what: 'acceleration of gravity',
  minimum: 9.7,
  maximum: 9.9,
  default: physics.gravity,
});
const positive = { minimum: 0, openMinimum: true } as const;

/** Liquid out of a tank through a sharp-edged hole. */
export const liquidRelease = defineModel({
  id: 'release.liquid-orifice',
  pack: 'ccps-tno',
  title: 'Liquid through a hole (Bernoulli, Torricelli)',
  source: 'Yellow Book CPR 14E (2005) 2.194 and 2.6.4.1; CCPS (1999) p. 40',
  check: 'cases_source_terms: yb-liquid, ccps-liquid-p40',
  inputs: {
    ...hole,
    densityKgM3: number({ unit: 'kg/m³', what: 'density of the liquid', ...positive }),
    overpressurePa: number({
      unit: 'Pa',
      what: 'pressure above the liquid less the pressure outside',
      minimum: 0,
      default: 0,
    }),
    headM: number({ unit: 'm', what: 'height of the liquid above the hole', minimum: 0, default: 0 }),
    gravityMS2,
  },
  outputs: { massFlowKgS: output('kg/s', 'mass flow') },
  examples: [
    {
      inputs: { holeDiameterM: 0.1, densityKgM3: 812.5, headM: 11.12 },
      output: 'massFlowKgS',
      expected: 58.44,
      tolerance: 5e-4,
      source: 'Yellow Book 2.6.4.1, tank of acrylonitrile (transcribed)',
    },
    {
      inputs: {
        dischargeCoefficient: 0.61,
        holeDiameterM: 0.0508,
        densityKgM3: 573.3,
        overpressurePa: 1_723_689.3,
        headM: 15.24,
      },
      output: 'massFlowKgS',
      expected: 56.308,
      tolerance: 1e-3,
      source:
        'butane sphere of selenized.github.io, 2020-11-20: 56.31 kg/s; density at 25 °C from Perry 8th edition',
    },
  ],
  calculate: (i) => ({
    massFlowKgS: liquidOrifice(
      i.dischargeCoefficient,
      circleArea(i.holeDiameterM),
      i.densityKgM3,
      i.overpressurePa,
      i.headM,
      i.gravityMS2,
    ),
  }),
});

/** Gas out of a vessel, choked or subsonic. */
export const gasRelease = defineModel({
  id: 'release.gas-orifice',
  pack: 'ccps-tno',
  title: 'Ideal gas through a hole, choked or subsonic',
  source: 'Yellow Book CPR 14E (2005) 2.6.2.1',
  check: 'cases_source_terms: yb-gas-h2; both forms meet at the critical ratio (property)',
  range: 'pressure inside above the pressure outside',
  inputs: {
    ...hole,
    pressurePa: number({ unit: 'Pa', what: 'absolute pressure inside', ...positive }),
    outsidePa: number({
      unit: 'Pa',
      what: 'absolute pressure outside',
      minimum: 0,
      default: physics.atmosphere,
    }),
    temperatureK: number({ unit: 'K', what: 'temperature inside', ...positive }),
    molarMassKgMol: number({ unit: 'kg/mol', what: 'molar mass', ...positive }),
    gamma: number({
      unit: '1',
      what: 'ratio of the heat capacities',
      minimum: 1,
      openMinimum: true,
      maximum: 5 / 3,
    }),
  },
  outputs: {
    massFlowKgS: output('kg/s', 'mass flow'),
    choked: output('1', '1 where the flow is choked, else 0'),
    criticalOutsidePa: output('Pa', 'outside pressure up to which the flow is choked'),
  },
  examples: [
    {
      inputs: {
        holeDiameterM: 0.1,
        pressurePa: 5e6,
        temperatureK: 288.15,
        molarMassKgMol: 0.002016,
        gamma: 1.405,
      },
      output: 'massFlowKgS',
      expected: 15.31,
      tolerance: 3.5e-4,
      source: 'Yellow Book 2.6.2.1, hydrogen at 50 bar (transcribed; gamma inferred)',
    },
  ],
  calculate: (i) => {
    if (i.outsidePa >= i.pressurePa)
      return new Outside(
        'pressurePa',
        i.pressurePa,
        'Pa',
        { minimum: i.outsidePa },
        'nothing flows out against a higher pressure',
      );
    const criticalOutsidePa = criticalPressureRatio(i.gamma) * i.pressurePa;
    return {
      massFlowKgS: gasOrifice(
        i.dischargeCoefficient,
        circleArea(i.holeDiameterM),
        i.pressurePa,
        i.outsidePa,
        i.temperatureK,
        i.molarMassKgMol,
        i.gamma,
      ),
      choked: i.outsidePa <= criticalOutsidePa ? 1 : 0,
      criticalOutsidePa,
    };
  },
  warnings: (i) =>
    i.pressurePa > 1e7
      ? [
          {
            code: 'ideal-gas',
            text: 'Above 10 MPa real gases differ much from the ideal gas of this formula.',
          },
        ]
      : [],
});

/** How much of a liquid above its boiling point turns to vapour at once. */
export const flash = defineModel({
  id: 'release.flash-fraction',
  pack: 'ccps-tno',
  title: 'Adiabatic flash of a superheated liquid',
  source: 'CCPS (1996), Guidelines for Use of Vapor Cloud Dispersion Models, 2nd edition, 4-14',
  check: 'worked example of a butane sphere, 0.17128 (selenized.github.io, 2020-11-20)',
  range: 'at or above the boiling point; at most the whole liquid flashes',
  inputs: {
    heatCapacityJKgK: number({ unit: 'J/(kg K)', what: 'heat capacity of the liquid', ...positive }),
    temperatureK: number({ unit: 'K', what: 'temperature of the liquid', ...positive }),
    boilingK: number({ unit: 'K', what: 'boiling point at the pressure outside', ...positive }),
    latentHeatJKg: number({ unit: 'J/kg', what: 'heat of vaporisation', ...positive }),
    massFlowKgS: number({ unit: 'kg/s', what: 'flow of the liquid', minimum: 0, default: 0 }),
  },
  outputs: {
    flashedShare: output('1', 'mass share that flashes'),
    vapourKgS: output('kg/s', 'flow of flashed vapour'),
    liquidKgS: output('kg/s', 'flow that stays liquid: drops and pool'),
  },
  examples: [
    {
      inputs: {
        heatCapacityJKgK: 2451.63,
        temperatureK: 298.15,
        boilingK: 272.55,
        latentHeatJKg: 366_420,
        massFlowKgS: 56.31,
      },
      output: 'flashedShare',
      expected: 0.17128,
      tolerance: 2e-4,
      source: 'butane sphere of selenized.github.io, 2020-11-20; properties from Perry 8th edition',
    },
  ],
  calculate: (i) => {
    const share = flashFraction(i.heatCapacityJKgK, i.temperatureK, i.boilingK, i.latentHeatJKg);
    if (share < 0)
      return new Outside(
        'temperatureK',
        i.temperatureK,
        'K',
        { minimum: i.boilingK },
        'below its boiling point a liquid does not flash',
      );
    if (share > 1)
      return new Outside(
        'flashedShare',
        share,
        '1',
        { maximum: 1 },
        'more than the whole liquid would flash: the constant heat capacity does not hold',
      );
    return { flashedShare: share, vapourKgS: share * i.massFlowKgS, liquidKgS: (1 - share) * i.massFlowKgS };
  },
  warnings: () => [
    { code: 'aerosol', text: 'Drops stay in the cloud: the airborne mass is larger than the flashed mass.' },
  ],
});

/** A spill that spreads to a thickness, or to its bund. */
export const poolSpread = defineModel({
  id: 'release.pool-spread',
  pack: 'ccps-tno',
  title: 'Pool of a given thickness, no wider than its bund',
  source: 'Yellow Book CPR 14E (2005) 6.6.3',
  check: 'cases_source_terms: yb-pool-diameter',
  inputs: {
    volumeM3: number({ unit: 'm³', what: 'volume of the spill', ...positive }),
    thicknessM: number({ unit: 'm', what: 'thickness of the pool', ...positive }),
    bundAreaM2: number({ unit: 'm²', what: 'area of the bund, 0: none', minimum: 0, default: 0 }),
  },
  outputs: {
    diameterM: output('m', 'diameter of the round pool of this area'),
    areaM2: output('m²', 'area'),
    depthM: output('m', 'depth'),
  },
  examples: [
    {
      inputs: { volumeM3: 28.3, thicknessM: 0.02 },
      output: 'diameterM',
      expected: 42.445,
      tolerance: 3e-5,
      source: 'Yellow Book 6.6.3, benzene (transcribed)',
    },
  ],
  calculate: (i) => {
    const free = circleArea(poolDiameter(i.volumeM3, i.thicknessM));
    const areaM2 = i.bundAreaM2 > 0 ? Math.min(free, i.bundAreaM2) : free;
    return { diameterM: Math.sqrt((4 * areaM2) / Math.PI), areaM2, depthM: i.volumeM3 / areaM2 };
  },
});

export const releaseModels = [liquidRelease, gasRelease, flash, poolSpread];
