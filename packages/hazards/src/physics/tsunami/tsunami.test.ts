import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceKm } from '../geodesy.ts';
import { referencePresent, referenceText } from '../testing/reference.ts';
import { type DepthGrid, depthGrid, latitudeOf, longitudeOf } from './depth-grid.ts';
import { greenHeight } from './green.ts';
import { directionError, stepsWithin } from './steps.ts';
import { TimeHeap } from './time-heap.ts';
import { type TravelTimes, tsunamiArrivals, tsunamiTravelTimes } from './travel-time.ts';

interface Given {
  readonly rows?: number;
  readonly columns?: number;
  readonly southDeg?: number;
  readonly westDeg?: number;
  readonly step?: number;
  readonly depth?: (row: number, column: number) => number;
}

function gridOf({
  rows = 21,
  columns = 21,
  southDeg = -2,
  westDeg = 100,
  step = 0.2,
  depth = () => 4000,
}: Given): DepthGrid {
  const depthM = new Float64Array(rows * columns);
  for (let cell = 0; cell < depthM.length; cell += 1)
    depthM[cell] = depth(Math.trunc(cell / columns), cell % columns);
  const outcome = depthGrid({
    rows,
    columns,
    southDeg,
    westDeg,
    stepLatitudeDeg: step,
    stepLongitudeDeg: step,
    depthM,
  });
  if (outcome.kind !== 'result') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

function timesOf(...given: Parameters<typeof tsunamiTravelTimes>): TravelTimes {
  const outcome = tsunamiTravelTimes(...given);
  if (outcome.kind !== 'result') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

interface Reference {
  readonly places: Readonly<Record<string, { readonly lat: number; readonly lon: number }>>;
  readonly cases: readonly {
    readonly source: string;
    readonly points: readonly (readonly [number, number])[];
    readonly minutes: Readonly<Record<string, number>>;
  }[];
}

describe.skipIf(!referencePresent)('South China Sea', () => {
  const reference = () => JSON.parse(referenceText('tsunami/travel_times_reference.json')) as Reference;
  const sea = () => {
    const head = JSON.parse(referenceText('tsunami/scs_etopo20_20arcmin.json')) as Record<string, number>;
    const rows = referenceText('tsunami/scs_etopo20_20arcmin.csv')
      .trim()
      .split('\n')
      .map((line) => line.split(',').map(Number));
    const outcome = depthGrid({
      rows: rows.length,
      columns: rows[0]?.length ?? 0,
      southDeg: Number(head.lat0),
      westDeg: Number(head.lon0),
      stepLatitudeDeg: Number(head.dlat),
      stepLongitudeDeg: Number(head.dlon),
      depthM: Float64Array.from(rows.flat(), (height) => -height),
    });
    if (outcome.kind !== 'result') throw new Error(JSON.stringify(outcome));
    return outcome.value;
  };

  it.each([0, 1, 2])(
    'case %d of the reference: every place within 10 % (in truth 2 % and 4 minutes)',
    (index) => {
      const { places, cases } = reference();
      const one = cases[index];
      if (!one) throw new Error('no case');
      const found = tsunamiArrivals(
        timesOf(
          sea(),
          one.points.map(([latitudeDeg, longitudeDeg]) => ({ latitudeDeg, longitudeDeg })),
        ),
        Object.entries(places).map(([name, { lat, lon }]) => ({ name, latitudeDeg: lat, longitudeDeg: lon })),
        0.35,
      );
      if (found.kind !== 'result') throw new Error(JSON.stringify(found));
      expect(found.value).toHaveLength(Object.keys(one.minutes).length);
      for (const arrival of found.value) {
        const minutes = arrival.kind === 'arrival' ? arrival.seconds / 60 : Number.NaN;
        const expected = Number(one.minutes[arrival.name]);
        expect(Math.abs(minutes / expected - 1), `${arrival.name}: ${minutes} for ${expected}`).toBeLessThan(
          0.021,
        );
        expect(Math.abs(minutes - expected), `${arrival.name}: ${minutes} for ${expected}`).toBeLessThan(4);
      }
    },
  );
});

describe('a sea of one depth', () => {
  it.each([1, 2, 3, 4, 5])(
    'with steps of %d cells no way is shorter than the straight one, and none longer than the bound',
    (radius) => {
      const grid = gridOf({ rows: 41, columns: 41, southDeg: -4, step: 0.2 });
      const source = { latitudeDeg: 0, longitudeDeg: 104 };
      const { seconds } = timesOf(grid, [source], { radius });
      const speed = Math.sqrt(9.81 * 4000);
      let worst = 0;
      for (let row = 0; row < 41; row += 1)
        for (let column = 0; column < 41; column += 1) {
          const straight =
            (distanceKm(source, {
              latitudeDeg: latitudeOf(grid, row),
              longitudeDeg: longitudeOf(grid, column),
            }) *
              1000) /
            speed;
          const time = seconds[row * 41 + column] ?? Number.NaN;
          expect(time).toBeGreaterThanOrEqual(straight * (1 - 1e-9));
          if (straight > 0) worst = Math.max(worst, time / straight - 1);
        }
      // Cells at 4 degrees are not square by 0.25 %.
      expect(worst).toBeLessThan(directionError(radius) + 0.003);
      expect(worst).toBeGreaterThan(directionError(radius) / 2);
    },
  );

  it('the bound falls with the reach: 8.2, 2.7, 1.3 per cent', () => {
    expect([1, 2, 3].map((radius) => Math.round(directionError(radius) * 1000) / 10)).toEqual([
      8.2, 2.7, 1.3,
    ]);
    expect([1, 2, 3].map((radius) => stepsWithin(radius).length)).toEqual([8, 16, 32]);
  });

  it('a wave of 4,000 m depth goes 713 km/h', () => {
    const grid = gridOf({});
    const { seconds } = timesOf(grid, [{ latitudeDeg: 0, longitudeDeg: 100 }]);
    const far = distanceKm({ latitudeDeg: 0, longitudeDeg: 100 }, { latitudeDeg: 0, longitudeDeg: 104 });
    expect((far / Number(seconds[10 * 21 + 20])) * 3600).toBeCloseTo(713.1, 0);
  });
});

describe('land and shallows', () => {
  it('a wall without a gap is not passed, also not at its corners; a gap is', () => {
    const wall = (gap: number) =>
      gridOf({ depth: (row, column) => (row + column === 20 && column !== gap ? -5 : 3000) });
    const source = [{ latitudeDeg: -2, longitudeDeg: 100 }];
    const behind = [{ name: 'behind', latitudeDeg: 2, longitudeDeg: 104 }];
    expect(tsunamiArrivals(timesOf(wall(-1), source), behind)).toMatchObject({
      value: [{ kind: 'not-reached' }],
    });
    expect(tsunamiArrivals(timesOf(wall(10), source), behind)).toMatchObject({
      value: [{ kind: 'arrival' }],
    });
  });

  it('depths below the limit count as the limit, not more and not less', () => {
    const time = (depth: number, shallowLimitM: number) =>
      Number(
        timesOf(gridOf({ depth: () => depth }), [{ latitudeDeg: 0, longitudeDeg: 100 }], { shallowLimitM })
          .seconds[230],
      );
    expect(time(2, 10)).toBe(time(10, 10));
    expect(time(2, 5)).toBeGreaterThan(time(2, 10));
    expect(time(20, 10)).toBeLessThan(time(10, 10));
    expect(time(2, 10)).toBe(
      Number(timesOf(gridOf({ depth: () => 2 }), [{ latitudeDeg: 0, longitudeDeg: 100 }]).seconds[230]),
    );
  });

  it('NaN and 0 are land', () => {
    const { seconds } = timesOf(
      gridOf({ depth: (row) => (row === 12 ? Number.NaN : row === 13 ? 0 : 100) }),
      [{ latitudeDeg: 0, longitudeDeg: 100 }],
    );
    expect(seconds.slice(12 * 21).every((one) => one === Number.POSITIVE_INFINITY)).toBe(true);
  });

  it('the fast way round a shelf beats the short one over it', () => {
    const grid = gridOf({ depth: (row, column) => (row > 2 && column > 5 && column < 15 ? 12 : 4000) });
    const { seconds } = timesOf(grid, [{ latitudeDeg: 0, longitudeDeg: 100 }]);
    expect(Number(seconds[10 * 21 + 20])).toBeLessThan(
      (distanceKm({ latitudeDeg: 0, longitudeDeg: 101.2 }, { latitudeDeg: 0, longitudeDeg: 102.8 }) * 1000) /
        Math.sqrt(9.81 * 12),
    );
  });
});

describe('sources and places', () => {
  it('several sources: each cell has the earliest, and a later start counts', () => {
    const grid = gridOf({});
    const [west, east] = [
      { latitudeDeg: 0, longitudeDeg: 100 },
      { latitudeDeg: 0, longitudeDeg: 104 },
    ];
    const [a, b, both, late] = [[west], [east], [west, east], [west, { ...east, startS: 600 }]].map(
      (one) => timesOf(grid, one).seconds,
    );
    for (let cell = 0; cell < 441; cell += 1) {
      expect(both?.[cell]).toBe(Math.min(Number(a?.[cell]), Number(b?.[cell])));
      expect(late?.[cell]).toBeCloseTo(Math.min(Number(a?.[cell]), Number(b?.[cell]) + 600), 6);
    }
  });

  it('across the antimeridian the numbering of longitudes does not matter', () => {
    const grid = gridOf({ westDeg: 178 });
    const east = timesOf(grid, [{ latitudeDeg: 0, longitudeDeg: -178.6 }]).seconds;
    expect(timesOf(grid, [{ latitudeDeg: 0, longitudeDeg: 181.4 }]).seconds).toEqual(east);
    expect(
      tsunamiArrivals({ grid, seconds: east }, [{ name: 'west', latitudeDeg: 0, longitudeDeg: 179 }]),
    ).toMatchObject({ value: [{ kind: 'arrival' }] });
    expect(Math.min(...east)).toBe(0);
  });

  it('a grid round the earth goes both ways', () => {
    const grid = gridOf({ columns: 360, rows: 5, step: 1, westDeg: -180 });
    expect(grid.round).toBe(true);
    const { seconds } = timesOf(grid, [{ latitudeDeg: 0, longitudeDeg: -179 }]);
    expect(Number(seconds[2 * 360 + 358])).toBeCloseTo(Number(seconds[2 * 360 + 4]), 6);
    expect(gridOf({ columns: 359, rows: 5, step: 1, westDeg: -180 }).round).toBe(false);
  });

  it('a source ashore acts from the nearest sea; one far inland is refused', () => {
    const shore = gridOf({ depth: (_row, column) => (column < 3 ? -10 : 3000) });
    expect(Math.min(...timesOf(shore, [{ latitudeDeg: 0, longitudeDeg: 100.3 }]).seconds)).toBe(0);
    expect(tsunamiTravelTimes(shore, [{ latitudeDeg: 0, longitudeDeg: 100 }])).toMatchObject({
      kind: 'invalid-input',
      code: 'no-sea',
      at: 'source 1',
    });
    expect(tsunamiTravelTimes(shore, [{ latitudeDeg: 50, longitudeDeg: 100 }])).toMatchObject({
      code: 'no-sea',
    });
  });

  it('places come earliest first; inland ones last, with the reason', () => {
    const shore = gridOf({ depth: (_row, column) => (column < 5 ? -10 : 3000) });
    const times = timesOf(shore, [{ latitudeDeg: 0, longitudeDeg: 104 }]);
    const found = tsunamiArrivals(times, [
      { name: 'inland', latitudeDeg: 0, longitudeDeg: 100 },
      { name: 'far', latitudeDeg: 0, longitudeDeg: 101 },
      { name: 'near', latitudeDeg: 0, longitudeDeg: 103 },
    ]);
    expect(found).toMatchObject({
      value: [{ name: 'near' }, { name: 'far' }, { name: 'inland', kind: 'no-sea' }],
    });
  });
});

describe('hostile grids', () => {
  const base = { southDeg: 0, westDeg: 100, stepLatitudeDeg: 0.1, stepLongitudeDeg: 0.1 };
  it.each([
    [{ rows: 2001, columns: 2000 }, 'cells'],
    [{ rows: 1e9, columns: 2 }, 'rows'],
    [{ rows: 2.5, columns: 2 }, 'rows'],
    [{ rows: -2, columns: 2 }, 'rows'],
    [{ rows: 10, columns: 10, southDeg: 89.5 }, 'northDeg'],
    [{ rows: 10, columns: 10, stepLongitudeDeg: 0 }, 'stepLongitudeDeg'],
    [{ rows: 10, columns: 3601 }, 'widthDeg'],
    [{ rows: 10, columns: 11 }, 'depthM'],
  ])('%o is refused: %s', (more, quantity) => {
    expect(depthGrid({ ...base, depthM: new Float64Array(100), ...more })).toMatchObject({ quantity });
    expect(depthGrid({ ...base, depthM: new Float64Array(100), ...more }).kind).not.toBe('result');
  });

  it('settings, sources and places outside their range are named', () => {
    const grid = gridOf({});
    const source = [{ latitudeDeg: 0, longitudeDeg: 100 }];
    expect(tsunamiTravelTimes(grid, source, { radius: 6 })).toMatchObject({
      kind: 'outside-range',
      quantity: 'radius',
    });
    expect(tsunamiTravelTimes(grid, source, { shallowLimitM: 0 })).toMatchObject({
      quantity: 'shallowLimitM',
    });
    expect(tsunamiTravelTimes(grid, [])).toMatchObject({ kind: 'missing-input' });
    expect(
      tsunamiTravelTimes(
        grid,
        Array.from({ length: 10_001 }, () => ({ latitudeDeg: 0, longitudeDeg: 100 })),
      ),
    ).toMatchObject({ code: 'too-large' });
    expect(
      tsunamiArrivals(timesOf(grid, source), [{ name: 'x', latitudeDeg: 91, longitudeDeg: 0 }]),
    ).toMatchObject({ at: 'x' });
    expect(tsunamiArrivals(timesOf(grid, source), [], 4)).toMatchObject({ quantity: 'searchDeg' });
  });
});

describe('the heap', () => {
  it('gives cells by their time, whatever was lowered in between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 60 }),
        fc.array(fc.nat(59), { maxLength: 30 }),
        (list, lowered) => {
          const times = Float64Array.from(list);
          const heap = new TimeHeap(times);
          for (const cell of times.keys()) heap.put(cell);
          for (const cell of lowered) {
            if (cell >= times.length) continue;
            times[cell] = Number(times[cell]) / 2;
            heap.put(cell);
          }
          const out: number[] = [];
          for (let cell = heap.take(); cell >= 0; cell = heap.take()) out.push(Number(times[cell]));
          expect(out).toEqual([...times].sort((a, b) => a - b));
          expect(heap.size).toBe(0);
        },
      ),
    );
  });
});

describe('Green', () => {
  it('1 m over 4,000 m is 4.47 m over 10 m', () => {
    expect(greenHeight({ heightM: 1, depthM: 4000, coastDepthM: 10 })).toMatchObject({
      value: expect.closeTo(4.472136, 5),
    });
  });
  it('half the width gives the square root of two', () => {
    expect(greenHeight({ heightM: 1, depthM: 100, coastDepthM: 100, widthRatio: 2 })).toMatchObject({
      value: expect.closeTo(Math.SQRT2, 10),
    });
  });
  it('a wave that breaks has no height: 7.8 m over 10 m is the last', () => {
    expect(greenHeight({ heightM: 7.8, depthM: 10, coastDepthM: 10 }).kind).toBe('result');
    expect(greenHeight({ heightM: 7.81, depthM: 10, coastDepthM: 10 })).toMatchObject({
      kind: 'outside-range',
      quantity: 'heightAtCoastM',
      maximum: 7.800000000000001,
    });
  });
  it('depths of nothing are refused', () => {
    expect(greenHeight({ heightM: 1, depthM: 0, coastDepthM: 10 })).toMatchObject({ quantity: 'depthM' });
  });
});
