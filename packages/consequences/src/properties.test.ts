import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaussianPlume, plumeSigma, sigmaSets, stabilityClasses } from './formulas/dispersion.ts';
import { normalQuantile, normalShare, probabilityOf, probitOf } from './formulas/normal.ts';
import { criticalPressureRatio, gasOrifice } from './formulas/release.ts';
import { tiltedCylinder, uprightCylinder } from './formulas/view-factor.ts';
import { findSubstances, modelOf, molarMassKgMol, ppmOf, substances } from './index.ts';
import type { Values } from './outcome.ts';
import { outputOf } from './testing/row-values.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

interface Falling {
  readonly model: string;
  readonly inputs: Values;
  readonly output: string;
  readonly from: number;
  readonly to: number;
  /** How far a later value may lie above an earlier one: fits have small steps at their joints. */
  readonly step?: number;
}

const cloud = { fuelKg: 2000, heatOfCombustionJKg: 4.6e7, flameSpeedMS: 200, place: 'ground' };
const tank = { diameterM: 20, burningRateKgM2S: 0.06, airDensityKgM3: 1.2 };
const leaning = {
  ...tank,
  windMS: 4,
  airViscosityM2S: 1.5e-5,
  heatOfCombustionJKg: 4.4e7,
  radiantShare: 0.35,
  sootShare: 0.8,
};
const plume = { massFlowKgS: 1, windMS: 3, stability: 'D', sigmaSet: 'briggs-rural' };

const falling: readonly Falling[] = [
  { model: 'fireball.ccps', inputs: { massKg: 12_000 }, output: 'heatFluxKwM2', from: 70, to: 5000 },
  { model: 'fireball.gost-98', inputs: { massKg: 12_000 }, output: 'heatFluxKwM2', from: 0, to: 5000 },
  { model: 'fireball.order-404', inputs: { massKg: 12_000 }, output: 'heatFluxKwM2', from: 0, to: 5000 },
  {
    model: 'pool-fire.gost-98',
    inputs: { ...tank, emissivePowerKwM2: 47 },
    output: 'heatFluxKwM2',
    from: 10.5,
    to: 1000,
  },
  {
    model: 'pool-fire.order-404',
    inputs: { diameterM: 20, airDensityKgM3: 1.2, fuel: 'petrol', vapourDensityKgM3: 3 },
    output: 'heatFluxKwM2',
    from: 10.5,
    to: 1000,
  },
  {
    model: 'pool-fire.tno',
    inputs: { ...leaning, direction: 'downwind' },
    output: 'heatFluxKwM2',
    from: 45,
    to: 1000,
  },
  {
    model: 'pool-fire.tno',
    inputs: { ...leaning, direction: 'upwind' },
    output: 'heatFluxKwM2',
    from: 11,
    to: 1000,
  },
  {
    model: 'jet-fire.point-source',
    inputs: { massFlowKgS: 10, heatOfCombustionKjKg: 50_000, radiantShare: 0.3 },
    output: 'heatFluxKwM2',
    from: 1,
    to: 5000,
  },
  { model: 'blast.kinney-graham', inputs: { tntKg: 100 }, output: 'overpressureKpa', from: 0.3, to: 2000 },
  {
    model: 'blast.kingery-bulmash.incident-pressure',
    inputs: { tntKg: 100 },
    output: 'overpressureKpa',
    from: 1,
    to: 900,
    step: 0.003,
  },
  {
    model: 'blast.kingery-bulmash.reflected-pressure',
    inputs: { tntKg: 100 },
    output: 'overpressureKpa',
    from: 0.5,
    to: 180,
    step: 0.003,
  },
  {
    model: 'blast.kingery-bulmash.reflected-impulse',
    inputs: { tntKg: 100 },
    output: 'impulseKpaMs',
    from: 0.5,
    to: 180,
  },
  {
    model: 'blast.kingery-bulmash.shock-velocity',
    inputs: { tntKg: 100 },
    output: 'velocityKmS',
    from: 0.5,
    to: 180,
    step: 0.003,
  },
  {
    model: 'blast.gost-98',
    inputs: { fuelKg: 2000, heatOfCombustionJKg: 4.6e7, participation: 0.1 },
    output: 'overpressureKpa',
    from: 1,
    to: 5000,
  },
  {
    model: 'blast.gost-98',
    inputs: { fuelKg: 2000, heatOfCombustionJKg: 4.6e7, participation: 0.1 },
    output: 'impulsePaS',
    from: 1,
    to: 5000,
  },
  ...['deflagration', 'gas-detonation', 'mixture-detonation'].flatMap((mode) =>
    ['overpressureKpa', 'impulsePaS'].map((output) => ({
      model: 'blast.order-404',
      inputs: { ...cloud, mode },
      output,
      from: 42,
      to: 2900,
    })),
  ),
  { model: 'dispersion.gaussian-plume', inputs: plume, output: 'concentrationKgM3', from: 100, to: 10_000 },
  {
    model: 'radiological.plume',
    inputs: { activityBq: 1e12, nuclide: 'I-131', age: 'adult', windMS: 3, stability: 'D' },
    output: 'inhaledDoseSv',
    from: 100,
    to: 10_000,
    step: 0.02,
  },
  {
    model: 'dispersion.britter-mcquaid',
    inputs: { flowM3S: 55, densityKgM3: 1.76, airDensityKgM3: 1.18, windMS: 10.9, cloudK: 111, airK: 298 },
    output: 'concentration',
    from: 1,
    to: 20_000,
  },
];

