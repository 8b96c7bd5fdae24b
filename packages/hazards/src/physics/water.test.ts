import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastSquares, student975 } from './regression.ts';
import { alarmOf, defaultTrend, type RiverStation, riverState, type Stage } from './river.ts';
import { type SalinityStation, saltLine } from './salinity.ts';
import { seaLevelTrend } from './sea-level-trend.ts';
import { referencePresent, referenceText } from './testing/reference.ts';
import { resultOf } from './testing/value.ts';
import { overDatum, totalWaterLevel } from './water-level.ts';

const hour = 3_600_000;
/** Alarm levels of Hà Nội, stated outright in bulletins. */
const hanoi: RiverStation = {
  datum: 'VN-2000',
  alarmDatum: 'VN-2000',
  alarmLevels: [
    { name: 'BĐ1', levelM: 9.5 },
    { name: 'BĐ2', levelM: 10.5 },
    { name: 'BĐ3', levelM: 11.5 },
  ],
};

function stages(levels: readonly number[], stepHours = 1): readonly Stage[] {
  return levels.map((levelM, index) => ({ atMs: index * stepHours * hour, levelM }));
}

describe('alarm levels', () => {
  it.each([
    [9.49, null, 'BĐ1'],
    [9.5, 'BĐ1', 'BĐ2'],
    [10.49, 'BĐ1', 'BĐ2'],
    [10.5, 'BĐ2', 'BĐ3'],
    [11.5, 'BĐ3', null],
    [14.13, 'BĐ3', null],
  ])('%d m has reached %s, next is %s', (levelM, reached, next) => {
    const found = alarmOf(levelM, hanoi.alarmLevels);
    expect([found.reached?.name ?? null, found.next?.name ?? null]).toEqual([reached, next]);
  });

  it('tells by how much, without the noise of decimals', () => {
    expect(alarmOf(9.8, hanoi.alarmLevels)).toEqual({
      reached: { name: 'BĐ1', aboveM: 0.3 },
      next: { name: 'BĐ2', belowM: 0.7 },
    });
  });
});

describe('trend', () => {
  it('a straight rise of 0.2 m an hour reaches the next level in three and a half hours', () => {
    const found = resultOf(riverState(stages([8.6, 8.8, 9, 9.2, 9.4, 9.6, 9.8]), hanoi));
    expect(found).toMatchObject({
      trend: 'rising',
      slopeMPerH: expect.closeTo(0.2, 9),
      reachesNext: { name: 'BĐ2', hours: expect.closeTo(3.5, 6) },
    });
  });

  it('scatter opens the time on both sides; a flat lower bound has no latest time', () => {
    const found = resultOf(riverState(stages([8.6, 8.85, 8.95, 9.25, 9.35, 9.65, 9.8]), hanoi));
    const { hours = 0, earliestHours = 0, latestHours } = found.reachesNext ?? {};
    expect(earliestHours).toBeLessThan(hours);
    expect(Number(latestHours)).toBeGreaterThan(hours);
    const rough = resultOf(riverState(stages([9.0, 9.4, 9.1, 9.7, 9.4, 9.9, 9.7]), hanoi));
    expect(rough.trend).toBe('rising');
    expect(rough.reachesNext?.latestHours ?? null).toBeNull();
  });

  it('is not continued beyond the horizon, nor beyond the window', () => {
    const slow = stages([9.6, 9.62, 9.64, 9.66, 9.68, 9.7, 9.72]);
    expect(resultOf(riverState(slow, hanoi))).toMatchObject({ trend: 'rising', reachesNext: null });
    const fast = stages([8.6, 8.8, 9, 9.2, 9.4, 9.6, 9.8]);
    expect(resultOf(riverState(fast, hanoi, { ...defaultTrend, horizonHours: 3 })).reachesNext).toBeNull();
    expect(
      resultOf(riverState(fast, hanoi, { ...defaultTrend, windowHours: 3, horizonHours: 24 })).reachesNext,
    ).toBeNull();
  });

  it('falling, steady, and steady because it cannot be told', () => {
    expect(resultOf(riverState(stages([9.8, 9.7, 9.6, 9.5, 9.4, 9.3]), hanoi)).trend).toBe('falling');
    expect(resultOf(riverState(stages([9.8, 9.802, 9.804, 9.806, 9.808]), hanoi)).trend).toBe('steady');
    expect(resultOf(riverState(stages([9.8, 9.2, 9.9, 9.3, 9.95, 9.4]), hanoi)).trend).toBe('steady');
  });

  it('only the window counts', () => {
    const fellBefore = [
      ...Array.from({ length: 20 }, (_, index) => 12 - index * 0.3),
      6.4,
      6.6,
      6.8,
      7,
      7.2,
      7.4,
      7.6,
    ];
    expect(resultOf(riverState(stages(fellBefore), hanoi)).slopeMPerH).toBeCloseTo(0.2, 6);
  });

  it.each([
    [stages([9, 9.1, 9.2]), {}, { kind: 'missing-input', why: expect.stringContaining('3 values') }],
    [stages([9, 9.1, 9.2, 9.3], 0.1), {}, { kind: 'missing-input', why: expect.stringContaining('span') }],
    [[], {}, { kind: 'missing-input' }],
    [[...stages([9, 9.1, 9.2, 9.3])].reverse(), {}, { code: 'order' }],
    [stages([9, 9.1, 9000, 9.3]), {}, { kind: 'outside-range', at: 'value 3' }],
    [stages([9, 9.1, 9.2, 9.3]), { fewestValues: 2 }, { quantity: 'fewestValues' }],
  ])('too little or impossible is named (%#)', (list, settings, expected) => {
    expect(riverState(list, hanoi, { ...defaultTrend, ...settings })).toMatchObject(expected);
  });

  it('levels over another datum than the alarm levels are a named error', () => {
    expect(riverState(stages([9, 9.1, 9.2, 9.3]), { ...hanoi, datum: 'gauge zero' })).toMatchObject({
      kind: 'invalid-input',
      code: 'datum-mismatch',
    });
    const levels = [...hanoi.alarmLevels].reverse();
    expect(riverState(stages([9, 9.1, 9.2, 9.3]), { ...hanoi, alarmLevels: levels })).toMatchObject({
      code: 'order',
      at: 'BĐ2',
    });
  });

  it('a level added to all changes no slope', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 5, max: 12, noNaN: true }), { minLength: 5, maxLength: 7 }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (levels, more) => {
          const slope = (shift: number) =>
            resultOf(riverState(stages(levels.map((level) => level + shift)), hanoi)).slopeMPerH;
          expect(slope(more)).toBeCloseTo(slope(0), 9);
        },
      ),
    );
  });
});

