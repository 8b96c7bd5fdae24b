import fs from 'node:fs';
import path from 'node:path';
import type { Rig } from '../e2e/rig.ts';

/** South-west corner of the squares, and their side, in degrees. */
const CORNER = { longitude: 105.7, latitude: 20.9 } as const;
const SIDE = 0.04;
const IN_A_ROW = 8;

/** Borders of communes are imported by whoever runs a centre: invented ones stand in for them, and their names say so. */
export async function importCommunes(rig: Rig): Promise<void> {
  const cells = Array.from({ length: IN_A_ROW ** 2 }, (_, index) => ({
    index,
    west: CORNER.longitude + SIDE * (index % IN_A_ROW),
    south: CORNER.latitude + SIDE * Math.floor(index / IN_A_ROW),
  }));
  const topology = {
    type: 'Topology',
    objects: {
      communes: {
        type: 'GeometryCollection',
        geometries: cells.map(({ index }) => ({
          type: 'Polygon',
          arcs: [[index]],
          properties: { code: String(90_001 + index), name: `Phường ${index + 1} (giả lập)` },
        })),
      },
    },
    arcs: cells.map(({ west, south }) => ring(west, south)),
  };
  const file = path.join(rig.dataFolder, 'communes.topo.json');
  fs.writeFileSync(file, JSON.stringify(topology));
  const { code, output } = await rig.keng('import', 'areas', file);
  if (code !== 0) throw new Error(`no communes: ${output}`);
}

/** Corners moved by their place alone, so that neighbours share them. */
function ring(west: number, south: number): [number, number][] {
  const corner = (longitude: number, latitude: number): [number, number] => {
    const bend = Math.sin(longitude * 173 + latitude * 311) * SIDE * 0.22;
    return [longitude + bend, latitude - bend];
  };
  const [east, north] = [west + SIDE, south + SIDE];
  const corners: [number, number][] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return corners.map(([longitude, latitude]) => corner(longitude, latitude));
}
