import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cell, referencePresent, referenceRows } from '../physics/testing/reference.ts';
import {
  dewPointOf,
  type MiddayWeather,
  nesterovRainFactor,
  type RussianNesterovSettings,
  russianNesterov,
  saturationDeficitHPa,
  saturationPressureHPa,
  vietNamNesterov,
} from './nesterov.ts';
import { type MonthlyRainLimit, nesterovClass, russianClassTables } from './nesterov-classes.ts';

const choices: RussianNesterovSettings = { atExactlyTheLimit: 'accumulates', belowZero: 'adds-nothing' };

function indices(outcome: ReturnType<typeof vietNamNesterov>): readonly number[] {
  if (outcome.kind !== 'result') throw new Error(JSON.stringify(outcome));
  return outcome.value.map(({ index }) => index);
}

function days(list: readonly Omit<MiddayWeather, 'date'>[], month = '05'): readonly MiddayWeather[] {
  return list.map((one, index) => ({ date: `2026-${month}-${String(index + 1).padStart(2, '0')}`, ...one }));
}

/** Limits by month, invented. */
const byMonth: MonthlyRainLimit = { id: 'test', source: 'test', mmOfMonth: { 3: 5, 4: 7 } };

const dry = { temperatureC: 31, relativeHumidityPercent: 55, rainMm: 0 };

describe.skipIf(!referencePresent)('check_sequence_computed.csv', () => {
  const rows = referenceRows('nesterov/check_sequence_computed.csv');
  const sequence = days(
    rows.map((row) => ({
      temperatureC: cell(row, 't13_C'),
      relativeHumidityPercent: cell(row, 'rh13_pct'),
      rainMm: cell(row, 'rain_mm'),
    })),
  );

  it('index P of Viet Nam, every day', () => {
    const found = indices(vietNamNesterov(sequence));
    for (const [index, row] of rows.entries())
      expect(found[index]).toBeCloseTo(cell(row, 'P_VN_T_x_deficit_K0_if_rain_ge5mm'), 0);
  });

  it('the index of Russia, every day', () => {
    const found = indices(russianNesterov(sequence, choices));
    for (const [index, row] of rows.entries())
      expect(Math.abs(Number(found[index]) - cell(row, 'NI_T_minus_Td_reset_gt3mm'))).toBeLessThan(0.1);
  });

  it('saturation deficit and dew point', () => {
    for (const row of rows) {
      const [t, h] = [cell(row, 't13_C'), cell(row, 'rh13_pct')];
      expect(saturationDeficitHPa(t, h)).toBeCloseTo(cell(row, 'sat_deficit_hPa'), 2);
      expect(dewPointOf(t, h)).toBeCloseTo(cell(row, 'td_C'), 3);
    }
  });
});

describe('index P', () => {
  it('uses the saturation deficit, which is not T minus dew point', () => {
    expect(saturationDeficitHPa(31, 55)).toBeCloseTo(20.215, 2);
    expect(31 - dewPointOf(31, 55)).toBeCloseTo(10.118, 2);
    expect(saturationPressureHPa(0)).toBeCloseTo(6.1078, 6);
  });

  it.each([
    [4.9, false],
    [5, true],
    [5.1, true],
  ])('a day of %d mm starts the sum again: %s', (rainMm, reset) => {
    const outcome = vietNamNesterov(days([dry, { ...dry, rainMm }]));
    expect(outcome).toMatchObject({ kind: 'result', value: [{ reset: false }, { reset }] });
  });

  it('takes the limit of the month: 6.9 mm in April do not reset, 7 mm do', () => {
    for (const [rainMm, reset] of [
      [6.9, false],
      [7, true],
    ] as const)
      expect(vietNamNesterov(days([{ ...dry, rainMm }], '04'), { rainLimit: byMonth })).toMatchObject({
        value: [{ reset }],
      });
  });

  it('names the month whose limit is not known', () => {
    expect(vietNamNesterov(days([dry], '05'), { rainLimit: byMonth })).toMatchObject({
      kind: 'missing-input',
      quantity: 'rainLimitMm',
      at: '2026-05-01',
    });
  });

  it('goes on from the index of the day before', () => {
    const [added] = indices(vietNamNesterov(days([dry])));
    expect(indices(vietNamNesterov(days([dry]), { indexBefore: 1000 }))).toEqual([1000 + Number(added)]);
  });

  it('names the missing day, and the missing number', () => {
    const [first, , third] = days([dry, dry, dry]);
    expect(vietNamNesterov([first, third].flatMap((one) => one ?? []))).toMatchObject({
      kind: 'missing-input',
      at: '2026-05-02',
    });
    expect(vietNamNesterov(days([{ ...dry, rainMm: undefined }]))).toMatchObject({ quantity: 'rainMm' });
  });
});

