import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Polygon } from '../model.ts';
import { ringFaults } from './ring.ts';
import { RingIndex } from './ring-index.ts';

const square: Polygon = [
  [0, 0],
  [0, 10],
  [10, 10],
  [10, 0],
  [0, 0],
];

describe('faults of a ring', () => {
  test.each<[string, Polygon, string[]]>([
    ['sound', square, []],
    ['empty', [], ['empty']],
    [
      'a triangle',
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [0, 0],
      ],
      [],
    ],
    ['open', square.slice(0, 4), ['open']],
    [
      'two positions',
      [
        [0, 0],
        [0, 0],
      ],
      ['few'],
    ],
    [
      'a bow tie',
      [
        [0, 0],
        [10, 10],
        [10, 0],
        [0, 10],
        [0, 0],
      ],
      ['crossing'],
    ],
    [
      'a spike',
      [
        [0, 0],
        [0, 10],
        [5, 10],
        [5, 15],
        [5, 10],
        [10, 10],
        [10, 0],
        [0, 0],
      ],
      ['crossing'],
    ],
    [
      'longitude first',
      [
        [105, 21],
        [106, 21],
        [106, 20],
        [105, 20],
        [105, 21],
      ],
      ['latitude'],
    ],
    [
      'beyond 180',
      [
        [0, 179],
        [0, 181],
        [1, 181],
        [1, 179],
        [0, 179],
      ],
      ['longitude'],
    ],
    [
      'over the antimeridian',
      [
        [0, 179],
        [0, -179],
        [1, -179],
        [1, 179],
        [0, 179],
      ],
      [],
    ],
    [
      'a corner twice',
      [
        [0, 0],
        [0, 10],
        [0, 10],
        [10, 10],
        [10, 0],
        [0, 0],
      ],
      [],
    ],
  ])('%s', (_, ring, faults) => {
    expect(ringFaults(ring)).toEqual(faults);
  });
});

describe('a point and a ring', () => {
  const index = new RingIndex(square);
  test.each([
    [5, 5, true],
    [0, 5, true],
    [5, 0, true],
    [10, 10, true],
    [10, 5, true],
    [5, 10, true],
    [10.000001, 5, false],
    [5, -0.000001, false],
    [-1, 5, false],
  ])('%d, %d: %s', (latitude, longitude, inside) => {
    expect(index.covers(latitude, longitude)).toBe(inside);
  });

  test('over the antimeridian, from both sides', () => {
    const pacific = new RingIndex([
      [-10, 170],
      [-10, -170],
      [10, -170],
      [10, 170],
      [-10, 170],
    ]);
    expect([175, 180, -180, -175].map((longitude) => pacific.covers(0, longitude))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([165, -165, 0].map((longitude) => pacific.covers(0, longitude))).toEqual([false, false, false]);
  });

  test('agrees with counting the edges one by one', () => {
    const corner = fc.tuple(fc.integer({ min: -8, max: 8 }), fc.integer({ min: -8, max: 8 }));
    fc.assert(
      fc.property(
        fc.array(corner, { minLength: 3, maxLength: 12 }),
        fc.double({ min: -9, max: 9, noNaN: true }),
        fc.double({ min: -9, max: 9, noNaN: true }),
        (corners, latitude, longitude) => {
          const first = corners[0] ?? [0, 0];
          const ring = [...corners, first];
          fc.pre(!onBorder(ring, latitude, longitude));
          expect(new RingIndex(ring).covers(latitude, longitude)).toBe(
            countCrossings(ring, latitude, longitude) % 2 === 1,
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('every corner and the middle of every edge belong to the ring', () => {
    const corner = fc.tuple(fc.integer({ min: -64, max: 64 }), fc.integer({ min: -64, max: 64 }));
    fc.assert(
      fc.property(fc.array(corner, { minLength: 3, maxLength: 10 }), (corners) => {
        const ring = [...corners, corners[0] ?? [0, 0]];
        const ringIndex = new RingIndex(ring);
        for (const [at, [latitude, longitude]] of corners.entries()) {
          const next = ring[at + 1] ?? [0, 0];
          expect(ringIndex.covers(latitude, longitude)).toBe(true);
          expect(ringIndex.covers((latitude + next[0]) / 2, (longitude + next[1]) / 2)).toBe(true);
        }
      }),
    );
  });
});

function countCrossings(
  ring: readonly (readonly [number, number])[],
  latitude: number,
  longitude: number,
): number {
  let crossings = 0;
  for (let at = 0; at + 1 < ring.length; at += 1) {
    const [y1, x1] = ring[at] ?? [0, 0];
    const [y2, x2] = ring[at + 1] ?? [0, 0];
    if (y1 > latitude === y2 > latitude) continue;
    if (longitude < x1 + ((latitude - y1) / (y2 - y1)) * (x2 - x1)) crossings += 1;
  }
  return crossings;
}

function onBorder(
  ring: readonly (readonly [number, number])[],
  latitude: number,
  longitude: number,
): boolean {
  return ring.some(([y1, x1], at) => {
    const [y2, x2] = ring[at + 1] ?? [y1, x1];
    const length = Math.hypot(y2 - y1, x2 - x1);
    const area = Math.abs((x2 - x1) * (latitude - y1) - (longitude - x1) * (y2 - y1));
    return length === 0 ? Math.hypot(latitude - y1, longitude - x1) < 1e-9 : area / length < 1e-9;
  });
}
