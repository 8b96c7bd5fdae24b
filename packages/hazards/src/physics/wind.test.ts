import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beaufort, kmHOfKnot, kmHOfMS, type WindScale, windOfBeaufort, wmoBeaufort } from './beaufort.ts';
import { resultOf } from './testing/value.ts';
import { exposures, stormTenMinuteMaximum, windOfOtherMean } from './wind-averaging.ts';
import { type HollandStorm, hollandRadius, hollandWind, rankineRadius } from './wind-profile.ts';

/** As East Asia extends it. */
const extended: WindScale = {
  id: 'extended',
  source: 'test',
  fromKmH: [...wmoBeaufort.fromKmH, 134, 150, 167, 184],
};

describe('Beaufort', () => {
  it.each([
    [0, 0],
    [0.4, 0],
    [0.5, 1],
    [5, 1],
    [6, 2],
    [38, 5],
    [38.49, 5],
    [38.5, 6],
    [39, 6],
    [49, 6],
    [50, 7],
    [61, 7],
    [62, 8],
    [74, 8],
    [75, 9],
    [88, 9],
    [89, 10],
    [102, 10],
    [103, 11],
    [117, 11],
    [118, 12],
    [133, 12],
    [134, 13],
    [149, 13],
    [150, 14],
    [166, 14],
    [167, 15],
    [183, 15],
    [184, 16],
    [300, 16],
  ])('%d km/h is %d', (windKmH, expected) => {
    expect(beaufort(windKmH, extended)).toMatchObject({ kind: 'result', value: expected });
  });

  it('the scale of the WMO ends with 12', () => {
    expect(beaufort(300, wmoBeaufort)).toMatchObject({ value: 12 });
    expect(beaufort(300)).toMatchObject({ value: 12 });
  });

  it('gives the bounds of a number back', () => {
    expect(windOfBeaufort(8, extended)).toEqual({ fromKmH: 62, toKmH: 74 });
    expect(windOfBeaufort(16, extended)).toEqual({ fromKmH: 184, toKmH: null });
    expect(windOfBeaufort(17, extended)).toBeUndefined();
    expect(windOfBeaufort(-1)).toBeUndefined();
    for (let number = 0; number <= 16; number += 1) {
      const bounds = windOfBeaufort(number, extended);
      expect(beaufort(bounds?.fromKmH ?? -1, extended)).toMatchObject({ value: number });
      expect(beaufort(bounds?.toKmH ?? 184, extended)).toMatchObject({ value: number });
    }
  });

  it('noise of a conversion does not lift a wind: 105 kt are 194 km/h, 27.5/3.6 m/s are 27.5 km/h', () => {
    expect(105 * kmHOfKnot).toBeCloseTo(194.46, 6);
    expect(beaufort((38.5 / kmHOfMS) * kmHOfMS - 1e-9)).toMatchObject({ value: 6 });
    expect(beaufort(38.499)).toMatchObject({ value: 5 });
  });

  it.each([-1, 501, Number.NaN])('%d km/h is no wind', (windKmH) => {
    expect(beaufort(windKmH).kind).not.toBe('result');
  });
});

describe('averaging times', () => {
  const convert = (
    windMS: number,
    from: 3 | 60 | 120 | 600,
    to: 3 | 60 | 120 | 600,
    where: (typeof exposures)[number],
  ) => resultOf(windOfOtherMean({ windMS, seconds: from }, to, where));

  it.each([
    [600, 120, 'at-sea', 1.02],
    [600, 120, 'off-sea', 1.05],
    [600, 120, 'off-land', 1.09],
    [600, 120, 'in-land', 1.12],
    [600, 60, 'at-sea', 1.05],
    [600, 60, 'off-sea', 1.11],
    [600, 60, 'off-land', 1.16],
    [600, 60, 'in-land', 1.21],
    [120, 60, 'at-sea', 1],
    [120, 60, 'off-sea', 1.03],
    [120, 60, 'off-land', 1.08],
    [120, 60, 'in-land', 1.13],
    [600, 3, 'at-sea', 1.23],
    [600, 3, 'off-sea', 1.38],
    [600, 3, 'off-land', 1.52],
    [600, 3, 'in-land', 1.66],
    [120, 3, 'at-sea', 1.15],
    [120, 3, 'off-sea', 1.28],
    [120, 3, 'off-land', 1.42],
    [120, 3, 'in-land', 1.55],
    [60, 3, 'at-sea', 1.11],
    [60, 3, 'off-sea', 1.23],
    [60, 3, 'off-land', 1.36],
    [60, 3, 'in-land', 1.49],
  ] as const)('%d s to %d s %s: factor %d', (from, to, where, factor) => {
    expect(convert(10, from, to, where).factor).toBeCloseTo(factor, 12);
    expect(convert(convert(10, from, to, where).windMS, to, from, where).windMS).toBeCloseTo(10, 12);
  });

  it('names the spread over the exposures', () => {
    expect(convert(50, 600, 120, 'at-sea')).toMatchObject({
      windMS: 51,
      leastMS: 51,
      greatestMS: expect.closeTo(56, 10),
    });
    expect(convert(50, 60, 120, 'at-sea')).toMatchObject({
      windMS: 50,
      leastMS: expect.closeTo(50 / 1.13, 10),
      greatestMS: 50,
    });
  });

  it('a storm of 100 kt in one minute has 93 kt in ten, at sea', () => {
    expect(resultOf(stormTenMinuteMaximum(100 * 0.514444))).toBeCloseTo(93 * 0.514444, 9);
    expect(stormTenMinuteMaximum(-1)).toMatchObject({ kind: 'outside-range' });
  });

  it('an unknown exposure or time has no factor', () => {
    // Inputs of a command line or file are not typed.
    const wrong = windOfOtherMean as (...given: readonly unknown[]) => { readonly kind: string };
    expect(wrong({ windMS: 10, seconds: 600 }, 120, 'constructor')).toMatchObject({ code: 'no-factor' });
    expect(wrong({ windMS: 10, seconds: 300 }, 120, 'at-sea')).toMatchObject({ code: 'no-factor' });
  });

  it('a shorter mean is never weaker', () => {
    const seconds = [3, 60, 120, 600] as const;
    for (const where of exposures)
      for (const from of seconds)
        for (const [index, to] of seconds.entries()) {
          const next = seconds[index + 1];
          if (next)
            expect(convert(20, from, to, where).windMS).toBeGreaterThanOrEqual(
              convert(20, from, next, where).windMS - 1e-9,
            );
        }
  });
});

