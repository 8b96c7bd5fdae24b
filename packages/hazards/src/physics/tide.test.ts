import { describe, expect, it } from 'vitest';
import { NormalEquations } from './normal-equations.ts';
import { referencePresent, referenceText } from './testing/reference.ts';
import { resultOf } from './testing/value.ts';
import { analyseTide, predictTide } from './tide.ts';
import { type TideConstituentName, tideSpeeds } from './tide-constituents.ts';

const hour = 3_600_000;
const day = 24 * hour;
const epoch = Date.UTC(2026, 0, 1);

/** A made tide: amplitude in m and lag in degrees behind the epoch. */
const made: readonly (readonly [TideConstituentName, number, number])[] = [
  ['K1', 0.72, 95],
  ['O1', 0.81, 40],
  ['M2', 0.18, 200],
  ['S2', 0.06, 310],
];

function heightOf(atMs: number): number {
  const hours = (atMs - epoch) / hour;
  return made.reduce(
    (total, [name, amplitude, lag]) =>
      total + amplitude * Math.cos(((tideSpeeds[name] * hours - lag) * Math.PI) / 180),
    1.9,
  );
}

function recordOf(days: number, stepHours = 1, keep: (index: number) => boolean = () => true) {
  const points = Array.from(
    { length: (days * 24) / stepHours + 1 },
    (_, index) => epoch + index * stepHours * hour,
  )
    .filter((_, index) => keep(index))
    .map((atMs) => ({ atMs, heightM: heightOf(atMs) }));
  return { datum: 'HD-72', points };
}

describe('a made tide', () => {
  it('is found again: mean, amplitudes, phases, and nothing else', () => {
    const found = resultOf(analyseTide(recordOf(30)));
    expect(found.meanM).toBeCloseTo(1.9, 6);
    for (const { name, amplitudeM, phaseDeg } of found.constituents) {
      const [, amplitude = 0, lag] = made.find(([one]) => one === name) ?? [];
      expect(amplitudeM).toBeCloseTo(amplitude, 6);
      if (lag !== undefined) expect(phaseDeg).toBeCloseTo(lag, 4);
    }
    expect(found.restM).toBeLessThan(1e-6);
  });

  it('is predicted to a millimetre, also with a quarter of the values missing', () => {
    for (const record of [recordOf(30), recordOf(30, 1, (index) => index % 4 !== 1)]) {
      const times = [31, 40.3, 59.9].map((days) => epoch + days * day);
      const { datum, points } = resultOf(predictTide(resultOf(analyseTide(record)), times));
      expect(datum).toBe('HD-72');
      for (const { atMs, heightM } of points) expect(Math.abs(heightM - heightOf(atMs))).toBeLessThan(0.001);
    }
  });

  it('tells apart only what the record is long enough for', () => {
    const names = (days: number) =>
      resultOf(analyseTide(recordOf(days))).constituents.map(({ name }) => name);
    expect(names(16)).toEqual(expect.arrayContaining(['M2', 'K1', 'O1', 'S2']));
    expect(names(16)).not.toContain('N2');
    expect(names(28)).toContain('N2');
    expect(names(28)).not.toContain('P1');
    expect(names(183)).toEqual(expect.arrayContaining(['P1', 'K2']));
    expect(resultOf(analyseTide(recordOf(28))).notSeparated).toEqual(expect.arrayContaining(['P1', 'K2']));
  });
});

describe('limits', () => {
  it('a short, thin or disordered record is named', () => {
    expect(analyseTide(recordOf(14))).toMatchObject({
      kind: 'outside-range',
      quantity: 'days',
      value: 14,
      minimum: 15,
    });
    expect(analyseTide(recordOf(30, 3))).toMatchObject({ quantity: 'values' });
    expect(analyseTide({ datum: 'x', points: [] })).toMatchObject({ kind: 'missing-input' });
    const points = [...recordOf(20).points].reverse();
    expect(analyseTide({ datum: 'x', points })).toMatchObject({ code: 'order', at: 'value 2' });
  });

  it('nothing is predicted before the record, nor farther behind it than it is long', () => {
    const analysis = resultOf(analyseTide(recordOf(20)));
    expect(predictTide(analysis, [epoch - 1])).toMatchObject({ kind: 'outside-range', quantity: 'atMs' });
    expect(predictTide(analysis, [epoch + 40 * day]).kind).toBe('result');
    expect(predictTide(analysis, [epoch, epoch + 40 * day + 1])).toMatchObject({
      kind: 'outside-range',
      at: 'time 2',
    });
    const year = resultOf(analyseTide(recordOf(380)));
    expect(predictTide(year, [epoch + (380 + 184) * day])).toMatchObject({ kind: 'outside-range' });
  });
});

