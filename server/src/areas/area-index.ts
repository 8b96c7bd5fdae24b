import { foldMarks } from '@keng/model';
import Flatbush from 'flatbush';
import { boundsOf, isInsidePolygon, type LonLat, metresToRing, type Polygon } from './polygon.ts';

export interface ProvinceShape {
  readonly code: string;
  /** Its names in all languages. */
  readonly names: readonly string[];
  readonly polygons: readonly Polygon[];
}

export interface CommuneShape {
  readonly code: string;
  readonly name: string;
  readonly provinceCode: string;
  readonly polygons: readonly Polygon[];
}

export interface Place {
  readonly provinceCode: string;
  /** null where no communes were imported, or none holds the point. */
  readonly communeCode: string | null;
  readonly communeName: string | null;
}

/** Where a point lies, and which areas there are. Immutable: another import makes another index. */
export class AreaIndex {
  readonly #provinces: ReadonlyMap<string, ProvinceShape>;
  readonly #names: ReadonlyMap<string, string>;
  readonly #communes: ReadonlyMap<string, CommuneShape>;
  readonly #provinceAt: (point: LonLat) => ProvinceShape | undefined;
  readonly #communeAt: (point: LonLat) => CommuneShape | undefined;

  constructor(provinces: readonly ProvinceShape[], communes: readonly CommuneShape[] = []) {
    this.#provinces = new Map(provinces.map((one) => [one.code, one]));
    this.#names = provinceNames(provinces);
    this.#communes = new Map(communes.map((one) => [one.code, one]));
    this.#provinceAt = lookup(provinces);
    this.#communeAt = lookup(communes);
  }

  get communeCount(): number {
    return this.#communes.size;
  }

  hasProvince(code: string): boolean {
    return this.#provinces.has(code);
  }

  /** A province by code, by a code whose leading zeros a spreadsheet ate, or by name with or without marks. */
  findProvince(text: string): string | null {
    return this.#provinces.has(text) ? text : (this.#names.get(foldMarks(text)) ?? null);
  }

  commune(code: string): CommuneShape | undefined {
    return this.#communes.get(code);
  }

  /** The commune's own province goes before the outline of provinces, which is drawn coarser. */
  areaAt(point: LonLat): Place | null {
    const commune = this.#communeAt(point);
    if (commune) {
      return { provinceCode: commune.provinceCode, communeCode: commune.code, communeName: commune.name };
    }
    const province = this.#provinceAt(point);
    return province ? { provinceCode: province.code, communeCode: null, communeName: null } : null;
  }

  /** How far outside a province a point lies: 0 inside. Infinity for a province that does not exist. */
  metresOutside(point: LonLat, provinceCode: string): number {
    const polygons = this.#provinces.get(provinceCode)?.polygons ?? [];
    if (polygons.some((polygon) => isInsidePolygon(point, polygon))) return 0;
    if (this.#communeAt(point)?.provinceCode === provinceCode) return 0;
    return Math.min(Infinity, ...polygons.map(([outer]) => (outer ? metresToRing(point, outer) : Infinity)));
  }

  /** The province that holds a point or, at sea and on islands that are not drawn, the nearest one. */
  nearestProvince(point: LonLat): string | null {
    const inside = this.#provinceAt(point);
    if (inside) return inside.code;
    let nearest: { code: string; metres: number } | null = null;
    for (const code of this.#provinces.keys()) {
      const metres = this.metresOutside(point, code);
      if (nearest === null || metres < nearest.metres) nearest = { code, metres };
    }
    return nearest?.code ?? null;
  }
}

function provinceNames(provinces: readonly ProvinceShape[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { code, names: own } of provinces) {
    for (const name of own) names.set(foldMarks(name), code);
    names.set(code.replace(/^0+/, ''), code);
  }
  return names;
}

/** Each polygon has a box of its own: that of an archipelago with its mainland would hold half the country. */
function lookup<Shape extends { readonly polygons: readonly Polygon[] }>(
  shapes: readonly Shape[],
): (point: LonLat) => Shape | undefined {
  const parts = shapes.flatMap((shape) => shape.polygons.map((polygon) => ({ shape, polygon })));
  if (parts.length === 0) return () => undefined;
  const boxes = new Flatbush(parts.length);
  for (const { polygon } of parts) boxes.add(...boundsOf(polygon[0] ?? []));
  boxes.finish();
  return (point) => {
    const [x, y] = point;
    const hit = boxes
      .search(x, y, x, y)
      .sort((a, b) => a - b)
      .find((index) => isInsidePolygon(point, parts[index]?.polygon ?? []));
    return hit === undefined ? undefined : parts[hit]?.shape;
  };
}
