import { describe, expect, it } from 'vitest';
import { deflagration, gasDetonation, smaller } from './formulas/blast.ts';
import { lethalConcentration, toxicProbitOf } from './formulas/harm.ts';
import { probabilityOf } from './formulas/normal.ts';
import { blastOrder404, distanceTo, modelOf } from './index.ts';
import { outputOf } from './testing/row-values.ts';

const cloud = { fuelKg: 2000, heatOfCombustionJKg: 4.6e7, mode: 'deflagration', place: 'ground' } as const;

describe('the rising branch of the detonation fit', () => {
  it('the raw fit does rise behind 24.3', () => {
    expect(gasDetonation(24.3).pressure).toBeLessThan(gasDetonation(10).pressure);
    expect(gasDetonation(60).pressure).toBeGreaterThan(gasDetonation(24.3).pressure);
  });

  it('gives no number there, and says up to where it is valid', () => {
    const outcome = blastOrder404.run({ ...cloud, flameSpeedMS: 500, distanceM: 9500 });
    expect(outcome).toMatchObject({
      kind: 'outside-range',
      quantity: 'scaledDistance',
      minimum: 0.34,
      maximum: 24,
    });
  });

  it('the distance of 2 kPa is outside range for 300 m/s and more, not kilometres', () => {
    for (const flameSpeedMS of [300, 500]) {
      const reach = distanceTo({
        model: blastOrder404,
        inputs: { ...cloud, flameSpeedMS },
        output: 'overpressureKpa',
        level: 2,
      });
      expect(reach.kind).toBe('outside-range');
    }
  });
});

describe('the smaller of both branches', () => {
  it('a fast deflagration is cut by the detonation, a slow one is not', () => {
    const near = { ...cloud, distanceM: 60 };
    const fast = outputOf('blast.order-404', { ...near, flameSpeedMS: 500 }, 'overpressureKpa');
    const detonation = outputOf(
      'blast.order-404',
      { ...near, mode: 'gas-detonation', flameSpeedMS: 500 },
      'overpressureKpa',
    );
    expect(fast).toBe(detonation);
    expect(fast).toBeCloseTo(121.92, 1);
    expect(outputOf('blast.order-404', { ...near, flameSpeedMS: 200 }, 'overpressureKpa')).toBeCloseTo(
      33.32,
      1,
    );
  });

  it('pressure and impulse choose by themselves', () => {
    const both = smaller(deflagration(0.5, 300), gasDetonation(0.5));
    expect(both.pressure).toBe(deflagration(0.5, 300).pressure);
    expect(both.impulse).toBe(gasDetonation(0.5).impulse);
  });

  it('5 t at 200 m: 24 kPa and not the 111 of a program that forgets it', () => {
    const inputs = { ...cloud, fuelKg: 5000, flameSpeedMS: 500, distanceM: 200 };
    expect(outputOf('blast.order-404', inputs, 'overpressureKpa')).toBeLessThan(30);
  });
});

describe('units of pressure', () => {
  it('the probit of UK HSE is the same in psi and in bar', () => {
    for (const bar of [0.1, 1, 3]) {
      const probit = outputOf('harm.pressure-hse', { pressureKpa: bar * 100 }, 'probit');
      expect(probit).toBeCloseTo(5.13 + 1.37 * Math.log(bar), 1);
    }
  });

  it('bar taken for pascal would be a different world: the impulse of TNT at Z = 3 is about 93 Pa s', () => {
    const impulse = outputOf(
      'blast.kingery-bulmash.incident-impulse',
      { tntKg: 1, distanceM: 3 },
      'impulseKpaMs',
    );
    // kPa ms is Pa s.
    expect(impulse).toBeGreaterThan(80);
    expect(impulse).toBeLessThan(110);
  });

  it('GOST counts the impulse in Pa s and the pressure in Pa', () => {
    const probit = outputOf('harm.pressure-gost-98', { pressureKpa: 16.2, impulsePaS: 1000 }, 'probit');
    expect(probit).toBeCloseTo(4.83, 2);
  });

  it('heat in W/m² and in kW/m² agree but for the last printed digit; Lees halves the dose in W/m² only', () => {
    for (const [set, difference] of [
      ['eisenberg', 0.15],
      ['tsaoPerry', 0.15],
    ] as const) {
      const inputs = { heatFluxKwM2: 20, seconds: 30, set };
      const watts = outputOf('harm.heat', inputs, 'probit');
      expect(Math.abs(watts - outputOf('harm.heat-kw', inputs, 'probit'))).toBeLessThan(difference);
    }
    const lees = { heatFluxKwM2: 20, seconds: 30, set: 'lees' };
    const gap = outputOf('harm.heat-kw', lees, 'probit') - outputOf('harm.heat', lees, 'probit');
    expect(gap).toBeCloseTo(-10.7 + 29.02 - 1.99 * (Math.log(0.5) + (4 / 3) * Math.log(1000)), 6);
    expect(gap).toBeGreaterThan(1);
  });
});

