import { describe, expect, it } from 'vitest';
import { gostBlast } from './constants/blast.ts';
import { leesSigma } from './constants/dispersion.ts';
import { plumeSigma } from './formulas/dispersion.ts';
import { uprightCylinder } from './formulas/view-factor.ts';
import { readReference, referencePresent } from './testing/reference.ts';
import { outputOf } from './testing/row-values.ts';

/** What a source prints and its own formula does not give. The printed number must never come out. */
const tank = { fuelKg: 254_000, heatOfCombustionJKg: 4.6e7, participation: 0.1, distanceM: 500 };

describe('misprints of the sources are not reproduced', () => {
  it('GOST R 12.3.047-98: the example follows from the exponents 1/3 and 2/3, not from 0.33 and 0.66', () => {
    expect(outputOf('blast.gost-98', tank, 'overpressureKpa')).toBeCloseTo(16.26, 1);
    expect(outputOf('blast.gost-98', tank, 'impulsePaS')).toBeCloseTo(998.2, 0);
    const reduced = outputOf('blast.gost-98', tank, 'reducedMassKg');
    const printed =
      gostBlast.pressureKpa *
      ((0.8 * reduced ** 0.33) / 500 + (3 * reduced ** 0.66) / 500 ** 2 + (5 * reduced) / 500 ** 3);
    expect(printed).toBeCloseTo(15.45, 1);
    expect((gostBlast.impulse * reduced ** 0.66) / 500).toBeCloseTo(918.7, 0);
  });

  it('Yellow Book 6.6.3: the Froude number is 0.06006, not 0.0545', () => {
    const froude = outputOf(
      'pool-fire.tno',
      {
        diameterM: 42.4457,
        burningRateKgM2S: 0.085,
        windMS: 5,
        direction: 'downwind',
        airDensityKgM3: 1.2243,
        airViscosityM2S: 7.5133e-6,
        distanceM: 100,
        heatOfCombustionJKg: 4.015e7,
        radiantShare: 0.4,
        sootShare: 0.8,
      },
      'froude',
    );
    expect(froude).toBeCloseTo(0.06006, 4);
    expect(Math.abs(froude - 0.0545)).toBeGreaterThan(0.005);
  });

  it('Yellow Book table 6.A.1: two cells of F max contradict their own F v and F h', () => {
    const first = uprightCylinder(0.1, 1.2);
    expect(first.maximum).toBeCloseTo(Math.hypot(first.vertical, first.horizontal), 12);
    expect(first.maximum).toBeCloseTo(0.2013, 4);
    expect(Math.abs(first.maximum - 0.21)).toBeGreaterThan(0.005);
    expect(uprightCylinder(0.2, 1.4).maximum).toBeCloseTo(0.17729, 4);
  });

  it('the README of kingery-bulmash: the reflected impulse of 10 t at 500 m is 528.8, not 1063', () => {
    const value = outputOf(
      'blast.kingery-bulmash.reflected-impulse',
      { tntKg: 10_000, distanceM: 500 },
      'impulseKpaMs',
    );
    expect(value).toBeCloseTo(528.76, 1);
  });

  it('CCPS (1999) p. 101: the spread of the puff is 5.05 m, not 6.1', () => {
    const concentration = outputOf(
      'dispersion.gaussian-puff',
      { massKg: 1, windMS: 2, stability: 'F', seconds: 250, distanceM: 500 },
      'concentrationKgM3',
    );
    expect(concentration).toBeGreaterThan(1.3 * (2 / ((2 * Math.PI) ** 1.5 * 6.1 ** 2 * 2.215)));
  });

  it('Lees table 15.46: far from the source the spread grows; with the printed signs it would vanish', () => {
    const far = plumeSigma('lees-f', 'F', 1000).z;
    expect(far).toBeGreaterThan(plumeSigma('lees-f', 'F', 600).z);
    expect(far).toBeCloseTo(13.46, 1);
    expect(leesSigma.far[0]).toBeLessThan(0);
  });

  describe.skipIf(!referencePresent)('as listed in shared/data/consequences', () => {
    it('cases_source_misprints', () => {
      const rows = readReference('cases_source_misprints.json') as readonly Readonly<
        Record<string, number | string>
      >[];
      for (const row of rows) {
        const gost = row.id === 'gost-E-i-066';
        const ours = gost
          ? outputOf('blast.gost-98', tank, 'impulsePaS')
          : outputOf(
              'blast.kingery-bulmash.reflected-impulse',
              { tntKg: 10_000, distanceM: 500 },
              'impulseKpaMs',
            );
        const wrong = Number(gost ? row.with_printed_exponents : row.printed_in_PyPI_readme);
        expect(Math.abs(ours / wrong - 1)).toBeGreaterThan(0.05);
        expect(Math.abs(ours / Number(gost ? row.printed : row.own) - 1)).toBeLessThan(0.005);
      }
    });

    it('cases_view_factor_table_misprints', () => {
      const rows = readReference('cases_view_factor_table_misprints.json') as readonly {
        readonly id: string;
        readonly expected_printed: number;
        readonly computed: number;
      }[];
      for (const row of rows) {
        const [, x, h] = /x([\d.]+)-h([\d.]+)/.exec(row.id) ?? [];
        const { maximum } = uprightCylinder(Number(h), Number(x));
        expect(maximum).toBeCloseTo(row.computed, 8);
        expect(Math.abs(maximum - row.expected_printed)).toBeGreaterThan(0.00105);
      }
    });
  });
});
