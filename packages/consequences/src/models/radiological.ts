import { inhalationDose } from '../constants/radiological.ts';
import { gaussianPlume, plumeSigma, stabilityClasses } from '../formulas/dispersion.ts';
import { inhaledDose, type Nuclide } from '../formulas/radiological.ts';
import { choice, defineModel, number, output } from '../model.ts';

const nuclides = Object.keys(inhalationDose) as Nuclide[];
const ages = ['adult', 'oneYear'] as const;

/** Screening of a radioactive plume: air, inhaled dose, activity on the ground. Zone sizes carry a factor of about 2. */
export const radioactivePlume = defineModel({
  id: 'radiological.plume',
  pack: 'barc',
  title: 'Radioactive plume: concentration, inhaled dose, deposit',
  source: 'Hukkoo and Bapat (BARC) for chi/Q; ICRP 119 for the dose; EPR-METHOD (2003) for the uncertainty',
  check: 'cases_nuclear (48 rows)',
  inputs: {
    activityBq: number({ unit: 'Bq', what: 'released activity', minimum: 0 }),
    nuclide: choice('nuclide', nuclides),
    age: choice('who breathes', ages),
    windMS: number({ unit: 'm/s', what: 'wind at the height of the release', minimum: 0.5 }),
    stability: choice('class of Pasquill', stabilityClasses),
    distanceM: number({ unit: 'm', what: 'distance downwind', minimum: 100, maximum: 10_000 }),
    acrossM: number({ unit: 'm', what: 'distance across the wind', default: 0 }),
    releaseHeightM: number({ unit: 'm', what: 'height of the release', minimum: 0, default: 0 }),
    depositionMS: number({ unit: 'm/s', what: 'speed of dry deposition', minimum: 0, default: 0 }),
    halfLifeS: number({ unit: 's', what: 'half-life, 0: no decay on the way', minimum: 0, default: 0 }),
  },
  outputs: {
    dilutionSM3: output('s/m³', 'chi/Q'),
    exposureBqSM3: output('Bq s/m³', 'concentration over time'),
    inhaledDoseSv: output('Sv', 'committed dose by breathing'),
    depositBqM2: output('Bq/m²', 'activity on the ground'),
  },
  examples: [
    {
      inputs: {
        activityBq: 1e12,
        nuclide: 'I-131',
        age: 'adult',
        windMS: 1,
        stability: 'A',
        distanceM: 500,
        releaseHeightM: 100,
      },
      output: 'dilutionSM3',
      expected: 1.8534496171567465e-5,
      tolerance: 1e-6,
      source: 'Hukkoo and Bapat, as tested by pyDOSEIA',
    },
    {
      inputs: {
        activityBq: 1e12,
        nuclide: 'I-131',
        age: 'adult',
        windMS: 1,
        stability: 'A',
        distanceM: 500,
        releaseHeightM: 100,
      },
      output: 'inhaledDoseSv',
      expected: 3.65332e-5,
      tolerance: 1e-5,
      source: 'second route',
    },
    {
      inputs: {
        activityBq: 1e12,
        nuclide: 'Cs-137',
        age: 'oneYear',
        windMS: 1,
        stability: 'A',
        distanceM: 500,
        releaseHeightM: 100,
      },
      output: 'inhaledDoseSv',
      expected: 9.05095e-5,
      tolerance: 1e-5,
      source: 'second route',
    },
    {
      inputs: {
        activityBq: 1e12,
        nuclide: 'Cs-137',
        age: 'adult',
        windMS: 1,
        stability: 'A',
        distanceM: 500,
        releaseHeightM: 100,
      },
      output: 'inhaledDoseSv',
      expected: 1.9254e-4,
      tolerance: 1e-5,
      source: 'second route',
    },
    {
      inputs: {
        activityBq: 1e12,
        nuclide: 'Co-60',
        age: 'adult',
        windMS: 1,
        stability: 'A',
        distanceM: 500,
        releaseHeightM: 100,
      },
      output: 'inhaledDoseSv',
      expected: 4.93692e-5,
      tolerance: 1e-5,
      source: 'second route',
    },
  ],
  calculate: (i) => {
    const sigma = plumeSigma('barc', i.stability, i.distanceM);
    const calm = gaussianPlume(1, i.windMS, sigma, i.acrossM, 0, i.releaseHeightM);
    const left = i.halfLifeS > 0 ? 2 ** (-i.distanceM / i.windMS / i.halfLifeS) : 1;
    const exposure = calm * left * i.activityBq;
    return {
      dilutionSM3: calm,
      exposureBqSM3: exposure,
      inhaledDoseSv: inhaledDose(exposure, i.nuclide, i.age),
      depositBqM2: exposure * i.depositionMS,
    };
  },
  warnings: () => [
    {
      code: 'factor-two',
      text: 'Screening only: sizes of zones carry an uncertainty of about a factor 2 (EPR-METHOD 2003).',
    },
  ],
});

export const radiologicalModels = [radioactivePlume];
