import { expect, test } from 'vitest';
import { communeBorders } from './commune-layer.ts';

test('a border between two communes is drawn once', () => {
  // Two squares side by side; the second arc is their common side.
  const { geometry } = communeBorders({
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
          { type: 'Polygon', arcs: [[0, 1]], properties: { code: '1' } },
          { type: 'Polygon', arcs: [[2, ~1]], properties: { code: '2' } },
        ],
      },
    },
  });
  const shared = geometry.coordinates.flatMap((line) =>
    line.slice(1).filter((point, index) => [point, line[index]].every((one) => one?.[0] === 1)),
  );
  expect(shared).toHaveLength(1);
});
