import type { Topology } from 'topojson-specification';
import { expect, test } from 'vitest';
import { communeBorders, communeNames } from './commune-layer.ts';

// Two squares side by side; the second arc is their common side.
const squares: Topology = {
  type: 'Topology',
  arcs: [
    [
      [1, 1],
      [0, 1],
      [0, 0],
      [1, 0],
    ],
    [
      [1, 0],
      [1, 1],
    ],
    [
      [1, 0],
      [2, 0],
      [2, 1],
      [1, 1],
    ],
  ],
  objects: {
    communes: {
      type: 'GeometryCollection',
      geometries: [
        { type: 'Polygon', arcs: [[0, 1]], properties: { code: '1', name: 'Ba Đình' } },
        { type: 'Polygon', arcs: [[2, ~1]], properties: { code: '2', name: 'Ngọc Hà' } },
      ],
    },
  },
};

test('a border between two communes is drawn once', () => {
  const { geometry } = communeBorders(squares);
  const shared = geometry.coordinates.flatMap((line) =>
    line.slice(1).filter((point, index) => [point, line[index]].every((one) => one?.[0] === 1)),
  );
  expect(shared).toHaveLength(1);
});

test('the name of each commune stands inside of it', () => {
  const names = communeNames(squares).map(({ properties, geometry }) => [
    properties?.name,
    geometry.coordinates,
  ]);
  expect(names).toEqual([
    ['Ba Đình', [0.5, 0.5]],
    ['Ngọc Hà', [1.5, 0.5]],
  ]);
});
