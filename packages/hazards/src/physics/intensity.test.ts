import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allenHypocentralIntensity,
  allenRuptureIntensity,
  blakeShebalinIntensity,
  mskGrade,
} from './intensity.ts';
import { referencePresent, referenceText } from './testing/reference.ts';
import { resultOf } from './testing/value.ts';

interface Announced {
  readonly M: number;
  readonly depth_km: number;
  readonly place: string;
  readonly official_level: number;
}

/** Below V nothing, V 1, VI 2, VII 3 or more: Decision 18/2021 Art. 55 for an epicentre without reservoirs. */
function levelOf(intensity: number): number {
  return Math.max(0, Math.min(5, Math.floor(intensity) - 4));
}

describe.skipIf(!referencePresent)('announced levels of Viet Nam', () => {
  const announced = () =>
    (
      JSON.parse(referenceText('vn/official_outcome_cases.json')) as {
        readonly earthquake: readonly Announced[];
      }
    ).earthquake;

  it('Allen 2012 at the epicentre gives every announced level', () => {
    expect(announced().length).toBeGreaterThanOrEqual(6);
    for (const { M, depth_km, place, official_level } of announced()) {
      const { intensity } = resultOf(
        allenHypocentralIntensity({ magnitude: M, depthKm: depth_km, epicentralKm: 0 }),
      );
      expect(levelOf(intensity), `${place} M ${M}: ${intensity}`).toBe(official_level);
    }
  });

  it('Blake and Shebalin does not: it is too high for shallow ones', () => {
    const wrong = announced().filter(({ M, depth_km, official_level }) => {
      const quake = { magnitude: M, depthKm: depth_km, epicentralKm: 0 };
      return levelOf(resultOf(blakeShebalinIntensity(quake)).intensity) > official_level;
    });
    expect(wrong.length).toBeGreaterThan(0);
  });
});

describe('Allen, Wald and Worden', () => {
  // Second route: the formulas in Python.
  it.each([
    [5, 8.1, 0, 6.2572, 1.1489],
    [6.5, 10, 80, 5.2412, 0.8476],
    [7, 15, 30, 7.0302, 0.9376],
    [5.5, 12, 200, 2.6163, 0.8248],
  ])('by the focus: M %d, depth %d km, %d km away', (magnitude, depthKm, epicentralKm, intensity, sigma) => {
    const found = resultOf(allenHypocentralIntensity({ magnitude, depthKm, epicentralKm }));
    expect(found.intensity).toBeCloseTo(intensity, 4);
    expect(found.sigma).toBeCloseTo(sigma, 4);
  });

  it.each([
    [5, 8.1, 6.1722, 0.9427],
    [6.5, 80, 5.0317, 0.7747],
    [7.5, 0, 8.1527, 0.95],
    [6, 250, 3.3157, 0.7271],
  ])('by the rupture: M %d, %d km away', (magnitude, ruptureKm, intensity, sigma) => {
    const found = resultOf(allenRuptureIntensity({ magnitude, ruptureKm }));
    expect(found.intensity).toBeCloseTo(intensity, 4);
    expect(found.sigma).toBeCloseTo(sigma, 4);
  });

  it('warns outside the magnitudes of its fit', () => {
    const codes = (magnitude: number) => {
      const found = allenHypocentralIntensity({ magnitude, depthKm: 10, epicentralKm: 0 });
      return found.kind === 'result' ? found.warnings.map(({ code }) => code) : [found.kind];
    };
    expect([4.9, 5, 7.9, 8].map(codes)).toEqual([['beyond-fit'], [], [], ['beyond-fit']]);
    expect(codes(8.6)).toEqual(['outside-range']);
  });

  it('the far term begins at 50 km without a step', () => {
    const at = (epicentralKm: number) =>
      resultOf(allenHypocentralIntensity({ magnitude: 6, depthKm: 0, epicentralKm })).intensity;
    expect(at(50) - at(50.001)).toBeCloseTo(0, 4);
    expect(at(60)).toBeGreaterThan(
      2.085 + 1.428 * 6 - 1.402 * Math.log(Math.hypot(60, -0.209 + 2.042 * Math.E)),
    );
  });

  it('at the focus itself it has no meaning', () => {
    expect(allenHypocentralIntensity({ magnitude: 6, depthKm: 0, epicentralKm: 0 })).toMatchObject({
      kind: 'outside-range',
      quantity: 'hypocentralKm',
    });
    expect(allenHypocentralIntensity({ magnitude: 6, depthKm: 10, epicentralKm: 301 })).toMatchObject({
      quantity: 'epicentralKm',
    });
  });
});

describe('Blake and Shebalin', () => {
  it('M 5.0 at 8.1 km is 7.32', () => {
    const quake = { magnitude: 5, depthKm: 8.1, epicentralKm: 0 };
    expect(resultOf(blakeShebalinIntensity(quake))).toMatchObject({
      intensity: expect.closeTo(7.3203, 4),
      sigma: null,
    });
  });
  it('nearer than 5 km it has no meaning', () => {
    expect(blakeShebalinIntensity({ magnitude: 5, depthKm: 4, epicentralKm: 2 })).toMatchObject({
      kind: 'outside-range',
    });
  });
});

describe('grades', () => {
  it.each([
    [5.99, 'floor', 'V'],
    [6, 'floor', 'VI'],
    [5.49, 'nearest', 'V'],
    [5.5, 'nearest', 'VI'],
    [-2, 'floor', 'I'],
    [14, 'nearest', 'XII'],
    [Number.NaN, 'floor', undefined],
  ] as const)('%d by %s is %s', (intensity, rounding, grade) => {
    expect(mskGrade(intensity, rounding)).toBe(grade);
  });
});

it('farther or deeper is never worse, greater is never less', () => {
  const quake = fc.record({
    magnitude: fc.double({ min: 2, max: 8, noNaN: true }),
    depthKm: fc.double({ min: 6, max: 60, noNaN: true }),
    epicentralKm: fc.double({ min: 0, max: 280, noNaN: true }),
  });
  fc.assert(
    fc.property(quake, fc.double({ min: 0.01, max: 10, noNaN: true }), (one, more) => {
      for (const relation of [allenHypocentralIntensity, blakeShebalinIntensity]) {
        const at = (change: object) => resultOf(relation({ ...one, ...change })).intensity;
        expect(at({ epicentralKm: one.epicentralKm + more })).toBeLessThanOrEqual(at({}));
        expect(at({ depthKm: one.depthKm + more })).toBeLessThanOrEqual(at({}));
        expect(at({ magnitude: one.magnitude + more / 20 })).toBeGreaterThan(at({}));
      }
    }),
  );
});
