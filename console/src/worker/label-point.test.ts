import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labelPoint } from './label-point.ts';

const square = (west: number, south: number, size: number) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

test('the name of a square stands in its middle', () => {
  expect(labelPoint({ type: 'Polygon', coordinates: [square(105, 21, 2)] })).toEqual([106, 22]);
});

test('of several parts the largest bears the name', () => {
  const coordinates = [[square(100, 10, 1)], [square(110, 12, 4)], [square(120, 8, 2)]];
  expect(labelPoint({ type: 'MultiPolygon', coordinates })).toEqual([112, 14]);
});

test('around a bay the name stands on the land, in the wider arm', () => {
  const bay = [
    [0, 0],
    [10, 0],
    [10, 10],
    [9, 10],
    [9, 1],
    [3, 1],
    [3, 10],
    [0, 10],
    [0, 0],
  ];
  expect(labelPoint({ type: 'Polygon', coordinates: [bay] })).toEqual([1.5, 5]);
});

test('a lake inside bears no name', () => {
  const [longitude = 0] =
    labelPoint({ type: 'Polygon', coordinates: [square(0, 0, 10), square(3, 3, 4)] }) ?? [];
  expect(longitude < 3 || longitude > 7).toBe(true);
});

test('what has no area has no place for a name', () => {
  expect(labelPoint({ type: 'MultiPolygon', coordinates: [] })).toBeNull();
  expect(labelPoint({ type: 'Point', coordinates: [1, 2] })).toBeNull();
});

test('any triangle holds the point of its name', () => {
  const corner = fc.tuple(fc.integer({ min: -80, max: 80 }), fc.integer({ min: -80, max: 80 }));
  fc.assert(
    fc.property(corner, corner, corner, (a, b, c) => {
      const twice = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
      fc.pre(twice !== 0);
      const at = labelPoint({ type: 'Polygon', coordinates: [[a, b, c, a]] }) ?? [Number.NaN, Number.NaN];
      const side = (p: readonly number[], q: readonly number[]) =>
        Math.sign(twice) *
        (((q[0] ?? 0) - (p[0] ?? 0)) * ((at[1] ?? 0) - (p[1] ?? 0)) -
          ((at[0] ?? 0) - (p[0] ?? 0)) * ((q[1] ?? 0) - (p[1] ?? 0)));
      const least = Math.min(side(a, b), side(b, c), side(c, a));
      expect(least).toBeGreaterThan(-1e-6);
    }),
  );
});
