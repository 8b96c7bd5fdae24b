import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cell, referencePresent, referenceRows } from '../physics/testing/reference.ts';
import { logGamma, lowerGamma, normalBelow, normalQuantile } from './distributions.ts';
import {
  type DroughtSeries,
  type MonthlyPrecipitation,
  type SpiSettings,
  shareOfNormal,
  spiLimit,
  standardizedPrecipitation,
} from './spi.ts';

function record(): MonthlyPrecipitation {
  const rows = referenceRows('spi_climate_indices/spi_reference.csv');
  return {
    firstYear: 1895,
    firstMonth: 1,
    precipitationMm: rows.map((row) => (row.precip_mm === '' ? null : cell(row, 'precip_mm'))),
  };
}

function valuesOf(outcome: ReturnType<typeof shareOfNormal>): DroughtSeries['values'] {
  if (outcome.kind !== 'result') throw new Error(JSON.stringify(outcome));
  return outcome.value.values;
}

describe.skipIf(!referencePresent)('spi_reference.csv', () => {
  const furthest = (values: DroughtSeries['values'], column: string) => {
    const rows = referenceRows('spi_climate_indices/spi_reference.csv');
    const far = rows.flatMap((row, index) => {
      const expected = cell(row, column);
      return Number.isNaN(expected) ? [] : [Math.abs(Number(values[index] ?? Number.NaN) - expected)];
    });
    expect(far.length).toBeGreaterThan(1400);
    return far.reduce((most, one) => (one <= most ? most : one), 0);
  };
  const cases: readonly [string, SpiSettings][] = [
    ['spi1_gamma', { months: 1 }],
    ['spi6_gamma', { months: 6 }],
    ['spi6_pearson3_cal1981_2010', { months: 6, distribution: 'pearson-3', calibration: [1981, 2010] }],
  ];
  it.each(cases)('%s within 0.001, and in truth within 1e-9', (column, settings) => {
    const far = furthest(valuesOf(standardizedPrecipitation(record(), settings)), column);
    expect(far).toBeLessThan(0.001);
    expect(far).toBeLessThan(1e-9);
  });

  it('pnp6 (calibrated 1981-2010) within the rounding of the file', () => {
    expect(
      furthest(valuesOf(shareOfNormal(record(), { months: 6, calibration: [1981, 2010] })), 'pnp6'),
    ).toBeLessThan(0.001);
  });
});

describe('distributions', () => {
  // Values of tables: Abramowitz and Stegun (1964), 6.1, 26.1, 26.4.
  it.each([
    [0.5, 0.5723649429247001],
    [1, 0],
    [5, 3.1780538303479458],
    [0.1, 2.252712651734206],
    [100, 359.1342053695754],
  ])('log gamma of %d', (x, expected) => {
    expect(logGamma(x)).toBeCloseTo(expected, 11);
  });

  it.each([
    [1.959963984540054, 0.975],
    [-1.2815515655446004, 0.1],
    [3.090232306167813, 0.999],
    [0, 0.5],
    [-5, 2.866515718791939e-7],
  ])('%d is the quantile of %d', (x, share) => {
    expect(normalBelow(x)).toBeCloseTo(share, 12);
    expect(normalQuantile(share)).toBeCloseTo(x, 8);
  });

  it('the gamma distribution of shape 1 is the exponential one', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 40, noNaN: true }), (x) => {
        expect(lowerGamma(1, x)).toBeCloseTo(1 - Math.exp(-x), 12);
      }),
    );
  });

  it('quantile and distribution undo each other', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (share) => {
        expect(normalBelow(normalQuantile(share))).toBeCloseTo(share, 11);
      }),
    );
  });

  it('ends', () => {
    expect([normalQuantile(0), normalQuantile(1), lowerGamma(2, 0), lowerGamma(2, 1e6)]).toEqual([
      -Infinity,
      Infinity,
      0,
      1,
    ]);
  });
});