describe('farther is never worse', () => {
  it.each(
    falling.map((one) => [`${one.model} ${one.output} ${Object.values(one.inputs).join(' ')}`, one] as const),
  )('%s', (_, one) => {
    fc.assert(
      fc.property(real(one.from, one.to), real(one.from, one.to), (a, b) => {
        const near = outputOf(one.model, { ...one.inputs, distanceM: Math.min(a, b) }, one.output);
        const far = outputOf(one.model, { ...one.inputs, distanceM: Math.max(a, b) }, one.output);
        expect(far).toBeLessThanOrEqual(near * (1 + (one.step ?? 1e-12)));
        expect(far).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('a shock arrives later the farther it goes', () => {
    const at = (distanceM: number) =>
      outputOf('blast.kingery-bulmash.time-of-arrival', { tntKg: 1, distanceM }, 'timeOfArrivalMs');
    fc.assert(
      fc.property(real(0.07, 39), real(1.01, 1.02), (z, more) => {
        expect(at(z * more)).toBeGreaterThan(at(z));
      }),
    );
  });
});

describe('more is never less', () => {
  const rising: readonly [string, Values, string, string, number, number][] = [
    ['fireball.ccps', { distanceM: 400 }, 'massKg', 'heatFluxKwM2', 100, 30_000],
    ['fireball.gost-98', { distanceM: 400 }, 'massKg', 'heatFluxKwM2', 100, 200_000],
    [
      'blast.gost-98',
      { heatOfCombustionJKg: 4.6e7, participation: 0.1, distanceM: 200 },
      'fuelKg',
      'overpressureKpa',
      1,
      1e6,
    ],
    [
      'blast.order-404',
      { ...cloud, mode: 'deflagration', distanceM: 200 },
      'flameSpeedMS',
      'overpressureKpa',
      50,
      500,
    ],
    ['release.liquid-orifice', { holeDiameterM: 0.05, densityKgM3: 800 }, 'headM', 'massFlowKgS', 0, 50],
    [
      'release.gas-orifice',
      { holeDiameterM: 0.05, temperatureK: 290, molarMassKgMol: 0.016, gamma: 1.3 },
      'pressurePa',
      'massFlowKgS',
      101_400,
      1e7,
    ],
    ['harm.heat', { seconds: 30, set: 'tno' }, 'heatFluxKwM2', 'probability', 0.1, 100],
    ['harm.heat-kw', { heatFluxKwM2: 10, set: 'eisenberg' }, 'seconds', 'probability', 1, 1000],
    ['harm.pressure-gost-98', { impulsePaS: 1000 }, 'pressureKpa', 'probability', 1, 500],
    ['harm.collapse-tno', { pressureKpa: 50 }, 'impulsePaS', 'probability', 10, 20_000],
    ['harm.head-impact-tno', { impulsePaS: 1000 }, 'pressureKpa', 'probability', 10, 5000],
    ['harm.lung-eisenberg', {}, 'pressureKpa', 'probability', 10, 1000],
    ['harm.pressure-hse', {}, 'pressureKpa', 'probability', 1, 1000],
    ['harm.toxic', { substance: 'ammonia', minutes: 10 }, 'concentrationPpm', 'probability', 1, 1e6],
    ['fire.t-squared', { speed: 'fast' }, 'seconds', 'heatReleaseKw', 0, 2000],
    [
      'pool-fire.heat-release',
      { burningRateKgM2S: 0.045, heatOfCombustionKjKg: 44_400, kBetaPerM: 2.1 },
      'areaM2',
      'heatReleaseKw',
      0.01,
      1000,
    ],
  ];

  it.each(rising)('%s %j %s', (model, inputs, over, output, from, to) => {
    fc.assert(
      fc.property(real(from, to), real(from, to), (a, b) => {
        const less = outputOf(model, { ...inputs, [over]: Math.min(a, b) }, output);
        expect(outputOf(model, { ...inputs, [over]: Math.max(a, b) }, output)).toBeGreaterThanOrEqual(
          less * (1 - 1e-12),
        );
      }),
    );
  });
});

describe('laws', () => {
  it('a blast scales with the cube root of the mass (Hopkinson)', () => {
    fc.assert(
      fc.property(real(0.3, 30), real(1, 100), (z, scale) => {
        const at = (factor: number) =>
          outputOf(
            'blast.kingery-bulmash.incident-pressure',
            { tntKg: factor ** 3, distanceM: z * factor },
            'overpressureKpa',
          );
        expect(at(scale) / at(1)).toBeCloseTo(1, 9);
        const impulse = (factor: number) =>
          outputOf(
            'blast.kingery-bulmash.incident-impulse',
            { tntKg: factor ** 3, distanceM: z * factor },
            'impulseKpaMs',
          );
        expect(impulse(scale) / impulse(1) / scale).toBeCloseTo(1, 9);
      }),
    );
  });

  it('gas: both forms meet where the flow chokes, and a choked flow does not feel the outside', () => {
    fc.assert(
      fc.property(real(1.05, 1.66), real(2e5, 1e7), real(0.1, 0.999), (gamma, pressure, share) => {
        const critical = criticalPressureRatio(gamma) * pressure;
        const flow = (outside: number) => gasOrifice(0.62, 0.01, pressure, outside, 300, 0.03, gamma);
        expect(flow(critical * share)).toBe(flow(0));
        expect(flow(critical * 1.000001) / flow(critical)).toBeCloseTo(1, 9);
        expect(flow(critical + (pressure - critical) * share)).toBeLessThanOrEqual(flow(critical));
        const classic =
          0.62 *
          0.01 *
          pressure *
          Math.sqrt(
            ((gamma * 0.03) / (8.314462618 * 300)) * (2 / (gamma + 1)) ** ((gamma + 1) / (gamma - 1)),
          );
        expect(flow(0) / classic).toBeCloseTo(1, 9);
      }),
    );
  });

  it('a cylinder that does not lean is the upright cylinder: two formulas, one number', () => {
    fc.assert(
      fc.property(real(0.1, 20), real(1.05, 20), (h, s) => {
        const [one, two] = [tiltedCylinder(h, s, 0), uprightCylinder(h, s)];
        expect(one.vertical).toBeCloseTo(two.vertical, 9);
        expect(one.horizontal).toBeCloseTo(two.horizontal, 9);
      }),
    );
  });

  it('view factors are shares', () => {
    fc.assert(
      fc.property(real(0.1, 20), real(1.05, 40), (h, s) => {
        const { vertical, horizontal, maximum } = uprightCylinder(h, s);
        for (const one of [vertical, horizontal, maximum]) {
          expect(one).toBeGreaterThanOrEqual(-1e-12);
          expect(one).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('what flows through a plane across the wind is what was released', () => {
    for (const set of sigmaSets) {
      for (const stability of stabilityClasses) {
        if (set.endsWith('-f') && stability !== 'F') continue;
        const sigma = plumeSigma(set, stability, 700);
        const [source, wind, height] = [3, 2.5, 40];
        let sum = 0;
        const [stepY, stepZ] = [sigma.y / 20, sigma.z / 20];
        for (let y = -6 * sigma.y; y <= 6 * sigma.y; y += stepY)
          for (let z = stepZ / 2; z <= height + 6 * sigma.z; z += stepZ)
            sum += gaussianPlume(source, wind, sigma, y, z, height) * stepY * stepZ;
        expect((sum * wind) / source).toBeCloseTo(1, 3);
      }
    }
  });

  it('a plume is the same to the left and to the right, and nothing is lost below zero height', () => {
    fc.assert(
      fc.property(real(100, 10_000), real(-500, 500), (distanceM, acrossM) => {
        const at = (y: number) =>
          outputOf('dispersion.gaussian-plume', { ...plume, distanceM, acrossM: y }, 'concentrationKgM3');
        expect(at(acrossM)).toBe(at(-acrossM));
      }),
    );
  });

  it('without a leak, a head, a fire, a dose: nothing', () => {
    expect(outputOf('release.liquid-orifice', { holeDiameterM: 0.1, densityKgM3: 800 }, 'massFlowKgS')).toBe(
      0,
    );
    expect(outputOf('fire.t-squared', { speed: 'slow', seconds: 0 }, 'heatReleaseKw')).toBe(0);
    expect(
      outputOf(
        'dispersion.gaussian-plume',
        { ...plume, massFlowKgS: 0, distanceM: 500 },
        'concentrationKgM3',
      ),
    ).toBe(0);
    expect(
      modelOf('release.gas-orifice')?.run({
        holeDiameterM: 0.1,
        pressurePa: 101_325,
        temperatureK: 290,
        molarMassKgMol: 0.016,
        gamma: 1.3,
      }),
    ).toMatchObject({ kind: 'outside-range', quantity: 'pressurePa' });
  });

  it('the air lets less pass on a longer way, never more than all', () => {
    fc.assert(
      fc.property(real(253, 303), real(0.05, 1), real(10, 990), (temperatureK, humidity, pathM) => {
        const at = (path: number) =>
          outputOf('transmissivity.wayne', { temperatureK, humidity, pathM: path }, 'transmissivity');
        expect(at(pathM + 10)).toBeLessThan(at(pathM));
        expect(at(pathM)).toBeLessThanOrEqual(1.006);
      }),
    );
  });
});

describe('the normal distribution', () => {
  it('is symmetric, rises, and its inverse gives back', () => {
    fc.assert(
      fc.property(real(-8, 8), (x) => {
        expect(normalShare(x) + normalShare(-x)).toBeCloseTo(1, 14);
        expect(normalShare(x + 0.01)).toBeGreaterThanOrEqual(normalShare(x));
      }),
    );
    // Near 8 a step changes the last digit of a double or none.
    fc.assert(
      fc.property(real(-8, 7), (x) => {
        expect(normalShare(x + 0.01)).toBeGreaterThan(normalShare(x));
      }),
    );
    fc.assert(
      fc.property(real(1e-9, 1 - 1e-9), (p) => {
        expect(normalShare(normalQuantile(p))).toBeCloseTo(p, 12);
      }),
    );
    expect(probabilityOf(5)).toBe(0.5);
    expect(probitOf(0.5)).toBeCloseTo(5, 12);
  });

  it('agrees with the printed tails', () => {
    // Abramowitz and Stegun, table 26.1.
    expect(normalShare(1)).toBeCloseTo(0.841344746068543, 14);
    expect(normalShare(3)).toBeCloseTo(0.99865010196837, 14);
    expect(normalShare(2.9999999)).toBeCloseTo(normalShare(3), 8);
    expect(normalShare(-5) / 2.866515718791939e-7).toBeCloseTo(1, 10);
  });
});

describe('units', () => {
  it('ppm of an ideal gas: pure gas is a million', () => {
    fc.assert(
      fc.property(real(0.002, 0.2), real(200, 400), (molar, kelvin) => {
        const pure = (101_325 * molar) / (8.314462618 * kelvin);
        expect(ppmOf(pure, molar, kelvin, 101_325)).toBeCloseTo(1e6, 3);
      }),
    );
  });

  it('molar masses follow from the atoms', () => {
    const [chlorine] = findSubstances(1017);
    const [butane] = findSubstances('butane');
    expect(chlorine && molarMassKgMol(chlorine)).toBeCloseTo(0.0709, 6);
    // Perry's 8th edition: 58.122.
    expect(butane && molarMassKgMol(butane)).toBeCloseTo(0.058122, 4);
    expect(substances.map(({ id }) => id)).toEqual([...new Set(substances.map(({ id }) => id))]);
  });
});
