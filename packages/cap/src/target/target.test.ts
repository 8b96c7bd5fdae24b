import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { soundArea } from '../alerts.fixture.ts';
import { destination, distanceKm } from '../geometry/distance.ts';
import type { Polygon, Position } from '../model.ts';
import { AreaIndex } from './area-index.ts';
import { PointIndex } from './point-index.ts';
import { EXCLUDE_POLYGON, Region } from './region.ts';

const box = (south: number, west: number, north: number, east: number): Polygon => [
  [south, west],
  [south, east],
  [north, east],
  [north, west],
  [south, west],
];
const none = { polygon: [], circle: [], geocode: [] };
const region = (...polygon: Polygon[]): Region => Region.of([soundArea({ ...none, polygon })]);
const index = (...positions: Position[]): PointIndex => new PointIndex(Float64Array.from(positions.flat()));

describe('a region', () => {
  test('is the union of polygons, circles and codes', () => {
    const area = soundArea({
      polygon: [box(0, 0, 1, 1)],
      circle: [{ center: [10, 10], radiusKm: 100 }],
      geocode: [
        { valueName: 'X', value: '1' },
        { valueName: 'Y', value: '2' },
      ],
    });
    const found = Region.of([area], {
      resolve: (valueName) =>
        valueName === 'X' ? [{ outer: box(20, 20, 21, 21), holes: [box(20.4, 20.4, 20.6, 20.6)] }] : null,
    });
    expect(found.covers([0.5, 0.5])).toBe(true);
    expect(found.covers([10.5, 10.5])).toBe(true);
    expect(found.covers([20.1, 20.1])).toBe(true);
    expect(found.covers([20.5, 20.5])).toBe(false);
    expect(found.covers([30, 30])).toBe(false);
    expect(found.unresolved).toEqual([{ valueName: 'Y', value: '2' }]);
  });

  test('codes give way to geometry where a profile says so', () => {
    const area = soundArea({ polygon: [box(0, 0, 1, 1)], geocode: [{ valueName: 'X', value: '1' }] });
    const resolve = () => [{ outer: box(20, 20, 21, 21), holes: [] }];
    expect(Region.of([area], { resolve, rule: 'geometry-first' }).covers([20.5, 20.5])).toBe(false);
    expect(Region.of([area], { resolve }).covers([20.5, 20.5])).toBe(true);
  });

  test('the holes of DWD are holes', () => {
    const hole = { valueName: EXCLUDE_POLYGON, value: '4,4 4,6 6,6 6,4 4,4' };
    const found = Region.of([soundArea({ polygon: [box(0, 0, 10, 10)], geocode: [hole] })]);
    expect(found.covers([5, 5])).toBe(false);
    expect(found.covers([3, 3])).toBe(true);
    expect(found.unresolved).toEqual([]);
  });

  test('a circle is one, not its box; over the antimeridian and the pole too', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -89, max: 89, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: 0, max: 360, noNaN: true }),
        fc.double({ min: 1, max: 3_000, noNaN: true }),
        (latitude, longitude, bearing, radiusKm) => {
          const found = Region.of([
            soundArea({ ...none, circle: [{ center: [latitude, longitude], radiusKm }] }),
          ]);
          const inside = destination([latitude, longitude], bearing, radiusKm * 0.99);
          const outside = destination([latitude, longitude], bearing, radiusKm * 1.01);
          expect(index(wrapped(inside)).covered(found)).toHaveLength(1);
          expect(index(wrapped(outside)).covered(found)).toHaveLength(0);
        },
      ),
    );
  });
});

const wrapped = ([latitude, longitude]: Position): Position => [
  latitude,
  ((((longitude + 180) % 360) + 360) % 360) - 180,
];

describe('points', () => {
  test('the same as asking for each of them', () => {
    // In millionths of a degree, as devices give them.
    const degrees = (most: number) =>
      fc.integer({ min: -most * 1e6, max: most * 1e6 }).map((millionths) => millionths / 1e6);
    const position = fc.tuple(degrees(20), degrees(180));
    const ring = fc
      .tuple(
        fc.integer({ min: -15, max: 10 }),
        fc.integer({ min: -200, max: 180 }),
        fc.integer({ min: 1, max: 60 }),
      )
      .map(([south, west, size]) => box(south, west, south + 5, west + size));
    fc.assert(
      fc.property(
        fc.array(position, { minLength: 1, maxLength: 60 }),
        fc.array(ring, { maxLength: 3 }),
        (positions, rings) => {
          const found = region(...rings);
          const wanted = positions.flatMap((one, at) => (found.covers(one) ? [at] : []));
          expect([...index(...positions).covered(found)]).toEqual(wanted);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a point in two polygons is one recipient', () => {
    expect([...index([1, 1]).covered(region(box(0, 0, 2, 2), box(0, 0, 3, 3)))]).toEqual([0]);
  });

  test('what is not on the Earth is not taken', () => {
    expect(() => index([105, 21])).toThrow('point 0');
    expect(() => new PointIndex(new Float64Array(3))).toThrow('pairs');
  });
});

describe('areas', () => {
  const areas = new AreaIndex([
    { name: 'inside', polygons: [{ outer: box(4, 4, 5, 5), holes: [] }] },
    { name: 'around', polygons: [{ outer: box(-20, -20, 20, 20), holes: [] }] },
    { name: 'crossed', polygons: [{ outer: box(4, -5, 6, 15), holes: [] }] },
    { name: 'beside', polygons: [{ outer: box(0, 30, 10, 40), holes: [] }] },
  ]);

  test('inside, around, crossed without a corner in the other; not what lies beside', () => {
    expect(areas.touched(region(box(0, 0, 10, 10)))).toEqual(['inside', 'around', 'crossed']);
  });

  test('by a circle', () => {
    const circle = Region.of([soundArea({ ...none, circle: [{ center: [5, 25], radiusKm: 600 }] })]);
    expect(areas.touched(circle)).toEqual(['around', 'beside']);
  });
});

test('a degree along the equator', () => {
  expect(distanceKm([0, 0], [0, 1])).toBeCloseTo(111.195, 2);
});