describe('tide and surge', () => {
  const tide = {
    datum: 'HD-72',
    points: stages([0.5, 1, 1.5, 1, 0.5]).map(({ atMs, levelM }) => ({ atMs, heightM: levelM })),
  };
  const surge = {
    points: [
      { atMs: 0, heightM: 1 },
      { atMs: 4 * hour, heightM: 3 },
    ],
  };

  it('adds them at the times of the tide and finds the highest', () => {
    const found = resultOf(totalWaterLevel(tide, surge, 'HD-72'));
    expect(found.points.map(({ totalM }) => totalM)).toEqual([1.5, 2.5, 3.5, 3.5, 3.5]);
    expect(found.highest).toEqual({ atMs: 2 * hour, totalM: 3.5 });
  });

  it('another datum is a named error, never a sum', () => {
    expect(totalWaterLevel(tide, surge, 'MLLW')).toMatchObject({
      kind: 'invalid-input',
      code: 'datum-mismatch',
    });
  });

  it('a surge that does not cover the tide, a gap, an order: named', () => {
    const short = { points: surge.points.map((one) => ({ ...one, atMs: one.atMs + hour })) };
    expect(totalWaterLevel(tide, short, 'HD-72')).toMatchObject({
      kind: 'outside-range',
      quantity: 'atMs',
      at: 'tide 1',
    });
    expect(
      totalWaterLevel(
        tide,
        {
          points: [
            { atMs: 0, heightM: 1 },
            { atMs: 7 * hour, heightM: 3 },
          ],
        },
        'HD-72',
      ),
    ).toMatchObject({ quantity: 'gapHours' });
    expect(totalWaterLevel(tide, { points: [...surge.points].reverse() }, 'HD-72')).toMatchObject({
      code: 'order',
    });
    expect(totalWaterLevel(tide, { points: [] }, 'HD-72')).toMatchObject({ kind: 'missing-input' });
  });

  it('goes over to another datum by the offsets of the station only', () => {
    const offsets = { MLLW: 0, MSL: 2.02 };
    expect(resultOf(overDatum(1, 'MSL', 'MLLW', offsets))).toBeCloseTo(3.02, 12);
    expect(resultOf(overDatum(3.02, 'MLLW', 'MSL', offsets))).toBeCloseTo(1, 12);
    expect(resultOf(overDatum(1, 'X', 'X', {}))).toBe(1);
    expect(overDatum(1, 'MSL', 'constructor', offsets)).toMatchObject({
      kind: 'missing-input',
      quantity: 'datum',
    });
  });

  it.skipIf(!referencePresent)(
    'Seattle, January 2015: a smooth tide and its rest give the measured levels again',
    () => {
      const { data } = JSON.parse(referenceText('water/noaa_coops_3.json')) as {
        readonly data: readonly { readonly t: string; readonly v: string }[];
      };
      const measured = data.map(({ t, v }) => ({
        atMs: Date.parse(`${t.replace(' ', 'T')}Z`),
        heightM: Number(v),
      }));
      const smooth = measured.map(({ atMs }, index) => {
        const window = measured.slice(Math.max(0, index - 5), index + 6);
        return { atMs, heightM: window.reduce((total, one) => total + one.heightM, 0) / window.length };
      });
      const rest = smooth.map(({ atMs, heightM }, index) => ({
        atMs,
        heightM: Number(measured[index]?.heightM) - heightM,
      }));
      const found = resultOf(totalWaterLevel({ datum: 'MLLW', points: smooth }, { points: rest }, 'MLLW'));
      for (const [index, { totalM }] of found.points.entries())
        expect(totalM).toBeCloseTo(Number(measured[index]?.heightM), 9);
      expect(found.highest.totalM).toBeCloseTo(Math.max(...measured.map(({ heightM }) => heightM)), 9);
    },
  );
});

