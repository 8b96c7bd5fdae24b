import type { CountryPack } from '@keng/country-vn';
import type { Queryable } from '../platform/index.ts';
import { AreaIndex, type ProvinceShape } from './area-index.ts';
import type { Ring } from './polygon.ts';
import { communesOf } from './read-communes.ts';
import { communesMark, loadCommunes, unpackTopology } from './store.ts';

/** The areas of a country as this process knows them: provinces of the pack, communes as they were last imported. */
export class AreaBook {
  readonly #provinces: AreaIndex;
  readonly #pack: Pick<CountryPack, 'areas'>;
  #loaded: { readonly mark: string | null; readonly index: AreaIndex };
  #loading: Promise<void> | null = null;

  constructor(pack: Pick<CountryPack, 'areas'>) {
    this.#pack = pack;
    this.#provinces = provinceIndex(pack);
    this.#loaded = { mark: null, index: this.#provinces };
  }

  /** The index, re-read when another process has imported areas since. */
  async current(db: Queryable): Promise<AreaIndex> {
    const mark = await communesMark(db);
    if (mark !== this.#loaded.mark) {
      this.#loading ??= this.#load(db).finally(() => {
        this.#loading = null;
      });
      await this.#loading;
    }
    return this.#loaded.index;
  }

  async #load(db: Queryable): Promise<void> {
    const stored = await loadCommunes(db);
    if (stored === null) {
      this.#loaded = { mark: null, index: this.#provinces };
      return;
    }
    const communes = communesOf(await unpackTopology(stored.packed), this.#provinces);
    this.#loaded = { mark: stored.sha256, index: new AreaIndex(provinceShapes(this.#pack), communes) };
  }
}

/** The provinces alone. */
export function provinceIndex(pack: Pick<CountryPack, 'areas'>): AreaIndex {
  return new AreaIndex(provinceShapes(pack));
}

function provinceShapes({ areas }: Pick<CountryPack, 'areas'>): ProvinceShape[] {
  return areas.provinces.map((area) => ({
    code: area.code,
    names: Object.values(area.names),
    polygons: [
      ...area.geometry.coordinates,
      // The islands of a special zone are drawn as a few specks: what lies among them belongs to the zone.
      ...areas.specialZones.filter((zone) => zone.province === area.code).map(({ bounds }) => [box(bounds)]),
    ],
  }));
}

function box([west, south, east, north]: readonly [number, number, number, number]): Ring {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}