describe("Russia's index", () => {
  const wet = (rainMm: number, settings: Partial<RussianNesterovSettings> = {}) =>
    indices(russianNesterov(days([dry, { ...dry, rainMm }]), { ...choices, ...settings }))[1];

  it('a day of exactly 3.0 mm follows the choice that is made', () => {
    expect(wet(3)).toBeGreaterThan(600);
    expect(wet(3, { atExactlyTheLimit: 'resets' })).toBe(0);
    expect(wet(3.1)).toBe(0);
    expect(wet(2.9, { atExactlyTheLimit: 'resets' })).toBeGreaterThan(600);
  });

  it('the older limit is 2.5 mm', () => {
    expect(wet(2.6, { resetMm: 2.5 })).toBe(0);
    expect(wet(2.4, { resetMm: 2.5 })).toBeGreaterThan(600);
  });

  it('below 0 degrees a day adds nothing, or starts the sum again', () => {
    const frost = days([dry, { ...dry, temperatureC: -30 }]);
    const [before, after] = indices(russianNesterov(frost, choices));
    expect(after).toBe(before);
    expect(indices(russianNesterov(frost, { ...choices, belowZero: 'resets' }))).toEqual([before, 0]);
  });

  it('takes a measured dew point in place of the humidity, and refuses one above the air', () => {
    const measured = days([{ temperatureC: 31, dewPointC: 20.882, rainMm: 0 }]);
    expect(indices(russianNesterov(measured, choices))[0]).toBeCloseTo(313.66, 1);
    expect(russianNesterov(days([{ temperatureC: 20, dewPointC: 21, rainMm: 0 }]), choices)).toMatchObject({
      kind: 'invalid-input',
      code: 'contradiction',
    });
    expect(russianNesterov(days([{ temperatureC: 20, rainMm: 0 }]), choices)).toMatchObject({
      kind: 'missing-input',
      quantity: 'relativeHumidityPercent',
    });
  });

  it.each([
    [0, 1],
    [0.1, 0.8],
    [0.9, 0.8],
    [1, 0.6],
    [2.9, 0.6],
    [3, 0.4],
    [5.9, 0.4],
    [6, 0.2],
    [14.9, 0.2],
    [15, 0.1],
    [19, 0.1],
    [19.1, 0],
  ])('%d mm multiply the sum by %d', (mm, factor) => {
    expect(nesterovRainFactor(mm)).toBe(factor);
    const [first, second] = indices(
      russianNesterov(days([dry, { ...dry, rainMm: mm }]), { ...choices, rain: 'factor' }),
    );
    expect(second).toBeCloseTo(2 * Number(first) * factor, 6);
  });

  it('says that the order of factor and sum is recalled', () => {
    expect(russianNesterov(days([dry]), { ...choices, rain: 'factor' })).toMatchObject({
      warnings: [{ code: 'recalled' }],
    });
  });
});

describe('classes', () => {
  it.each([
    ['rosleskhoz-287', 300, 1],
    ['rosleskhoz-287', 301, 2],
    ['rosleskhoz-287', 4000, 3],
    ['rosleskhoz-287', 10_001, 5],
    ['murmansk', 580, 2],
    ['murmansk', 1051, 4],
    ['murmansk', 1701, 5],
    ['murmansk', Number.NaN, undefined],
  ])('%s: an index of %d is class %d', (id, index, expected) => {
    const table = russianClassTables.find((one) => one.id === id);
    expect(table && nesterovClass(table, index)).toBe(expected);
  });

  it('every table names its source and rises', () => {
    for (const { source, upTo } of russianClassTables) {
      expect(source.length).toBeGreaterThan(10);
      expect([...upTo].sort((a, b) => a - b)).toEqual([...upTo]);
    }
  });
});

describe('properties', () => {
  const weather = fc.record({
    temperatureC: fc.double({ min: -40, max: 50, noNaN: true }),
    relativeHumidityPercent: fc.double({ min: 0.5, max: 100, noNaN: true }),
    rainMm: fc.double({ min: 0, max: 20, noNaN: true }),
  });

  it('a day without reset never lowers the index, a reset makes it 0', () => {
    fc.assert(
      fc.property(fc.array(weather, { minLength: 1, maxLength: 25 }), (list) => {
        for (const outcome of [vietNamNesterov(days(list)), russianNesterov(days(list), choices)]) {
          if (outcome.kind !== 'result') throw new Error(JSON.stringify(outcome));
          let before = 0;
          for (const { index, reset } of outcome.value) {
            if (reset) expect(index).toBe(0);
            else expect(index).toBeGreaterThanOrEqual(before);
            before = index;
          }
        }
      }),
    );
  });

  it('drier air adds more', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 45, noNaN: true }),
        fc.double({ min: 5, max: 95, noNaN: true }),
        (t, h) => {
          expect(saturationDeficitHPa(t, h - 4)).toBeGreaterThan(saturationDeficitHPa(t, h));
          expect(dewPointOf(t, h)).toBeLessThanOrEqual(t);
        },
      ),
    );
  });
});