describe('salt line', () => {
  const estuary: readonly SalinityStation[] = [
    { name: 'mouth', distanceFromMouthKm: 0, salinityGL: 24 },
    { name: 'ferry', distanceFromMouthKm: 20, salinityGL: 12 },
    { name: 'sluice', distanceFromMouthKm: 40, salinityGL: 2 },
    { name: 'town', distanceFromMouthKm: 60, salinityGL: 0 },
  ];

  it('lies between the stations around it, straight or by logarithm', () => {
    expect(resultOf(saltLine(estuary, 4))).toEqual({ distanceFromMouthKm: 36, between: ['ferry', 'sluice'] });
    expect(resultOf(saltLine(estuary, 4, 'logarithmic')).distanceFromMouthKm).toBeCloseTo(
      20 + (20 * Math.log(3)) / Math.log(6),
      9,
    );
    expect(resultOf(saltLine(estuary, 1, 'logarithmic')).distanceFromMouthKm).toBe(50);
    expect(resultOf(saltLine([...estuary].reverse(), 4)).distanceFromMouthKm).toBe(36);
  });

  it('beyond the last station there is no distance, but the bound', () => {
    expect(saltLine(estuary.slice(0, 2), 4)).toMatchObject({
      kind: 'outside-range',
      value: 20,
      maximum: 20,
      at: 'ferry',
      why: expect.stringContaining('beyond the last station'),
    });
    expect(saltLine(estuary.slice(2), 4)).toMatchObject({
      kind: 'outside-range',
      minimum: 40,
      why: expect.stringContaining('seaward of the first'),
    });
  });

  it('a station with just the limit has it', () => {
    expect(resultOf(saltLine(estuary, 12)).distanceFromMouthKm).toBe(20);
    expect(resultOf(saltLine(estuary, 2)).distanceFromMouthKm).toBe(40);
  });

  it('of several crossings the farthest counts, and it is said', () => {
    const wavy = estuary.map((one) =>
      one.name === 'ferry'
        ? { ...one, salinityGL: 3 }
        : one.name === 'sluice'
          ? { ...one, salinityGL: 6 }
          : one,
    );
    expect(saltLine(wavy, 4)).toMatchObject({
      value: { between: ['sluice', 'town'] },
      warnings: [{ code: 'several-crossings' }],
    });
  });

  it('one station, two at one place, no salinity: named', () => {
    expect(saltLine(estuary.slice(0, 1), 4)).toMatchObject({ kind: 'missing-input' });
    expect(saltLine([...estuary, { name: 'twin', distanceFromMouthKm: 40, salinityGL: 5 }], 4)).toMatchObject(
      { code: 'duplicate' },
    );
    expect(
      saltLine([...estuary, { name: 'broken', distanceFromMouthKm: 50, salinityGL: Number.NaN }], 4),
    ).toMatchObject({ code: 'not-a-number', at: 'broken' });
  });

  it('the line of less salt is never nearer', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 23, noNaN: true }),
        fc.double({ min: 0.2, max: 23, noNaN: true }),
        (a, b) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)];
          for (const way of ['straight', 'logarithmic'] as const)
            expect(resultOf(saltLine(estuary, low, way)).distanceFromMouthKm).toBeGreaterThanOrEqual(
              resultOf(saltLine(estuary, high, way)).distanceFromMouthKm - 1e-9,
            );
        },
      ),
    );
  });
});