describe('the impulse that rises first', () => {
  const impulse = modelOf('blast.kingery-bulmash.incident-impulse');
  const at = (z: number) =>
    outputOf('blast.kingery-bulmash.incident-impulse', { tntKg: 1, distanceM: z }, 'impulseKpaMs');

  it('has a peak near Z = 0.95', () => {
    expect(at(0.6)).toBeLessThan(at(0.95));
    expect(at(0.95)).toBeGreaterThan(at(1.6));
    expect(at(0.2)).toBeGreaterThan(at(0.35));
  });

  it('one impulse has several distances: the farthest is given, and near ones carry a warning', () => {
    const level = (at(0.95) + at(0.5)) / 2;
    const reach =
      impulse &&
      distanceTo({
        model: impulse,
        inputs: { tntKg: 1 },
        output: 'impulseKpaMs',
        level,
        search: { fromM: 0.2, toM: 40, steps: 96 },
      });
    expect(reach?.kind).toBe('reached');
    const metres = reach?.kind === 'reached' ? reach.distanceM : 0;
    expect(metres).toBeGreaterThan(0.95);
    expect(at(metres)).toBeCloseTo(level, 6);
    const outcome = impulse?.run({ tntKg: 1, distanceM: 1 });
    expect(outcome?.kind === 'result' && outcome.warnings.map(({ code }) => code)).toEqual(['not-monotone']);
  });
});

describe('defects seen in other programs', () => {
  it('the duration of a large fireball follows its own law: 254 t burn 20.7 s, not 28.5', () => {
    expect(outputOf('fireball.ccps', { massKg: 254_000 }, 'durationS')).toBeCloseTo(20.7, 1);
  });

  it('the exponent of a toxic load counts once: at its LC50 one half dies', () => {
    const c = { a: -8.29, b: 0.92, n: 2 };
    expect(probabilityOf(toxicProbitOf(c, lethalConcentration(c, 0.5, 30), 30))).toBeCloseTo(0.5, 9);
  });

  it('the air of 100 m lets 0.71 of the heat pass, not 0.37: carbon dioxide and units are in', () => {
    expect(
      outputOf('transmissivity.wayne', { temperatureK: 293, pathM: 100, humidity: 0.5 }, 'transmissivity'),
    ).toBeCloseTo(0.71, 2);
  });

  it('urban spread of class A grows faster than the distance (339 m at 1 km, not 170)', () => {
    const inputs = { massFlowKgS: 1, windMS: 3, stability: 'A', sigmaSet: 'briggs-urban', distanceM: 1000 };
    expect(outputOf('dispersion.gaussian-plume', inputs, 'sigmaZM')).toBeCloseTo(339, 0);
  });

  it('heavy gas of CCPS p. 122 reaches 5 per cent at 367 m, not at 37', () => {
    const lng = modelOf('dispersion.britter-mcquaid');
    const reach =
      lng &&
      distanceTo({
        model: lng,
        inputs: {
          flowM3S: 55.618,
          densityKgM3: 1.76,
          airDensityKgM3: 1.1845,
          windMS: 10.9,
          cloudK: 111.15,
          airK: 298,
        },
        output: 'concentration',
        level: 0.05,
      });
    expect(reach?.kind === 'reached' ? reach.distanceM / 367 : 0).toBeCloseTo(1, 1);
  });
});