describe('speeds', () => {
  // Rates of the mean sun, moon, and perigee in degrees an hour; the numbers of Doodson build each constituent.
  const [t, s, h, p] = [15, 0.549_016_53, 0.041_068_64, 0.004_641_83];
  const doodson: Readonly<Record<TideConstituentName, number>> = {
    M2: 2 * t - 2 * s + 2 * h,
    K1: t + h,
    O1: t - 2 * s + h,
    S2: 2 * t,
    N2: 2 * t - 3 * s + 2 * h + p,
    P1: t - h,
    K2: 2 * t + 2 * h,
    Q1: t - 3 * s + h + p,
    M4: 2 * (2 * t - 2 * s + 2 * h),
    MS4: 4 * t - 2 * s + 2 * h,
    MN4: 4 * t - 5 * s + 4 * h + p,
    J1: t + s + h - p,
    OO1: t + 2 * s + h,
    L2: 2 * t - s + 2 * h - p,
    '2N2': 2 * t - 4 * s + 2 * h + 2 * p,
    M6: 3 * (2 * t - 2 * s + 2 * h),
    M3: 1.5 * (2 * t - 2 * s + 2 * h),
  };
  it.each(Object.entries(tideSpeeds))('%s', (name, speed) => {
    expect(doodson[name as TideConstituentName]).toBeCloseTo(speed, 6);
  });
});

describe.skipIf(!referencePresent)('Seattle, January 2015', () => {
  it('24 days predict the next six: 0.25 m is left of a spread of 0.95 m', () => {
    const { data } = JSON.parse(referenceText('water/noaa_coops_3.json')) as {
      readonly data: readonly { readonly t: string; readonly v: string }[];
    };
    const points = data.map(({ t, v }) => ({
      atMs: Date.parse(`${t.replace(' ', 'T')}Z`),
      heightM: Number(v),
    }));
    const cut = Number(points[0]?.atMs) + 24 * day;
    const analysis = resultOf(
      analyseTide({ datum: 'MLLW', points: points.filter(({ atMs }) => atMs <= cut) }),
    );
    const later = points.filter(({ atMs }) => atMs > cut);
    const predicted = resultOf(
      predictTide(
        analysis,
        later.map(({ atMs }) => atMs),
      ),
    ).points;
    const spread = (values: readonly number[]) => {
      const middle = values.reduce((total, one) => total + one, 0) / values.length;
      return Math.sqrt(values.reduce((total, one) => total + (one - middle) ** 2, 0) / values.length);
    };
    const rest = spread(later.map(({ heightM }, index) => heightM - Number(predicted[index]?.heightM)));
    const whole = spread(later.map(({ heightM }) => heightM));
    expect(whole).toBeGreaterThan(0.8);
    // P1 cannot be told from K1, K2 from S2, N2 from M2 in 24 days; the rest is that, and weather.
    expect(rest).toBeLessThan(0.27 * whole);
    // Puget Sound has a mixed tide: half-daily about 1.1 m, daily about 0.8 m.
    const amplitude = (name: string) =>
      Number(analysis.constituents.find((one) => one.name === name)?.amplitudeM);
    expect(amplitude('M2')).toBeGreaterThan(0.9);
    expect(amplitude('M2')).toBeLessThan(1.3);
    expect(amplitude('K1')).toBeGreaterThan(0.6);
    expect(amplitude('K1')).toBeLessThan(1.2);
  });
});

describe('normal equations', () => {
  it('give a parabola back, and nothing for unknowns that rows do not tell apart', () => {
    const equations = new NormalEquations(3);
    for (const x of [-2, -1, 0, 1, 2, 3])
      equations.add(Float64Array.of(1, x, x * x), 4 - 3 * x + 0.5 * x * x);
    const found = equations.solve() ?? [];
    for (const [index, expected] of [4, -3, 0.5].entries()) expect(found[index]).toBeCloseTo(expected, 10);
    const twice = new NormalEquations(2);
    for (const x of [1, 2, 3]) twice.add(Float64Array.of(x, 2 * x), x);
    expect(twice.solve()).toBeUndefined();
  });
});