/** Numbers between -1 and 1 without a clock or chance: a sine of squares. */
function noise(index: number): number {
  return Math.sin(index * index * 12.9898);
}

describe('sea level', () => {
  const record = (years: number, level: (index: number) => number | null) => ({
    firstYear: 1980,
    firstMonth: 1,
    levelMm: Array.from({ length: years * 12 }, (_, index) => level(index)),
  });
  const season = (index: number) => 80 * Math.cos((2 * Math.PI * index) / 12);

  it('finds the slope under seasons and noise, within its interval', () => {
    const found = resultOf(
      seaLevelTrend(record(40, (index) => 7000 + (3.3 * index) / 12 + season(index) + 20 * noise(index))),
    );
    expect(found.mmPerYear).toBeCloseTo(3.3, 0);
    expect(found.intervalMmPerYear[0]).toBeLessThan(3.3);
    expect(found.intervalMmPerYear[1]).toBeGreaterThan(3.3);
    expect(found).toMatchObject({ months: 480, years: 40 });
  });

  it('a slope without noise is exact, up to the seasons of a rough line', () => {
    expect(resultOf(seaLevelTrend(record(50, (index) => index / 4))).mmPerYear).toBeCloseTo(3, 9);
  });

  it('neighbours that are alike widen the error by their correlation', () => {
    let last = 0;
    const alike = record(40, (index) => {
      last = 0.8 * last + 20 * noise(index + 1);
      return (3 * index) / 12 + last;
    });
    const found = resultOf(seaLevelTrend(alike));
    expect(found.neighbourCorrelation).toBeGreaterThan(0.6);
    expect(found.effectiveMonths).toBeCloseTo(
      (480 * (1 - found.neighbourCorrelation)) / (1 + found.neighbourCorrelation),
      6,
    );
    const wider = Math.sqrt((480 - 2) / (found.effectiveMonths - 2));
    expect(found.correctedErrorMmPerYear / found.standardErrorMmPerYear).toBeCloseTo(wider, 9);
    expect(wider).toBeGreaterThan(2);
  });

  it('less than 30 years is outside the range, by its length; gaps are told', () => {
    expect(seaLevelTrend(record(29, (index) => index))).toMatchObject({
      kind: 'outside-range',
      quantity: 'years',
      value: 29,
      minimum: 30,
    });
    expect(seaLevelTrend(record(30, (index) => (index % 4 === 0 ? null : index)))).toMatchObject({
      quantity: 'share',
      value: 0.75,
    });
    expect(seaLevelTrend(record(30, (index) => (index % 10 === 0 ? null : index)))).toMatchObject({
      kind: 'result',
      warnings: [{ code: 'gaps', text: '36 months are missing.' }],
    });
    expect(seaLevelTrend(record(30, (index) => (index === 7 ? 1e6 : index)))).toMatchObject({
      at: 'month 8',
    });
  });

  it('seasons that fall out with gaps do not bend the line', () => {
    const gaps = record(40, (index) =>
      index < 120 && index % 12 < 4 ? null : (3 * index) / 12 + season(index),
    );
    expect(resultOf(seaLevelTrend(gaps)).mmPerYear).toBeCloseTo(3, 0);
  });
});

describe('least squares', () => {
  it('the example of Anscombe: 3 + 0.5 x, error 0.118', () => {
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    const line = leastSquares(x, y);
    expect([line?.slope, line?.intercept, line?.slopeError].map((value) => Number(value).toFixed(4))).toEqual(
      ['0.5001', '3.0001', '0.1179'],
    );
  });
  it('points above each other have no line', () => {
    expect(leastSquares([1, 1, 1], [1, 2, 3])).toBeUndefined();
    expect(leastSquares([1, 2], [1, 2])).toBeUndefined();
  });
  // Table of Student's t, two-sided 5 %.
  it.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [4, 2.776],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
    [120, 1.98],
  ])('Student with %d degrees of freedom: %d', (freedom, t) => {
    expect(student975(freedom)).toBeCloseTo(t, 2);
  });
});