const storm: HollandStorm = {
  centralPressureHPa: 950,
  ambientPressureHPa: 1010,
  radiusOfMaximumWindKm: 40,
  b: 1.5,
  latitudeDeg: 18,
};

describe('Holland', () => {
  // Second route: the formula in Python, digits as printed there.
  it.each([
    [20, 35.7231],
    [40, 52.7631],
    [80, 42.3127],
    [150, 27.4499],
    [300, 13.4542],
  ])('at %d km %d m/s', (radius, expected) => {
    expect(resultOf(hollandWind(storm, radius))).toBeCloseTo(expected, 3);
  });

  it('without rotation the maximum is sqrt(B dp / (rho e)) at the radius of maximum wind', () => {
    const still = { ...storm, latitudeDeg: 0 };
    expect(resultOf(hollandWind(still, 40))).toBeCloseTo(Math.sqrt((1.5 * 6000) / (1.15 * Math.E)), 9);
    expect(resultOf(hollandWind(still, 39))).toBeLessThan(resultOf(hollandWind(still, 40)));
    expect(resultOf(hollandWind(still, 41))).toBeLessThan(resultOf(hollandWind(still, 40)));
  });

  it('the radius of a wind is where the profile has it, outside the maximum', () => {
    fc.assert(
      fc.property(fc.double({ min: 8, max: 50, noNaN: true }), (wind) => {
        const radius = resultOf(hollandRadius(storm, wind));
        expect(radius).toBeGreaterThanOrEqual(40);
        expect(resultOf(hollandWind(storm, radius))).toBeCloseTo(wind, 4);
      }),
    );
  });

  it('a wind that the storm does not have has the radius 0; one that goes on beyond the profile has none', () => {
    expect(resultOf(hollandRadius(storm, 60))).toBe(0);
    const wide: HollandStorm = {
      ...storm,
      latitudeDeg: 0,
      radiusOfMaximumWindKm: 150,
      b: 1,
      centralPressureHPa: 880,
    };
    expect(hollandRadius(wide, 20)).toMatchObject({ kind: 'outside-range', quantity: 'radiusKm' });
  });

  it('the hemisphere does not matter, a deeper storm is stronger', () => {
    expect(resultOf(hollandWind({ ...storm, latitudeDeg: -18 }, 100))).toBe(
      resultOf(hollandWind(storm, 100)),
    );
    expect(resultOf(hollandWind({ ...storm, centralPressureHPa: 930 }, 100))).toBeGreaterThan(
      resultOf(hollandWind(storm, 100)),
    );
  });

  it('refuses a centre above its surroundings, and shapes outside 1 to 2.5', () => {
    expect(hollandWind({ ...storm, centralPressureHPa: 1012 }, 100)).toMatchObject({ code: 'contradiction' });
    expect(hollandWind({ ...storm, b: 0.9 }, 100)).toMatchObject({ quantity: 'b' });
    expect(hollandWind(storm, 0)).toMatchObject({ quantity: 'radiusKm' });
  });
});

describe('Rankine', () => {
  const vortex = { maximumWindMS: 40, radiusOfMaximumWindKm: 50, exponent: 0.5 };
  it('with exponent 0.5 half the wind is at four times the radius', () => {
    expect(resultOf(rankineRadius(vortex, 20))).toBeCloseTo(200, 9);
    expect(resultOf(rankineRadius(vortex, 40))).toBe(50);
    expect(resultOf(rankineRadius(vortex, 41))).toBe(0);
  });
  it('beyond 1,500 km it has no answer', () => {
    expect(rankineRadius({ ...vortex, exponent: 0.3 }, 10)).toMatchObject({
      kind: 'outside-range',
      quantity: 'radiusKm',
    });
    expect(rankineRadius({ ...vortex, exponent: 0.29 }, 30)).toMatchObject({ quantity: 'exponent' });
  });
});