describe('SPI', () => {
  const rain = (years: number, value: (index: number) => number | null): MonthlyPrecipitation => ({
    firstYear: 1990,
    firstMonth: 1,
    precipitationMm: Array.from({ length: years * 12 }, (_, index) => value(index)),
  });
  const varied = (index: number) => 20 + ((index * 7919) % 101);

  it('wants thirty years for each calendar month and says how many there are', () => {
    expect(standardizedPrecipitation(rain(29, varied), { months: 1 })).toMatchObject({
      kind: 'missing-input',
      why: expect.stringContaining('29 years of calibration, 30 are needed'),
    });
    expect(standardizedPrecipitation(rain(30, varied), { months: 1 }).kind).toBe('result');
    expect(standardizedPrecipitation(rain(40, varied), { months: 1, calibration: [1990, 2018] }).kind).toBe(
      'missing-input',
    );
  });

  it('a missing month leaves out the sums that hold it, and nothing else', () => {
    const values = valuesOf(
      standardizedPrecipitation(
        rain(40, (i) => (i === 100 ? null : varied(i))),
        { months: 3 },
      ),
    );
    expect(values.slice(100, 103)).toEqual([null, null, null]);
    expect([values[1], values[99], values[103]].map((value) => value === null)).toEqual([true, false, false]);
  });

  it('a calendar month that is always the same has no fit and is named', () => {
    const outcome = standardizedPrecipitation(
      rain(35, (i) => (i % 12 === 3 ? 50 : varied(i))),
      { months: 1 },
    );
    expect(outcome).toMatchObject({
      kind: 'result',
      value: { unfitted: [{ month: 4, why: 'no-spread' }] },
      warnings: [{ code: 'unfitted-months' }],
    });
  });

  it('months without rain are mixed in: half of the months dry is an index of 0 for a dry one', () => {
    const outcome = standardizedPrecipitation(
      rain(40, (i) => (Math.floor(i / 12) % 2 === 0 ? 0 : varied(i))),
      { months: 1 },
    );
    expect(Number(valuesOf(outcome)[0])).toBeCloseTo(0, 10);
  });

  it('more rain never gives a lower index, and nothing passes the clip', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('gamma' as const, 'pearson-3' as const),
        fc.nat(11),
        (distribution, month) => {
          const values = valuesOf(standardizedPrecipitation(rain(60, varied), { months: 1, distribution }));
          const pairs = values.flatMap((value, index) =>
            index % 12 === month ? [[varied(index), Number(value)] as const] : [],
          );
          pairs.sort(([a], [b]) => a - b);
          for (let index = 1; index < pairs.length; index += 1)
            expect(pairs[index]?.[1]).toBeGreaterThanOrEqual(Number(pairs[index - 1]?.[1]));
          for (const [, value] of pairs) expect(Math.abs(value)).toBeLessThanOrEqual(spiLimit);
        },
      ),
      { numRuns: 24 },
    );
  });

  it('a flood beyond all years is clipped at 3.09', () => {
    const flood = rain(40, (i) => (i === 468 ? 19_000 : varied(i)));
    expect(valuesOf(standardizedPrecipitation(flood, { months: 1, calibration: [1990, 2028] }))[468]).toBe(
      3.09,
    );
  });

  it('names the month that is no precipitation', () => {
    expect(
      standardizedPrecipitation(
        rain(30, (i) => (i === 13 ? -1 : varied(i))),
        { months: 1 },
      ),
    ).toMatchObject({
      kind: 'outside-range',
      at: '1991-02',
    });
    expect(standardizedPrecipitation(rain(30, varied), { months: 0 })).toMatchObject({ quantity: 'months' });
    expect(standardizedPrecipitation(rain(2100, varied), { months: 1 })).toMatchObject({ code: 'too-large' });
  });
});

describe('share of normal', () => {
  it('is 1 for the mean and shows the deficit of the law', () => {
    const flat = shareOfNormal(
      { firstYear: 1990, firstMonth: 1, precipitationMm: [...Array.from({ length: 360 }, () => 100), 40] },
      { months: 1, calibration: [1990, 2019] },
    );
    expect(valuesOf(flat).at(-1)).toBeCloseTo(0.4, 12);
    expect(valuesOf(flat)[0]).toBe(1);
  });
});
